// A review: keys, what they do to the draft, and whether it is saved.
"use strict";
var CTE = CTE || {};

/**
 * @typedef {{version: string, file: string, document: string, lang: string, items: ReviewItem[],
 *   problems: string[], coders?: string[]}} ReviewState
 */
/** @typedef {"question" | "mend" | "write"} Typing what is done with what is typed */

CTE.review = (() => {
  const FREE = ["accepted", "agreed", "dropped"];

  /** @param {string} id */
  function element(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`the page has no ${id}`);
    return found;
  }

  /** What the server refuses, with its reason. */
  class Refused extends Error {}

  /**
   * Ask the server.
   * @param {string} name
   * @param {object} [action] what to do; without it, something is only read
   */
  async function ask(name, action) {
    const how = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(action) };
    let answer;
    try {
      answer = await fetch(name, action ? how : {});
    } catch {
      throw new Refused("`cte review` does not run any more: start it again. What was saved is in the draft.");
    }
    const found = await answer.json();
    if (!answer.ok) throw new Refused([found.error, found.hint].filter(Boolean).join(": "));
    return found;
  }

  /**
   * The key that was meant, also where the keyboard writes Arabic.
   * @param {KeyboardEvent} event
   */
  function meant(event) {
    if (event.key === "؟") return "?";
    if (/^[\x20-\x7e]$/.test(event.key) || event.key.length > 2) return event.key;
    return event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.code.replace("Digit", "");
  }

  class Review {
    /**
     * @param {string} text
     * @param {ReviewState} state
     */
    constructor(text, state) {
      this._state = state;
      this._turn = Promise.resolve();
      this._opening = false;
      /** @type {{kind: Typing, at: string}} */
      this._typing = { kind: "mend", at: "" };
      this._value = /** @type {HTMLTextAreaElement} */ (element("value"));
      this._help = /** @type {HTMLDialogElement} */ (element("help"));
      this._text = new CTE.reviewText.TextPane(element("text"), text, (item) => this._list.choose(item, -1));
      this._list = new CTE.reviewList.ListPane(element("list"), (item, field) => this._show(item, field));
      document.addEventListener("keydown", (event) => this._key(event));
      element("editor").addEventListener("submit", (event) => {
        event.preventDefault();
        this._submit();
      });
      element("leave").addEventListener("click", () => this._close());
      element("keys").addEventListener("click", () => this._help.showModal());
      this._help.addEventListener("close", () => this._list.here()?.focus());
      this._draw(state);
      this._say("Nothing to save.");
    }

    /** @param {ReviewState} state */
    _draw(state) {
      const settled = state.items.filter((item) => FREE.includes(item.status)).length;
      const questioned = state.items.filter((item) => item.status === "questioned").length;
      const open = state.items.length - settled - questioned;
      const both = state.items.filter((item) => item.compared).map((item) => item.compared === "agreed");
      const agreed = both.length ? `; the codings agree on ${both.filter(Boolean).length} of ${both.length} records` : "";
      const name = state.items[this._list.item]?.name;
      this._state = state;
      document.title = `Review of ${state.document}`;
      element("title").textContent = `${state.document} (${state.file})`;
      element("counts").textContent = `${settled} settled, ${questioned} questioned, ${open} open${agreed}`;
      element("text").lang = state.lang;
      document.body.classList.toggle("two", state.coders !== undefined);
      this._complain(state.problems.join("; "));
      this._text.draw(state.items);
      const place = state.items.findIndex((item) => item.name === name);
      if (place >= 0) this._list.item = place;
      this._list.draw(state.items, state.coders ?? []);
    }

    /**
     * @param {number} item
     * @param {number} field
     */
    _show(item, field) {
      const one = this._state.items[item];
      this._text.show(item, field < 0 ? "" : one.fields[field].path);
    }

    /** @param {string} message */
    _say(message) {
      element("saved").textContent = message;
    }

    /** @param {string} message */
    _complain(message) {
      element("wrong").textContent = message;
      element("wrong").hidden = message === "";
    }

    /** The name of the record or field at hand. */
    _at() {
      const item = this._state.items[this._list.item];
      return this._list.field < 0 ? item.name : `${item.name}/${item.fields[this._list.field].path}`;
    }

    /** @param {KeyboardEvent} event */
    _key(event) {
      const isTyping = event.target === this._value;
      if (this._help.open || event.isComposing) return;
      if (!element("editor").hidden) {
        const saves = event.key === "Enter" && (event.ctrlKey || event.metaKey || this._typing.kind !== "write");
        if (event.key === "Escape") this._close();
        else if (isTyping && saves && !event.shiftKey) this._submit();
        else return;
        event.preventDefault();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const key = meant(event);
      const isList = event.target instanceof HTMLElement && event.target.closest("#list") !== null;
      const scrolls = ["ArrowDown", "ArrowUp", "Home", "End"].includes(key);
      if (!(key in this._commands) || (scrolls && !isList)) return;
      event.preventDefault();
      if (this._opening) return;
      if (key === "e" || key === "q") this._opening = true;
      this._turn = this._turn.then(() => this._commands[key]()).catch((error) => this._refuse(error));
    }

    /** @type {Record<string, () => void | Promise<void>>} */
    _commands = {
      j: () => this._list.choose(this._list.item + 1, -1),
      k: () => this._list.choose(this._list.item - (this._list.field < 0 ? 1 : 0), -1),
      ArrowDown: () => this._list.line(1),
      ArrowUp: () => this._list.line(-1),
      Home: () => this._list.choose(0, -1),
      End: () => this._list.choose(this._state.items.length - 1, -1),
      o: () => this._list.open(),
      a: () => this._accept(),
      q: () => this._open("question", ""),
      e: () => this._edit(),
      d: () => this._do({ do: "drop", at: this._at() }),
      u: () => this._do({ do: "undo" }),
      r: () => this._again(),
      "1": () => this._do({ do: "take", at: this._at(), value: "1" }),
      "2": () => this._do({ do: "take", at: this._at(), value: "2" }),
      "?": () => this._help.showModal(),
    };

    /**
     * Do something to the draft, which is saved at once.
     * @param {object} action
     */
    async _do(action) {
      this._say("Saving …");
      const state = await ask("do", { ...action, version: this._state.version });
      this._say(`Saved at ${new Date().toLocaleTimeString("en-GB")}.`);
      this._draw(state);
    }

    async _accept() {
      await this._do({ do: "accept", at: this._at() });
      if (this._list.field < 0) this._list.choose(this._list.item + 1, -1);
      else this._list.line(1);
    }

    async _again() {
      this._draw(await ask("state"));
      this._say("Read again.");
    }

    async _edit() {
      const at = this._at();
      const item = this._state.items[this._list.item];
      if (this._list.field < 0) this._open("write", (await ask("raw", { at })).raw);
      else this._open("mend", item.fields[this._list.field].shown ?? "");
    }

    /**
     * Let somebody type.
     * @param {Typing} kind
     * @param {string} value
     */
    _open(kind, value) {
      const at = this._at();
      this._typing = { kind, at };
      const asks = { question: "What is doubtful about", mend: "Edit", write: "Edit as it is written" };
      element("asks").textContent = `${asks[kind]}: ${at}`;
      const key = kind === "write" ? "Ctrl and Enter save" : "Enter saves";
      element("how").textContent = `${key}, Esc leaves. Words of the text are typed as they stand in it.`;
      element("refused").textContent = "";
      this._value.value = value;
      this._value.rows = kind === "write" ? Math.min(16, value.split("\n").length + 1) : 2;
      element("editor").hidden = false;
      this._value.focus();
      const caret = kind === "write" ? 0 : value.length;
      this._value.setSelectionRange(caret, caret);
      this._value.scrollTop = 0;
      this._list.here()?.scrollIntoView({ block: "nearest" });
      this._opening = false;
    }

    _close() {
      element("editor").hidden = true;
      this._list.here()?.focus();
    }

    _submit() {
      const { kind, at } = this._typing;
      const value = this._value.value;
      this._close();
      this._turn = this._turn
        .then(() => this._do({ do: kind, at, value }))
        .catch((error) => {
          element("editor").hidden = false;
          this._value.focus();
          this._refuse(error);
        });
    }

    /** @param {unknown} error */
    _refuse(error) {
      if (!(error instanceof Refused)) throw error;
      this._opening = false;
      this._say("Not saved.");
      if (element("editor").hidden) this._complain(error.message);
      else element("refused").textContent = error.message;
    }
  }

  Promise.all([ask("text"), ask("state")]).then(
    ([{ text }, state]) => new Review(text, state),
    (error) => {
      element("wrong").textContent = error.message;
      element("wrong").hidden = false;
    },
  );

  return {};
})();

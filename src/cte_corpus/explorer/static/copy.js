// The reader's own copy of a withheld article: dropped, chosen or pasted, read in the page, and sent nowhere.
"use strict";
var CTE = CTE || {};

CTE.copy = (() => {
  const { number, say } = CTE.words;
  const { Reading, button, make } = CTE.reading;
  const MAX_FILE = 10_000_000;
  const PARSER = "vendor/markdown-it.min.js";
  const XHTML = [".xhtml", ".xht"];
  const PAGES = [".html", ".htm", ...XHTML];
  const MARKDOWN = [".md", ".markdown"];
  const STATUSES = /** @type {const} */ (["exact", "moved", "loose", "ambiguous", "lost"]);
  const GROUPS = /** @type {const} */ (["spans", "sentences", "sections"]);
  const REASONS = ["large", "not-utf-8", "long", "expands", "marks", "kinds"];
  const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";

  /** @typedef {{ text: string, name: string }} Copy a text, and the name of the file where it is one */

  /** The section in which a copy is taken, and what became of it. */
  class Taker {
    /**
     * @param {HTMLElement} section
     * @param {PageDocument} known
     */
    constructor(section, known) {
      this._section = section;
      this._known = known;
      this._turn = 0;
      this._result = make("div", "copy-result");
      section.addEventListener("dragover", (event) => this._hover(event, true));
      section.addEventListener("dragleave", (event) => this._hover(event, false));
      section.addEventListener("drop", (event) => this._drop(event));
      section.addEventListener("paste", (event) => this._paste(event));
      this._status = make("p", "copy-message");
      this._status.setAttribute("role", "status");
      this._file = this._chooser();
      const heading = make("h2", "", say("title"));
      section.replaceChildren(heading, make("p", "", say("hint")), this._zone(), this._status, this._result);
      section.hidden = false;
    }

    /** The field for a file. */
    _chooser() {
      const input = make("input", "copy-file");
      input.type = "file";
      input.accept = ".txt,.md,.html,.htm,.xhtml,.xht,text/plain,text/markdown,text/html";
      input.id = "copy-file";
      input.addEventListener("change", () => {
        const [file] = input.files ?? [];
        input.value = "";
        if (file) this._take(() => decoded(file));
      });
      return input;
    }

    /** Where a copy is dropped, chosen or pasted. */
    _zone() {
      const label = make("label", "copy-choose", say("choose"));
      label.htmlFor = this._file.id;
      const area = make("textarea");
      area.rows = 4;
      area.setAttribute("aria-label", say("paste"));
      const paste = make("details", "copy-paste", make("summary", "", say("paste")), area);
      paste.append(button(say("use"), () => this._take(() => ({ text: area.value, name: "" }))));
      return make("div", "copy-zone", this._file, label, " ", say("drop"), paste);
    }

    /**
     * @param {DragEvent} event
     * @param {boolean} isOver
     */
    _hover(event, isOver) {
      event.preventDefault();
      this._section.classList.toggle("copy-over", isOver);
    }

    /** @param {DragEvent} event */
    _drop(event) {
      this._hover(event, false);
      const [file] = event.dataTransfer?.files ?? [];
      const text = event.dataTransfer?.getData("text/plain");
      if (file) this._take(() => decoded(file));
      else if (text) this._take(() => ({ text, name: "" }));
    }

    /** @param {ClipboardEvent} event */
    _paste(event) {
      if (event.target instanceof HTMLTextAreaElement) return;
      const [file] = event.clipboardData?.files ?? [];
      const text = event.clipboardData?.getData("text/plain");
      if (file) this._take(() => decoded(file));
      else if (text) this._take(() => ({ text, name: "" }));
    }

    /**
     * Attach what is read and show what was found; of several copies, the last.
     * @param {() => Copy | Promise<Copy>} read
     */
    async _take(read) {
      const turn = ++this._turn;
      this._tell("reading", true);
      await painted();
      /** @type {Attachment | string} the reason why there is none */
      let found;
      try {
        found = await attached(this._known, await read());
      } catch (error) {
        found = reason(error);
      }
      if (turn !== this._turn) return;
      if (typeof found === "string") this._tell(found);
      else this._show(found);
    }

    /**
     * Say something instead of a result.
     * @param {string} key
     * @param {boolean} [isBusy]
     */
    _tell(key, isBusy = false) {
      delete this._result.dataset.verdict;
      this._result.replaceChildren();
      this._result.ariaBusy = String(isBusy);
      this._status.textContent = key && say(key);
    }

    /** @param {Attachment} attachment */
    _show(attachment) {
      const { kind } = attachment.verdict;
      this._tell(kind);
      this._result.dataset.verdict = kind;
      this._result.append(figures(attachment.verdict));
      if (CTE.verdict.COPIES.includes(kind))
        this._result.append(counts(attachment), new Reading(this._known, attachment).element);
      const again = button(say("again"), () => {
        this._tell("");
        this._file.focus();
      });
      this._result.append(again);
    }
  }

  /**
   * The text of a file.
   * @param {File} file
   * @returns {Promise<Copy>}
   */
  async function decoded(file) {
    if (file.size > MAX_FILE) throw new RangeError("large");
    const bytes = await file.arrayBuffer();
    try {
      return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), name: file.name };
    } catch {
      throw new RangeError("not-utf-8");
    }
  }

  /**
   * Why a copy could not be read, as `say` knows it.
   * @param {unknown} error
   */
  function reason(error) {
    if (error instanceof RangeError && REASONS.includes(error.message)) return error.message;
    console.error(error);
    return "failed";
  }

  /** When the browser has drawn what was said. */
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  /**
   * The text of a copy attached to a document. What it is, its suffix says, or else how it begins.
   * @param {PageDocument} known
   * @param {Copy} given
   */
  async function attached(known, given) {
    const text = given.text.replace(/\p{Surrogate}/gu, "\ufffd");
    const suffix = /[^.]\.[^.]+$/.test(given.name) ? given.name.slice(given.name.lastIndexOf(".")).toLowerCase() : "";
    const isHtml = PAGES.includes(suffix) || (!MARKDOWN.includes(suffix) && CTE.html.isHtml(text));
    const copy = isHtml ? CTE.html.text(text, XHTML.includes(suffix)) : text;
    CTE.recipe.judge(copy);
    const recipe = isHtml ? "plain-1" : known.recipe; // the text of a page is plain, whatever the source is
    if (recipe.startsWith("markdown")) await loaded(PARSER);
    return CTE.attach(known, CTE.recipe.apply(recipe, copy));
  }

  /** @type {Map<string, Promise<void>>} */
  const scripts = new Map();

  /**
   * When a script beside this one is there.
   * @param {string} name
   */
  function loaded(name) {
    const found =
      scripts.get(name) ??
      new Promise((done, fail) => {
        const element = document.createElement("script");
        element.src = new URL(name, script).href;
        element.addEventListener("load", () => done());
        element.addEventListener("error", () => fail(new Error(`${name} is missing`)));
        document.head.append(element);
      });
    scripts.set(name, found);
    return found;
  }

  /**
   * The shares on which a verdict rests.
   * @param {Verdict} verdict
   */
  function figures(verdict) {
    const names = /** @type {const} */ (["found", "verbatim", "own"]);
    const items = names.map((name) => make("li", "", make("b", "", number(verdict[name], true)), ` ${say(name)}`));
    return make("ul", "copy-figures", ...items);
  }

  /**
   * How much was found, and how surely: a table, each row with a bar.
   * @param {Attachment} attachment
   */
  function counts(attachment) {
    const head = make("tr", "", make("td"), ...STATUSES.map((status) => column(say(status))));
    const rows = GROUPS.map((group) => {
      const numbers = STATUSES.map((status) => attachment[group].filter((placed) => placed.status === status).length);
      const bar = make("div", "copy-bar");
      bar.setAttribute("aria-hidden", "true");
      numbers.forEach((size, index) => {
        const part = make("span", STATUSES[index]);
        part.style.flexGrow = String(size);
        bar.append(part);
      });
      const name = make("th", "", say(group), bar);
      name.scope = "row";
      return make("tr", "", name, ...numbers.map((size) => make("td", "", number(size))));
    });
    const table = make(
      "table",
      "copy-counts",
      make("caption", "", say("table")),
      make("thead", "", head),
      make("tbody", "", ...rows),
    );
    return make("div", "copy-wide", table);
  }

  /** @param {string} label */
  function column(label) {
    const cell = make("th", "", label);
    cell.scope = "col";
    return cell;
  }

  return { Taker };
})();

/**
 * Called by `data/documents/ID.js`, which a document's page loads last.
 * @param {PageDocument} known
 */
CTE.document = (known) => {
  const section = document.querySelector(`main[data-document="${CSS.escape(known.id)}"] #copy`);
  if (section instanceof HTMLElement) new CTE.copy.Taker(section, known);
};
for (const type of ["dragover", "drop"]) document.addEventListener(type, (event) => event.preventDefault());

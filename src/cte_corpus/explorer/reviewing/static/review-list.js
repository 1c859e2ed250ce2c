// The records of a review as a list: the one at hand with its fields. The line at hand has the focus.
"use strict";
var CTE = CTE || {};

/** @typedef {"open" | "accepted" | "questioned" | "changed" | "agreed" | "dropped"} ReviewStatus */
/** @typedef {{status: ReviewStatus, note?: string, by?: string, date?: string}} Judged */
/**
 * @typedef {Judged & {path: string, label: string, shown: string | null, lang: string, mark?: number[],
 *   sides?: (string | null)[]}} ReviewField `sides` is what each of two codings has there
 */
/**
 * @typedef {Judged & {name: string, part: string, code: string, words: string, lang: string, proposed: boolean,
 *   problems: string[], marks: ReviewMark[], fields: ReviewField[], compared?: string}} ReviewItem
 */

CTE.reviewList = (() => {
  const SIGNS = { open: "○", accepted: "✓", questioned: "?", changed: "↻", agreed: "=", dropped: "−" };
  const PARTS = new Map([
    ["document", "Document"], ["sections", "Sections"], ["mentions", "Mentions"], ["events", "Events"],
    ["sanctions", "Sanctions"],
  ]);

  /**
   * An element with a class and a text.
   * @param {string} tag
   * @param {string} name
   * @param {string} [text]
   */
  function make(tag, name, text = "") {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }

  /**
   * Words of the draft or of the text: never markup, and their direction is their own.
   * @param {string} name
   * @param {string} text
   * @param {string} lang
   */
  function words(name, text, lang) {
    const element = make("bdi", name, text);
    if (lang) element.lang = lang;
    return element;
  }

  /** @param {Judged} judged */
  function said(judged) {
    const who = judged.by ? ` (${judged.by}, ${judged.date ?? ""})` : "";
    return judged.note ? `${judged.note}${who}` : "";
  }

  /** The list of the records. */
  class ListPane {
    /**
     * @param {HTMLElement} list
     * @param {(item: number, field: number) => void} chosen what to do when a line is chosen; field -1 is the record
     */
    constructor(list, chosen) {
      this._list = list;
      this._chosen = chosen;
      /** @type {ReviewItem[]} */
      this._items = [];
      /** @type {string[]} */
      this._coders = [];
      this.item = 0;
      this.field = -1;
      list.addEventListener("click", (event) => {
        const line = event.target instanceof HTMLElement ? event.target.closest("[data-item]") : null;
        if (line instanceof HTMLElement) this.choose(Number(line.dataset.item), Number(line.dataset.field));
      });
    }

    /**
     * Draw the records, and keep to the line at hand.
     * @param {ReviewItem[]} items
     * @param {string[]} coders of two codings
     */
    draw(items, coders) {
      this._items = items;
      this._coders = coders;
      this.choose(this.item, this.field);
    }

    /**
     * Put the focus on a line.
     * @param {number} item
     * @param {number} field
     */
    choose(item, field) {
      this.item = Math.max(0, Math.min(item, this._items.length - 1));
      const { fields } = this._items[this.item];
      this.field = Math.max(-1, Math.min(field, fields.length - 1));
      /** @type {HTMLElement[]} */
      const lines = [];
      let part = "";
      this._items.forEach((one, index) => {
        if (one.part !== part) {
          part = one.part;
          const head = make("h2", "part", PARTS.get(part) ?? part);
          head.setAttribute("role", "presentation");
          lines.push(head);
        }
        lines.push(this._record(one, index));
        if (index === this.item) lines.push(...one.fields.map((own, number) => this._field(one, own, number)));
      });
      this._list.replaceChildren(...lines);
      this.here()?.focus({ preventScroll: true });
      this.here()?.scrollIntoView({ block: "nearest" });
      this._chosen(this.item, this.field);
    }

    /** The line at hand. */
    here() {
      const here = this._list.querySelector('[aria-selected="true"]');
      return here instanceof HTMLElement ? here : null;
    }

    /**
     * The next line, or the one before.
     * @param {number} step 1 or -1
     */
    line(step) {
      const next = this.field + step;
      if (next >= -1 && next < this._items[this.item].fields.length) this.choose(this.item, next);
      else if (step > 0 && this.item + 1 < this._items.length) this.choose(this.item + 1, -1);
      else if (step < 0 && this.item > 0) this.choose(this.item - 1, this._items[this.item - 1].fields.length);
    }

    /** The next record that is not settled, from the one after this on, and round. */
    open() {
      const count = this._items.length;
      for (let step = 1; step <= count; step++) {
        const index = (this.item + step) % count;
        if (!["accepted", "agreed", "dropped"].includes(this._items[index].status)) {
          this.choose(index, -1);
          return;
        }
      }
    }

    /**
     * @param {number} index
     * @param {number} field
     * @param {string} label
     * @param {Judged} judged
     */
    _line(index, field, label, judged) {
      const line = make("div", `line ${judged.status}`);
      const here = index === this.item && field === this.field;
      line.dataset.item = String(index);
      line.dataset.field = String(field);
      line.tabIndex = here ? 0 : -1;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", String(here));
      line.setAttribute("aria-label", [label, judged.status, said(judged)].filter(Boolean).join(", "));
      const sign = make("span", "sign", SIGNS[judged.status]);
      sign.setAttribute("aria-hidden", "true");
      line.append(sign);
      return line;
    }

    /**
     * @param {ReviewItem} item
     * @param {number} index
     */
    _record(item, index) {
      const told = [item.name, item.code, item.words, item.compared ?? "", item.proposed ? "proposed" : ""];
      const line = this._line(index, -1, [...told, ...item.problems].filter(Boolean).join(", "), item);
      line.classList.add("record-line");
      line.append(make("code", "name", item.name), make("code", "code", item.code), words("words", item.words, item.lang));
      if (item.proposed) line.append(make("span", "tag", "proposed"));
      if (item.compared && item.compared !== "agreed") line.append(make("span", "tag", item.compared));
      for (const problem of item.problems) line.append(words("problem", problem, ""));
      if (item.note) line.append(words("said", said(item), ""));
      return line;
    }

    /**
     * @param {ReviewItem} item
     * @param {ReviewField} field
     * @param {number} number
     */
    _field(item, field, number) {
      const sides = field.sides ?? [];
      const differ = sides.length > 0 && sides[0] !== sides[1];
      const others = differ ? sides.map((value, side) => `${this._coders[side]}: ${value ?? "nothing"}`) : [];
      const label = `${field.label}: ${field.shown ?? "nothing"}`;
      const line = this._line(this._items.indexOf(item), number, [label, ...others].join(", "), field);
      line.classList.add("field-line");
      line.append(make("span", "label", field.label));
      line.append(field.shown === null ? make("span", "nothing", "—") : words("shown", field.shown, field.lang));
      others.forEach((_, side) => {
        const other = make("span", "other-side");
        other.append(make("kbd", "", String(side + 1)), ` ${this._coders[side]}: `);
        other.append(words("", sides[side] ?? "—", field.lang));
        line.append(other);
      });
      if (field.note) line.append(words("said", said(field), ""));
      return line;
    }
  }

  return { ListPane };
})();

// The text of a review: every span of every record marked in it, those of the record at hand shown.
"use strict";
var CTE = CTE || {};

/** @typedef {{start: number, end: number, path: string}} ReviewMark a span of a record, in code points */
/** @typedef {{part: string, marks: ReviewMark[]}} Marked */

CTE.reviewText = (() => {
  /** The text in its pane. */
  class TextPane {
    /**
     * @param {HTMLElement} pane
     * @param {string} text
     * @param {(index: number) => void} choose what to do when a span of a record is clicked
     */
    constructor(pane, text, choose) {
      this._pane = pane;
      this._points = new CTE.points.Points();
      this._text = this._points.encode(text);
      /** @type {{mark: ReviewMark, item: number}[]} */
      this._marks = [];
      /** @type {{element: HTMLElement, over: number[]}[]} */
      this._runs = [];
      pane.addEventListener("click", (event) => {
        const run = this._runs.find(({ element }) => element === event.target);
        const smallest = run?.over.find((index) => this._marks[index].mark.path !== "");
        if (smallest !== undefined) choose(this._marks[smallest].item);
      });
    }

    /**
     * Draw the text with the spans of all records.
     * @param {Marked[]} items
     */
    draw(items) {
      const top = this._pane.scrollTop;
      this._marks = items.flatMap((item, index) => item.marks.map((mark) => ({ mark, item: index })));
      const runs = CTE.marks.runs(this._text, this._marks.map(({ mark }, index) => ({ ...mark, index })));
      this._runs = [];
      let paragraph = document.createElement("p");
      const paragraphs = [paragraph];
      for (const { start, end, over } of runs) {
        const words = this._text.slice(start, end);
        if (words === "\n") {
          paragraph = document.createElement("p");
          paragraphs.push(paragraph);
          continue;
        }
        const element = document.createElement("span");
        element.textContent = this._points.decode(words);
        element.className = this._kinds(items, over);
        paragraph.append(element);
        this._runs.push({ element, over });
      }
      for (const one of paragraphs) one.dir = "auto";
      this._pane.replaceChildren(...paragraphs.filter((one) => one.childNodes.length));
      this._pane.scrollTop = top;
    }

    /**
     * @param {Marked[]} items
     * @param {number[]} over
     */
    _kinds(items, over) {
      const spans = over.map((index) => this._marks[index]).filter(({ mark }) => mark.path !== "");
      const kinds = new Set(spans.map(({ mark, item }) => {
        if (items[item].part === "mentions") return "mention";
        return mark.path === "trigger" ? "trigger" : "other";
      }));
      return ["run", ...kinds, spans.length > 1 ? "deep" : ""].join(" ").trim();
    }

    /**
     * Show the spans of one record, among them that of one field, and scroll to it.
     * @param {number} item
     * @param {string} path of the field; the empty string is the record
     */
    show(item, path) {
      let first = null;
      let exact = null;
      for (const { element, over } of this._runs) {
        const own = over.map((index) => this._marks[index]).filter((one) => one.item === item);
        const isField = path !== "" && own.some(({ mark }) => mark.path === path);
        const isSpan = own.some(({ mark }) => mark.path !== "");
        element.classList.toggle("chosen", isSpan);
        element.classList.toggle("shown", isField);
        element.classList.toggle("within", own.length > 0 && !isSpan);
        if (own.length > 0) first = first ?? element;
        if (isField) exact = exact ?? element;
      }
      const wanted = exact ?? first;
      if (!wanted) return;
      const [outer, inner] = [this._pane.getBoundingClientRect(), wanted.getBoundingClientRect()];
      if (inner.top < outer.top + 24 || inner.bottom > outer.bottom - 24) {
        this._pane.scrollTop += inner.top - outer.top - outer.height / 3;
      }
    }
  }

  return { TextPane };
})();

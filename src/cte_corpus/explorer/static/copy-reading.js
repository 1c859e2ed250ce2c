// A copy that has come alive: its text with the spans marked, what a chosen span supports, and the spans of an event.
"use strict";
var CTE = CTE || {};

/**
 * What the page knows of a document, as `cte_corpus.explorer.skeleton` writes it.
 * @typedef {Known & {id: string, lang: string, records: PageRecord[], uses: [number, string][][]}} PageDocument
 */
/** @typedef {{id: string, kind: string, name: string, ar?: string, of: string, href: string}} PageRecord */

CTE.reading = (() => {
  const { called, number, say } = CTE.words;
  const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ps", "ug", "ur"]);
  const KINDS = ["trigger", "mention"];
  const DEEPEST = 3;

  /**
   * A new element.
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {string} [name] its class
   * @param {(Node | string)[]} content
   */
  function make(tag, name = "", ...content) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content);
    return element;
  }

  /**
   * A button that does something.
   * @param {string} label
   * @param {() => void} act
   */
  function button(label, act) {
    const element = make("button", "", make("bdi", "", label));
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  }

  /** A document with a copy of its text, in the page. */
  class Reading {
    /**
     * @param {PageDocument} known
     * @param {Attachment} attachment
     */
    constructor(known, attachment) {
      this._known = known;
      this._attachment = attachment;
      /** @type {HTMLElement[][]} */
      this._runs = known.spans.map(() => []);
      /** @type {WeakMap<Element, number[]>} */
      this._over = new WeakMap();
      /** @type {HTMLElement[]} */
      this._stops = [];
      this._level = 0; // how far around the smallest span
      /** @type {HTMLElement | null} */
      this._at = null;
      this._text = this._article();
      this._panel = make("aside", "copy-panel");
      this._panel.setAttribute("aria-live", "polite");
      this._panel.setAttribute("aria-label", say("chosen"));
      this._panel.append(make("p", "copy-note", say("keys")));
      const side = make("div", "copy-side", this._panel, this._events());
      const heading = make("h3", "", say("text"));
      this.element = make("div", "copy-reading", heading, make("div", "copy-columns", this._text, side));
    }

    /** The marks: spans that are found, but those that are only the head of another. */
    _marks() {
      return this._attachment.spans.flatMap(({ start, end }, index) => {
        const uses = this._known.uses[index];
        if (start === null || end === null || uses.every(([, role]) => role === "head")) return [];
        return [{ start, end, index }];
      });
    }

    /** The text, one paragraph a line. */
    _article() {
      const { text, points } = this._attachment;
      const article = make("div", "copy-text");
      article.lang = this._known.lang;
      article.dir = RIGHT_TO_LEFT.has(this._known.lang.split("-")[0]) ? "rtl" : "ltr";
      let line = make("p");
      for (const { start, end, over } of CTE.marks.runs(text, this._marks())) {
        const words = text.slice(start, end);
        if (words === "\n") {
          if (line.hasChildNodes()) article.append(line);
          line = make("p");
        } else line.append(over.length ? this._run(points.decode(words), over) : points.decode(words));
      }
      article.append(line);
      this._stops[0]?.setAttribute("tabindex", "0");
      article.addEventListener("click", (event) => this._pick(event.target));
      article.addEventListener("focusin", (event) => this._pick(event.target));
      article.addEventListener("keydown", (event) => this._move(event));
      for (const type of ["pointerover", "pointerout"])
        article.addEventListener(type, (event) => this._point(event.target, type === "pointerover"));
      return article;
    }

    /**
     * A run of marked text. Its element has no box of its own: padding, borders or isolation would part Arabic letters.
     * @param {string} words
     * @param {number[]} over
     */
    _run(words, over) {
      const roles = over.flatMap((index) => this._known.uses[index].map(([, role]) => role));
      const kind = KINDS.find((name) => roles.includes(name)) ?? "other";
      const isProven = over.every((index) => ["exact", "moved"].includes(this._attachment.spans[index].status));
      const run = make(
        "span",
        `run ${kind} deep-${Math.min(over.length, DEEPEST)}${isProven ? "" : " unproven"}`,
        words,
      );
      if (kind === "trigger" && roles.includes("mention")) run.classList.add("mention");
      run.tabIndex = -1;
      run.setAttribute("role", "button");
      this._over.set(run, over);
      this._stops.push(run);
      for (const index of over) this._runs[index].push(run);
      return run;
    }

    /**
     * The run at which something happened.
     * @param {EventTarget | null} target
     */
    _runAt(target) {
      return target instanceof HTMLElement && this._over.has(target) ? target : null;
    }

    /** @param {EventTarget | null} target */
    _pick(target) {
      const run = this._runAt(target);
      if (!run || run === this._at) return;
      for (const stop of this._stops) if (stop.tabIndex === 0) stop.tabIndex = -1;
      run.tabIndex = 0;
      this._at = run;
      this._level = 0;
      this._choose();
    }

    /**
     * Show which span a click would choose.
     * @param {EventTarget | null} target
     * @param {boolean} isOver
     */
    _point(target, isOver) {
      const run = this._runAt(target);
      const index = run && this._over.get(run)?.[0];
      if (typeof index === "number") for (const own of this._runs[index]) own.classList.toggle("pointed", isOver);
    }

    /** @param {KeyboardEvent} event */
    _move(event) {
      const run = this._runAt(event.target);
      if (!run) return;
      const forth = this._text.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
      const back = this._text.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
      const at = this._stops.indexOf(run);
      /** @type {Record<string, number>} */
      const targets = { [forth]: at + 1, [back]: at - 1, Home: 0, End: this._stops.length - 1 };
      const last = (this._over.get(run)?.length ?? 1) - 1;
      if (event.key in targets) this._stops[targets[event.key]]?.focus();
      else if (event.key === "ArrowUp") this._choose(Math.min(this._level + 1, last));
      else if (event.key === "ArrowDown") this._choose(Math.max(this._level - 1, 0));
      else return;
      event.preventDefault();
    }

    /**
     * Choose the smallest span at the run that was picked, or one around it.
     * @param {number} level
     */
    _choose(level = 0) {
      const over = (this._at && this._over.get(this._at)) ?? [];
      this._level = level;
      this._light([over[level]], "chosen");
      this._panel.replaceChildren(...this._supports(over[level]), ...this._around(over));
    }

    /**
     * @param {number[]} spans
     * @param {string} name
     */
    _light(spans, name) {
      for (const run of this._stops) run.classList.remove("chosen", "shown");
      for (const index of spans) for (const run of this._runs[index]) run.classList.add(name);
    }

    /**
     * What a span supports.
     * @param {number} index
     */
    _supports(index) {
      const { status, differs } = this._attachment.spans[index];
      const note = differs ? `${say(status)}: ${say(differs)}` : say(status);
      const items = this._known.uses[index].map(([number, role]) => {
        const record = this._known.records[number];
        const link = make("a", "", make("bdi", "", called(record)));
        link.href = record.href;
        const item = make("li", `copy-use ${role}`, `${say(role)} `, link, " ", make("code", "", record.of));
        if (record.kind === "event")
          item.append(
            " ",
            button(say("spansOf"), () => this._show(number)),
          );
        return item;
      });
      const words = make("q", "", make("bdi", "", this._words(index)));
      return [make("h4", "", words), make("p", `copy-status ${status}`, note), make("ul", "", ...items)];
    }

    /**
     * The words of the copy at a span.
     * @param {number} index
     */
    _words(index) {
      const { start, end } = this._attachment.spans[index];
      return this._attachment.points.decode(this._attachment.text.slice(start ?? 0, end ?? 0));
    }

    /**
     * The other spans over the same run, to go to.
     * @param {number[]} over
     */
    _around(over) {
      const others = over.map((index, level) => ({ index, level })).filter(({ level }) => level !== this._level);
      const buttons = others.map(({ index, level }) => button(this._words(index), () => this._choose(level)));
      return buttons.length ? [make("p", "copy-around", `${say("around")}: `, ...buttons)] : [];
    }

    /** The events of the document, to show the spans of each. */
    _events() {
      const items = this._known.records.flatMap((record, index) =>
        record.kind === "event"
          ? [
              make(
                "li",
                "",
                button(called(record), () => this._show(index)),
              ),
            ]
          : [],
      );
      return make("details", "copy-events", make("summary", "", say("events")), make("ul", "", ...items));
    }

    /**
     * Light up the spans of a record, and go to the first.
     * @param {number} record
     */
    _show(record) {
      const spans = [...this._known.uses.keys()].filter(
        (index) => this._runs[index].length && this._known.uses[index].some(([number]) => number === record),
      );
      this._light(spans, "shown");
      const shown = this._known.records[record];
      const link = make("a", "", make("bdi", "", called(shown)));
      link.href = shown.href;
      const quotes = spans.map((index) => make("li", "", make("bdi", "", this._words(index))));
      const count = `${number(spans.length)} ${say("shown")}`;
      this._panel.replaceChildren(make("h4", "", link), make("p", "", count), make("ul", "", ...quotes));
      this._at = null;
      const first = spans
        .map((index) => this._runs[index][0])
        .sort((one, other) => this._stops.indexOf(one) - this._stops.indexOf(other))[0];
      first?.scrollIntoView({ block: "center" });
    }
  }

  return { Reading, button, make };
})();

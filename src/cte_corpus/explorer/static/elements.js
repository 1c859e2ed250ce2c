// What HTML says of its elements, by the rules of `cte_corpus.text.elements`: which break the line, which are not shown,
// which end without an end tag.
"use strict";
var CTE = CTE || {};

/** @typedef {{name: string, isGone: boolean, isUnseen: boolean, isPre: boolean}} OpenElement */

CTE.elements = (() => {
  const RAW_SEEN = words("textarea xmp");
  const RAW = words("script style title iframe noembed noframes", RAW_SEEN);
  const FOREIGN = words("svg math");
  const HOLDERS = words("noscript template svg object audio video canvas datalist meter progress rp");
  const VOID = words(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
  );
  const WITHIN = words("caption legend optgroup option tbody td tfoot th thead tr");
  const PARAGRAPHS = words(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
      "h1 h2 h3 h4 h5 h6 header hgroup li listing main menu nav ol p plaintext pre search section summary table ul",
  );
  const BLOCKS = words("body frameset html head hr", PARAGRAPHS, WITHIN, RAW_SEEN);
  const INLINE = words(
    "a abbr acronym applet b bdi bdo big blink button cite code data del dfn em font i ins kbd label map mark marquee " +
      "math nobr output picture q rb rt rtc ruby s samp select slot small span strike strong sub sup time tt u var",
  );
  const KNOWN = words("", RAW, HOLDERS, VOID, BLOCKS, INLINE);
  const NOT_HELD = words("html body head");

  /**
   * At the start of these an open one of those ends, unless it holds one of the last.
   * @type {Map<string, [string[], string[]]>}
   */
  const ENDS = new Map([
    ...alike(["dt", "dd"], ["dl"]),
    ...alike(["td", "th"], ["table"]),
    ...alike(["tbody", "thead", "tfoot"], ["table"]),
    ["li", [["li"], ["ul", "ol", "menu"]]],
    ["tr", [["tr"], ["table"]]],
    ["option", [["option"], ["select"]]],
    ["optgroup", [["optgroup", "option"], ["select"]]],
  ]);
  const SCOPE = ["table", "caption", "td", "th", "button", "marquee", "applet", "select"];
  const TABLE = words("table caption tbody thead tfoot tr td th");
  const COMMENT = /\/\*[^]*?(?:\*\/|$)/g;
  const IMPORTANT = "!important";
  const BLOCK = "*";

  /**
   * @param {string} list
   * @param {Set<string>[]} others
   */
  function words(list, ...others) {
    return new Set([...list.split(" ").filter(Boolean), ...others.flatMap((other) => [...other])]);
  }

  /**
   * Elements at whose start one of them ends.
   * @param {string[]} names
   * @param {string[]} holders
   * @returns {[string, [string[], string[]]][]}
   */
  function alike(names, holders) {
    return names.map((name) => [name, [names, holders]]);
  }

  /** The elements that are open. Every step takes the same time, however many there are. */
  class Open {
    constructor() {
      /** @type {OpenElement[]} */
      this._stack = [{ name: "", isGone: false, isUnseen: false, isPre: false }];
      /**
       * Where the elements of a name, and the blocks, stand in the stack.
       * @type {Map<string, number[]>}
       */
      this._at = new Map();
    }

    get _inner() {
      return this._stack[this._stack.length - 1];
    }

    /** Whether text is shown here. */
    get seen() {
      return !(this._inner.isGone || this._inner.isUnseen);
    }

    /** Whether blocks break the line here, though their text may be invisible. */
    get isLaidOut() {
      return !this._inner.isGone;
    }

    /** Whether line ends are shown as such. */
    get isPre() {
      return this._inner.isPre;
    }

    /**
     * How many elements of a name are open.
     * @param {string} name
     */
    depth(name) {
      return this._at.get(name)?.length ?? 0;
    }

    /**
     * Open an element, and close those that end where it starts.
     * @param {string} name
     * @param {Map<string, string>} attributes
     */
    start(name, attributes) {
      if (NOT_HELD.has(name)) return;
      if (PARAGRAPHS.has(name)) this._close(this._last("p"), this._last(...SCOPE));
      const ends = ENDS.get(name);
      if (ends) {
        const within = this._last(...ends[1]);
        const places = ends[0].map((key) => this._last(key)).filter((at) => at > within);
        this._close(places.length ? Math.min(...places) : 0, within);
      }
      const outer = this._inner;
      for (const key of BLOCKS.has(name) ? [name, BLOCK] : [name]) {
        const places = this._at.get(key);
        if (places) places.push(this._stack.length);
        else this._at.set(key, [this._stack.length]);
      }
      const isPre = outer.isPre || name === "pre" || name === "listing";
      this._stack.push({ name, ...shown(name, attributes, outer), isPre });
    }

    /**
     * Close the last element of a name with all that is open in it, if its end tag may stand here.
     * @param {string} name
     */
    end(name) {
      const isScope = SCOPE.includes(name);
      const holders = TABLE.has(name) ? ["table"] : BLOCKS.has(name) || isScope ? SCOPE : [BLOCK];
      const mayBeIt = TABLE.has(name) ? name === "table" : isScope;
      this._close(this._last(name), this._last(...holders) - Number(mayBeIt));
    }

    /**
     * Where the last element of these names stands; 0 if none is open.
     * @param {string[]} names
     */
    _last(...names) {
      return Math.max(...names.map((name) => this._at.get(name)?.at(-1) ?? 0));
    }

    /**
     * Close what stands at a place, if that is inside of another, and all after it.
     * @param {number} place
     * @param {number} within
     */
    _close(place, within) {
      if (place <= Math.max(within, 0)) return;
      for (const { name } of this._stack.splice(place).reverse()) {
        this._at.get(name)?.pop();
        if (BLOCKS.has(name)) this._at.get(BLOCK)?.pop();
      }
    }
  }

  /**
   * Whether an element is not shown at all, and whether its text is invisible; its style outdoes `hidden`.
   * @param {string} name
   * @param {Map<string, string>} attributes
   * @param {OpenElement} outer
   */
  function shown(name, attributes, outer) {
    const style = declared(attributes.get("style") ?? "");
    const display = style.get("display");
    const visibility = style.get("visibility");
    const isClosed = name === "dialog" && !attributes.has("open") && display === undefined;
    const isGone = (display === undefined ? attributes.has("hidden") : display === "none") || isClosed;
    const isUnseen = visibility === undefined ? outer.isUnseen : ["hidden", "collapse"].includes(visibility);
    return { isGone: outer.isGone || isGone, isUnseen };
  }

  /**
   * The declarations of a `style` attribute: the last of a name counts, but for those that are important.
   * @param {string} text
   * @returns {Map<string, string>}
   */
  function declared(text) {
    const parts = text
      .replace(COMMENT, "")
      .split(";")
      .map((part) => part.toLowerCase())
      .map((part) => (part.includes(":") ? part : `${part}:`))
      .map((part) => [part.slice(0, part.indexOf(":")), part.slice(part.indexOf(":") + 1)]);
    const important = parts.filter(([, value]) => value.includes(IMPORTANT));
    const others = parts.filter(([, value]) => !value.includes(IMPORTANT));
    const { trim } = CTE.fold;
    return new Map(
      [...others, ...important].map(([name, value]) => [trim(name), trim(value.replaceAll(IMPORTANT, ""))]),
    );
  }

  return { BLOCKS, FOREIGN, HOLDERS, KNOWN, Open, RAW, RAW_SEEN, VOID };
})();

// The text of an HTML page, by the rules of `cte_corpus.text.html`: tags are read one after the other and no element
// of the page is ever made, so that nothing in it can run or load.
"use strict";
var CTE = CTE || {};

CTE.html = (() => {
  const WS = CTE.fold.SPACE;
  const RAW = words("script style title iframe noembed noframes textarea xmp");
  const HOLDERS = words("noscript template svg object");
  const UNSEEN = words("noscript template svg object script style title iframe noembed noframes");
  const INLINE = words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span " +
      "strike strong sub sup time tt u var wbr",
  );
  const PRE = words("pre textarea xmp");
  const ALONE = words("area base col embed hr img input link meta source track");
  const HEADS = ["<!doctype html", "<html", "<?xml", "<head", "<body", "<article", "<div", "<main", "<p>"];
  const NAME = new RegExp(`<(/)?([A-Za-z][^${WS}/>]*)`, "y");
  const ATTRIBUTE = new RegExp(
    `[${WS}/]+|=?[^${WS}/>=]+(?:[${WS}]*=[${WS}]*(?:"[^"]*"|'[^']*'|[^${WS}>"'][^${WS}>]*))?|=`,
    "y",
  );
  const COMMENT = /<!--(?:-?>|[^]*?--!?>)/y;
  const OTHER = /<(?:!(?!--)|\?|\/(?![A-Za-z]))[^>]*>/y;
  const REFERENCE = /&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)/g;
  const LAST = 0x10ffff;

  /** @param {string} list */
  function words(list) {
    return new Set(list.split(" "));
  }

  /**
   * Whether a text is an HTML page or a part of one.
   * @param {string} text
   */
  function isHtml(text) {
    const head = text
      .slice(0, 2000)
      .replace(/^[\ufeff \t\r\n]+/, "")
      .toLowerCase();
    return HEADS.some((start) => head.startsWith(start));
  }

  /**
   * The end of the markup at a `<`, the end of the text for one that never ends, or -1 where it is none.
   * @param {string} html
   * @param {number} at
   * @returns {{end: number, name?: string, closes?: boolean}}
   */
  function markup(html, at) {
    NAME.lastIndex = at;
    const tag = NAME.exec(html);
    if (tag) {
      let end = NAME.lastIndex;
      for (;;) {
        ATTRIBUTE.lastIndex = end;
        if (!ATTRIBUTE.test(html)) break;
        end = ATTRIBUTE.lastIndex;
      }
      if (html[end] === ">") return { end: end + 1, name: tag[2].toLowerCase(), closes: Boolean(tag[1]) };
      return { end: html.length };
    }
    for (const pattern of [COMMENT, OTHER]) {
      pattern.lastIndex = at;
      if (pattern.test(html)) return { end: pattern.lastIndex };
    }
    return { end: /[!/?]/.test(html[at + 1] ?? "") ? html.length : -1 };
  }

  /**
   * A reader of character references: the browser knows their names.
   * @returns {(text: string) => string}
   */
  function decoder() {
    const holder = new DOMParser().parseFromString("", "text/html").createElement("textarea");
    /** @type {Map<string, string>} */
    const known = new Map();
    /** @param {string} reference */
    const named = (reference) => {
      holder.innerHTML = `x${reference}`; // a first line's end would be dropped
      return holder.value.slice(1);
    };
    return (text) => {
      if (/&#[0-9]{4301}/.test(text)) return text;
      return text.replace(REFERENCE, (reference) => {
        let found = known.get(reference);
        if (found === undefined) known.set(reference, (found = numbered(reference) ?? named(reference)));
        return found;
      });
    };
  }

  /**
   * The character of a number; undefined for a name, or where the standard has another character for it.
   * @param {string} reference
   */
  function numbered(reference) {
    const number = /^&#(?:([0-9]+)|[xX]([0-9a-fA-F]+))/.exec(reference);
    if (!number) return undefined;
    const code = number[1] ? Number(number[1]) : parseInt(number[2], 16);
    if (code === 13) return "\r";
    if (code === 0 || (code >= 0x80 && code < 0xa0)) return undefined;
    if ((code >= 0xd800 && code < 0xe000) || code > LAST) return "\ufffd";
    const isControl = code < 9 || code === 11 || (code > 13 && code < 32) || code === 127;
    const isNone = (code >= 0xfdd0 && code < 0xfdf0) || (code & 0xfffe) === 0xfffe;
    return isControl || isNone ? "" : String.fromCodePoint(code);
  }

  /** A page that is read once, from its start to its end. */
  class Page {
    /** @param {string} html */
    constructor(html) {
      this._html = html;
      this._at = 0;
      /** @type {string[]} */
      this._parts = [];
      this._unseen = "";
      this._depth = 0;
      /** @type {Set<string>} */
      this._openEnded = new Set();
      this._pre = 0;
      this._decode = decoder();
    }

    read() {
      for (let at = this._html.indexOf("<"); at >= 0; at = this._html.indexOf("<", at)) {
        const { end, name, closes = false } = markup(this._html, at);
        if (end < 0) {
          at++;
          continue;
        }
        this._text(at);
        this._at = end;
        if (name) this._tag(name, closes, this._html.slice(end - 2, end) === "/>");
        at = this._at;
      }
      this._text(this._html.length);
      return this._parts.join("");
    }

    /** @param {number} end */
    _text(end) {
      const text = this._html.slice(this._at, end).replaceAll("\0", "");
      this._at = end;
      if (!text || this._unseen) return;
      const shown = text.includes("&") ? this._decode(text) : text;
      this._add(this._pre ? shown : shown.replace(/[\n\r]/g, " "));
    }

    /** @param {string} text */
    _add(text) {
      if (text && !this._unseen) this._parts.push(text);
    }

    /**
     * @param {string} name
     * @param {boolean} closes
     * @param {boolean} isEmpty
     */
    _tag(name, closes, isEmpty) {
      if (this._unseen) {
        if (name === this._unseen) {
          this._depth += closes ? -1 : 1;
          if (!this._depth) this._unseen = "";
        }
      } else if (HOLDERS.has(name)) {
        if (!closes && !(isEmpty && name === "svg") && this._endOf(name) >= 0) [this._unseen, this._depth] = [name, 1];
      } else if (!UNSEEN.has(name)) {
        this._add(INLINE.has(name) ? "" : ALONE.has(name) ? "\n\n" : "\n");
        if (PRE.has(name)) this._pre = Math.max(0, this._pre + (closes ? -1 : 1));
      }
      if (RAW.has(name) && !closes) {
        const found = this._endOf(name);
        const end = found < 0 ? this._html.length : found;
        if (UNSEEN.has(name)) this._at = end;
        else this._text(end);
      }
    }

    /**
     * Where the next end tag of an element begins, or -1.
     * @param {string} name
     */
    _endOf(name) {
      if (this._openEnded.has(name)) return -1;
      const pattern = new RegExp(`</${name}(?=[${WS}/>])`, "gi");
      pattern.lastIndex = this._at;
      const found = pattern.exec(this._html);
      if (!found) this._openEnded.add(name);
      return found ? found.index : -1;
    }
  }

  /**
   * The text that a reader of the page sees.
   * @param {string} html
   */
  const text = (html) => new Page(html).read();

  return { isHtml, text };
})();

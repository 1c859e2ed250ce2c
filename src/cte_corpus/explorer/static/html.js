// The text of an HTML page, by the rules of `cte_corpus.text.html`: tags are read one after the other and no element
// of the page is ever made, so that nothing in it can run or load.
"use strict";
var CTE = CTE || {};

CTE.html = (() => {
  const WS = CTE.fold.SPACE;
  const { BLOCKS, FOREIGN, HOLDERS, KNOWN, RAW, RAW_SEEN, VOID } = CTE.elements;
  const NAME = new RegExp(`<(/)?([A-Za-z][^${WS}/>]*)`, "y");
  const ATTRIBUTE = new RegExp(
    `[${WS}/]+|=?[^${WS}/>=]+(?:[${WS}]*=[${WS}]*(?:"[^"]*"|'[^']*'|[^${WS}>"'][^${WS}>]*))?|=`,
    "y",
  );
  const COMMENT = /<!--(?:-?>|[^]*?--!?>)/y;
  const OTHER = /<(?:!(?!--)|\?|\/(?![A-Za-z]))[^>]*>/y;
  const NAMED = new RegExp(`([^${WS}/>=]+)(?:[${WS}]*=[${WS}]*(?:"([^"]*)"|'([^']*)'|([^${WS}>"'][^${WS}>]*)))?`, "g");
  const TELLS = /hidden|style/i;

  /**
   * The name of an element or attribute: of capital letters only those of ASCII are made small.
   * @param {string} name
   */
  const lower = (name) => name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

  const XML = new RegExp(
    `^[${WS}]*<\\?xml[${WS}]|<!doctype[${WS}][^>]*//dtd xhtml|` +
      `<html[${WS}](?:[^>]*[^\\p{L}\\p{N}_>])?xmlns[${WS}]*=`,
    "iu",
  );
  const START = new RegExp(`^<(?:!--|!doctype[${WS}]+html(?=[${WS}>])|\\?xml[${WS}]|([a-z][a-z0-9]*)(?=[${WS}/>]))`);
  const CHARACTERS = "<![CDATA[";
  const REFERENCE = /&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)/g;
  const LAST = 0x10ffff;

  /**
   * The first code points of a text.
   * @param {string} text
   * @param {number} count
   */
  const first = (text, count) => [...text.slice(0, 2 * count)].slice(0, count).join("");

  /**
   * Whether a text of unknown kind is an HTML page or a part of one: it begins with a tag of HTML, or a comment.
   * @param {string} text
   */
  function isHtml(text) {
    const start = first(text, 200).replace(/^[\ufeff \t\r\n\f]+/, "");
    const found = START.exec(start.toLowerCase());
    return found !== null && (found[1] === undefined || KNOWN.has(found[1]));
  }

  /**
   * The end of the markup at a `<`, the end of the text for one that never ends, or -1 where it is none; of a tag also
   * its name and what follows the name.
   * @param {string} html
   * @param {number} at
   * @returns {{end: number, name?: string, closes?: boolean, rest?: string}}
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
      if (html[end] === ">") {
        const rest = html.slice(at + tag[0].length, end);
        return { end: end + 1, name: lower(tag[2]), closes: Boolean(tag[1]), rest };
      }
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
      this._isXml = XML.test(first(html, 2000));
      this._at = 0;
      /** @type {string[]} */
      this._parts = [];
      this._holder = "";
      this._depth = 0;
      /** @type {Set<string>} */
      this._openEnded = new Set();
      this._open = new CTE.elements.Open();
      this._decode = decoder();
    }

    read() {
      for (let at = this._html.indexOf("<"); at >= 0; at = this._html.indexOf("<", at)) {
        const { end, name, closes = false, rest = "" } = markup(this._html, at);
        if (end < 0) {
          at++;
          continue;
        }
        this._text(at);
        this._at = end;
        if (name) {
          if (this._holder) this._inHolder(name, closes);
          else if (closes) this._end(name);
          else this._start(name, rest);
        } else if (this._isXml && this._html.startsWith(CHARACTERS, at)) this._characters(at + CHARACTERS.length);
        at = this._at;
      }
      this._text(this._html.length);
      return this._parts.join("");
    }

    /** @param {number} end */
    _text(end) {
      const text = this._html.slice(this._at, end).replaceAll("\0", "");
      this._at = end;
      if (this._isShown) this._shown(text.includes("&") ? this._decode(text) : text);
    }

    /** @param {number} start */
    _characters(start) {
      const end = this._html.indexOf("]]>", start);
      this._shown(this._html.slice(start, end < 0 ? undefined : end));
      this._at = end < 0 ? this._html.length : end + 3;
    }

    get _isShown() {
      return !this._holder && this._open.seen;
    }

    /** @param {string} text */
    _shown(text) {
      if (text && this._isShown) this._parts.push(this._open.isPre ? text : text.replace(/[\n\r]/g, " "));
    }

    _line(breaks = "\n") {
      if (this._open.isLaidOut) this._parts.push(breaks);
    }

    /**
     * @param {string} name
     * @param {boolean} closes
     */
    _inHolder(name, closes) {
      if (name === this._holder) {
        this._depth += closes ? -1 : 1;
        if (!this._depth) this._holder = "";
      } else if (RAW.has(name) && !closes) this._raw(name);
    }

    /**
     * @param {string} name
     * @param {string} rest
     */
    _start(name, rest) {
      const isEmpty = rest.endsWith("/") && (this._isXml || FOREIGN.has(name));
      if (RAW.has(name)) {
        if (!isEmpty) this._raw(name, RAW_SEEN.has(name) ? rest : undefined);
      } else if (HOLDERS.has(name)) {
        if (!isEmpty && this._endOf(name) >= 0) [this._holder, this._depth] = [name, 1];
      } else if (VOID.has(name)) {
        this._line(name === "hr" ? "\n\n" : name === "br" ? "\n" : "");
      } else {
        this._open.start(name, this._attributes(name === "dialog" || TELLS.test(rest) ? rest : ""));
        if (BLOCKS.has(name)) this._line();
        else if (name === "q") this._shown(this._open.depth("q") % 2 ? "“" : "‘");
        if (isEmpty) this._open.end(name);
      }
    }

    /** @param {string} name */
    _end(name) {
      if (BLOCKS.has(name) || name === "br") this._line();
      else if (name === "q" && this._open.depth("q")) this._shown(this._open.depth("q") % 2 ? "”" : "’");
      this._open.end(name);
    }

    /**
     * Take an element in which nothing is a tag but its own end, or the rest; with attributes, as it is shown.
     * @param {string} name
     * @param {string} [rest]
     */
    _raw(name, rest) {
      const found = this._endOf(name);
      const end = found < 0 ? this._html.length : found;
      if (rest !== undefined) {
        this._open.start("pre", this._attributes(rest));
        this._line();
        this._text(end);
        this._open.end("pre");
      }
      this._at = end;
    }

    /**
     * The attributes of a tag; of two with one name the first counts.
     * @param {string} text
     */
    _attributes(text) {
      /** @type {Map<string, string>} */
      const found = new Map();
      for (const [, name, ...values] of text.matchAll(NAMED)) {
        const key = lower(name);
        if (!found.has(key)) found.set(key, this._decode(values.join("")));
      }
      return found;
    }

    /**
     * Where the next end tag of an element begins, or -1. In XML, what is marked as characters is no tag.
     * @param {string} name
     */
    _endOf(name) {
      if (this._openEnded.has(name)) return -1;
      const pattern = new RegExp(`</${name}(?=[ \\t\\n\\f\\r/>])${this._isXml ? "|<!\\[CDATA\\[" : ""}`, "gi");
      pattern.lastIndex = this._at;
      for (let found = pattern.exec(this._html); found; found = pattern.exec(this._html)) {
        if (found[0][1] === "/") return found.index;
        const end = this._html.indexOf("]]>", pattern.lastIndex);
        if (end < 0) break;
        pattern.lastIndex = end + 3;
      }
      this._openEnded.add(name);
      return -1;
    }
  }

  /**
   * The text that a reader of the page sees: a line break at the edges of blocks, none at those of inline elements.
   * @param {string} html
   */
  const text = (html) => new Page(html).read();

  return { isHtml, text };
})();

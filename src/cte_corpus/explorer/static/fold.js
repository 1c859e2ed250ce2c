// Forms of a text made only to find a place in it, with a map back: the same as `cte_corpus.text.fold` gives.
"use strict";
var CTE = CTE || {};

/** @typedef {InstanceType<typeof CTE.points.Points>} Points */

CTE.fold = (() => {
  const { digits, hyphens, spaces } = CTE.foldTable;
  const variants = new Map(Object.entries(CTE.foldTable.variants));
  const folded = new Map(Object.entries(CTE.foldTable.folded));
  const SPACE = "\\" + "u" + [...spaces].map(hex).join("\\u");
  const IS_SPACE = new RegExp(`[${SPACE}]`);
  const EDGES = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
  const SPACES = new RegExp(`[${SPACE}]+`);
  const HYPHENS = `\\u${[...hyphens].map(hex).join("\\u")}`;
  const HIDDEN = /[\p{Mn}\p{Me}\p{Cf}]/u;
  const FORMAT = /\p{Cf}/u;
  const MARK = /[\p{Mn}\p{Me}]/u;
  const LOWER = /\p{Lowercase}/u;
  const DIGITS = new Map(
    digits.flatMap(([start, value, size]) => Array.from({ length: size }, (_, n) => [start + n, value + n])),
  );
  /** @type {Map<string, string>} */
  const cleaned = new Map();
  /** @type {Map<string, string>} */
  const foldedChars = new Map();

  /** @param {string} char */
  function hex(char) {
    return char.charCodeAt(0).toString(16).padStart(4, "0");
  }

  /**
   * The characters, each replaced by its variant.
   * @param {string} text
   */
  const varied = (text) => [...text].map((char) => variants.get(char) ?? char).join("");

  /**
   * Without white space at the ends.
   * @param {string} text
   */
  const trim = (text) => text.replace(EDGES, "");

  /**
   * The words between white space.
   * @param {string} text
   */
  const split = (text) => trim(text).split(SPACES).filter(Boolean);

  /** @param {string} char */
  const digit = (char) => String(DIGITS.get(char.charCodeAt(0)) ?? char);

  /**
   * What is left of a character without compatibility forms and format characters; white space is a space.
   * @param {string} char
   */
  function cleanChar(char) {
    let found = cleaned.get(char);
    if (found === undefined) {
      if (IS_SPACE.test(char)) found = " ";
      else if (FORMAT.test(char)) found = "";
      else
        found = char
          .normalize("NFKC")
          .replaceAll("\u2044", "/")
          .replace(/^ +| +$/g, "");
      cleaned.set(char, found);
    }
    return found;
  }

  /** @param {string} char */
  function foldNew(char) {
    if (char <= "\x7f") return IS_SPACE.test(char) ? " " : varied(char).toLowerCase();
    const clean = cleanChar(char);
    if (clean === " ") return " ";
    const small = [...varied(clean)].map((one) => folded.get(one) ?? one.toLowerCase()).join("");
    const kept = [...small.normalize("NFKD")].filter((part) => !HIDDEN.test(part));
    return trim(varied(kept.map(digit).join("")));
  }

  /**
   * A character without case, marks and variants.
   * @param {string} char
   */
  function foldChar(char) {
    let found = foldedChars.get(char);
    if (found === undefined) foldedChars.set(char, (found = foldNew(char)));
    return found;
  }

  /** A text in another form, and where each of its characters came from. All offsets are code points. */
  class Form {
    /**
     * @param {string} text in its new form
     * @param {number[]} starts
     * @param {number[]} origins
     * @param {number} size of the original
     */
    constructor(text, starts, origins, size) {
      this.text = text;
      this._starts = starts;
      this._origins = origins;
      this._size = size;
    }

    /**
     * The offset in the original of a character of the form; the original's length for a position at the end.
     * @param {number} position
     */
    back(position) {
      const index = CTE.sorted.right(this._starts, position) - 1;
      return Math.min(this._origins[index] + position - this._starts[index], this._size);
    }

    /**
     * The offset in the original after the last character before `position`.
     * @param {number} position
     */
    backEnd(position) {
      return position ? this.back(position - 1) + 1 : 0;
    }

    /**
     * The position in the form of an offset of the original; of a dropped character, that of the next kept one.
     * @param {number} offset
     */
    forth(offset) {
      const last = CTE.sorted.right(this._origins, offset) - 1;
      const index = CTE.sorted.left(this._origins, this._origins[last]); // of several from one character, the first
      const position = this._starts[index] + offset - this._origins[index];
      return Math.min(position, index + 1 < this._starts.length ? this._starts[index + 1] : this.text.length);
    }
  }

  /** @param {Iterable<string>} units */
  const units = (units) => [...units].map((unit) => `\\u${hex(unit)}`).join("");

  /**
   * What does not go one to one: divided words, runs of white space with dropped characters, dropped, longer ones.
   * @param {string[]} gaps
   * @param {string[]} dropped
   * @param {string[]} longer
   * @param {string[]} small
   */
  function irregular(gaps, dropped, longer, small) {
    const options = [];
    const letter = `[${units(small)}]`;
    if (small.length) options.push(`(?<=${letter})[${HYPHENS}](?:(?!\\n)[${SPACE}])*\\n[${SPACE}]*(?=${letter})`);
    if (gaps.length) options.push(`(?![${HYPHENS}])[${units(gaps)}]{2,}`);
    if (dropped.length) options.push(`[${units(dropped)}]`);
    if (longer.length) options.push(`[${units(longer)}]`);
    return new RegExp(options.join("|") || "(?!)", "g");
  }

  /**
   * The units of a text, each once.
   * @param {string} text
   */
  function kindsOf(text) {
    const seen = new Uint8Array(0x10000);
    for (let at = 0; at < text.length; at++) seen[text.charCodeAt(at)] = 1;
    return Array.from(seen.keys())
      .filter((code) => seen[code])
      .map((code) => String.fromCharCode(code));
  }

  /**
   * @param {string} text encoded
   * @param {Points} points
   * @param {(char: string) => string} change of a character
   */
  function transformed(text, points, change) {
    /** @type {Map<string, string>} */
    const table = new Map();
    for (const unit of kindsOf(text)) table.set(unit, points.encode(change(points.char(unit))));
    const kinds = [...table];
    const spacing = kinds.filter(([, to]) => to === " ").map(([unit]) => unit);
    const dropped = kinds.filter(([, to]) => !to).map(([unit]) => unit);
    const longer = kinds.filter(([, to]) => to.length > 1).map(([unit]) => unit);
    const simple = kinds.filter(([unit, to]) => to.length === 1 && to !== unit).map(([unit]) => unit);
    const small = [...table.keys()].filter((unit) => LOWER.test(points.char(unit)));
    const isSpacing = new RegExp(spacing.length ? `[${units(spacing)}]` : "(?!)");
    const isLonger = new Set(longer);
    const even = simple.length
      ? text.replace(new RegExp(`[${units(simple)}]`, "g"), (unit) => table.get(unit) ?? unit)
      : text;
    const parts = [];
    const starts = [0];
    const origins = [0];
    let position = 0;
    let done = 0;
    for (const match of text.matchAll(irregular([...spacing, ...dropped], dropped, longer, small))) {
      const [found] = match;
      const { index } = match;
      parts.push(even.slice(done, index));
      position += index - done;
      let put = "";
      if (isLonger.has(found[0])) {
        put = table.get(found) ?? "";
        for (let step = 0; step < put.length; step++) {
          starts.push(position + step);
          origins.push(index);
        }
      } else if (!hyphens.includes(found[0]) && isSpacing.test(found)) {
        put = " ";
        starts.push(position);
        origins.push(index);
      }
      parts.push(put);
      position += put.length;
      done = index + found.length;
      starts.push(position);
      origins.push(done);
    }
    parts.push(even.slice(done));
    return new Form(parts.join(""), starts, origins, text.length);
  }

  /**
   * Compatibility forms resolved, format characters dropped, runs of white space one space.
   * @param {string} text encoded
   * @param {Points} points
   */
  const clean = (text, points) => transformed(text, points, cleanChar);

  /**
   * The match-only folding: like `clean`, without case, marks, tatweel, and with variants unified.
   * @param {string} text encoded
   * @param {Points} points
   */
  const fold = (text, points) => transformed(text, points, foldChar);

  /**
   * The folded text of a few words, without the map: what a search compares.
   * @param {string} text encoded, if `points` are given
   * @param {Points} [points]
   * @returns {string}
   */
  function short(text, points) {
    if (!points) {
      const own = new CTE.points.Points();
      return own.decode(short(own.encode(text), own));
    }
    if (text.includes("\n")) return split(fold(text, points).text).join(" ");
    return split(points.encode([...text].map((unit) => foldChar(points.char(unit))).join(""))).join(" ");
  }

  /** @param {string} char */
  const isSpace = (char) => IS_SPACE.test(char);
  /** @param {string} char */
  const isMark = (char) => MARK.test(char);
  /** @param {string} char */
  const isFormat = (char) => FORMAT.test(char);

  return { Form, SPACE, clean, cleanChar, fold, foldChar, isFormat, isMark, isSpace, short, split, trim };
})();

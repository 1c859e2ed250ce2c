// Finding sentences in a copy by their digests: as they stand, or after changes that keep every character's place.
"use strict";
var CTE = CTE || {};

CTE.verified = (() => {
  const LONGEST = 2000;
  const MOST_ENDS = 24;
  const WS = CTE.fold.SPACE;
  const BOUNDARY = new RegExp(
    `(?<=[.!?…؟۔:;؛])["'”’»)\\]*]*[${WS}]+|(?<=["'”’»)\\]])[${WS}]+|[${WS}]*\\n[${WS}]*`,
    "g",
  );
  const DOUBLE = /["“”„«»]/g;
  const SINGLE = /['‘’‚`´]/g;
  const DASH = /[-‐‑‒–—―−]/g;
  const DIGIT = /[0-9٠-٩۰-۹]/g;
  const OPENERS = "([\"'“‘«";

  /**
   * Where a sentence may end and the next begin, with the ends of the text.
   * @param {string} text
   * @returns {Extent[]}
   */
  function boundaries(text) {
    /** @type {Extent[]} */
    const gaps = [[0, 0]];
    const trailing = new RegExp(`[${WS}]+$`);
    for (const match of text.matchAll(BOUNDARY)) {
      const end = match.index + match[0].length;
      const kept = match[0].replace(trailing, "");
      gaps.push([match.index + kept.length, end]);
    }
    gaps.push([text.length, text.length]);
    return gaps;
  }

  /**
   * The first 16 hex digits of the SHA-256: what a sentence carries.
   * @param {string} text encoded
   * @param {Points} points
   */
  const digest = (text, points) => CTE.sha256(points.decode(text), 2);

  /**
   * The stretches from boundary to boundary that have a wanted digest.
   * @param {string} text encoded
   * @param {Extent[]} gaps its boundaries
   * @param {Map<number, Set<string>>} wanted length of a sentence -> digests of the sentences so long
   * @param {Points} points
   * @returns {[string, number, number][]} digest, start, end
   */
  function search(text, gaps, wanted, points) {
    /** @type {[string, number, number][]} */
    const found = [];
    gaps.forEach(([, start], index) => {
      for (const [end] of gaps.slice(index + 1, index + 1 + MOST_ENDS)) {
        if (end - start > LONGEST) break;
        const digests = wanted.get(end - start);
        const value = digests && digest(text.slice(start, end), points);
        if (value && digests.has(value)) found.push([value, start, end]);
      }
    });
    return found;
  }

  /**
   * What `search` wants.
   * @param {[number, number, string][]} sentences
   */
  function byLength(sentences) {
    /** @type {Map<number, Set<string>>} */
    const wanted = new Map();
    for (const [start, end, value] of sentences) {
      const same = wanted.get(end - start);
      if (same) same.add(value);
      else wanted.set(end - start, new Set([value]));
    }
    return wanted;
  }

  /**
   * Whether a text has a digest: as it is, or with quotation marks, dashes and digits of another kind.
   * @param {string} text encoded
   * @param {string} wanted
   * @param {Points} points
   */
  const verify = (text, wanted, points) => variants(text).some((variant) => digest(variant, points) === wanted);

  /**
   * The digests of a text with quotation marks, dashes and digits of every kind.
   * @param {string} text encoded
   * @param {Points} points
   */
  const digests = (text, points) => new Set(variants(text).map((variant) => digest(variant, points)));

  /** @param {string} text */
  function variants(text) {
    let found = [text];
    for (const options of [doubles, singles, dashes, digits]) found = [...new Set(found.flatMap(options))];
    return found;
  }

  /**
   * The text with straight quotation marks, hyphens for dashes, and ASCII digits; as many characters.
   * @param {string} text
   */
  const plain = (text) => asciiDigits(text.replace(DOUBLE, '"').replace(SINGLE, "'").replace(DASH, "-"));

  /** @param {string} text */
  const asciiDigits = (text) => text.replace(DIGIT, (digit) => String(digit.charCodeAt(0) & 15));

  /** @param {string} text */
  const arabicDigits = (text) =>
    text.replace(DIGIT, (digit) => String.fromCharCode(0x660 + (digit.charCodeAt(0) & 15)));

  /**
   * @param {string} text
   * @param {RegExp} pattern
   */
  const has = (text, pattern) => text.search(pattern) >= 0;

  /** @param {string} text */
  function doubles(text) {
    if (!has(text, DOUBLE)) return [text];
    return [text, text.replace(DOUBLE, '"'), paired(text, DOUBLE, "“”"), paired(text, DOUBLE, "«»")];
  }

  /** @param {string} text */
  function singles(text) {
    if (!has(text, SINGLE)) return [text];
    return [text, text.replace(SINGLE, "'"), text.replace(SINGLE, "’"), paired(text, SINGLE, "‘’")];
  }

  /**
   * Opening marks after white space or at the start, closing ones elsewhere.
   * @param {string} text
   * @param {RegExp} pattern
   * @param {string} marks
   */
  const paired = (text, pattern, marks) =>
    text.replace(pattern, (_, place) => {
      const before = text[place - 1];
      return marks[place === 0 || CTE.fold.isSpace(before) || OPENERS.includes(before) ? 0 : 1];
    });

  /** @param {string} text */
  const dashes = (text) => (has(text, DASH) ? [text, ...[..."-–—"].map((dash) => text.replace(DASH, dash))] : [text]);

  /** @param {string} text */
  const digits = (text) => (has(text, DIGIT) ? [text, asciiDigits(text), arabicDigits(text)] : [text]);

  return { boundaries, byLength, digests, plain, search, verify };
})();

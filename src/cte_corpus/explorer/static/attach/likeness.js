// Two pieces of text side by side: how alike they are, and where words begin and end around a place.
"use strict";
var CTE = CTE || {};

/** @typedef {"" | "place" | "typography" | "words"} Differs what is not as in the reference */

CTE.likeness = (() => {
  const { isFormat, isMark, isSpace, short } = CTE.fold;
  const LIKE = 0.75;
  const PROCLITICS = /^[وف]?[بكلس]?(?:ال|ل)?$/;
  const ENCLITICS = new Set(["", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا", "ي", "ا"]);
  const BITS = 30;
  const FULL = 2 ** BITS - 1;
  /** @type {{extent: Extent | null, score: number}} */
  const NOTHING = { extent: null, score: 0 };

  /**
   * How alike two pieces of text are, 0 to 1 of their folded letters, and what differs.
   * @param {string} wanted
   * @param {string} found
   * @param {Points} points
   * @returns {[number, Differs]}
   */
  function compare(wanted, found, points) {
    if (wanted === found) return [1, "place"];
    const [one, other] = [short(wanted, points), short(found, points)];
    if (one === other) return [1, "typography"];
    return [ratio(one, other), "words"];
  }

  /**
   * Likeness of two texts, 0 to 1: letters that can stay, of all.
   * @param {string} one
   * @param {string} other
   */
  function ratio(one, other) {
    const size = one.length + other.length;
    return size ? 1 - (size - 2 * matcher(one)(other)) / size : 1;
  }

  /**
   * How long the longest common subsequence with a text is: Hyyrö's bit vectors, in words of 30 bits.
   * @param {string} one
   * @returns {(text: string, start?: number, end?: number) => number} of a stretch of another
   */
  function matcher(one) {
    const blocks = Math.ceil(one.length / BITS) || 1;
    /** @type {Map<string, number[]>} */
    const masks = new Map();
    for (let at = 0; at < one.length; at++) {
      const mask = masks.get(one[at]) ?? new Array(blocks).fill(0);
      mask[Math.floor(at / BITS)] |= 1 << (at % BITS);
      masks.set(one[at], mask);
    }
    const state = new Array(blocks);
    return (text, start = 0, end = text.length) => {
      state.fill(FULL);
      for (let at = start; at < end; at++) {
        const mask = masks.get(text[at]);
        if (!mask) continue;
        let carry = 0;
        for (let n = 0; n < blocks; n++) {
          const match = state[n] & mask[n];
          const total = state[n] + match + carry;
          carry = total > FULL ? 1 : 0;
          state[n] = (total & FULL) | (state[n] & ~match & FULL);
        }
      }
      let length = 0;
      for (let at = 0; at < one.length; at++) if (!((state[Math.floor(at / BITS)] >> (at % BITS)) & 1)) length++;
      return length;
    };
  }

  /**
   * The stretch of a window most like a text that was edited, or null where nothing is like it. Both are folded.
   * @param {string} wanted
   * @param {string} window
   * @returns {Extent | null}
   */
  function nearMatch(wanted, window) {
    if (window.length < Math.floor(wanted.length / 2) || wanted.length < 5) return null;
    const inside = wanted.length <= window.length ? likest(wanted, window) : NOTHING;
    const outside = wanted.length >= window.length ? likest(window, wanted) : NOTHING;
    return outside.score > inside.score ? [0, window.length] : inside.extent;
  }

  /**
   * The stretch of the longer text that is most like the shorter one: as long as it, or shorter at either end. Of
   * several the one that rapidfuzz finds, which looks at the stretches in the same order.
   * @param {string} shorter
   * @param {string} longer
   * @returns {{extent: Extent | null, score: number}}
   */
  function likest(shorter, longer) {
    const common = matcher(shorter);
    const size = shorter.length;
    let best = NOTHING;
    const weigh = (/** @type {number} */ start, /** @type {number} */ end) => {
      const score = (2 * common(longer, start, end)) / (size + end - start);
      if (score > best.score && score >= LIKE) best = { extent: [start, end], score };
    };
    const whole = longer.length - size;
    for (const start of fromBothEnds(whole)) weigh(start, start + size);
    for (let end = 1; end < size; end++) if (shorter.includes(longer[end - 1])) weigh(0, end);
    for (let start = whole; start < longer.length; start++)
      if (shorter.includes(longer[start])) weigh(start, longer.length);
    return best;
  }

  /**
   * The numbers below `count`: both ends, then the middle, then the middles of both halves, and so on.
   * @param {number} count
   */
  function* fromBothEnds(count) {
    if (count > 0) yield 0;
    if (count > 1) yield count - 1;
    /** @type {Extent[]} */
    let ranges = [[0, count - 1]];
    while (ranges.length) {
      /** @type {Extent[]} */
      const halves = [];
      for (const [first, last] of ranges) {
        if (last - first < 2) continue;
        const middle = first + Math.floor((last - first) / 2);
        yield middle;
        halves.push([first, middle], [middle, last]);
      }
      ranges = halves;
    }
  }

  /**
   * The place without white space and format characters at its ends.
   * @param {string} text
   * @param {Extent} extent
   * @param {Points} points
   * @returns {Extent}
   */
  function trimmed(text, [start, end], points) {
    const isUnseen = (/** @type {number} */ at) => isSpace(text[at]) || isFormat(points.char(text[at]));
    while (start < end && isUnseen(start)) start++;
    while (start < end && isUnseen(end - 1)) end--;
    return [start, end];
  }

  /**
   * The place from the beginning of its first word to the end of its last one, trimmed.
   *
   * What Arabic writes together with a word may stay outside, as it does of mentions: conjunctions, prepositions and
   * the article before it, pronouns after it.
   * @param {string} text
   * @param {Extent} extent
   * @param {Points} points
   * @returns {Extent}
   */
  function wholeWords(text, extent, points) {
    let [start, end] = trimmed(text, extent, points);
    if (start === end) return [start, end];
    const isInWord = (/** @type {number} */ at) =>
      at >= 0 &&
      at < text.length &&
      (points.isWordChar(text[at]) || text[at] === "\u00ad" || isMark(points.char(text[at])));
    let [first, last] = [start, end];
    while (isInWord(first - 1) && isInWord(start)) first--;
    while (isInWord(last) && isInWord(end - 1)) last++;
    if (first < start && !PROCLITICS.test(short(text.slice(first, start), points))) start = first;
    if (end < last && !ENCLITICS.has(short(text.slice(end, last), points))) end = last;
    return [start, end];
  }

  return { LIKE, compare, nearMatch, trimmed, wholeWords };
})();

// What a document's records tell about its withheld text: pieces of it, sentences by digest, and all their offsets.
"use strict";
var CTE = CTE || {};

/**
 * All that is known of a reference text. Offsets are code points in it; each list is in order.
 * @typedef {object} Known
 * @property {string} recipe
 * @property {string} sha256
 * @property {[number, number, string][]} spans the quoted spans, each once, with their text
 * @property {[number, number, string][]} sentences with their digests
 * @property {[number, number, string][]} sections with their SHA-256
 */
/** @typedef {{start: number, end: number, text: string, folded: string, key: number}} Piece */
/**
 * What is placed as one: a sentence, or known pieces outside of sentences.
 * @typedef {object} Unit
 * @property {number} start
 * @property {number} end
 * @property {string} digest of the sentence; empty for pieces outside of sentences
 * @property {Piece[]} pieces
 * @property {number[]} offsets of each piece from the unit's start, about as long as it will be when folded
 * @property {number} size about the unit's length when folded
 * @property {number} gap about the folded length of what lies between the unit and the one before
 */

CTE.known = (() => {
  const WHITE = 3;
  const LONG = 30;
  const UNKNOWN = "\0";
  const COMMON = 64;

  /**
   * @param {number} start
   * @param {number} end
   * @param {string} digest
   * @param {Piece[]} pieces
   * @returns {Unit}
   */
  const unit = (start, end, digest, pieces = []) => ({ start, end, digest, pieces, offsets: [], size: 0, gap: 0 });

  /**
   * The units of a text in order, with their pieces.
   * @param {Known} known encoded
   * @param {Points} points
   */
  function units(known, points) {
    const sentences = known.sentences.map(([start, end, digest]) => unit(start, end, digest));
    const merged = [];
    let index = 0;
    for (const piece of pieces(known.spans, points)) {
      while (index < sentences.length && sentences[index].end <= piece.start) merged.push(sentences[index++]);
      if (index < sentences.length && sentences[index].start < piece.end) sentences[index].pieces.push(piece);
      else merged.push(unit(piece.start, piece.end, "", [piece]));
    }
    merged.push(...sentences.slice(index));
    merged.forEach(measure);
    for (let at = 1; at < merged.length; at++) {
      const gap = merged[at].start - merged[at - 1].end;
      merged[at].gap = gap > 0 && gap <= WHITE ? 1 : gap;
    }
    return merged;
  }

  /**
   * Lengths in folded characters: those of the pieces are known, between them each code point counts as one.
   * @param {Unit} unit
   */
  function measure(unit) {
    let shift = -unit.start;
    for (const piece of unit.pieces) {
      unit.offsets.push(piece.start + shift);
      shift += piece.folded.length - (piece.end - piece.start);
    }
    unit.size = unit.end + shift;
  }

  /**
   * The stretches of known text in order: spans that overlap or touch are joined.
   * @param {[number, number, string][]} spans
   * @param {Points} points
   * @returns {Piece[]}
   */
  function pieces(spans, points) {
    /** @type {[number, number, string][]} */
    const joined = [];
    for (const [start, end, text] of spans) {
      const last = joined.at(-1);
      if (last && start <= last[1]) {
        last[2] += text.slice(Math.max(0, last[1] - start));
        last[1] = Math.max(last[1], end);
      } else joined.push([start, end, text]);
    }
    /** @type {Map<string, number>} */
    const keys = new Map();
    return joined.map(([start, end, text]) => {
      const folded = CTE.fold.short(text, points);
      const key = keys.get(folded) ?? keys.size;
      keys.set(folded, key);
      return { start, end, text, folded, key };
    });
  }

  /** The folded reference as far as quoted spans tell it, to see where else a run of words may stand in it. */
  class KnownWords {
    /**
     * @param {Unit[]} units
     * @param {number[]} at where each of them starts, in folded characters
     * @param {Points} points
     */
    constructor(units, at, points) {
      this._units = units;
      this._at = at;
      this._points = points;
      /** @type {string[]} */
      const parts = [];
      let done = 0;
      units.forEach((unit, index) =>
        unit.pieces.forEach((piece, number) => {
          const start = at[index] + unit.offsets[number];
          parts.push(UNKNOWN.repeat(Math.max(0, start - done)), piece.folded);
          done = Math.max(done, start) + piece.folded.length;
        }),
      );
      this._text = parts.join("");
      /** @type {Map<string, number[]>} */
      this._words = new Map();
      for (const match of this._text.matchAll(points.word())) CTE.known.push(this._words, match[0], match.index);
    }

    /**
     * Whether another place of the reference may have the same words: none that is known there is another.
     * @param {number} index of a unit
     * @param {number[]} run indexes of pieces of it
     * @param {boolean[]} sure of each unit, whether it is proven where it stands
     */
    rivals(index, run, sure) {
      const unit = this._units[index];
      /** @type {[number, string][]} */
      const own = run.map((number) => [this._at[index] + unit.offsets[number], unit.pieces[number].folded]);
      /** @type {[number, string][]} */
      const words = own.flatMap(([start, text]) =>
        Array.from(
          text.matchAll(this._points.word()),
          (match) => /** @type {[number, string]} */ ([start + match.index, match[0]]),
        ),
      );
      const rarest = CTE.sorted.least(words, ([, word]) => this._words.get(word)?.length ?? 0);
      if (!rarest) return true; // no word, no proof
      const [place, word] = rarest;
      const others = this._words.get(word) ?? [];
      return (
        others.length > COMMON ||
        others.some(
          (other) =>
            other !== place &&
            !sure[CTE.sorted.right(this._at, other) - 1] &&
            own.every(([start, text]) => this._mayBe(start + other - place, text)),
        )
      );
    }

    /**
     * @param {number} start
     * @param {string} text
     */
    _mayBe(start, text) {
      if (start < 0) return false;
      const there = this._text.slice(start, start + text.length);
      return [...there].every((unit, index) => unit === text[index] || unit === UNKNOWN);
    }
  }

  /**
   * Add to a list under a key.
   * @template K, V
   * @param {Map<K, V[]>} lists
   * @param {K} key
   * @param {V} value
   */
  function push(lists, key, value) {
    const list = lists.get(key);
    if (list) list.push(value);
    else lists.set(key, [value]);
  }

  return { KnownWords, LONG, push, units };
})();

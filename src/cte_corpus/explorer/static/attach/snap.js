// Where a sentence begins and ends in a copy, if its digest does not hold: from what was found in it, and around it.
"use strict";
var CTE = CTE || {};

CTE.snap = (() => {
  const REACH = 24;
  const WORD = 6;
  const STEPS = Array.from({ length: 2 * WORD + 1 }, (_, n) => n - WORD).sort((a, b) => Math.abs(a) - Math.abs(b));

  /** The gaps between sentences of a copy. */
  class Gaps {
    /** @param {Alignment} alignment */
    constructor(alignment) {
      const { gaps, folded } = alignment;
      const sorted = (/** @type {number[]} */ places) => [...new Set(places)].sort((one, other) => one - other);
      this._alignment = alignment;
      this._begins = sorted(gaps.map(([, start]) => folded.forth(start)));
      this._ends = sorted(gaps.map(([end]) => folded.forth(end)));
    }

    /**
     * Start and end in the copy of a unit that was found, but whose digest does not hold.
     * @param {number} index
     * @param {Laid} item
     * @returns {Extent}
     */
    extent(index, item) {
      const { folded, laid } = this._alignment;
      const start = this._begin(item, laid[index - 1]);
      const end = this._end(item, laid[index + 1]);
      const first = folded.back(start);
      return [first, end > start ? this.after(folded.backEnd(end)) : first];
    }

    /**
     * The offset after the marks and tatweel that follow the character before `offset` in the copy.
     * @param {number} offset
     */
    after(offset) {
      const { text, points } = this._alignment;
      let end = offset;
      while (end < text.length && (text[end] === "ـ" || CTE.fold.isMark(points.char(text[end])))) end++;
      return end;
    }

    /**
     * @param {Laid} item
     * @param {Laid | null | undefined} before
     */
    _begin(item, before) {
      const expected = expectedBegin(item);
      if (before && this._alignment.follows(before, item)) {
        const { end } = before.place;
        if (before.place.verified) return end + (this._isWhite(end) ? 1 : 0);
        if (expectedEnd(before) + item.unit.gap === expected) return expected;
      }
      return this._nearest(this._begins, expected, true);
    }

    /**
     * @param {Laid} item
     * @param {Laid | null | undefined} after
     */
    _end(item, after) {
      const expected = expectedEnd(item);
      if (after && this._alignment.follows(item, after)) {
        const begin = after.place.start;
        if (after.place.verified) return begin - (this._isWhite(begin - 1) ? 1 : 0);
        if (expectedBegin(after) - after.unit.gap === expected) return expected;
      }
      return this._nearest(this._ends, expected, false);
    }

    /** @param {number} position */
    _isWhite(position) {
      return this._alignment.folded.text[position] === " ";
    }

    /**
     * The likeliest boundary: a gap between sentences, or, if none is near, one between words.
     * @param {number[]} gaps
     * @param {number} expected
     * @param {boolean} begins
     */
    _nearest(gaps, expected, begins) {
      const size = this._alignment.folded.text.length;
      let best = expected;
      let cost = REACH;
      const index = CTE.sorted.left(gaps, expected);
      for (const gap of gaps.slice(Math.max(0, index - 2), index + 2))
        if (Math.abs(gap - expected) < cost) [best, cost] = [gap, Math.abs(gap - expected)];
      for (const step of STEPS) {
        const place = expected + step;
        if (place < 0 || place > size) continue;
        const isGap = begins ? place === 0 || this._isWhite(place - 1) : place === size || this._isWhite(place);
        if (isGap && Math.abs(step) + WORD < cost) [best, cost] = [place, Math.abs(step) + WORD];
      }
      return Math.max(0, Math.min(best, size));
    }
  }

  /** @param {Laid} item */
  function expectedBegin({ unit, place }) {
    const found = place.spots.findIndex((spot) => spot >= 0);
    return found < 0 ? place.start : place.spots[found] - unit.offsets[found];
  }

  /** @param {Laid} item */
  function expectedEnd({ unit, place }) {
    const found = place.spots.findLastIndex((spot) => spot >= 0);
    return (found < 0 ? place.start : place.spots[found] - unit.offsets[found]) + unit.size;
  }

  return { Gaps };
})();

// Which units stand in the copy beyond doubt: docs/attaching.md gives the argument, in the same order.
"use strict";
var CTE = CTE || {};

CTE.proof = (() => {
  const { LONG, KnownWords } = CTE.known;
  const { sum } = CTE.sorted;
  const HALF = 0.5;
  const HEAD = 24;
  const CORE_END = /[ .,;:!?"')»\]]+$/;

  /** The verdict on a copy, and which units and pieces are proven. */
  class Proof {
    /** @param {Alignment} alignment */
    constructor(alignment) {
      this.alignment = alignment;
      this.laid = alignment.laid;
      const home = new CTE.home.Home(alignment);
      this.verdict = home.verdict;
      this.home = home.of;
      this._begins = new Set(alignment.gaps.map(([, start]) => start));
      this._ends = new Set(alignment.gaps.map(([end]) => end));
      this.sure = this._sure(); // of each unit, whether it is proven that it stands where it was laid
    }

    /** A verified sentence is sure if unique and long, or joined on both sides to such by verified sentences. */
    _sure() {
      const [twins, elsewhere] = [this._twins(), this._elsewhere()];
      const single = this.laid.map(
        (item, index) =>
          item !== null &&
          item.place.verified &&
          this.home.has(index) &&
          !twins.has(index) &&
          !elsewhere.has(index) &&
          this.alignment.words(item.place).length === item.unit.end - item.unit.start &&
          this.alignment.copy.proofs(item.unit).length === 1,
      );
      const seeds = this.laid.map(
        (item, index) =>
          item !== null && single[index] && item.unit.end - item.unit.start >= LONG && this._isUncontested(item),
      );
      const [forward, backward] = [[...seeds], [...seeds]];
      for (let index = 1; index < seeds.length; index++)
        forward[index] ||= forward[index - 1] && this._isJoined(index - 1);
      for (let index = seeds.length - 2; index >= 0; index--)
        backward[index] ||= backward[index + 1] && this._isJoined(index);
      return seeds.map(
        (seed, index) =>
          seed ||
          (forward[index] && backward[index]) ||
          (single[index] && (forward[index] || backward[index]) && this._isWhole(this.laid[index])),
      );
    }

    /**
     * Whether a unit and the next are verified, with white space only between them in both texts.
     * @param {number} index
     */
    _isJoined(index) {
      const [first, second] = [this.laid[index], this.laid[index + 1]];
      if (!first?.place.verified || !second?.place.verified) return false;
      const apart = second.place.start - first.place.end;
      return second.unit.gap <= 1 && apart >= 0 && apart <= 1;
    }

    /**
     * Whether it is no part of another sentence.
     * @param {Laid} item
     */
    _isUncontested(item) {
      const [start, end] = this.alignment.extent(item.place);
      return !item.contested && this._isSpace(start - 1) && this._isSpace(end);
    }

    /**
     * Whether it ends where sentences do: what is short may be the beginning of another.
     * @param {Laid | null} item
     */
    _isWhole(item) {
      if (!item) return false;
      const [start, end] = this.alignment.extent(item.place);
      return this._begins.has(start) && this._ends.has(end);
    }

    /** @param {number} offset */
    _isSpace(offset) {
      const unit = this.alignment.text[offset];
      if (unit === undefined) return true;
      return CTE.fold.isSpace(unit) || !CTE.fold.cleanChar(this.alignment.points.char(unit));
    }

    /** Units that may have the words of another: by digest, in another typography, or as far as words are known. */
    _twins() {
      const { units } = this.alignment;
      /** @type {Map<number, Set<string>>} */
      const sizes = new Map();
      /** @type {Map<string, number[]>} */
      const alike = new Map();
      /** @type {Set<number>} */
      const found = new Set();
      units.forEach((unit, index) => {
        if (!unit.digest) return;
        if (this.alignment.repeated.has(unit.digest)) found.add(index);
        const size = unit.end - unit.start;
        sizes.set(size, (sizes.get(size) ?? new Set()).add(unit.digest));
        if (sum(unit.pieces, (piece) => piece.folded.length) > HALF * unit.size) {
          const shape = unit.pieces.map((piece, number) => `${piece.key} ${unit.offsets[number] - unit.offsets[0]}`);
          CTE.known.push(alike, shape.join(), index);
        }
      });
      for (const same of alike.values()) {
        same.sort((one, other) => units[one].size - units[other].size);
        same.slice(1).forEach((other, number) => {
          if (units[other].size - units[same[number]].size <= 4) found.add(same[number]).add(other);
        });
      }
      this.laid.forEach((item, index) => {
        const others = item?.place.verified ? sizes.get(item.unit.end - item.unit.start) : undefined;
        if (!item || !others || others.size < 2) return;
        const own = CTE.verified.digests(this.alignment.words(item.place), this.alignment.points);
        if ([...own].filter((value) => others.has(value)).length > 1) found.add(index);
      });
      return found;
    }

    /** Units whose words, folded, stand at another place of the copy, too. */
    _elsewhere() {
      const { text } = this.alignment.folded;
      const word = this.alignment.points.word();
      /** @type {Map<string, {index: number, own: number, core: string}[]>} */
      const heads = new Map();
      this.laid.forEach((item, index) => {
        if (!item?.place.verified || !this.home.has(index)) return;
        const words = text.slice(item.place.start, item.place.end);
        const start = words.search(word);
        const core = start < 0 ? "" : words.slice(start).replace(CORE_END, "");
        if (core.length >= HEAD)
          CTE.known.push(heads, core.slice(0, HEAD), { index, own: item.place.start + start, core });
      });
      /** @type {Set<number>} */
      const found = new Set();
      if (!heads.size) return found;
      for (const { index: start } of text.matchAll(word))
        for (const { index, own, core } of heads.get(text.slice(start, start + HEAD)) ?? [])
          if (own !== start && text.startsWith(core, start)) found.add(index);
      return found;
    }

    /**
     * Starts of pieces, in sentences that were edited, proven by the pieces at both sides and by where they are.
     *
     * The sentence must stand between sure ones. One side alone proves nothing: where the word before it was edited, a
     * name may stand by chance where its neighbour of the same name should.
     */
    pieces() {
      /** @type {Set<number>} */
      const found = new Set();
      const known = new KnownWords(this.alignment.units, this.alignment.at, this.alignment.points);
      this.laid.forEach((item, index) => {
        if (!item?.unit.digest || item.place.verified || item.rivals || !this._isFramed(index, item)) return;
        const letters = item.unit.pieces.map((piece) => piece.folded.length);
        const all = sum(letters, (size) => size);
        const together = CTE.verdict.runs(this.alignment, item);
        if (sum(together, (run) => sum(run, (number) => letters[number])) < HALF * all) return;
        for (const run of together)
          if (!known.rivals(index, run, this.sure))
            for (const number of run.slice(1, -1)) found.add(item.unit.pieces[number].start);
      });
      return found;
    }

    /**
     * Whether a unit stands between sure ones of its thread, or follows or precedes a sure one directly.
     * @param {number} index
     * @param {Laid} item
     */
    _isFramed(index, item) {
      const thread = this.home.get(index);
      if (!thread) return false;
      const before = this.sure.lastIndexOf(true, index - 1);
      const after = this.sure.indexOf(true, index + 1);
      if (index && before >= thread.first && after >= 0 && after <= thread.last) return true;
      const [last, next] = [this.laid[index - 1], this.laid[index + 1]];
      if (last && before === index - 1) return this.alignment.follows(last, item);
      return Boolean(next) && after === index + 1 && this.alignment.follows(item, /** @type {Laid} */ (next));
    }
  }

  return { Proof };
})();

// Placing the units of a reference text in a copy, and judging how sure each place is.
"use strict";
var CTE = CTE || {};

/**
 * A unit in the copy.
 * @typedef {object} Laid
 * @property {Unit} unit
 * @property {Place} place
 * @property {boolean} rivals it may as well stand elsewhere
 * @property {boolean} contested another unit would fit there too
 */

CTE.align = (() => {
  const { NEAR, proposals } = CTE.seeds;
  const { CLOSE, FOLLOWS } = CTE.chain;
  const { byPlace, unique } = CTE.sorted;
  const DOUBT = 6;
  const ENOUGH = 12;
  const CLEAR = 3;

  /**
   * @param {Unit} unit
   * @param {Place} place
   * @returns {Laid}
   */
  const lay = (unit, place) => ({ unit, place, rivals: false, contested: false });

  /** A copy, and the units laid in it; those not found are null. */
  class Alignment extends CTE.forms.Forms {
    /**
     * @param {Known} known encoded
     * @param {string} text encoded
     * @param {Points} points
     */
    constructor(known, text, points) {
      super(text, points);
      this.units = CTE.known.units(known, points);
      /** @type {number[]} */
      this.at = []; // where in the reference each unit starts, in folded characters as far as lengths are known
      this.atEnd = 0;
      for (const unit of this.units) {
        this.at.push(this.atEnd + unit.gap);
        this.atEnd += unit.gap + unit.size;
      }
      this.repeated = repeated(this.units);
      const begins = new Set(this.gaps.map(([, start]) => this.folded.forth(start)));
      const ends = new Set(this.gaps.map(([end]) => this.folded.forth(end)));
      this.copy = new CTE.chain.Copy(this.folded.text, begins, ends, this.verified(known.sentences), this.repeated);
      const proposed = proposals(this.units, this.folded.text, this._settled());
      const places = CTE.chain.possible(this.units, proposed, this.copy);
      const chosen = CTE.chain.choose(this.units, places);
      /** @type {(Laid | null)[]} */
      this.laid = chosen.map((place, index) => place && lay(this.units[index], place));
      for (const item of this.laid) if (item) this._lookCloser(item);
      this._settle();
      this._dropWeak();
      this._weigh(places);
      this._lookAgain();
      this._settle();
      for (const item of this.laid)
        if (item && !item.place.verified)
          item.place.spots = CTE.within.spots(item.unit, item.place, this.folded.text, points);
    }

    /** The units that their digest alone places: long, and once in both texts. */
    _settled() {
      const isSettled = (/** @type {Unit} */ unit) =>
        this.copy.proofs(unit).length === 1 &&
        unit.end - unit.start >= CTE.known.LONG &&
        !this.repeated.has(unit.digest);
      return new Set([...this.units.keys()].filter((index) => isSettled(this.units[index])));
    }

    /**
     * Try the digest where the pieces imply the sentence, with other quotation marks, dashes and digits.
     * @param {Laid} item
     */
    _lookCloser(item) {
      const { unit, place } = item;
      if (!unit.digest || place.verified) return;
      const size = unit.end - unit.start;
      /** @type {Extent[]} */
      const starts = [[place.start, 0]];
      unit.pieces.forEach((piece, number) => {
        if (place.spots[number] >= 0) starts.push([place.spots[number], piece.start - unit.start]);
      });
      const tried = new Set();
      for (const [spot, before] of unique(starts)) {
        const origin = this.folded.back(spot);
        for (const form of [null, this.clean]) {
          const start = (form ? form.forth(origin) : origin) - before;
          const source = (form ?? this).text;
          const name = `${form ? 1 : 0} ${start}`;
          if (start < 0 || tried.has(name) || start + size > source.length) continue;
          tried.add(name);
          const isSame = CTE.verified.verify(source.slice(start, start + size), unit.digest, this.points);
          if (isSame && this._cutsNoWord(form, start, start + size)) {
            const found = this.remember(form, start, start + size);
            CTE.known.push(this.copy.verified, unit.digest, found);
            item.place = this.copy.place(unit, found[0]);
            return;
          }
        }
      }
    }

    /**
     * Whether a stretch cuts no word: a sentence without a full stop may be the beginning of another.
     * @param {Form | null} form null for the copy as it is
     * @param {number} start
     * @param {number} end
     */
    _cutsNoWord(form, start, end) {
      /** @type {Extent} */
      const extent = form ? [form.back(start), form.backEnd(end)] : [start, end];
      const [first, last] = CTE.likeness.wholeWords(this.text, extent, this.points);
      return extent[0] <= first && last <= extent[1];
    }

    /** Two units at one place: the weaker is not there. */
    _settle() {
      /** @type {{index: number, item: Laid}[]} */
      const laid = this.laid.flatMap((item, index) => (item ? [{ index, item }] : []));
      laid.sort((one, other) => byPlace([one.item.place.start, one.index], [other.item.place.start, other.index]));
      let last = laid[0];
      for (const next of laid.slice(1)) {
        const [before, item] = [last.item, next.item];
        const overlap = before.place.end - item.place.start;
        const shorter = Math.min(before.place.end - before.place.start, item.place.end - item.place.start);
        if (overlap > Math.floor(shorter / 2)) {
          if (before.place.verified === item.place.verified && before.unit.digest === item.unit.digest) {
            before.rivals = item.rivals = true;
            continue;
          }
          const [weaker, stronger] = isStronger(item, before) ? [last, next] : [next, last];
          stronger.item.contested = true;
          this.laid[weaker.index] = null;
          if (weaker === next) continue;
        }
        last = next;
      }
    }

    /** Without a digest and with little in it a unit is where it seems only if it fits between its neighbours. */
    _dropWeak() {
      const isWeak = (/** @type {Laid | null} */ item, /** @type {number} */ index) =>
        item && !item.place.verified && item.place.score < ENOUGH && !this._fits(index, item);
      const weak = this.laid.map(isWeak);
      weak.forEach((is, index) => {
        if (is) this.laid[index] = null;
      });
    }

    /**
     * @param {number} index
     * @param {Laid} item
     */
    _fits(index, item) {
      const sides = this._sides(index, item);
      return sides.every(Boolean) || (sides.some(Boolean) && this.copy.isFramed(item.place));
    }

    /**
     * Whether a unit stands next to the one before, and to the one after; or to the ends of both texts.
     * @param {number} index
     * @param {Laid} item
     */
    _sides(index, item) {
      const before = this.laid[index - 1];
      const after = this.laid[index + 1];
      const isLast = index + 1 === this.laid.length;
      return [
        before ? this.follows(before, item) : index === 0 && item.place.start <= CLOSE,
        after ? this.follows(item, after) : isLast && this.folded.text.length - item.place.end <= CLOSE,
      ];
    }

    /** Look for what was not found where nothing else stands: there, even common words may be telling. */
    _lookAgain() {
      const lost = [...this.laid.keys()].filter((index) => !this.laid[index] && this.units[index].pieces.length);
      const rest = this.copy.masked(this.laid.flatMap((item) => (item ? [item.place] : [])));
      const proposed = proposals(
        lost.map((index) => this.units[index]),
        rest.text,
        new Set(),
      );
      lost.forEach((index, number) => {
        const unit = this.units[index];
        const options = proposed[number].map((start) => {
          const place = rest.place(unit, start);
          const sides = this._sides(index, lay(unit, place)).filter(Boolean).length;
          return { score: place.score + FOLLOWS * sides, place };
        });
        options.sort((one, other) => other.score - one.score);
        const [first, second] = options;
        if (!first || first.score < ENOUGH) return;
        first.place.score = first.score;
        const item = lay(unit, first.place);
        item.rivals = Boolean(second) && second.score >= first.score - CLEAR;
        this.laid[index] = item;
        this._lookCloser(item);
      });
    }

    /**
     * A run of neighbours is in doubt where each of them could as well stand elsewhere.
     * @param {Place[][]} places
     */
    _weigh(places) {
      /** @type {Laid[]} */
      let run = [];
      this.laid.forEach((item, index) => {
        if (!item) return;
        const last = run.at(-1);
        if (last && !this.follows(last, item)) {
          doubt(run);
          run = [];
        }
        run.push(item);
        item.rivals ||= places[index].some(
          (other) =>
            Math.abs(other.start - item.place.start) > NEAR &&
            other.score > 0 &&
            other.score >= item.place.score - DOUBT &&
            !this._isTaken(index, other),
        );
      });
      doubt(run);
    }

    /**
     * Whether a neighbour with the same words stands there already, so that it is no rival.
     * @param {number} index
     * @param {Place} other
     */
    _isTaken(index, other) {
      const around = this.laid.slice(Math.max(0, index - NEAR), index + NEAR);
      const { digest } = this.units[index];
      return around.some(
        (item) => item && Math.abs(item.place.start - other.start) <= NEAR && item.unit.digest === digest,
      );
    }

    /**
     * Whether one unit stands in the copy where it should after another.
     * @param {Laid} before
     * @param {Laid} item
     */
    follows(before, item) {
      return Math.abs(item.place.start - before.place.end - item.unit.gap) <= NEAR;
    }
  }

  /**
   * Digests of sentences that the reference has more than once.
   * @param {Unit[]} units
   */
  function repeated(units) {
    const seen = new Set();
    const found = new Set();
    for (const { digest } of units) {
      if (digest && seen.has(digest)) found.add(digest);
      seen.add(digest);
    }
    return found;
  }

  /**
   * @param {Laid} item
   * @param {Laid} other
   */
  function isStronger(item, other) {
    if (item.place.verified !== other.place.verified) return item.place.verified;
    return item.place.score > other.place.score;
  }

  /** @param {Laid[]} run */
  function doubt(run) {
    const isAnchored = run.some((item) => !item.rivals);
    for (const item of run) item.rivals = item.rivals && !isAnchored;
  }

  return { Alignment };
})();

// What stands at a place of a copy for a unit, and the choice of a place for every unit: the best path through the
// units' possible places. Going on where the unit before ended gains; to leave units out costs; a jump costs more.
"use strict";
var CTE = CTE || {};

/**
 * A possible place of a unit in the folded copy.
 * @typedef {object} Place
 * @property {number} start
 * @property {number} end
 * @property {number} score
 * @property {number[]} spots of each piece, or -1
 * @property {boolean} verified
 */
/**
 * The best path that ends with a unit at a place; or that has left units out since.
 * @typedef {{score: number, end: number, index: number, place: Place, before: Path | null, leftOut: number}} Path
 */

CTE.chain = (() => {
  const { COMMON, NEAR, worth } = CTE.seeds;
  const { find, first, least, sum } = CTE.sorted;
  const [PROVEN, REPEATED] = [30, 8];
  const CLOSE = 3;
  const [FOLLOWS, NEARLY, SKIPS, LATER, JUMPS, OVERLAPS] = [6, 3, -4, -7, -12, -30];
  const [BEGINS, ENDS] = [3, 6];
  const MISSING = -3;
  const DRIFTED = 0.6;
  const PROPAGATED = 3;
  const CARRIED = 4;

  /** A folded copy: where sentences may begin and end in it, and where digests hold. */
  class Copy {
    /**
     * @param {string} text folded
     * @param {Set<number>} begins
     * @param {Set<number>} ends
     * @param {Map<string, Extent[]>} verified digest -> its places in the folded copy, in order
     * @param {Set<string>} repeated
     */
    constructor(text, begins, ends, verified, repeated) {
      this.text = text;
      this.verified = verified;
      this._begins = begins;
      this._ends = ends;
      this._repeated = repeated;
    }

    /**
     * The places at which the digest of a unit holds.
     * @param {Unit} unit
     */
    proofs(unit) {
      return (unit.digest && this.verified.get(unit.digest)) || [];
    }

    /**
     * What stands for a unit that starts about there.
     * @param {Unit} unit
     * @param {number} about
     * @returns {Place}
     */
    place(unit, about) {
      const start = Math.max(0, Math.min(about, this.text.length));
      const proof = this._proof(unit, start);
      if (proof) return this._verified(unit, ...proof);
      const spots = [];
      let score = 0;
      let shift = 0;
      let done = start - NEAR;
      /** @type {number | null} */
      let begun = null;
      for (const [number, piece] of unit.pieces.entries()) {
        const offset = unit.offsets[number];
        const expected = start + offset + shift;
        let spot = expected;
        if (expected >= done && this.text.startsWith(piece.folded, expected)) score += worth(piece);
        else {
          spot = this._nearest(piece.folded, expected, Math.max(done, 0));
          score += spot >= 0 ? worth(piece) * DRIFTED : MISSING;
        }
        spots.push(spot);
        if (spot >= 0) {
          shift = spot - start - offset;
          done = spot + piece.folded.length;
          begun ??= shift;
        }
      }
      const begin = start + (begun ?? 0);
      const end = start + unit.size + shift;
      score += this._edges(begin, end);
      if (end > this.text.length + NEAR) score += JUMPS;
      return { start: begin, end, score, spots, verified: false };
    }

    /**
     * Whether a place begins where a sentence may, with a piece that is there, and ends near such a boundary.
     * @param {Place} place
     */
    isFramed(place) {
      if (!this._begins.has(place.start)) return false;
      if (this._ends.has(place.end)) return true;
      const spots = place.spots.filter((spot) => spot >= 0);
      const begun = spots.length ? Math.min(...spots) : this.text.length;
      if (begun - place.start > CLOSE) return false;
      for (let step = -NEAR; step <= NEAR; step++) if (this._ends.has(place.end + step)) return true;
      return false;
    }

    /**
     * The copy without what is taken; offsets stay.
     * @param {Place[]} places
     */
    masked(places) {
      const parts = [];
      let done = 0;
      for (const place of [...places].sort((one, other) => one.start - other.start)) {
        const [start, end] = [Math.max(done, place.start), Math.max(done, place.end)];
        parts.push(this.text.slice(done, start), "\0".repeat(Math.max(0, end - start)));
        done = end;
      }
      parts.push(this.text.slice(done));
      const text = parts.join("").slice(0, this.text.length);
      return new Copy(text, this._begins, this._ends, new Map(), new Set());
    }

    /**
     * @param {number} begin
     * @param {number} end
     */
    _edges(begin, end) {
      return (this._begins.has(begin) ? BEGINS : 0) + (this._ends.has(end) ? ENDS : 0);
    }

    /**
     * @param {string} wanted
     * @param {number} expected
     * @param {number} from
     */
    _nearest(wanted, expected, from) {
      const high = expected + NEAR + wanted.length;
      let best = -1;
      let spot = find(this.text, wanted, Math.max(expected - NEAR, from), high);
      while (spot >= 0 && (best < 0 || Math.abs(spot - expected) < Math.abs(best - expected))) {
        best = spot;
        spot = find(this.text, wanted, spot + 1, high);
      }
      return best;
    }

    /**
     * @param {Unit} unit
     * @param {number} start
     */
    _proof(unit, start) {
      const places = this.proofs(unit);
      const index = first(places, (place) => place[0] >= start);
      const near = places.slice(Math.max(0, index - 1), index + 1);
      const close = near.filter((place) => Math.abs(place[0] - start) <= NEAR);
      return least(close, (place) => Math.abs(place[0] - start));
    }

    /**
     * @param {Unit} unit
     * @param {number} start
     * @param {number} end
     * @returns {Place}
     */
    _verified(unit, start, end) {
      const spots = [];
      let shift = 0;
      for (const [number, piece] of unit.pieces.entries()) {
        const offset = unit.offsets[number];
        const spot = this._nearest(piece.folded, start + offset + shift, start);
        if (spot >= 0) shift = spot - start - offset;
        spots.push(spot);
      }
      const proof = this._repeated.has(unit.digest) ? REPEATED : PROVEN;
      const score = proof + sum(unit.pieces, worth) + this._edges(start, end);
      return { start, end, score, spots, verified: true };
    }
  }

  /**
   * The possible places of each unit: those proposed, those proven, and next to those of its neighbours.
   * @param {Unit[]} units
   * @param {number[][]} proposed
   * @param {Copy} copy
   */
  function possible(units, proposed, copy) {
    const found = units.map((unit, index) => {
      /** @type {Place[]} */
      const places = [];
      for (const [start] of copy.proofs(unit).slice(0, COMMON)) add(places, copy, unit, start);
      for (const start of proposed[index]) add(places, copy, unit, start);
      return places;
    });
    for (let index = 1; index < units.length; index++)
      for (const place of best(found[index - 1])) add(found[index], copy, units[index], place.end + units[index].gap);
    for (let index = units.length - 2; index >= 0; index--)
      for (const place of best(found[index + 1]))
        add(found[index], copy, units[index], place.start - units[index + 1].gap - units[index].size);
    return found;
  }

  /** @param {Place[]} places */
  const best = (places) => [...places].sort((one, other) => other.score - one.score).slice(0, PROPAGATED);

  /**
   * @param {Place[]} places
   * @param {Copy} copy
   * @param {Unit} unit
   * @param {number} start
   */
  function add(places, copy, unit, start) {
    if (start < -NEAR || start > copy.text.length) return;
    if (places.some((place) => Math.abs(start - place.start) <= CLOSE)) return;
    const place = copy.place(unit, start);
    if (places.every((other) => place.start !== other.start || place.end !== other.end)) places.push(place);
  }

  /**
   * The place of each unit on the best path, null where it is not in the copy.
   * @param {Unit[]} units
   * @param {Place[][]} places
   */
  function choose(units, places) {
    /** @type {Path[]} */
    let states = [];
    units.forEach((unit, index) => {
      const fresh = places[index].map((place) => reach(states, unit, index, place));
      const kept = [...states].sort((one, other) => other.score - one.score).slice(0, CARRIED);
      for (const state of kept) state.leftOut += unit.gap + unit.size;
      states = [...fresh, ...kept];
    });
    /** @type {(Place | null)[]} */
    const chosen = units.map(() => null);
    /** @type {Path | null} */
    let link = least(states, (state) => -state.score) ?? null;
    for (; link; link = link.before) chosen[link.index] = link.place;
    return chosen;
  }

  /**
   * @param {Path[]} states
   * @param {Unit} unit
   * @param {number} index
   * @param {Place} place
   * @returns {Path}
   */
  function reach(states, unit, index, place) {
    let score = JUMPS + place.score;
    let before = null;
    for (const state of states) {
      const own = state.score + place.score + step(state, unit, place);
      if (own > score) [score, before] = [own, state];
    }
    return { score, end: place.end, index, place, before, leftOut: 0 };
  }

  /**
   * @param {Path} state
   * @param {Unit} unit
   * @param {Place} place
   */
  function step(state, unit, place) {
    const apart = place.start - state.end - unit.gap;
    if (state.leftOut) {
      if (Math.abs(apart) <= CLOSE || Math.abs(apart - state.leftOut) <= NEAR) return SKIPS;
    } else if (Math.abs(apart) <= CLOSE) return FOLLOWS;
    else if (Math.abs(apart) <= NEAR) return NEARLY;
    if (apart > 0) return LATER;
    return place.end > state.place.start ? OVERLAPS : JUMPS;
  }

  return { CLOSE, Copy, FOLLOWS, choose, possible };
})();

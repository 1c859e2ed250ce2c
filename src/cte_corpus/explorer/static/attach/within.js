// Finding the known pieces inside one unit whose digest does not hold: an edited sentence, or one typeset anew.
"use strict";
var CTE = CTE || {};

CTE.within = (() => {
  const { NEAR } = CTE.seeds;
  const MISSING = 8;
  const OPTIONS = 5;
  const DRIFT = 4;

  /** @typedef {{cost: number, position: number, offset: number, spots: number[]}} State */

  /**
   * Where each piece stands in the folded copy, or -1: in order, at distances most like the known.
   * @param {Unit} unit
   * @param {Place} place
   * @param {string} copy folded
   * @param {Points} points
   */
  function spots(unit, place, copy, points) {
    /** @type {State[]} */
    let states = [{ cost: 0, position: place.start, offset: 0, spots: [] }];
    for (const [number, piece] of unit.pieces.entries()) {
      const offset = unit.offsets[number];
      const reach = NEAR + Math.floor(offset / DRIFT);
      const left = states.map((state) => ({ ...state, cost: state.cost + MISSING, spots: [...state.spots, -1] }));
      const found = occurrences(piece, copy, place.start + offset, reach);
      const new_ = found.flatMap((spot) => at(states, piece, offset, spot, copy, points));
      states = [...left, ...new_].sort((one, other) => one.cost - other.cost).slice(0, OPTIONS + 1);
    }
    return states[0].spots;
  }

  /**
   * The cheapest way to have a piece at a spot, if there is one.
   * @param {State[]} states
   * @param {Piece} piece
   * @param {number} offset
   * @param {number} spot
   * @param {string} copy
   * @param {Points} points
   * @returns {State[]}
   */
  function at(states, piece, offset, spot, copy, points) {
    /** @type {State | undefined} */
    let best;
    const size = piece.folded.length;
    const cut = isWhole(copy, spot, size, points) ? 0 : 1;
    for (const state of states) {
      const apart = Math.abs(spot - state.position - (offset - state.offset));
      if (spot < state.position && state.spots.some((taken) => taken >= 0)) continue;
      const isAfter = state.spots.some((taken) => taken >= 0);
      const cost = state.cost + (isAfter ? drift(apart) : apart * 0.4) + cut;
      if (!best || cost < best.cost)
        best = { cost, position: spot + size, offset: offset + size, spots: [...state.spots, spot] };
    }
    return best ? [best] : [];
  }

  /** @param {number} apart */
  const drift = (apart) => (apart ? 1.5 + 0.5 * apart : 0);

  /**
   * The occurrences nearest to where the piece is expected.
   * @param {Piece} piece
   * @param {string} copy
   * @param {number} expected
   * @param {number} reach
   */
  function occurrences(piece, copy, expected, reach) {
    const high = expected + reach + piece.folded.length;
    const found = [];
    let spot = CTE.sorted.find(copy, piece.folded, Math.max(0, expected - reach), high);
    while (spot >= 0) {
      found.push(spot);
      spot = CTE.sorted.find(copy, piece.folded, spot + 1, high);
    }
    return found.sort((one, other) => Math.abs(one - expected) - Math.abs(other - expected)).slice(0, OPTIONS);
  }

  /**
   * Whether no word is cut at either end.
   * @param {string} copy
   * @param {number} start
   * @param {number} size
   * @param {Points} points
   */
  function isWhole(copy, start, size, points) {
    const [before, first, last, after] = [start - 1, start, start + size - 1, start + size].map((place) =>
      points.isWordChar(copy[place] ?? ""),
    );
    return !(before && first) && !(after && last);
  }

  return { spots };
})();

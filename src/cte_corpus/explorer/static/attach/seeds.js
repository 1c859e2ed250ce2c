// Where in a copy a unit may stand: from rare pieces, and from pairs of pieces at their known distance.
"use strict";
var CTE = CTE || {};

/** @typedef {[number, number][][]} Votes for each unit, starts and what they are worth */

CTE.seeds = (() => {
  const SHORTEST = 3;
  const REACH = 240;
  const FOLLOWERS = 16;
  const COMMON = 8;
  const WORTH = 12;
  const NEAR = 24;
  const KEPT = 6;
  const LATIN = /[a-z0-9]/;

  /** @param {Piece} piece */
  const worth = (piece) => Math.min(piece.folded.length, WORTH);

  /**
   * For each unit the likeliest starts in the folded copy, best first.
   * @param {Unit[]} units in order
   * @param {string} copy folded
   * @param {Set<number>} settled indexes of units that need no proposal
   */
  function proposals(units, copy, settled) {
    const tokens = tokensOf(
      units.filter((_, index) => !settled.has(index)),
      copy,
    );
    /** @type {Votes} */
    const votes = units.map(() => []);
    voteSingles(units, tokens, votes, settled);
    votePairs(units, tokens, votes, settled);
    return votes.map(clusters);
  }

  /**
   * Every occurrence in the copy of a piece that is not too short, as position and key, in order.
   * @param {Unit[]} units
   * @param {string} copy
   */
  function tokensOf(units, copy) {
    /** @type {Map<string, number>} */
    const keys = new Map();
    for (const { pieces } of units)
      for (const { folded, key } of pieces) if (folded.length >= SHORTEST) keys.set(folded, key);
    /** @type {Map<string, number[]>} */
    const sizes = new Map();
    for (const folded of keys.keys()) CTE.known.push(sizes, folded.slice(0, SHORTEST), folded.length);
    for (const [head, found] of sizes)
      sizes.set(
        head,
        [...new Set(found)].sort((one, other) => one - other),
      );
    /** @type {[number, number][]} */
    const found = [];
    const isLatin = (/** @type {number} */ at) => LATIN.test(copy[at] ?? "");
    const first = new Set([...sizes.keys()].map((head) => head.charCodeAt(0)));
    for (let start = 0; start < copy.length; start++) {
      if (!first.has(copy.charCodeAt(start))) continue;
      const options = sizes.get(copy.slice(start, start + SHORTEST));
      if (!options || (start && isLatin(start) && isLatin(start - 1))) continue;
      for (const size of options) {
        const key = keys.get(copy.slice(start, start + size));
        if (key !== undefined && !(isLatin(start + size - 1) && isLatin(start + size))) found.push([start, key]);
      }
    }
    return found;
  }

  /**
   * @param {Unit[]} units
   * @param {[number, number][]} tokens
   * @param {Votes} votes
   * @param {Set<number>} settled
   */
  function voteSingles(units, tokens, votes, settled) {
    /** @type {Map<number, number[]>} */
    const places = new Map();
    for (const [position, key] of tokens)
      if ((places.get(key)?.length ?? 0) <= COMMON) CTE.known.push(places, key, position);
    /** @type {Map<number, number>} */
    const times = new Map();
    for (const { pieces } of units) for (const { key } of pieces) times.set(key, (times.get(key) ?? 0) + 1);
    units.forEach((unit, index) => {
      if (settled.has(index)) return;
      unit.pieces.forEach((piece, number) => {
        const found = places.get(piece.key) ?? [];
        if ((times.get(piece.key) ?? 0) > COMMON || found.length > COMMON) return;
        for (const position of found) votes[index].push([position - unit.offsets[number], worth(piece)]);
      });
    });
  }

  /**
   * @param {Unit[]} units
   * @param {[number, number][]} tokens
   * @param {Votes} votes
   * @param {Set<number>} settled
   */
  function votePairs(units, tokens, votes, settled) {
    const pairs = pairsOf(units, settled);
    const firsts = new Set([...pairs.keys()].map((name) => Number(name.split(" ")[0])));
    tokens.forEach(([position, key], index) => {
      if (!firsts.has(key)) return;
      for (const [other, second] of tokens.slice(index + 1, index + 1 + FOLLOWERS)) {
        const distance = other - position;
        if (distance > REACH) break;
        for (const [unit, offset, value] of pairs.get(`${key} ${second} ${distance}`) ?? [])
          votes[unit].push([position - offset, value]);
      }
    });
  }

  /**
   * Keys and distance of two pieces -> units that hold one of them, where from the first piece, and the weight.
   * @param {Unit[]} units
   * @param {Set<number>} settled
   */
  function pairsOf(units, settled) {
    /** @type {{unit: number, begin: number, start: number, piece: Piece}[]} */
    const line = [];
    let base = 0;
    units.forEach((item, unit) => {
      base += item.gap;
      item.pieces.forEach((piece, number) => {
        if (piece.folded.length >= SHORTEST)
          line.push({ unit, begin: base, start: base + item.offsets[number], piece });
      });
      base += item.size;
    });
    /** @type {Map<string, [number, number, number][]>} */
    const found = new Map();
    line.forEach((one, index) => {
      for (const other of line.slice(index + 1, index + 4)) {
        const distance = other.start - one.start;
        if (distance > REACH) break;
        if (settled.has(one.unit) && settled.has(other.unit)) continue;
        const value = worth(one.piece) + worth(other.piece);
        const name = `${one.piece.key} ${other.piece.key} ${distance}`;
        CTE.known.push(found, name, [one.unit, one.start - one.begin, value]);
        if (other.unit !== one.unit) CTE.known.push(found, name, [other.unit, one.start - other.begin, value]);
      }
    });
    return new Map([...found].filter(([, places]) => places.length <= COMMON));
  }

  /**
   * The starts with most votes; of close ones the strongest.
   * @param {[number, number][]} votes
   */
  function clusters(votes) {
    /** @type {Map<number, number>} */
    const weights = new Map();
    for (const [start, value] of votes) weights.set(start, (weights.get(start) ?? 0) + value);
    /** @type {number[]} */
    const best = [];
    for (const [start] of [...weights].sort((one, other) => other[1] - one[1])) {
      if (best.every((other) => Math.abs(start - other) > NEAR)) best.push(start);
      if (best.length === KEPT) break;
    }
    return best;
  }

  return { COMMON, NEAR, WORTH, proposals, worth };
})();

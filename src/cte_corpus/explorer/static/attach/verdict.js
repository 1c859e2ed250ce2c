// How much of a reference text stands in a copy, and in which stretches of the copy: what the verdict rests on.
"use strict";
var CTE = CTE || {};

/** @typedef {"copy" | "edited copy" | "part" | "quotes it" | "shares phrases" | "unrelated"} Kind */
/**
 * What a copy is of a document, with the shares that say so, 0 to 1.
 * @typedef {object} Verdict
 * @property {Kind} kind
 * @property {number} found of the reference, what stands in the copy, edited text between verified text included
 * @property {number} known of the letters of quoted spans, those that stand there in their sentences
 * @property {number} verbatim of the reference's sentences, by length, those whose digest holds in the copy
 * @property {number} own of the copy, what seems to come from the reference
 */
/**
 * Evidence in a row: unit indexes `first` to `last`, folded extents in the reference and in the copy.
 * @typedef {object} Thread
 * @property {number} first
 * @property {number} last
 * @property {number} at
 * @property {number} atEnd
 * @property {number} start
 * @property {number} end
 * @property {boolean} strong it has a long sentence whose digest holds
 * @property {boolean} firm it has a sentence whose digest holds, or three pieces in a row
 */

/** @typedef {InstanceType<typeof CTE.align.Alignment>} Alignment */

CTE.verdict = (() => {
  const { NEAR } = CTE.seeds;
  const { least, sum } = CTE.sorted;
  const MOST = 0.6;
  const VERBATIM = 0.95;
  const WHOLLY = 0.9;
  const WORDY = 12;
  const FRAMED = 1000;
  /** @type {Kind[]} */
  const COPIES = ["copy", "edited copy", "part"];

  /** @param {Thread} thread */
  const weight = (thread) => thread.atEnd - thread.at;

  /** @param {Piece} piece */
  const letters = (piece) => piece.folded.length;

  /**
   * The indexes of pieces of a unit that stand at the distances known of them, at least three in a row.
   * @param {Alignment} alignment
   * @param {Laid} item
   */
  function runs(alignment, item) {
    const present = [...item.place.spots.keys()].filter((index) => item.place.spots[index] >= 0);
    /** @type {number[][]} */
    const found = [];
    present.forEach((index, number) => {
      const run = found.at(-1);
      if (run && isApart(alignment, item, present[number - 1], index)) run.push(index);
      else found.push([index]);
    });
    return found.filter((run) => run.length > 2 && sum(run, (number) => letters(item.unit.pieces[number])) >= WORDY);
  }

  /**
   * Whether two pieces are as far apart as in the reference, in folded characters or in the copy's own.
   * @param {Alignment} alignment
   * @param {Laid} item
   * @param {number} first
   * @param {number} second
   */
  function isApart(alignment, item, first, second) {
    const { spots } = item.place;
    const { offsets, pieces } = item.unit;
    if (spots[second] - spots[first] === offsets[second] - offsets[first]) return true;
    const distance = alignment.folded.back(spots[second]) - alignment.folded.back(spots[first]);
    return distance === pieces[second].start - pieces[first].start;
  }

  /**
   * The threads of evidence in the order of the reference, and the stretches of the copy with any, in its order.
   * @param {Alignment} alignment
   * @returns {{threads: Thread[], places: Extent[]}}
   */
  function threads(alignment) {
    /** @type {Thread[]} */
    const found = [];
    /** @type {Extent[]} */
    const places = [];
    alignment.laid.forEach((item, index) => {
      const [there, size] = share(alignment, index, index + 1);
      if (item && (item.place.verified || there >= Math.max(WORDY, MOST * size)))
        places.push([item.place.start, item.place.end]);
      const fresh = item && anchor(alignment, index, item);
      if (!fresh) return;
      const last = found.at(-1);
      if (last && goesOn(last, fresh) && isEdited(alignment, last.last + 1, index)) {
        [last.last, last.atEnd, last.end] = [index, fresh.atEnd, fresh.end];
        last.strong ||= fresh.strong;
        last.firm ||= fresh.firm;
      } else found.push(fresh);
    });
    const kept = found.filter((thread) => thread.firm);
    for (const thread of kept) places.push([thread.start, thread.end]);
    return { threads: kept, places: merged(places) };
  }

  /** @param {Extent[]} places */
  function merged(places) {
    /** @type {Extent[]} */
    const joined = [];
    for (const [start, end] of [...places].sort(CTE.sorted.byPlace)) {
      const last = joined.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(end, last[1]);
      else joined.push([start, end]);
    }
    return joined;
  }

  /**
   * @param {Alignment} alignment
   * @param {number} index
   * @param {Laid} item
   * @returns {Thread | null}
   */
  function anchor(alignment, index, item) {
    const { unit, place } = item;
    const at = alignment.at[index];
    const thread = { first: index, last: index, start: place.start, end: place.end };
    if (place.verified)
      return { ...thread, at, atEnd: at + unit.size, strong: unit.end - unit.start >= CTE.known.LONG, firm: true };
    const longest = least(runs(alignment, item), (run) => -run.length);
    if (!longest && (sum(unit.pieces, letters) < WORDY || Math.min(...place.spots) < 0)) return null;
    const run = longest ?? [...unit.pieces.keys()];
    const [first, last] = [run[0], run[run.length - 1]];
    const size = letters(unit.pieces[last]);
    return {
      ...thread,
      at: at + unit.offsets[first],
      atEnd: at + unit.offsets[last] + size,
      start: place.spots[first],
      end: place.spots[last] + size,
      strong: false,
      firm: Boolean(longest),
    };
  }

  /**
   * Whether the units between two pieces of evidence are there: half of their known letters, if they have some.
   * @param {Alignment} alignment
   * @param {number} first
   * @param {number} last
   */
  function isEdited(alignment, first, last) {
    const [there, size] = share(alignment, first, last);
    return size < WORDY || there >= size / 2;
  }

  /**
   * How many known letters of units stand in their sentences, of how many.
   * @param {Alignment} alignment
   * @param {number} first
   * @param {number} last
   */
  function share(alignment, first, last) {
    let there = 0;
    let size = 0;
    for (let index = first; index < last; index++) {
      const item = alignment.laid[index];
      alignment.units[index].pieces.forEach((piece, number) => {
        size += letters(piece);
        if (item && (item.place.verified || item.place.spots[number] >= 0)) there += letters(piece);
      });
    }
    return [there, size];
  }

  /**
   * @param {Thread} thread
   * @param {Thread} fresh
   */
  function goesOn(thread, fresh) {
    const [apart, known] = [fresh.start - thread.end, fresh.at - thread.atEnd];
    return apart >= -1 && known <= FRAMED && Math.abs(apart - known) <= Math.max(NEAR, Math.floor(known / 10));
  }

  /**
   * What the copy is, short of the last kind: without a long sentence it only `shares phrases`.
   * @param {Alignment} alignment
   * @param {Thread[]} threads
   * @param {Extent[]} places
   * @returns {Verdict}
   */
  function judge(alignment, threads, places) {
    const sentences = alignment.units.filter((unit) => unit.digest);
    const verbatim = sum(alignment.laid, (item) => (item?.unit.digest && item.place.verified ? item.unit.size : 0));
    const found = Math.min(1, sum(threads, weight) / (alignment.atEnd || 1));
    const length = alignment.folded.text.length || 1;
    const own = Math.min(1, sum(places, ([start, end]) => end - start) / length);
    const ofSentences = verbatim / (sum(sentences, (unit) => unit.size) || 1);
    const [there, size] = share(alignment, 0, alignment.units.length);
    const known = size ? there / size : 1;
    /** @type {Kind} */
    let kind = "shares phrases";
    if (Math.min(found, known) >= MOST && threads.some((thread) => thread.strong || thread.last > thread.first))
      kind = ofSentences >= VERBATIM ? "copy" : "edited copy";
    else if (threads.some((thread) => thread.strong && thread.end - thread.start >= WHOLLY * length)) kind = "part";
    else if (threads.some((thread) => thread.strong)) kind = "quotes it";
    return { kind, found, known, verbatim: ofSentences, own };
  }

  /**
   * Whether a folded text has two words in a row that a quoted span has.
   * @param {string[]} spans
   * @param {string} folded
   * @param {Points} points
   */
  function sharesPhrases(spans, folded, points) {
    const pairs = (/** @type {string} */ text) => {
      const words = text.match(points.word()) ?? [];
      return words.slice(1).map((word, index) => `${words[index]} ${word}`);
    };
    const known = new Set(pairs(folded));
    return spans.some((span) => pairs(CTE.fold.short(span, points)).some((pair) => known.has(pair)));
  }

  return { COPIES, judge, runs, sharesPhrases, threads, weight };
})();

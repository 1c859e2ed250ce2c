// Spans as runs of text: where spans nest and overlap, each run has all that lie over it.
"use strict";
var CTE = CTE || {};

/** @typedef {{start: number, end: number, index: number}} Mark a span in the copy, by its index */
/** @typedef {{start: number, end: number, over: number[]}} Run a stretch of the copy, with the spans over it, smallest first */

CTE.marks = (() => {
  /**
   * The stretch from `start` to `end`, cut wherever a span begins or ends, or at `\n`.
   * @param {string} text
   * @param {Mark[]} marks
   * @returns {Run[]}
   */
  function runs(text, marks) {
    const ordered = [...marks].sort((one, other) => one.start - other.start);
    const cuts = new Set([0, text.length]);
    for (const { start, end } of marks) cuts.add(start).add(end);
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) cuts.add(at).add(at + 1);
    const places = [...cuts].sort((one, other) => one - other);
    /** @type {Mark[]} */
    let open = [];
    let next = 0;
    return places.slice(0, -1).map((start, number) => {
      open = open.filter((mark) => mark.end > start);
      while (next < ordered.length && ordered[next].start <= start) open.push(ordered[next++]);
      const smallest = [...open].sort((one, other) => one.end - one.start - (other.end - other.start));
      return { start, end: places[number + 1], over: smallest.map((mark) => mark.index) };
    });
  }

  return { runs };
})();

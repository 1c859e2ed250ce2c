// What is said of a place.
"use strict";
var CTE = CTE || {};

/** @typedef {"exact" | "moved" | "loose" | "ambiguous" | "lost"} Status */
/**
 * Where something of the reference text stands in the copy; null where it is lost.
 * @typedef {object} Placed
 * @property {number | null} start
 * @property {number | null} end
 * @property {Status} status
 * @property {number} score how much of it stands there, 0 to 1
 * @property {Differs} differs
 */

CTE.placed = (() => {
  /** @type {Placed} */
  const LOST = Object.freeze({ start: null, end: null, status: "lost", score: 0, differs: "" });

  /** @param {Placed} placed */
  const isProven = (placed) => placed.status === "exact" || placed.status === "moved";

  /**
   * @param {Extent} key in the reference
   * @param {Extent} extent in the copy
   * @param {Laid | null} item
   * @param {boolean} proven
   * @param {number} score
   * @param {Differs} differs
   * @returns {Placed}
   */
  function judged(key, [start, end], item, proven, score = 1, differs = "") {
    if (start >= end) return LOST;
    if (proven)
      return { start, end, status: start === key[0] && end === key[1] ? "exact" : "moved", score: 1, differs: "" };
    return { start, end, status: item?.rivals ? "ambiguous" : "loose", score, differs };
  }

  return { LOST, isProven, judged };
})();

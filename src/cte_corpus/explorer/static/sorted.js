// Places in sorted lists, as Python's `bisect` finds them.
"use strict";
var CTE = CTE || {};

/** @typedef {[number, number]} Extent start and end in code points */

CTE.sorted = (() => {
  /**
   * The first index at which an item is not before `value`.
   * @param {number[]} list
   * @param {number} value
   */
  const left = (list, value) => first(list, (item) => item >= value);

  /**
   * The first index at which an item is after `value`.
   * @param {number[]} list
   * @param {number} value
   */
  const right = (list, value) => first(list, (item) => item > value);

  /**
   * The first index from which a test holds.
   * @template T
   * @param {T[]} list
   * @param {(item: T) => boolean} holds
   */
  function first(list, holds) {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(list[middle])) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /**
   * By start, then by end.
   * @param {Extent} one
   * @param {Extent} other
   */
  const byPlace = (one, other) => one[0] - other[0] || one[1] - other[1];

  /**
   * Extents in order, each once.
   * @param {Iterable<Extent>} extents
   * @returns {Extent[]}
   */
  function unique(extents) {
    const ordered = [...extents].sort(byPlace);
    return ordered.filter((item, index) => !index || byPlace(item, ordered[index - 1]) !== 0);
  }

  /**
   * The first of the least, or undefined of none.
   * @template T
   * @param {Iterable<T>} items
   * @param {(item: T) => number} cost
   * @returns {T | undefined}
   */
  function least(items, cost) {
    let best;
    let lowest = Infinity;
    for (const item of items) {
      const own = cost(item);
      if (own < lowest) [best, lowest] = [item, own];
    }
    return best;
  }

  /**
   * Where `wanted` stands in text[low:high] for the first time, or -1.
   * @param {string} text
   * @param {string} wanted
   * @param {number} low
   * @param {number} high
   */
  function find(text, wanted, low, high) {
    if (low > text.length || low > high) return -1;
    const spot = text.slice(low, high).indexOf(wanted);
    return spot < 0 ? -1 : low + spot;
  }

  /**
   * @template T
   * @param {T[]} items
   * @param {(item: T) => number} size
   */
  const sum = (items, size) => items.reduce((total, item) => total + size(item), 0);

  return { byPlace, find, first, least, left, right, sum, unique };
})();

// The index of the search: a few of its shards are loaded, which are scripts, so that it works from a folder.
"use strict";
var CTE = CTE || {};

/** @typedef {[kind: number, page: string, english: string, arabic: string, standing: string]} Entry */
/** @typedef {{firsts: string[], size: number, number: number, kinds: Record<string, Record<string, string>>, standings: Record<string, Record<string, string>>}} Index */

CTE.lookup = (() => {
  const { root } = /** @type {{root: string}} */ (document.body.dataset);
  const FRONTS = "وال فال بال كال ولل فلل لل ال و ف ب ك ل".split(" ");
  /** @type {Map<string, Promise<any>>} */
  const loading = new Map();
  /** @type {Map<string, any>} */
  const loaded = new Map();

  /**
   * Take what a script of the index hands over.
   * @param {string} what
   * @param {any} key
   * @param {any} value
   */
  function receive(what, key, value) {
    if (what === "index") loaded.set("index", key);
    else loaded.set(what[0] + key, what === "terms" ? value.split("\n").map(postings) : value);
  }

  /**
   * A line of a shard: a term, and differences between the numbers of the entries called so, and of the others.
   * @param {string} line
   */
  function postings(line) {
    return line.split(" ");
  }

  /**
   * An Arabic word also without what is written to it in front, at least three letters: as `searching.py` has it.
   * @param {string} word
   */
  function bare(word) {
    const fronts = FRONTS.filter((front) => word.startsWith(front) && word.length - front.length >= 3);
    return fronts.map((front) => word.slice(front.length));
  }

  /**
   * A part of the index.
   * @param {string} name
   * @returns {Promise<any>}
   */
  function load(name) {
    let found = loading.get(name);
    if (!found) {
      found = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}data/search/${name}.js`;
        script.onload = () => resolve(loaded.get(name));
        script.onerror = () => reject(new Error(`no ${script.src}`));
        document.head.append(script);
      });
      loading.set(name, found);
    }
    return found;
  }

  /**
   * What is typed, as the index has words.
   * @param {string} text
   */
  function words(text) {
    return [...new Set(CTE.fold.short(text).match(/[\p{L}\p{N}]+/gu) ?? [])].map((word) => word.slice(0, 40));
  }

  /**
   * The entries of a word as it is typed, and without what an Arabic one has in front.
   * @param {Index} index
   * @param {string} word
   */
  async function find(index, word) {
    const found = new Map();
    for (const form of [word, ...bare(word)]) await gather(index, form, form === word ? 1 : 0, found);
    return found;
  }

  /**
   * Add the entries of the terms that begin so, with how well: best is what is called so, then the word itself.
   * @param {Index} index
   * @param {string} word
   * @param {number} sure
   * @param {Map<number, number>} found
   */
  async function gather(index, word, sure, found) {
    let shard = index.firsts.findLastIndex((first) => first <= word);
    if (shard < 0) shard = 0;
    for (let more = 0; more < 3 && shard < index.firsts.length; more += 1, shard += 1) {
      if (more && !index.firsts[shard].startsWith(word)) break;
      for (const [term, called, others] of await load(`t${shard}`)) {
        if (term.startsWith(word)) {
          const value = (term === word ? 2 : 1) + sure;
          add(called, value + 3, found);
          add(others, value, found);
        }
      }
    }
  }

  /**
   * Add entries, each with the best that it was found with.
   * @param {string} packed
   * @param {number} value
   * @param {Map<number, number>} found
   */
  function add(packed, value, found) {
    let entry = 0;
    for (const step of packed ? packed.split(",") : []) {
      entry += parseInt(step, 36);
      if ((found.get(entry) ?? 0) < value) found.set(entry, value);
    }
  }

  /**
   * The numbers of the entries that hold all words, the best first.
   * @param {string} text
   * @returns {Promise<number[]>}
   */
  async function search(text) {
    const index = await load("index");
    const each = await Promise.all(words(text).map((word) => find(index, word)));
    if (!each.length) return [];
    const [first, ...others] = each.sort((one, other) => one.size - other.size);
    const all = [...first].filter(([entry]) => others.every((found) => found.has(entry)));
    const worth = new Map(all.map(([entry]) => [entry, each.reduce((sum, found) => sum + (found.get(entry) ?? 0), 0)]));
    return [...worth.keys()].sort((one, other) => (worth.get(other) ?? 0) - (worth.get(one) ?? 0) || one - other);
  }

  /**
   * The entries of some numbers.
   * @param {number[]} numbers
   * @returns {Promise<Entry[]>}
   */
  async function entries(numbers) {
    const { size } = await load("index");
    return Promise.all(numbers.map(async (number) => (await load(`e${Math.floor(number / size)}`))[number % size]));
  }

  return Object.assign(receive, { entries, load, search, terms: (/** @type {string} */ text) => words(text).flatMap((word) => [word, ...bare(word)]) });
})();

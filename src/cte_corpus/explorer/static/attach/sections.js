// Sections in a copy, over what was found of their sentences and spans; and what a section whose digest holds proves.
"use strict";
var CTE = CTE || {};

CTE.sections = (() => {
  const { COPIES } = CTE.verdict;
  const { LOST, isProven, judged } = CTE.placed;
  const TRIED = 4;
  const SPARE = 50;

  /**
   * Sections reach over what was found of their sentences and spans.
   * @param {Alignment} alignment
   * @param {Known} known encoded
   * @param {Placed[]} spans
   * @param {Placed[]} sentences
   * @param {Kind} kind of the copy
   * @returns {Placed[]}
   */
  function place(alignment, known, spans, sentences, kind) {
    /** @type {Map<string, {key: Extent, placed: Placed}>} */
    const all = new Map();
    known.spans.forEach(([start, end], n) => all.set(`${start} ${end}`, { key: [start, end], placed: spans[n] }));
    known.sentences.forEach(([start, end], n) =>
      all.set(`${start} ${end}`, { key: [start, end], placed: sentences[n] }),
    );
    const ordered = [...all.values()].sort((one, other) => CTE.sorted.byPlace(one.key, other.key));
    let at = 0;
    return known.sections.map(([start, end, digest]) => {
      const inside = [];
      while (at < ordered.length && ordered[at].key[0] < end) inside.push(ordered[at++]);
      return section(alignment, [start, end], digest, inside, COPIES.includes(kind));
    });
  }

  /**
   * A section's place: by its digest where it holds; `ambiguous` where its parts are torn apart.
   * @param {Alignment} alignment
   * @param {Extent} key
   * @param {string} digest
   * @param {{key: Extent, placed: Placed}[]} inside
   * @param {boolean} isCopy
   * @returns {Placed}
   */
  function section(alignment, key, digest, inside, isCopy) {
    const { text, points } = alignment;
    const size = key[1] - key[0];
    const parts = inside.flatMap(({ key: own, placed }) =>
      placed.start === null || !placed.end ? [] : [{ own, start: placed.start, end: placed.end, placed }],
    );
    const starts = parts.filter((part) => isProven(part.placed)).map((part) => part.start - (part.own[0] - key[0]));
    if (!inside.length && isCopy) starts.push(key[0]);
    for (const start of [...new Set(starts)].slice(0, TRIED)) {
      if (start < 0) continue;
      if (CTE.sha256(points.decode(text.slice(start, start + size))) === digest)
        return judged(key, [start, start + size], null, true);
    }
    if (!parts.length) return LOST;
    const start = Math.min(...parts.map((part) => part.start));
    const end = Math.max(...parts.map((part) => part.end));
    const isTorn = end - start > 2 * size + SPARE;
    const status = isTorn || parts.every((part) => part.placed.status === "ambiguous") ? "ambiguous" : "loose";
    const [low, high] = CTE.likeness.trimmed(text, [start, end], points);
    return { start: low, end: high, status, score: parts.length / inside.length, differs: "words" };
  }

  /**
   * The spans outside of sentences in sections whose digest holds: they stand as far from the section's start.
   * @param {Known} known
   * @param {Placed[]} spans
   * @param {Placed[]} sections
   */
  function provenBySections(known, spans, sections) {
    return spans.map((placed, index) => {
      const [start, end] = known.spans[index];
      const number = isProven(placed)
        ? -1
        : known.sections.findLastIndex(([low, high], n) => isProven(sections[n]) && low <= start && end <= high);
      const shift = number < 0 ? 0 : (sections[number].start ?? 0) - known.sections[number][0];
      return number < 0 ? placed : judged([start, end], [start + shift, end + shift], null, true);
    });
  }

  return { place, provenBySections };
})();

// A copy in its forms: as it is, cleaned, and folded, and where in them the digests of sentences hold.
"use strict";
var CTE = CTE || {};

/** @typedef {InstanceType<typeof CTE.fold.Form>} Form */

CTE.forms = (() => {
  const { unique } = CTE.sorted;

  /** The copy in three forms, with the gaps between its sentences. */
  class Forms {
    /**
     * @param {string} text encoded
     * @param {Points} points
     */
    constructor(text, points) {
      this.text = text;
      this.points = points;
      this.folded = CTE.fold.fold(text, points);
      this.clean = CTE.fold.clean(text, points);
      const seen = CTE.verified.boundaries(this.clean.text);
      const cleanGaps = seen.map(
        ([end, start]) => /** @type {Extent} */ ([this.clean.backEnd(end), this.clean.back(start)]),
      );
      this.gaps = unique([...cleanGaps, ...CTE.verified.boundaries(text)]);
      /** @type {Map<string, {form: Form | null, start: number, end: number}>} */
      this._foundIn = new Map();
    }

    /**
     * Start and end in the copy of a place whose digest holds, or of the code points `first` to `last` of it.
     * @param {Place} place
     * @param {number} [first]
     * @param {number} [last]
     * @returns {Extent}
     */
    extent(place, first = 0, last) {
      const { form, start, end } = this._at(place);
      const [low, high] = [start + first, last === undefined ? end : start + last];
      return form ? [form.back(low), form.backEnd(high)] : [low, high];
    }

    /**
     * What was verified at a place whose digest holds: as many code points as in the reference.
     * @param {Place} place
     */
    words(place) {
      const { form, start, end } = this._at(place);
      return (form ?? this).text.slice(start, end);
    }

    /** @param {Place} place */
    _at(place) {
      const found = this._foundIn.get(`${place.start} ${place.end}`);
      if (!found) throw new Error("no digest holds there");
      return found;
    }

    /**
     * Digest -> folded places, for sentences found from boundary to boundary in three forms of the copy.
     * @param {[number, number, string][]} sentences with their digests
     */
    verified(sentences) {
      const wanted = CTE.verified.byLength(sentences);
      /** @type {Map<string, Extent[]>} */
      const found = new Map();
      for (const [value, start, end] of CTE.verified.search(this.text, this.gaps, wanted, this.points))
        CTE.known.push(found, value, this.remember(null, start, end));
      const form = this.clean;
      const gaps = unique(this.gaps.map(([end, start]) => [form.forth(end), form.forth(start)]));
      for (const text of new Set([form.text, CTE.verified.plain(form.text)])) {
        if (text === this.text) continue;
        for (const [value, start, end] of CTE.verified.search(text, gaps, wanted, this.points))
          CTE.known.push(found, value, this.remember(form, start, end));
      }
      for (const [value, places] of found) found.set(value, unique(places));
      return found;
    }

    /**
     * Keep where a digest was found; the place in the folded copy.
     * @param {Form | null} form null for the copy as it is
     * @param {number} start
     * @param {number} end
     * @returns {Extent}
     */
    remember(form, start, end) {
      const extent = form ? [form.back(start), form.backEnd(end)] : [start, end];
      const [low, high] = extent.map((offset) => this.folded.forth(offset));
      const key = `${low} ${high}`;
      if (!this._foundIn.has(key)) this._foundIn.set(key, { form, start, end });
      return [low, high];
    }
  }

  return { Forms };
})();

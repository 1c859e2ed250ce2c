// Putting every span of a document back into a copy of its text, and saying of each how sure its place is: the answers
// are those of `cte attach`.
"use strict";
var CTE = CTE || {};

/**
 * A copy with everything placed in it, each list in the order of the records. Offsets are code points of `text`.
 * @typedef {object} Attachment
 * @property {string} text the copy after the recipe, one unit for each code point
 * @property {Points} points by which it is decoded
 * @property {Verdict} verdict
 * @property {Placed[]} spans
 * @property {Placed[]} sentences
 * @property {Placed[]} sections
 */

CTE.attach = (() => {
  const { LIKE, compare, wholeWords } = CTE.likeness;
  const { LOST, judged } = CTE.placed;
  const { find, sum } = CTE.sorted;
  /**
   * Place what is known of a text in a copy of it, which was put through the recipe.
   * @param {Known} known
   * @param {string} copy
   * @returns {Attachment}
   */
  function attach(known, copy) {
    const points = new CTE.points.Points();
    const text = points.encode(copy);
    if (CTE.sha256(copy) === known.sha256) {
      const [spans, sentences, sections] = [known.spans, known.sentences, known.sections].map((group) =>
        group.map(([start, end]) => judged([start, end], [start, end], null, true)),
      );
      const verdict = { kind: /** @type {Kind} */ ("copy"), found: 1, known: 1, verbatim: 1, own: 1 };
      return { text, points, verdict, spans, sentences, sections };
    }
    const own = { ...known, spans: known.spans.map(encoded(points)) };
    const work = new Work(own, new CTE.align.Alignment(own, text, points));
    const sentences = work.sentences();
    const placed = work.spans();
    const { verdict } = work.proof;
    const sections = CTE.sections.place(work.alignment, own, placed, sentences, verdict.kind);
    const spans = CTE.sections.provenBySections(own, placed, sections);
    const phrases = own.spans.map(([, , words]) => words);
    if (verdict.kind === "shares phrases" && !CTE.verdict.sharesPhrases(phrases, work.folded.text, points))
      verdict.kind = "unrelated";
    return { text, points, verdict, spans, sentences, sections };
  }

  /**
   * @param {Points} points
   * @returns {(item: [number, number, string]) => [number, number, string]}
   */
  const encoded =
    (points) =>
    ([start, end, text]) => [start, end, points.encode(text)];

  class Work {
    /**
     * @param {Known} known encoded
     * @param {Alignment} alignment
     */
    constructor(known, alignment) {
      this.known = known;
      this.alignment = alignment;
      this.folded = alignment.folded;
      this.text = alignment.text;
      this.points = alignment.points;
      this.gaps = new CTE.snap.Gaps(alignment);
      this.proof = new CTE.proof.Proof(alignment);
      this._provenPieces = this.proof.pieces();
    }

    /** The sentences: by digest where it holds, else between what was found in and around them. */
    sentences() {
      const found = this.known.sentences.map(() => LOST);
      const order = new Map(this.known.sentences.map(([start, end], index) => [`${start} ${end}`, index]));
      this.alignment.laid.forEach((item, index) => {
        if (!item?.unit.digest) return;
        const { unit, place } = item;
        /** @type {Extent} */
        const key = [unit.start, unit.end];
        const number = order.get(`${unit.start} ${unit.end}`) ?? 0;
        if (place.verified) {
          found[number] = judged(key, this.alignment.extent(place), item, this.proof.sure[index], 1, "place");
        } else {
          const extent = wholeWords(this.text, this.gaps.extent(index, item), this.points);
          found[number] = judged(key, extent, item, false, pieceShare(item, extent), "words");
        }
      });
      return found;
    }

    /** The quoted spans, each from the piece that holds it. */
    spans() {
      const line = this.alignment.units.flatMap((unit, index) =>
        unit.pieces.map((piece, number) => ({ unit, index, piece, number })),
      );
      let at = 0;
      return this.known.spans.map(([start, end, words]) => {
        while (at < line.length && line[at].piece.end < end) at++;
        if (at === line.length) return LOST;
        const { unit, index, piece, number } = line[at];
        const item = this.alignment.laid[index];
        if (!item) return LOST;
        /** @type {Extent} */
        const key = [start, end];
        if (item.place.verified && unit.start <= start && end <= unit.end)
          return this._verified(key, words, item, this.proof.sure[index]);
        const spot = item.place.spots[number];
        return spot >= 0 ? this._inside(key, words, piece, item, spot) : this._edited(key, words, piece, item);
      });
    }

    /**
     * A span of a sentence whose digest holds stands as far from its start as in the reference.
     * @param {Extent} key
     * @param {string} words
     * @param {Laid} item
     * @param {boolean} sure
     */
    _verified(key, words, item, sure) {
      const extent = this.alignment.extent(item.place, key[0] - item.unit.start, key[1] - item.unit.start);
      return judged(key, extent, item, sure, 1, this.text.slice(...extent) === words ? "place" : "typography");
    }

    /**
     * @param {Extent} key
     * @param {string} words
     * @param {Piece} piece
     * @param {Laid} item
     * @param {number} spot
     */
    _inside(key, words, piece, item, spot) {
      let [start, end] = [spot, spot + piece.folded.length];
      const size = (/** @type {string} */ text) => CTE.fold.short(text, this.points).length;
      if (key[0] > piece.start) start = end - size(piece.text.slice(key[0] - piece.start));
      if (key[1] < piece.end) end = spot + size(piece.text.slice(0, key[1] - piece.start));
      return this._compared(key, words, item, [start, end], this._provenPieces.has(piece.start));
    }

    /**
     * A span of a piece that is not there as a whole: on its own, or what is most like it, between others.
     * @param {Extent} key
     * @param {string} words
     * @param {Piece} piece
     * @param {Laid} item
     */
    _edited(key, words, piece, item) {
      let [low, high] = [item.place.start, item.place.end];
      item.unit.pieces.forEach((other, number) => {
        const spot = item.place.spots[number];
        if (spot >= 0 && other.start < piece.start) low = Math.max(low, spot + other.folded.length);
        else if (spot >= 0) high = Math.min(high, spot);
      });
      const wanted = CTE.fold.short(words, this.points);
      const spot = find(this.folded.text, wanted, low, high);
      if (spot >= 0 && find(this.folded.text, wanted, spot + 1, high) < 0 && wanted.length > 2)
        return this._compared(key, words, item, [spot, spot + wanted.length], false);
      const near = CTE.likeness.nearMatch(wanted, this.folded.text.slice(low, high));
      return near ? this._compared(key, words, item, [low + near[0], low + near[1]], false) : LOST;
    }

    /**
     * A span at a place of the folded copy, with the marks of its last character; lost if it is not like it.
     * @param {Extent} key
     * @param {string} words
     * @param {Laid} item
     * @param {Extent} place
     * @param {boolean} proven
     */
    _compared(key, words, item, [start, end], proven) {
      /** @type {Extent} */
      let extent = [this.folded.back(start), this.gaps.after(this.folded.backEnd(end))];
      if (proven && this.text.slice(...extent) === words) return judged(key, extent, item, true);
      extent = wholeWords(this.text, extent, this.points);
      const [score, differs] = compare(words, this.text.slice(...extent), this.points);
      return score >= LIKE ? judged(key, extent, item, false, score, differs) : LOST;
    }
  }

  /**
   * Of a sentence whose digest does not hold: the share of its known letters, or else how alike the lengths are.
   * @param {Laid} item
   * @param {Extent} extent
   */
  function pieceShare({ unit, place }, extent) {
    const size = sum(unit.pieces, (piece) => piece.text.length);
    if (size)
      return sum(unit.pieces, (piece) => (place.spots[unit.pieces.indexOf(piece)] < 0 ? 0 : piece.text.length)) / size;
    const sizes = [extent[1] - extent[0], unit.end - unit.start].sort((one, other) => one - other);
    return Math.max(sizes[0], 0) / Math.max(sizes[1], 1);
  }

  return attach;
})();

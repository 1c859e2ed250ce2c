// Which quoted pieces of sentences that were edited are proven: docs/attaching.md gives the argument.
"use strict";
var CTE = CTE || {};

CTE.edited = (() => {
  const { KnownWords } = CTE.known;
  const { NEAR } = CTE.seeds;
  const { WORDY, lettersOf, runs } = CTE.verdict;
  const { endsLine } = CTE.home;
  const { least, sum } = CTE.sorted;
  const HALF = 0.5;
  const EDITS = 4;

  /** The pieces of edited sentences that are proven, by what stands at both sides and by where they are. */
  class Edited {
    /**
     * @param {Alignment} alignment
     * @param {Proof} proof
     */
    constructor(alignment, proof) {
      this._alignment = alignment;
      this._units = alignment.units;
      this._laid = alignment.laid;
      this._sure = proof.sure;
      this._home = proof.home;
      this._known = new KnownWords(alignment.units, alignment.at, alignment.points);
    }

    /** Where in the reference they start. */
    pieces() {
      /** @type {Set<number>} */
      const found = new Set();
      this._laid.forEach((item, index) => {
        if (!item?.unit.digest || item.place.verified || item.rivals || !this._isFramed(index, item)) return;
        for (const number of this._proven(index, item)) found.add(item.unit.pieces[number].start);
      });
      return found;
    }

    /**
     * The proven pieces of a sentence, by their numbers.
     *
     * A row is of pieces at their known distances. The edge of the sentence counts as one more, where it is known.
     * @param {number} index
     * @param {Laid} item
     */
    _proven(index, item) {
      const { unit } = item;
      const rows = runs(this._alignment, item);
      /** @type {Set<number>} */
      const found = new Set();
      if (!rows.length) return found;
      const lastRow = rows[rows.length - 1];
      const begins = this._begins(index, item, rows[0][0]);
      const ends = this._ends(index, item, lastRow[lastRow.length - 1]);
      const enough = Math.max(WORDY, HALF * lettersOf(unit, [...unit.pieces.keys()]));
      const clear = new Set(rows.filter((row) => !this._known.rivals(index, row, this._sure)));
      const strong = [];
      for (const row of rows) {
        const [first, last] = [Number(begins && row === rows[0]), Number(ends && row === lastRow)];
        if (row.length + first + last > 2 && lettersOf(unit, row) >= WORDY)
          strong.push({ row, inner: row.slice(1 - first, row.length - (1 - last)) });
      }
      if (sum(strong, ({ row }) => lettersOf(unit, row)) >= enough)
        for (const { row, inner } of strong) if (clear.has(row)) for (const number of inner) found.add(number);
      const there = sum(rows, (row) => lettersOf(unit, row));
      const present = sum(rows, (row) => row.length);
      const isWhole = present === unit.pieces.length;
      const longest = least(rows, (row) => -row.length) ?? [];
      /** @type {(number: number) => boolean} */
      let proves = () => false;
      if (begins && ends && rows.length <= 2 && there >= enough)
        proves = (number) => isWhole || this._isSingle(item, number);
      else if (
        isWhole &&
        rows.length <= 1 + Math.floor(present / EDITS) &&
        there >= 2 * WORDY &&
        clear.has(longest)
      )
        proves = (number) => this._isSingle(item, number);
      for (const row of clear) for (const number of row) if (proves(number)) found.add(number);
      return found;
    }

    /**
     * Whether no other piece of the sentence has the words of one.
     * @param {Laid} item
     * @param {number} number
     */
    _isSingle(item, number) {
      const { pieces } = item.unit;
      return !pieces.some((piece, at) => at !== number && piece.folded.includes(pieces[number].folded));
    }

    /**
     * Whether the first piece is as far from the sentence's start as in the reference.
     *
     * The start is known where a sure sentence ends just before it, or else a line, and a paragraph of the reference.
     * @param {number} index
     * @param {Laid} item
     * @param {number} first
     */
    _begins(index, item, first) {
      const { folded, points, text } = this._alignment;
      const start = item.place.spots[first] - item.unit.offsets[first];
      const before = this._sure[index - 1] ? this._laid[index - 1] : null;
      if (before && item.unit.gap <= 1) {
        const begin = before.place.end + item.unit.gap;
        if (this._isWhite(before.place.end, begin)) return begin === start;
      }
      if (!this._isParagraph(index) || start < 0 || start > folded.text.length) return false;
      const offset = folded.back(start);
      return endsLine(text.slice(Math.max(0, offset - NEAR), offset), points);
    }

    /**
     * Whether the last piece is as far from the sentence's end as in the reference.
     * @param {number} index
     * @param {Laid} item
     * @param {number} last
     */
    _ends(index, item, last) {
      const { folded, points, text } = this._alignment;
      const end = item.place.spots[last] - item.unit.offsets[last] + item.unit.size;
      const after = this._sure[index + 1] ? this._laid[index + 1] : null;
      if (after && after.unit.gap <= 1) {
        const stop = after.place.start - after.unit.gap;
        if (this._isWhite(stop, after.place.start)) return stop === end;
      }
      if (!this._isParagraph(index + 1) || end < 0 || end > folded.text.length) return false;
      const offset = folded.backEnd(end);
      return endsLine([...text.slice(offset, offset + NEAR)].reverse().join(""), points);
    }

    /**
     * Whether a unit of the reference begins a paragraph; or none is left.
     * @param {number} index
     */
    _isParagraph(index) {
      if (index === 0 || index === this._units.length) return true;
      return this._units[index].start - this._units[index - 1].end > 1;
    }

    /**
     * @param {number} start
     * @param {number} end
     */
    _isWhite(start, end) {
      return !CTE.fold.trim(this._alignment.folded.text.slice(start, end));
    }

    /**
     * Whether a unit stands between sure ones of its thread, or follows or precedes a sure one directly.
     *
     * Otherwise a name may stand by chance where its neighbour of the same name should.
     * @param {number} index
     * @param {Laid} item
     */
    _isFramed(index, item) {
      const thread = this._home.get(index);
      if (!thread) return false;
      const before = index ? this._sure.lastIndexOf(true, index - 1) : -1;
      const after = this._sure.indexOf(true, index + 1);
      if (before >= thread.first && after >= 0 && after <= thread.last) return true;
      const [last, next] = [this._laid[index - 1], this._laid[index + 1]];
      if (last && before === index - 1 && this._alignment.follows(last, item)) return true;
      return Boolean(next) && after === index + 1 && this._alignment.follows(item, /** @type {Laid} */ (next));
    }
  }

  return { Edited };
})();

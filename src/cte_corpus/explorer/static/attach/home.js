// Which stretches of a copy are the document's own: long enough, in its order, and not in the midst of other text.
"use strict";
var CTE = CTE || {};

CTE.home = (() => {
  const { NEAR } = CTE.seeds;
  const { COPIES, isSeen, weight } = CTE.verdict;
  const { first, least, sum } = CTE.sorted;
  const [OTHER, INSTEAD, BETWEEN] = [800, 400, 150];
  const HALF = 0.5;
  const MUCH = 400;
  const [LITTLE_ELSE, FEW] = [0.75, 1000];
  const ALONE = 300;
  const PARAGRAPH = 1500;
  const EXACT = 8;

  /** The verdict on a copy, and the threads of evidence in which places can be proven. */
  class Home {
    /** @param {Alignment} alignment */
    constructor(alignment) {
      this.alignment = alignment;
      this.laid = alignment.laid;
      const { threads, places } = CTE.verdict.threads(alignment);
      this.threads = threads;
      this._found = places;
      this.verdict = CTE.verdict.judge(alignment, threads, places);
      this._sums = [0];
      for (const [start, end] of places) this._sums.push(this._sums[this._sums.length - 1] + end - start);
      this._shown = 1 - this._unseen(); // of the document's own text in this copy, so much shows evidence of it
      const other = alignment.folded.text.length * (1 - this.verdict.own);
      this._hasLittleElse = this.verdict.own >= LITTLE_ELSE * this._shown || other <= FEW;
      this.of = this._home(); // unit -> its thread, where that is at home
    }

    /**
     * For threads in stretches of the copy that have half of the reference, and in order.
     * @returns {Map<number, Thread>}
     */
    _home() {
      /** @type {Thread[]} */
      let kept;
      if (!COPIES.includes(this.verdict.kind)) return new Map();
      if (this.verdict.kind === "part") {
        const heaviest = least(this.threads, (thread) => -weight(thread));
        kept = heaviest ? [heaviest] : [];
      } else {
        const whole = this._hasLittleElse ? sum(this.threads, weight) : this.alignment.atEnd;
        const stretches = this._stretches().filter((stretch) => sum(stretch, weight) >= HALF * whole);
        kept = stretches.flatMap((stretch) => this._inOrder(stretch));
      }
      /** @type {Map<number, Thread>} */
      const found = new Map();
      for (const thread of kept) for (let index = thread.first; index <= thread.last; index++) found.set(index, thread);
      return found;
    }

    /** The threads in the order of the copy, cut where another text begins: each stretch must prove itself. */
    _stretches() {
      /** @type {Thread[][]} */
      const found = [];
      for (const thread of [...this.threads].sort((one, other) => one.start - other.start)) {
        const stretch = found.at(-1);
        if (stretch && !this._isCut(stretch[stretch.length - 1], thread)) stretch.push(thread);
        else found.push([thread]);
      }
      return found;
    }

    /**
     * Whether another text stands between two threads that follow in the copy.
     * @param {Thread} last
     * @param {Thread} thread
     */
    _isCut(last, thread) {
      const other = this._other(last.end, thread.start) * this._shown;
      const [leftOut, gap] = [thread.at - last.atEnd, thread.start - last.end];
      const agrees = Math.abs(gap - leftOut) <= Math.max(3 * NEAR, Math.floor(leftOut / 20)); // as much as there should be
      if (!this._hasLittleElse) return other > BETWEEN || (Math.abs(leftOut) > BETWEEN && !agrees);
      if (agrees) return other > Math.max(INSTEAD, Math.floor(this.alignment.atEnd / 20));
      return other > OTHER || (Math.min(other, leftOut) > INSTEAD && leftOut < 6 * other);
    }

    /** The share of the units within threads that show no evidence by themselves: it tells how much was edited. */
    _unseen() {
      let [size, unseen] = [0, 0];
      for (const thread of this.threads)
        for (let index = thread.first + 1; index < thread.last; index++) {
          size += this.alignment.units[index].size;
          if (!isSeen(this.alignment, index)) unseen += this.alignment.units[index].size;
        }
      return size > MUCH ? unseen / size : 0;
    }

    /**
     * How much of a stretch of the copy shows no evidence of the reference.
     * @param {number} start
     * @param {number} end
     */
    _other(start, end) {
      return Math.max(0, end - start - this._seen(end) + this._seen(start));
    }

    /**
     * How much of the copy up to a place shows evidence of the reference.
     * @param {number} place
     */
    _seen(place) {
      const index = first(this._found, (extent) => extent[0] >= place);
      if (!index) return 0;
      const [start, end] = this._found[index - 1];
      return this._sums[index - 1] + Math.min(end, place) - start;
    }

    /**
     * The threads in the reference's order, and those moved as a whole, if there is little else.
     * @param {Thread[]} stretch
     */
    _inOrder(stretch) {
      const kept = new Set(heaviestRise(stretch));
      return stretch.filter(
        (thread, index) =>
          this._isWhole(thread) &&
          (thread.last > thread.first || this._hasCompany(stretch, index)) &&
          (kept.has(thread) || (this._hasLittleElse && this._isMoved(thread))),
      );
    }

    /**
     * Whether a thread, one sentence, stands next to another, or is all that there is.
     * @param {Thread[]} stretch
     * @param {number} index
     */
    _hasCompany(stretch, index) {
      const around = stretch.slice(Math.max(0, index - 1), index + 2);
      const gaps = around.slice(1).map((thread, number) => this._other(around[number].end, thread.start));
      if (stretch.length === 1) return true;
      return Math.min(...gaps) * this._shown <= (this._hasLittleElse ? ALONE : BETWEEN);
    }

    /**
     * Whether a thread out of order is not quoted here and edited in its own place.
     * @param {Thread} thread
     */
    _isMoved(thread) {
      const [before, after] = this._neighbours(thread);
      if (!before || !after) return true;
      const [start, end] = [before.place.end, after.place.start];
      const apart = end - start - after.unit.gap - this.alignment.units[thread.first].gap - weight(thread);
      return Math.abs(apart) > NEAR || this._other(start, end) < HALF * weight(thread);
    }

    /**
     * Whether no other text stands in the paragraphs of a thread: it is long, or ends where lines do, or near.
     * @param {Thread} thread
     */
    _isWhole(thread) {
      if (weight(thread) > MUCH) return true;
      const { folded, text } = this.alignment;
      const [before, after] = this._neighbours(thread);
      const [start, end] = [folded.back(thread.start), folded.backEnd(thread.end)];
      const head = text.slice(Math.max(0, start - NEAR), start);
      const tail = [...text.slice(end, end + NEAR)].reverse().join("");
      return (
        (isNear(before && thread.start - before.place.end) ||
          endsLine(head, this.alignment.points) ||
          this._isEdited(thread.first, -1, start)) &&
        (isNear(after && after.place.start - thread.end) ||
          endsLine(tail, this.alignment.points) ||
          this._isEdited(thread.last, 1, end))
      );
    }

    /**
     * Whether the rest of the paragraph before or after a unit, at an offset of the copy, is as long as it was.
     * @param {number} index
     * @param {1 | -1} step
     * @param {number} offset
     */
    _isEdited(index, step, offset) {
      const { folded, text, units } = this.alignment;
      let [size, at, other] = [0, index, index + step];
      while (other >= 0 && other < units.length && size <= PARAGRAPH) {
        const later = units[Math.max(at, other)];
        if (later.start - units[Math.min(at, other)].end > 1) break;
        size += units[other].size + later.gap;
        [at, other] = [other, other + step];
      }
      const low = step < 0 ? Math.max(0, offset - 2 * PARAGRAPH) : offset;
      const high = step < 0 ? offset : Math.min(text.length, offset + 2 * PARAGRAPH);
      const blanks = blankLines(text, low, high);
      const there =
        step < 0
          ? folded.forth(offset) - folded.forth(blanks.at(-1)?.[1] ?? low)
          : folded.forth(blanks.at(0)?.[0] ?? high) - folded.forth(offset);
      return size <= PARAGRAPH && Math.abs(there - size) <= Math.max(EXACT, Math.floor(size / 20));
    }

    /**
     * What was laid of the units before and after a thread.
     * @param {Thread} thread
     */
    _neighbours(thread) {
      return [this.laid[thread.first - 1] ?? null, this.laid[thread.last + 1] ?? null];
    }
  }

  /**
   * Whether only white space and what is not seen stands after the last line's end, or nothing at all.
   * @param {string} text
   * @param {Points} points
   */
  function endsLine(text, points) {
    const at = text.lastIndexOf("\n");
    const rest = CTE.fold.clean(text.slice(at + 1), points).text;
    return !CTE.fold.trim(rest) && (at >= 0 || text.length < NEAR);
  }

  /**
   * The blank lines in text[low:high], with the line's end before them.
   * @param {string} text
   * @param {number} low
   * @param {number} high
   */
  function blankLines(text, low, high) {
    /** @type {Extent[]} */
    const found = [];
    for (let at = text.indexOf("\n", low); at >= 0 && at < high; ) {
      let end = at + 1;
      while (end < high && text[end] !== "\n" && CTE.fold.isSpace(text[end])) end++;
      const isBlank = end < high && text[end] === "\n";
      if (isBlank) found.push([at, end + 1]);
      at = text.indexOf("\n", isBlank ? end + 1 : at + 1);
    }
    return found;
  }

  /** @param {number | null} distance */
  const isNear = (distance) => distance !== null && Math.abs(distance) <= NEAR;

  /**
   * Of threads in the order of the copy, those in the order of the reference that weigh most together.
   * @param {Thread[]} stretch
   */
  function heaviestRise(stretch) {
    /** @type {number[]} */
    const ends = []; // reference ends, rising, each with the heaviest chain that ends so early
    /** @type {{total: number, thread: Thread, before: number}[]} */
    const chains = [];
    /** @type {number[]} */
    const best = [];
    for (const thread of stretch) {
      const index = CTE.sorted.left(ends, thread.at + 1);
      const before = index ? best[index - 1] : -1;
      const total = weight(thread) + (before >= 0 ? chains[before].total : 0);
      chains.push({ total, thread, before });
      const place = CTE.sorted.left(ends, thread.atEnd);
      if (place && chains[best[place - 1]].total >= total) continue;
      let stop = place;
      while (stop < ends.length && chains[best[stop]].total <= total) stop++;
      ends.splice(place, stop - place, thread.atEnd);
      best.splice(place, stop - place, chains.length - 1);
    }
    const found = [];
    for (let link = best.at(-1) ?? -1; link >= 0; link = chains[link].before) found.push(chains[link].thread);
    return found.reverse();
  }

  return { Home, endsLine };
})();

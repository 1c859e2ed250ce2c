// Which stretches of a copy are the document's own: long enough, in its order, and not in the midst of other text.
"use strict";
var CTE = CTE || {};

CTE.home = (() => {
  const { NEAR } = CTE.seeds;
  const { COPIES, weight } = CTE.verdict;
  const { first, least, sum } = CTE.sorted;
  const [OTHER, INSTEAD, BETWEEN] = [800, 400, 150];
  const HALF = 0.5;
  const MUCH = 400;
  const LITTLE_ELSE = 0.75;

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
        const whole = this._hasLittleElse() ? sum(this.threads, weight) : this.alignment.atEnd;
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
      const other = this._other(last.end, thread.start);
      const [leftOut, gap] = [thread.at - last.atEnd, thread.start - last.end];
      const agrees = Math.abs(gap - leftOut) <= Math.max(3 * NEAR, Math.floor(leftOut / 20)); // as much as there should be
      if (!this._hasLittleElse()) return other > BETWEEN || (Math.abs(leftOut) > BETWEEN && !agrees);
      if (agrees) return other > Math.max(INSTEAD, Math.floor(this.alignment.atEnd / 20));
      return other > OTHER || (Math.min(other, leftOut) > INSTEAD && leftOut < 6 * other);
    }

    _hasLittleElse() {
      return this.verdict.own >= LITTLE_ELSE;
    }

    /**
     * How much of a stretch of the copy shows no evidence of the reference.
     * @param {number} start
     * @param {number} end
     */
    _other(start, end) {
      const [low, high] = [start, end].map((place) => first(this._found, (extent) => extent[0] >= place));
      return end - start - (this._sums[high] - this._sums[low]);
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
          (kept.has(thread) || (this._hasLittleElse() && this._isMoved(thread))),
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
      return stretch.length === 1 || Math.min(...gaps) <= BETWEEN;
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
     * Whether no other text stands in the paragraphs of a thread: it is long, or ends where lines do.
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
        (isNear(before && thread.start - before.place.end) || this._endsLine(head)) &&
        (isNear(after && after.place.start - thread.end) || this._endsLine(tail))
      );
    }

    /**
     * What was laid of the units before and after a thread.
     * @param {Thread} thread
     */
    _neighbours(thread) {
      return [this.laid[thread.first - 1] ?? null, this.laid[thread.last + 1] ?? null];
    }

    /**
     * Whether only white space and what is not seen stands after the last line's end, or nothing at all.
     * @param {string} text
     */
    _endsLine(text) {
      const at = text.lastIndexOf("\n");
      const rest = CTE.fold.clean(text.slice(at + 1), this.alignment.points).text;
      return !CTE.fold.trim(rest) && (at >= 0 || text.length < NEAR);
    }
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

  return { Home };
})();

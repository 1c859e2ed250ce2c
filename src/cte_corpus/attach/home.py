"""Which stretches of a copy are the document's own: long enough, in its order, and not in the midst of other text."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from cte_corpus.attach.seeds import NEAR
from cte_corpus.attach.verdict import COPIES, Thread, threads, verdict
from cte_corpus.text.fold import clean

if TYPE_CHECKING:
    from cte_corpus.attach.align import Alignment, Laid

OTHER, INSTEAD, BETWEEN = 800, 400, 150
"""So many folded characters of other text divide a copy into stretches; or so many in place of the reference's own; or,
in a copy that holds much else, so many of other text, or left out."""

HALF = 0.5
"""So much of the reference a stretch of the copy must have, or, if there is little else, of what was found of it."""

MUCH = 400
"""With so many folded characters a thread need not be whole paragraphs."""

LITTLE_ELSE = 0.75
"""Of a copy of which so much is the document's, a passage may be proven out of its order."""


class Home:
    """The verdict on a copy, and the threads of evidence in which places can be proven."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self.laid = alignment.laid
        self.threads, self._found = threads(alignment)
        self.verdict = verdict(alignment, self.threads, self._found)
        self._sums = [0, *accumulate(end - start for start, end in self._found)]
        self.of = self._home()
        """Unit -> its thread, where that is at home."""

    def _home(self) -> dict[int, Thread]:
        """Unit -> its thread, for threads in stretches of the copy that have half of the reference, and in order."""
        if self.verdict.kind not in COPIES:
            return {}
        if self.verdict.kind == "part":
            kept = [max(self.threads, key=lambda thread: thread.weight)]
        else:
            kept = []
            whole = self.alignment.at_end
            if self._has_little_else:
                whole = sum(thread.weight for thread in self.threads)
            for stretch in self._stretches():
                if sum(thread.weight for thread in stretch) >= HALF * whole:
                    kept += self._in_order(stretch)
        return {index: thread for thread in kept for index in range(thread.first, thread.last + 1)}

    def _stretches(self) -> list[list[Thread]]:
        """The threads in the order of the copy, cut where another text begins: each stretch must prove itself."""
        found: list[list[Thread]] = []
        for thread in sorted(self.threads, key=lambda thread: thread.start):
            last = found[-1][-1] if found else None
            if last and not self._is_cut(last, thread):
                found[-1].append(thread)
            else:
                found.append([thread])
        return found

    def _is_cut(self, last: Thread, thread: Thread) -> bool:
        """Whether another text stands between two threads that follow in the copy."""
        other = self._other(last.end, thread.start)
        left_out, gap = thread.at - last.at_end, thread.start - last.end
        agrees = abs(gap - left_out) <= max(3 * NEAR, left_out // 20)  # as much as there should be: edited
        if not self._has_little_else:
            return other > BETWEEN or (abs(left_out) > BETWEEN and not agrees)
        if agrees:
            return other > max(INSTEAD, self.alignment.at_end // 20)
        return other > OTHER or (min(other, left_out) > INSTEAD and left_out < 6 * other)

    @property
    def _has_little_else(self) -> bool:
        return self.verdict.own >= LITTLE_ELSE

    def _other(self, start: int, end: int) -> int:
        """How much of a stretch of the copy shows no evidence of the reference."""
        low, high = (bisect_left(self._found, (place, 0)) for place in (start, end))
        return end - start - (self._sums[high] - self._sums[low])

    def _in_order(self, stretch: list[Thread]) -> list[Thread]:
        """The threads in the reference's order, and those moved as a whole, if there is little else."""
        ordered = _heaviest_rise(stretch)
        kept = {id(thread) for thread in ordered}
        return [
            thread
            for index, thread in enumerate(stretch)
            if self._is_whole(thread)
            and (thread.last > thread.first or self._has_company(stretch, index))
            and (id(thread) in kept or (self._has_little_else and self._is_moved(thread)))
        ]

    def _has_company(self, stretch: list[Thread], index: int) -> bool:
        """Whether a thread, one sentence, stands next to another, or is all that there is."""
        gaps = [
            self._other(first.end, second.start) for first, second in pairwise(stretch[max(0, index - 1) : index + 2])
        ]
        return len(stretch) == 1 or min(gaps) <= BETWEEN

    def _is_moved(self, thread: Thread) -> bool:
        """Whether a thread out of order is not quoted here and edited in its own place."""
        before, after = self._neighbours(thread)
        if not (before and after):
            return True
        start, end = before.place.end, after.place.start
        apart = end - start - after.unit.gap - self.alignment.units[thread.first].gap - thread.weight
        return abs(apart) > NEAR or self._other(start, end) < HALF * thread.weight

    def _is_whole(self, thread: Thread) -> bool:
        """Whether no other text stands in the paragraphs of a thread: it is long, or ends where lines do."""
        if thread.weight > MUCH:
            return True
        folded, text = self.alignment.folded, self.alignment.text
        before, after = self._neighbours(thread)
        start, end = folded.back(thread.start), folded.back_end(thread.end)
        return (
            (before is not None and abs(thread.start - before.place.end) <= NEAR) or _ends_line(text[:start][-NEAR:])
        ) and (
            (after is not None and abs(after.place.start - thread.end) <= NEAR)
            or _ends_line(text[end : end + NEAR][::-1])
        )

    def _neighbours(self, thread: Thread) -> tuple[Laid | None, Laid | None]:
        """What was laid of the units before and after a thread."""
        before = self.laid[thread.first - 1] if thread.first else None
        after = self.laid[thread.last + 1] if thread.last + 1 < len(self.laid) else None
        return before, after


def _ends_line(text: str) -> bool:
    """Whether only white space and what is not seen stands after the last line's end, or nothing at all."""
    line = text.rpartition("\n")
    return not clean(line[2]).text.strip() and (bool(line[1]) or len(text) < NEAR)


def _heaviest_rise(stretch: list[Thread]) -> list[Thread]:
    """Of threads in the order of the copy, those in the order of the reference that weigh most together."""
    ends: list[int] = []  # reference ends, rising, each with the heaviest chain that ends so early
    chains: list[tuple[int, Thread, int]] = []  # weight, thread, index of the chain before
    best: list[int] = []
    for thread in stretch:
        index = bisect_left(ends, thread.at + 1)
        before = best[index - 1] if index else -1
        weight = thread.weight + (chains[before][0] if before >= 0 else 0)
        chains.append((weight, thread, before))
        place = bisect_left(ends, thread.at_end)
        if place and chains[best[place - 1]][0] >= weight:
            continue
        stop = place
        while stop < len(ends) and chains[best[stop]][0] <= weight:
            stop += 1
        ends[place:stop], best[place:stop] = [thread.at_end], [len(chains) - 1]
    link = best[-1] if best else -1
    found: list[Thread] = []
    while link >= 0:
        found.append(chains[link][1])
        link = chains[link][2]
    return found[::-1]

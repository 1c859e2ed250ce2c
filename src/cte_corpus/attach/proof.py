"""Which units stand in the copy beyond doubt: docs/attaching.md gives the argument, in the same order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from cte_corpus.attach import verified
from cte_corpus.attach.evidence import COPIES, Thread, runs, threads, verdict
from cte_corpus.attach.known import LONG, KnownWords
from cte_corpus.attach.seeds import NEAR
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

HEAD = 24
"""By so many folded characters the places with the words of a sentence are looked up."""

_WORD = re.compile(r"\w+")


class Proof:
    """The verdict on a copy, and which units and pieces are proven."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self.laid = alignment.laid
        self.threads, self._found = threads(alignment)
        self.verdict = verdict(alignment, self.threads, self._found)
        self._sums = [0, *accumulate(end - start for start, end in self._found)]
        self.home = self._home()
        self.sure = self._sure()
        """Of each unit, whether it is proven that it stands where it was laid."""
        self._sure_around = _around(self.sure)

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

    def _sure(self) -> list[bool]:
        """A verified sentence is sure if unique and long, or joined on both sides to such by verified sentences."""
        twins, elsewhere = self._twins(), self._elsewhere()
        single = [
            item is not None
            and item.place.verified
            and index in self.home
            and index not in twins
            and index not in elsewhere
            and len(self.alignment.words(item.place)) == item.unit.end - item.unit.start
            and len(self.alignment.copy.verified[item.unit.digest]) == 1
            for index, item in enumerate(self.laid)
        ]
        seeds = [
            bool(alone and item and item.unit.end - item.unit.start >= LONG and self._uncontested(item))
            for index, (alone, item) in enumerate(zip(single, self.laid, strict=True))
        ]
        forward, backward = seeds.copy(), seeds.copy()
        for index in range(1, len(self.laid)):
            forward[index] |= forward[index - 1] and self._joined(index - 1)
        for index in range(len(self.laid) - 2, -1, -1):
            backward[index] |= backward[index + 1] and self._joined(index)
        return [
            seed or (one and other) or (alone and (one or other))
            for seed, one, other, alone in zip(seeds, forward, backward, single, strict=True)
        ]

    def _joined(self, index: int) -> bool:
        """Whether a unit and the next are verified, with white space only between them in both texts."""
        first, second = self.laid[index], self.laid[index + 1]
        if not (first and second and first.place.verified and second.place.verified):
            return False
        return second.unit.gap <= 1 and 0 <= second.place.start - first.place.end <= 1

    def _uncontested(self, item: Laid) -> bool:
        """Whether it is no part of another sentence."""
        start, end = self.alignment.extent(item.place)
        return not item.contested and self._is_space(start - 1) and self._is_space(end)

    def _is_space(self, offset: int) -> bool:
        text = self.alignment.text
        return not 0 <= offset < len(text) or text[offset].isspace() or not clean(text[offset]).text

    def _twins(self) -> set[int]:
        """Units that may have the words of another: by digest, in another typography, or as far as words are known."""
        units = self.alignment.units
        by_digest = Counter(unit.digest for unit in units if unit.digest)
        found = {index for index, unit in enumerate(units) if by_digest[unit.digest] > 1}
        sizes: dict[int, set[str]] = defaultdict(set)
        alike: dict[tuple[tuple[int, int], ...], list[int]] = defaultdict(list)
        for index, unit in enumerate(units):
            if unit.digest:
                sizes[unit.end - unit.start].add(unit.digest)
                if sum(len(piece.folded) for piece in unit.pieces) > HALF * unit.size:
                    first = unit.offsets[0]
                    shape = ((p.key, at - first) for p, at in zip(unit.pieces, unit.offsets, strict=True))
                    alike[tuple(shape)].append(index)
        for same in alike.values():
            same.sort(key=lambda index: units[index].size)
            for one, other in pairwise(same):
                if units[other].size - units[one].size <= 4:
                    found |= {one, other}
        for index, item in enumerate(self.laid):
            if item and item.place.verified and len(others := sizes[item.unit.end - item.unit.start]) > 1:
                words = self.alignment.words(item.place)
                if sum(value in others for value in verified.digests(words)) > 1:
                    found.add(index)
        return found

    def _elsewhere(self) -> set[int]:
        """Units whose words, folded, stand at another place of the copy, too."""
        text = self.alignment.folded.text
        heads: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for index, item in enumerate(self.laid):
            if item and item.place.verified and index in self.home:
                first = _WORD.search(text, item.place.start, item.place.end)
                if first:
                    core = text[first.start() : item.place.end].rstrip(" .,;:!?\"')»]")
                    if len(core) >= HEAD:
                        heads[core[:HEAD]].append((index, first.start(), core))
        found = set()
        for word in _WORD.finditer(text) if heads else ():
            start = word.start()
            for index, own, core in heads.get(text[start : start + HEAD], ()):
                if own != start and text.startswith(core, start):
                    found.add(index)
        return found

    def pieces(self) -> set[int]:
        """Starts of pieces, in sentences that were edited, proven by the pieces at both sides and by where they are.

        The sentence must stand between sure ones. One side alone proves nothing: where the word before it was edited, a
        name may stand by chance where its neighbour of the same name should.
        """
        found: set[int] = set()
        known = KnownWords(self.alignment.units, self.alignment.at)
        for index, item in enumerate(self.laid):
            if item and item.unit.digest and not item.place.verified and not item.rivals and self._is_framed(index):
                for run in runs(self.alignment, item):
                    if not known.rivals(index, run, self.sure):
                        found.update(item.unit.pieces[number].start for number in run[1:-1])
        return found

    def _is_framed(self, index: int) -> bool:
        """Whether a unit stands between sure ones of its thread, or follows or precedes a sure one directly."""
        thread, item = self.home.get(index), self.laid[index]
        if not thread or not item:
            return False
        before, after = self._sure_around[0][index], self._sure_around[1][index]
        if before is not None and after is not None and thread.first <= before and after <= thread.last:
            return True
        if before == index - 1:
            return self.alignment.follows(self.laid[before], item)  # type: ignore[arg-type]
        return after == index + 1 and self.alignment.follows(item, self.laid[after])  # type: ignore[arg-type]


def _around(flags: list[bool]) -> tuple[list[int | None], list[int | None]]:
    """For each index the nearest flagged one before it, and after it."""
    before: list[int | None] = []
    after: list[int | None] = []
    for found, order in ((before, range(len(flags))), (after, range(len(flags) - 1, -1, -1))):
        last: int | None = None
        for index in order:
            found.append(last)
            last = index if flags[index] else last
    return before, after[::-1]


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

"""Which units stand in the copy beyond doubt: docs/attaching.md gives the argument, in the same order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from cte_corpus.attach import verified
from cte_corpus.attach.home import Home
from cte_corpus.attach.known import LONG, KnownWords
from cte_corpus.attach.verdict import runs
from cte_corpus.text.fold import clean

if TYPE_CHECKING:
    from cte_corpus.attach.align import Alignment, Laid

HALF = 0.5
"""Pieces tell a place only if they have so many of the known letters of their sentence."""

HEAD = 24
"""By so many folded characters the places with the words of a sentence are looked up."""

_WORD = re.compile(r"\w+")


class Proof:
    """The verdict on a copy, and which units and pieces are proven."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self.laid = alignment.laid
        home = Home(alignment)
        self.verdict = home.verdict
        self.home = home.of
        self._begins = {start for _, start in alignment.gaps}
        self._ends = {end for end, _ in alignment.gaps}
        self.sure = self._sure()
        """Of each unit, whether it is proven that it stands where it was laid."""
        self._sure_around = _around(self.sure)

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
            seed or (one and other) or bool(alone and (one or other) and item and self._is_whole(item))
            for seed, one, other, alone, item in zip(seeds, forward, backward, single, self.laid, strict=True)
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

    def _is_whole(self, item: Laid) -> bool:
        """Whether it ends where sentences do: what is short may be the beginning of another."""
        start, end = self.alignment.extent(item.place)
        return start in self._begins and end in self._ends

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
                letters = [len(piece.folded) for piece in item.unit.pieces]
                together = runs(self.alignment, item)
                enough = sum(letters[number] for run in together for number in run) >= HALF * sum(letters)
                for run in together if enough else ():
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

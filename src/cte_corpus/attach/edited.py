"""Which quoted pieces of sentences that were edited are proven: docs/attaching.md gives the argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.attach.home import ends_line
from cte_corpus.attach.known import KnownWords
from cte_corpus.attach.seeds import NEAR
from cte_corpus.attach.verdict import WORDY, letters, runs

if TYPE_CHECKING:
    from cte_corpus.attach.align import Alignment, Laid
    from cte_corpus.attach.proof import Proof

HALF = 0.5
"""Pieces tell a place only if they have so many of the known letters of their sentence."""

EDITS = 4
"""Of a sentence whose pieces are all there, one in so many may stand after words that were edited."""


class Edited:
    """The pieces of edited sentences that are proven, by what stands at both sides and by where they are."""

    def __init__(self, alignment: Alignment, proof: Proof) -> None:
        self._alignment = alignment
        self._units = alignment.units
        self._laid = alignment.laid
        self._sure = proof.sure
        self._home = proof.home
        self._around = _around(proof.sure)
        self._known = KnownWords(alignment.units, alignment.at)

    def pieces(self) -> set[int]:
        """Where in the reference they start."""
        found: set[int] = set()
        for index, item in enumerate(self._laid):
            if item and item.unit.digest and not item.place.verified and not item.rivals and self._is_framed(index):
                found.update(item.unit.pieces[number].start for number in self._proven(index, item))
        return found

    def _proven(self, index: int, item: Laid) -> set[int]:
        """The proven pieces of a sentence, by their numbers.

        A row is of pieces at their known distances. The edge of the sentence counts as one more, where it is known.
        """
        unit, rows = item.unit, runs(self._alignment, item)
        if not rows:
            return set()
        begins, ends = self._begins(index, item, rows[0][0]), self._ends(index, item, rows[-1][-1])
        enough = max(WORDY, HALF * letters(unit, range(len(unit.pieces))))
        clear = [row for row in rows if not self._known.rivals(index, row, self._sure)]
        strong = []
        for row in rows:
            first, last = begins and row is rows[0], ends and row is rows[-1]
            if len(row) + first + last > 2 and letters(unit, row) >= WORDY:
                strong.append((row, row[not first : len(row) - (not last)]))
        found: set[int] = set()
        if sum(letters(unit, row) for row, _ in strong) >= enough:
            found.update(number for row, inner in strong if row in clear for number in inner)
        there = sum(letters(unit, row) for row in rows)
        present = sum(map(len, rows))
        is_whole = present == len(unit.pieces)
        if begins and ends and len(rows) <= 2 and there >= enough:
            found.update(number for row in clear for number in row if is_whole or self._is_single(item, number))
        elif is_whole and len(rows) <= 1 + present // EDITS and there >= 2 * WORDY and max(rows, key=len) in clear:
            found.update(number for row in clear for number in row if self._is_single(item, number))
        return found

    def _is_single(self, item: Laid, number: int) -> bool:
        """Whether no other piece of the sentence has the words of one."""
        pieces = item.unit.pieces
        return not any(pieces[number].folded in piece.folded for at, piece in enumerate(pieces) if at != number)

    def _begins(self, index: int, item: Laid, first: int) -> bool:
        """Whether the first piece is as far from the sentence's start as in the reference.

        The start is known where a sure sentence ends just before it, or else a line, and a paragraph of the reference.
        """
        start = item.place.spots[first] - item.unit.offsets[first]
        before = self._laid[index - 1] if index and self._sure[index - 1] else None
        if before and item.unit.gap <= 1 and self._is_white(before.place.end, before.place.end + item.unit.gap):
            return before.place.end + item.unit.gap == start
        if not self._is_paragraph(index) or not 0 <= start <= len(self._alignment.folded.text):
            return False
        return ends_line(self._alignment.text[: self._alignment.folded.back(start)][-NEAR:])

    def _ends(self, index: int, item: Laid, last: int) -> bool:
        """Whether the last piece is as far from the sentence's end as in the reference."""
        end = item.place.spots[last] - item.unit.offsets[last] + item.unit.size
        after = self._laid[index + 1] if index + 1 < len(self._laid) and self._sure[index + 1] else None
        if after and after.unit.gap <= 1 and self._is_white(after.place.start - after.unit.gap, after.place.start):
            return after.place.start - after.unit.gap == end
        if not self._is_paragraph(index + 1) or not 0 <= end <= len(self._alignment.folded.text):
            return False
        start = self._alignment.folded.back_end(end)
        return ends_line(self._alignment.text[start : start + NEAR][::-1])

    def _is_paragraph(self, index: int) -> bool:
        """Whether a unit of the reference begins a paragraph; or none is left."""
        return index in (0, len(self._units)) or self._units[index].start - self._units[index - 1].end > 1

    def _is_white(self, start: int, end: int) -> bool:
        return not self._alignment.folded.text[start:end].strip()

    def _is_framed(self, index: int) -> bool:
        """Whether a unit stands between sure ones of its thread, or follows or precedes a sure one directly.

        Otherwise a name may stand by chance where its neighbour of the same name should.
        """
        thread, item = self._home.get(index), self._laid[index]
        if not thread or not item:
            return False
        before, after = self._around[0][index], self._around[1][index]
        if before is not None and after is not None and thread.first <= before and after <= thread.last:
            return True
        if before == index - 1 and self._alignment.follows(self._laid[before], item):  # type: ignore[arg-type]
            return True
        return after == index + 1 and self._alignment.follows(item, self._laid[after])  # type: ignore[arg-type]


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

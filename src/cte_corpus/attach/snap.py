"""Where a sentence begins and ends in a copy, if its digest does not hold: from what was found in it, and around it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from cte_corpus.attach.likeness import after_marks

if TYPE_CHECKING:
    from cte_corpus.attach.align import Alignment, Laid
    from cte_corpus.attach.known import Extent

REACH = 24
"""So far, in folded characters, from where it is expected, a boundary is looked for."""

WORD = 6
"""A gap between words is a boundary if none between sentences is nearer by so many characters."""


class Gaps:
    """The gaps between sentences of a copy."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._folded = alignment.folded
        self._begins = sorted({alignment.folded.forth(start) for _, start in alignment.gaps})
        self._ends = sorted({alignment.folded.forth(end) for end, _ in alignment.gaps})

    def extent(self, index: int) -> Extent:
        """Start and end in the copy of a unit that was found, but whose digest does not hold."""
        laid = self._alignment.laid
        item = laid[index]
        assert item
        before = laid[index - 1] if index else None
        after = laid[index + 1] if index + 1 < len(laid) else None
        start = self._begin(item, before)
        end = self._end(item, after)
        first = self._folded.back(start)
        return first, after_marks(self._alignment.text, self._folded.back_end(end)) if end > start else first

    def _begin(self, item: Laid, before: Laid | None) -> int:
        expected = _expected_begin(item)
        if before and self._alignment.follows(before, item):
            end = before.place.end if before.place.verified else _expected_end(before)
            if before.place.verified or end + item.unit.gap == expected:
                return end + self._white(end) if before.place.verified else expected
        return self._nearest(self._begins, expected, 1)

    def _end(self, item: Laid, after: Laid | None) -> int:
        expected = _expected_end(item)
        if after and self._alignment.follows(item, after):
            begin = after.place.start if after.place.verified else _expected_begin(after)
            if after.place.verified or begin - after.unit.gap == expected:
                return (
                    begin - (after.place.verified and self._folded.text[begin - 1 : begin] == " ")
                    if (after.place.verified)
                    else expected
                )
        return self._nearest(self._ends, expected, 0)

    def _white(self, position: int) -> int:
        return int(self._folded.text[position : position + 1] == " ")

    def _nearest(self, gaps: list[int], expected: int, begins: int) -> int:
        """The likeliest boundary: a gap between sentences, or, if none is near, one between words."""
        text = self._folded.text
        best, cost = expected, float(REACH)
        index = bisect_left(gaps, expected)
        for gap in gaps[max(0, index - 2) : index + 2]:
            if abs(gap - expected) < cost:
                best, cost = gap, abs(gap - expected)
        for step in sorted(range(-WORD, WORD + 1), key=abs):
            place = expected + step
            is_gap = place == 0 or text[place - 1 : place] == " " if begins else text[place : place + 1] in (" ", "")
            if 0 <= place <= len(text) and is_gap and abs(step) + WORD < cost:
                best, cost = place, abs(step) + WORD
        return max(0, min(best, len(text)))


def _expected_begin(item: Laid) -> int:
    for offset, spot in zip(item.unit.offsets, item.place.spots, strict=True):
        if spot >= 0:
            return spot - offset
    return item.place.start


def _expected_end(item: Laid) -> int:
    for offset, spot in zip(reversed(item.unit.offsets), reversed(item.place.spots), strict=True):
        if spot >= 0:
            return spot - offset + item.unit.size
    return item.place.start + item.unit.size

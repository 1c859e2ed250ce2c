"""How much of a reference text stands in a copy, and in which stretches of the copy: what the verdict rests on.

Evidence is a sentence whose digest holds, or known pieces of one sentence at their known distances: three, or next to
other evidence all that there are. Evidence that follows in both texts at the same distance is one thread; what stands
between counts as edited text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from cte_corpus.attach.known import LONG
from cte_corpus.attach.seeds import NEAR
from cte_corpus.text.fold import fold_short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.attach.align import Alignment, Laid

Kind = Literal["copy", "edited copy", "part", "quotes it", "shares phrases", "unrelated"]

COPIES: tuple[Kind, ...] = ("copy", "edited copy", "part")
"""The verdicts under which places can be proven."""

MOST = 0.6
"""A copy has so much of the reference, and so many of its known letters, or it is none: see docs/attaching.md."""

VERBATIM = 0.95
"""A copy has so much of its sentences unchanged; an edited copy less."""

WHOLLY = 0.9
"""A text of which so much is one thread is a part of the reference and nothing else."""

WORDY = 12
"""Pieces prove that they belong together only if they have so many folded characters."""

FRAMED = 1000
"""No more folded characters than this between two pieces of evidence count as edited text."""


_WORD = re.compile(r"\w+")


class Verdict(NamedTuple):
    """What a copy is of a document, with the shares that say so, 0 to 1."""

    kind: Kind
    found: float
    """Of the reference, what stands in the copy, edited text between verified text included."""
    known: float
    """Of the letters of quoted spans, those that stand there in their sentences."""
    verbatim: float
    """Of the reference's sentences, by length, those whose digest holds in the copy."""
    own: float
    """Of the copy, what seems to come from the reference."""


SAME = Verdict("copy", 1.0, 1.0, 1.0, 1.0)


@dataclass(slots=True)
class Thread:
    """Evidence in a row: unit indexes `first` to `last`, folded extents in the reference and in the copy."""

    first: int
    last: int
    at: int
    at_end: int
    start: int
    end: int
    strong: bool
    """It has a long sentence whose digest holds."""
    firm: bool
    """It has a sentence whose digest holds, or three pieces in a row."""

    @property
    def weight(self) -> int:
        """Folded characters of the reference that it covers."""
        return self.at_end - self.at


def runs(alignment: Alignment, item: Laid) -> list[list[int]]:
    """The indexes of pieces of a unit that stand at the distances known of them, at least three in a row."""
    found: list[list[int]] = []
    present = [index for index, spot in enumerate(item.place.spots) if spot >= 0]
    run = present[:1]
    for before, index in pairwise(present):
        if not _apart(alignment, item, before, index):
            found.append(run)
            run = []
        run.append(index)
    found.append(run)
    return [run for run in found if len(run) > 2 and sum(len(item.unit.pieces[i].folded) for i in run) >= WORDY]


def _apart(alignment: Alignment, item: Laid, first: int, second: int) -> bool:
    """Whether two pieces are as far apart as in the reference, in folded characters or in the copy's own."""
    spots, offsets, pieces = item.place.spots, item.unit.offsets, item.unit.pieces
    if spots[second] - spots[first] == offsets[second] - offsets[first]:
        return True
    distance = alignment.folded.back(spots[second]) - alignment.folded.back(spots[first])
    return distance == pieces[second].start - pieces[first].start


def threads(alignment: Alignment) -> tuple[list[Thread], list[tuple[int, int]]]:
    """The threads of evidence in the order of the reference, and the stretches of the copy with any, in its order."""
    found: list[Thread] = []
    places: list[tuple[int, int]] = []
    for index, item in enumerate(alignment.laid):
        there, size = _letters(alignment, index, index + 1)
        if item and (item.place.verified or there >= max(WORDY, MOST * size)):
            places.append((item.place.start, item.place.end))
        new = _anchor(alignment, index, item) if item else None
        if new is None:
            continue
        last = found[-1] if found else None
        if last and _goes_on(last, new) and _is_edited(alignment, last.last + 1, index):
            last.last, last.at_end, last.end = index, new.at_end, new.end
            last.strong, last.firm = last.strong or new.strong, last.firm or new.firm
        else:
            found.append(new)
    kept = [thread for thread in found if thread.firm]
    return kept, _merged([*places, *((thread.start, thread.end) for thread in kept)])


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _anchor(alignment: Alignment, index: int, item: Laid) -> Thread | None:
    unit, place, at = item.unit, item.place, alignment.at[index]
    if place.verified:
        strong = unit.end - unit.start >= LONG
        return Thread(index, index, at, at + unit.size, place.start, place.end, strong, True)
    run = max(runs(alignment, item), key=len, default=None)
    firm = run is not None
    if run is None:
        if sum(len(piece.folded) for piece in unit.pieces) < WORDY or min(place.spots) < 0:
            return None
        run = list(range(len(unit.pieces)))
    first, last, size = run[0], run[-1], len(unit.pieces[run[-1]].folded)
    begin, end = at + unit.offsets[first], at + unit.offsets[last] + size
    return Thread(index, index, begin, end, place.spots[first], place.spots[last] + size, False, firm)


def _is_edited(alignment: Alignment, first: int, last: int) -> bool:
    """Whether the units between two pieces of evidence are there: half of their known letters, if they have some."""
    there, size = _letters(alignment, first, last)
    return size < WORDY or there >= size / 2


def _letters(alignment: Alignment, first: int, last: int) -> tuple[int, int]:
    """How many known letters of units stand in their sentences, of how many."""
    there = size = 0
    for index in range(first, last):
        item = alignment.laid[index]
        for number, piece in enumerate(alignment.units[index].pieces):
            size += len(piece.folded)
            if item and (item.place.verified or item.place.spots[number] >= 0):
                there += len(piece.folded)
    return there, size


def _goes_on(thread: Thread, new: Thread) -> bool:
    apart, known = new.start - thread.end, new.at - thread.at_end
    return apart >= -1 and known <= FRAMED and abs(apart - known) <= max(NEAR, known // 10)


def verdict(alignment: Alignment, found: list[Thread], places: list[tuple[int, int]]) -> Verdict:
    """What the copy is, short of the last two kinds: without a long sentence it only `shares phrases`."""
    size = alignment.at_end or 1
    sentences = [(unit, item) for unit, item in zip(alignment.units, alignment.laid, strict=True) if unit.digest]
    verbatim = sum(unit.size for unit, item in sentences if item and item.place.verified)
    share = min(1.0, sum(thread.weight for thread in found) / size)
    length = len(alignment.folded.text) or 1
    own = min(1.0, sum(end - start for start, end in places) / length)
    of_sentences = verbatim / (sum(unit.size for unit, _ in sentences) or 1)
    there, letters = _letters(alignment, 0, len(alignment.units))
    known = there / letters if letters else 1.0
    kind: Kind = "shares phrases"
    if min(share, known) >= MOST and any(thread.strong or thread.last > thread.first for thread in found):
        kind = "copy" if of_sentences >= VERBATIM else "edited copy"
    elif any(thread.strong and thread.end - thread.start >= WHOLLY * length for thread in found):
        kind = "part"
    elif any(thread.strong for thread in found):
        kind = "quotes it"
    return Verdict(kind, share, known, of_sentences, own)


def shares_phrases(spans: Iterable[str], folded: str) -> bool:
    """Whether a folded text has two words in a row that a quoted span has."""
    words = _WORD.findall(folded)
    pairs = set(pairwise(words))
    return any(pair in pairs for span in spans for pair in pairwise(_WORD.findall(fold_short(span))))

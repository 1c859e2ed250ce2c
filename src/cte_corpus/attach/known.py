"""What a document's records tell about its withheld text: pieces of it, sentences by digest, and all their offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cte_corpus.text.fold import fold_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WHITE = 3
"""Units no further apart than this have white space between them, which folds to one space."""

LONG = 30
"""A sentence this long, in code points, is not met by chance."""

UNKNOWN = "\0"

COMMON = 64
"""A word that stands at more places than this tells none of them."""

_WORD = re.compile(r"\w+")

Raw = dict[str, Any]
Extent = tuple[int, int]
"""Start and end in code points of the reference text."""


@dataclass(frozen=True)
class Known:
    """All that is known of a reference text. Offsets are code points in it."""

    recipe: str
    sha256: str
    spans: dict[Extent, str]
    """The quoted spans, each once, with their text."""
    sentences: dict[Extent, str]
    """Sentences with their digests, in order."""
    sections: dict[Extent, str]
    """Sections with their SHA-256, in order."""


@dataclass(slots=True)
class Piece:
    """A stretch whose text is known: a quoted span, or several that touch."""

    start: int
    end: int
    text: str
    folded: str
    key: int = -1
    """Equal for pieces with the same folded text."""


@dataclass(slots=True)
class Unit:
    """What is placed as one: a sentence, or known pieces outside of sentences."""

    start: int
    end: int
    digest: str
    """Of the sentence; empty for pieces outside of sentences."""
    pieces: list[Piece] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    """Of each piece from the unit's start, about as long as it will be when folded."""
    size: int = 0
    """About the unit's length when folded."""
    gap: int = 0
    """About the folded length of what lies between the unit and the one before."""


def read(raw: Raw) -> Known:
    """What a document's decoded records tell: `document`, `sections`, `mentions`, `events`, `sanctions`."""
    spans = {
        (span["start"], span["end"]): span["text"]
        for part in ("sections", "mentions", "events", "sanctions")
        for span in spans_in(raw[part])
    }
    text = raw["document"]["text"]
    return Known(
        recipe=text["recipe"],
        sha256=text["sha256"],
        spans=spans,
        sentences={
            (item["start"], item["end"]): item["digest"]
            for section in raw["sections"]
            for item in section.get("sentences", ())
        },
        sections={(section["start"], section["end"]): section["sha256"] for section in raw["sections"]},
    )


def spans_in(value: Any) -> Iterator[Raw]:
    """Every quoted span within a decoded value."""
    if isinstance(value, list):
        for item in value:
            yield from spans_in(item)
    elif isinstance(value, dict):
        if "text" in value and "start" in value and "end" in value:
            yield value
        else:
            for item in value.values():
                yield from spans_in(item)


def units(known: Known) -> list[Unit]:
    """The units of a text in order, with their pieces."""
    found: list[Unit] = [Unit(start, end, digest) for (start, end), digest in sorted(known.sentences.items())]
    merged: list[Unit] = []
    index = 0
    for piece in pieces(known.spans.items()):
        while index < len(found) and found[index].end <= piece.start:
            merged.append(found[index])
            index += 1
        if index < len(found) and found[index].start < piece.end:
            found[index].pieces.append(piece)
        else:
            merged.append(Unit(piece.start, piece.end, "", [piece]))
    merged += found[index:]
    for unit in merged:
        _measure(unit)
    for before, unit in pairwise(merged):
        gap = unit.start - before.end
        unit.gap = 1 if 0 < gap <= WHITE else gap
    return merged


def _measure(unit: Unit) -> None:
    """Lengths in folded characters: those of the pieces are known, between them each code point counts as one."""
    shift = -unit.start
    for piece in unit.pieces:
        unit.offsets.append(piece.start + shift)
        shift += len(piece.folded) - (piece.end - piece.start)
    unit.size = unit.end + shift


def pieces(spans: Iterable[tuple[Extent, str]]) -> list[Piece]:
    """The stretches of known text in order: spans that overlap or touch are joined."""
    joined: list[tuple[int, int, str]] = []
    for (start, end), text in sorted(spans):
        if joined and start <= joined[-1][1]:
            first, last, before = joined[-1]
            joined[-1] = (first, max(last, end), before + text[max(0, last - start) :])
        else:
            joined.append((start, end, text))
    keys: dict[str, int] = {}
    found = []
    for start, end, text in joined:
        folded = fold_short(text)
        found.append(Piece(start, end, text, folded, keys.setdefault(folded, len(keys))))
    return found


class KnownWords:
    """The folded reference as far as quoted spans tell it, to see where else a run of words may stand in it."""

    def __init__(self, units: list[Unit], at: list[int]) -> None:
        """Take the units, and where each of them starts, in folded characters."""
        self._units = units
        self._at = at
        parts, done = [], 0
        for unit, start in zip(units, at, strict=True):
            for piece, offset in zip(unit.pieces, unit.offsets, strict=True):
                parts.append(UNKNOWN * (start + offset - done) + piece.folded)
                done = max(done, start + offset) + len(piece.folded)
        self._text = "".join(parts)
        self._words: dict[str, list[int]] = defaultdict(list)
        for match in _WORD.finditer(self._text):
            self._words[match[0]].append(match.start())

    def rivals(self, index: int, run: list[int], sure: list[bool]) -> bool:
        """Whether another place of the reference may have the same words: none that is known there is another.

        Args:
            index: Of a unit.
            run: Indexes of pieces of it.
            sure: Of each unit, whether it is proven where it stands, so that nothing else can come from it.
        """
        unit, at = self._units[index], self._at[index]
        own = [(at + unit.offsets[number], unit.pieces[number].folded) for number in run]
        words = [(start + match.start(), match[0]) for start, text in own for match in _WORD.finditer(text)]
        place, rarest = min(words, key=lambda word: len(self._words[word[1]]))
        others = self._words[rarest]
        return len(others) > COMMON or any(
            other != place
            and not sure[bisect_right(self._at, other) - 1]
            and all(self._may_be(start + other - place, text) for start, text in own)
            for other in others
        )

    def _may_be(self, start: int, text: str) -> bool:
        there = self._text[max(0, start) : start + len(text)]
        return start >= 0 and all(a in (b, UNKNOWN) for a, b in zip(there, text, strict=False))

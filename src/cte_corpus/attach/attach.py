"""Putting every span of a document back into a copy of its text, and saying of each how sure its place is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from cte_corpus.attach import within
from cte_corpus.attach.align import Alignment, Laid
from cte_corpus.attach.snap import Gaps
from cte_corpus.text.fold import fold_short
from cte_corpus.text.view import RECIPES, sha256

if TYPE_CHECKING:
    from cte_corpus.attach.known import Extent, Known, Piece

Status = Literal["exact", "moved", "loose", "ambiguous", "lost"]

WORDY = 12
"""A piece and its two neighbours prove a place only if they have so many folded characters together."""

COMMON = 50
"""Where each of the three stands more often than this in the reference, they prove nothing."""


TRIED = 4
"""So many places that its parts imply are tried for a section's digest."""


class Placed(NamedTuple):
    """Where something of the reference text stands in the copy; None where it is lost."""

    start: int | None
    end: int | None
    status: Status


LOST = Placed(None, None, "lost")


@dataclass(frozen=True)
class Attachment:
    """A copy with everything placed in it. Keys are extents in the reference text, places are in `text`."""

    text: str
    """The copy, put through the recipe."""
    spans: dict[Extent, Placed]
    sentences: dict[Extent, Placed]
    sections: dict[Extent, Placed]


def attach(known: Known, copy: str, recipe: str | None = None) -> Attachment:
    """Place what is known of a text in a copy of it. All offsets are code points of the copy after the recipe.

    The recipe is the document's, unless the copy is of another kind than its source and needs one of its own.

    `exact`: proven, and at the offsets of the reference; `moved`: proven, elsewhere; `loose`: by folded match or
    between its neighbours; `ambiguous`: the likeliest of several places; `lost`: not there.

    Raises:
        ValueError: the recipe is not known.
        CteError: words were edited inside a span, and rapidfuzz, which finds what is left of them, is not installed.
    """
    recipe = recipe or known.recipe
    if recipe not in RECIPES:
        raise ValueError(f"no recipe `{recipe}`; known: {', '.join(RECIPES)}")
    text = RECIPES[recipe](copy)
    if sha256(text) == known.sha256:
        return Attachment(text, *({key: Placed(*key, "exact") for key in group} for group in _groups(known)))
    work = _Work(known, Alignment(known, text))
    spans, sentences = work.spans(), work.sentences()
    return Attachment(text, spans, sentences, _sections(known, spans | sentences, text))


def _groups(known: Known) -> tuple[dict[Extent, str], ...]:
    return known.spans, known.sentences, known.sections


@dataclass(slots=True)
class _Spot:
    """A piece found in the folded copy."""

    laid: Laid
    piece: Piece
    start: int
    at: int
    """Where the known lengths put it: folded characters from the start of the reference."""


class _Work:
    def __init__(self, known: Known, alignment: Alignment) -> None:
        self.known = known
        self.alignment = alignment
        self.folded = alignment.folded
        self.text = alignment.text
        self.gaps = Gaps(alignment)
        self._spots: dict[int, _Spot] = {}
        self._line: list[tuple[Piece, int, Laid | None]] = []
        base = 0
        for unit, item in zip(alignment.units, alignment.laid, strict=True):
            base += unit.gap
            if item and not item.place.verified:
                item.place.spots = within.spots(unit, item.place, self.folded.text)
            for number, (piece, offset) in enumerate(zip(unit.pieces, unit.offsets, strict=True)):
                self._line.append((piece, base + offset, item))
                if item and item.place.spots[number] >= 0:
                    self._spots[piece.start] = _Spot(item, piece, item.place.spots[number], base + offset)
            base += unit.size
        self._proven = self._between()

    def sentences(self) -> dict[Extent, Placed]:
        """The sentences: by digest where it holds, else between what was found in and around them."""
        found = dict.fromkeys(self.known.sentences, LOST)
        for index, item in enumerate(self.alignment.laid):
            if item and item.unit.digest:
                key = item.unit.start, item.unit.end
                if item.place.verified:
                    extent = self.alignment.extent(item.place)
                    found[key] = self._judged(key, extent, item, item.sure)
                else:
                    found[key] = self._judged(key, self.gaps.extent(index), item, False)
        return found

    def spans(self) -> dict[Extent, Placed]:
        """The quoted spans, each from the piece that holds it."""
        found = dict.fromkeys(self.known.spans, LOST)
        pieces = iter(self._line)
        piece, _, item = next(pieces, (None, 0, None))
        for key in sorted(self.known.spans):
            while piece is not None and piece.end < key[1]:
                piece, _, item = next(pieces, (None, 0, None))
            if piece is None or item is None:
                continue
            spot = self._spots.get(piece.start)
            if spot:
                found[key] = self._inside(key, spot)
            else:
                found[key] = self._edited(key, piece, item)
        return found

    def _inside(self, key: Extent, spot: _Spot) -> Placed:
        piece = spot.piece
        start, end = spot.start, spot.start + len(piece.folded)
        if key[0] > piece.start:
            start = end - len(fold_short(piece.text[key[0] - piece.start :]))
        if key[1] < piece.end:
            end = spot.start + len(fold_short(piece.text[: key[1] - piece.start]))
        extent = self._whole(start, end)
        same = self.text[slice(*extent)] == self.known.spans[key]
        proven = spot.laid.sure or (same and spot.piece.start in self._proven)
        return self._judged(key, extent, spot.laid, proven)

    def _edited(self, key: Extent, piece: Piece, item: Laid) -> Placed:
        """A span of a piece that is not there as a whole: on its own, or what is most like it, between others."""
        low, high = item.place.start, item.place.end
        for other, spot in zip(item.unit.pieces, item.place.spots, strict=True):
            if spot >= 0 and other.start < piece.start:
                low = max(low, spot + len(other.folded))
            elif spot >= 0:
                high = min(high, spot)
        wanted = fold_short(self.known.spans[key])
        window = self.folded.text[low:high]
        spot = window.find(wanted)
        if spot >= 0 and window.find(wanted, spot + 1) < 0 and len(wanted) > 2:
            return self._judged(key, self._whole(low + spot, low + spot + len(wanted)), item, False)
        near = within.near_match(wanted, window)
        return self._judged(key, self._whole(low + near[0], low + near[1]), item, False) if near else LOST

    def _judged(self, key: Extent, extent: Extent, item: Laid, proven: bool) -> Placed:
        if not extent[0] < extent[1]:
            return LOST
        if proven:
            return Placed(*extent, "exact" if extent == key else "moved")
        return Placed(*extent, "ambiguous" if item.rivals else "loose")

    def _whole(self, start: int, end: int) -> Extent:
        """A stretch of the folded copy in the copy, with the marks that belong to its last character."""
        return self.folded.back(start), self.gaps.after(self.folded.back_end(end))

    def _between(self) -> set[int]:
        """The pieces that stand between two others of their unit at the known distances, as nothing else does.

        Pieces of other units prove nothing: reordered paragraphs may bring like ones together. Nor does one side alone:
        where a word before it was edited, a name may stand by chance where its neighbour of the same name should.
        """
        by_key: dict[int, list[int]] = defaultdict(list)
        keys = {}
        for piece, at, _ in self._line:
            by_key[piece.key].append(at)
            keys[at] = piece.key
        by_unit: dict[int, list[_Spot]] = defaultdict(list)
        for spot in self._spots.values():
            if not spot.laid.rivals and spot.laid.unit.digest and spot.laid.unit.digest not in self.alignment.repeated:
                by_unit[spot.laid.unit.start].append(spot)
        proven = set()
        for found in by_unit.values():
            for index, three in enumerate(zip(found, found[1:], found[2:], strict=False), 1):
                if self._tell(three) and self._only(three, by_key, keys):
                    proven.add(found[index].piece.start)
        return proven

    def _tell(self, three: tuple[_Spot, ...]) -> bool:
        """Whether three pieces have enough characters to tell a place, and stand at the known distances."""
        wordy = sum(len(item.piece.folded) for item in three) >= WORDY
        return wordy and all(self._apart(first, second) for first, second in pairwise(three))

    def _apart(self, first: _Spot, second: _Spot) -> bool:
        """Whether two pieces are as far apart as in the reference, in folded characters or in the copy's own."""
        if second.start - first.start == second.at - first.at:
            return True
        distance = self.folded.back(second.start) - self.folded.back(first.start)
        return distance == second.piece.start - first.piece.start

    def _only(self, three: tuple[_Spot, ...], by_key: dict[int, list[int]], keys: dict[int, int]) -> bool:
        rarest = min(three, key=lambda item: len(by_key[item.piece.key]))
        places = by_key[rarest.piece.key]
        return len(places) <= COMMON and not any(
            at != rarest.at and all(keys.get(at + item.at - rarest.at) == item.piece.key for item in three)
            for at in places
        )


def _sections(known: Known, placed: dict[Extent, Placed], text: str) -> dict[Extent, Placed]:
    """Sections reach over what was found of their sentences and spans."""
    found = {}
    ordered = sorted(placed.items())
    index = 0
    for key, value in sorted(known.sections.items()):
        inside = []
        while index < len(ordered) and ordered[index][0][0] < key[1]:
            inside.append(ordered[index])
            index += 1
        found[key] = _section(key, value, inside, text)
    return found


def _section(key: Extent, value: str, inside: list[tuple[Extent, Placed]], text: str) -> Placed:
    """A section's place: by its digest where it holds; `ambiguous` where its parts are torn apart."""
    size = key[1] - key[0]
    parts = [(own, item.start, item.end, item.status) for own, item in inside if item.start is not None and item.end]
    if not parts:
        exact = sha256(text[slice(*key)]) == value
        return Placed(*key, "exact") if exact else LOST
    starts = dict.fromkeys(start - (own[0] - key[0]) for own, start, _, status in parts if status in ("exact", "moved"))
    for start in list(starts)[:TRIED]:
        if start >= 0 and sha256(text[start : start + size]) == value:
            return Placed(start, start + size, "exact" if start == key[0] else "moved")
    start, end = min(part[1] for part in parts), max(part[2] for part in parts)
    torn = end - start > 2 * size + COMMON
    return Placed(start, end, "ambiguous" if torn or all(part[3] == "ambiguous" for part in parts) else "loose")

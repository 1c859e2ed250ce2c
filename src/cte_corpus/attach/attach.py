"""Putting every span of a document back into a copy of its text, and saying of each how sure its place is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from cte_corpus.attach import likeness
from cte_corpus.attach.align import Alignment, Laid
from cte_corpus.attach.proof import Proof
from cte_corpus.attach.snap import Gaps
from cte_corpus.attach.verdict import COPIES, SAME, Verdict, shares_phrases
from cte_corpus.text.fold import fold_short
from cte_corpus.text.view import RECIPES, sha256

if TYPE_CHECKING:
    from cte_corpus.attach.known import Extent, Known, Piece, Unit

Status = Literal["exact", "moved", "loose", "ambiguous", "lost"]

PROVEN = ("exact", "moved")

TRIED = 4
"""So many places that its parts imply are tried for a section's digest."""

SPARE = 50
"""A section reaches over so many code points more than twice its length before it counts as torn apart."""


class Placed(NamedTuple):
    """Where something of the reference text stands in the copy; None where it is lost."""

    start: int | None
    end: int | None
    status: Status
    score: float = 1.0
    """How much of it stands there, 0 to 1: letters of a span, spans of a sentence, parts of a section."""
    differs: str = ""
    """What is not as in the reference; `place` where only the place is not proven. Empty where it is."""


LOST = Placed(None, None, "lost", 0.0)


@dataclass(frozen=True)
class Attachment:
    """A copy with everything placed in it. Keys are extents in the reference text, places are in `text`."""

    text: str
    """The copy, put through the recipe."""
    verdict: Verdict
    """What the copy is of the document."""
    spans: dict[Extent, Placed]
    sentences: dict[Extent, Placed]
    sections: dict[Extent, Placed]


def attach(known: Known, copy: str, recipe: str | None = None, threshold: float = 0.0) -> Attachment:
    """Place what is known of a text in a copy of it. All offsets are code points of the copy after the recipe.

    `exact`: proven, and at the offsets of the reference; `moved`: proven, elsewhere; `loose`: by folded match or
    between its neighbours; `ambiguous`: the likeliest of several places; `lost`: not there.

    Args:
        known: What is known of the reference text.
        copy: The other text.
        recipe: The document's, unless the copy is of another kind than its source and needs one of its own.
        threshold: What is not proven and has a lower score, 0 to 1, is lost.

    Raises:
        ValueError: the recipe is not known.
        CteError: words were edited inside a span, and rapidfuzz, which finds what is left of them, is not installed.
    """
    recipe = recipe or known.recipe
    if recipe not in RECIPES:
        raise ValueError(f"no recipe `{recipe}`; known: {', '.join(RECIPES)}")
    text = RECIPES[recipe](copy)
    if sha256(text) == known.sha256:
        return Attachment(text, SAME, *({key: Placed(*key, "exact") for key in group} for group in _groups(known)))
    work = _Work(known, Alignment(known, text))
    spans, sentences = work.spans(), work.sentences()
    verdict = work.proof.verdict
    sections = _sections(known, spans | sentences, text, verdict.kind in COPIES)
    spans |= _proven_by_sections(known.spans, spans, sections)
    groups = (
        {key: _over(threshold, placed) for key, placed in group.items()} for group in (spans, sentences, sections)
    )
    if verdict.kind == "shares phrases" and not shares_phrases(known.spans.values(), work.folded.text):
        verdict = verdict._replace(kind="unrelated")
    return Attachment(text, verdict, *groups)


def _groups(known: Known) -> tuple[dict[Extent, str], ...]:
    return known.spans, known.sentences, known.sections


def _over(threshold: float, placed: Placed) -> Placed:
    return placed if placed.status in PROVEN or placed.score >= threshold else LOST


class _Work:
    def __init__(self, known: Known, alignment: Alignment) -> None:
        self.known = known
        self.alignment = alignment
        self.folded = alignment.folded
        self.text = alignment.text
        self.gaps = Gaps(alignment)
        self.proof = Proof(alignment)
        self._proven_pieces = self.proof.pieces()

    def sentences(self) -> dict[Extent, Placed]:
        """The sentences: by digest where it holds, else between what was found in and around them."""
        found = dict.fromkeys(self.known.sentences, LOST)
        for index, item in enumerate(self.alignment.laid):
            if item and item.unit.digest:
                key = item.unit.start, item.unit.end
                if item.place.verified:
                    extent = self.alignment.extent(item.place)
                    found[key] = _judged(key, extent, item, self.proof.sure[index], 1.0, likeness.PLACE)
                else:
                    extent = likeness.whole_words(self.text, *self.gaps.extent(index))
                    found[key] = _judged(key, extent, item, False, *_pieces_found(item, extent))
        return found

    def spans(self) -> dict[Extent, Placed]:
        """The quoted spans, each from the piece that holds it."""
        found = dict.fromkeys(self.known.spans, LOST)
        line = (
            (unit, number, piece, index)
            for index, unit in enumerate(self.alignment.units)
            for number, piece in enumerate(unit.pieces)
        )
        current = next(line, None)
        for key in sorted(self.known.spans):
            while current is not None and current[2].end < key[1]:
                current = next(line, None)
            if current is None:
                continue
            unit, number, piece, index = current
            item = self.alignment.laid[index]
            if item is None:
                continue
            if item.place.verified and unit.start <= key[0] and key[1] <= unit.end:
                found[key] = self._verified(key, unit, item, self.proof.sure[index])
            elif item.place.spots[number] >= 0:
                found[key] = self._inside(key, piece, item, item.place.spots[number])
            else:
                found[key] = self._edited(key, piece, item)
        return found

    def _verified(self, key: Extent, unit: Unit, item: Laid, sure: bool) -> Placed:
        """A span of a sentence whose digest holds stands as far from its start as in the reference."""
        extent = self.alignment.extent(item.place, key[0] - unit.start, key[1] - unit.start)
        same = self.text[slice(*extent)] == self.known.spans[key]
        return _judged(key, extent, item, sure, 1.0, likeness.PLACE if same else likeness.TYPOGRAPHY)

    def _inside(self, key: Extent, piece: Piece, item: Laid, spot: int) -> Placed:
        start, end = spot, spot + len(piece.folded)
        if key[0] > piece.start:
            start = end - len(fold_short(piece.text[key[0] - piece.start :]))
        if key[1] < piece.end:
            end = spot + len(fold_short(piece.text[: key[1] - piece.start]))
        return self._compared(key, item, start, end, piece.start in self._proven_pieces)

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
            return self._compared(key, item, low + spot, low + spot + len(wanted))
        near = likeness.near_match(wanted, window)
        return self._compared(key, item, low + near[0], low + near[1]) if near else LOST

    def _compared(self, key: Extent, item: Laid, start: int, end: int, proven: bool = False) -> Placed:
        """A span at a place of the folded copy, with the marks of its last character; lost if it is not like it."""
        wanted = self.known.spans[key]
        extent = self.folded.back(start), likeness.after_marks(self.text, self.folded.back_end(end))
        if proven and self.text[slice(*extent)] == wanted:
            return _judged(key, extent, item, True)
        extent = likeness.whole_words(self.text, *extent)
        score, differs = likeness.compare(wanted, self.text[slice(*extent)])
        return _judged(key, extent, item, False, score, differs) if score >= likeness.LIKE else LOST


def _judged(key: Extent, extent: Extent, item: Laid, proven: bool, score: float = 1.0, differs: str = "") -> Placed:
    if not extent[0] < extent[1]:
        return LOST
    if proven:
        return Placed(*extent, "exact" if extent == key else "moved")
    return Placed(*extent, "ambiguous" if item.rivals else "loose", round(score, 3), differs)


def _pieces_found(item: Laid, extent: Extent) -> tuple[float, str]:
    """Of a sentence whose digest does not hold: the share of its known letters, or else how alike the lengths are."""
    missing = [piece.text for piece, spot in zip(item.unit.pieces, item.place.spots, strict=True) if spot < 0]
    size = sum(len(piece.text) for piece in item.unit.pieces)
    if not size:
        sizes = sorted((extent[1] - extent[0], item.unit.end - item.unit.start))
        return max(sizes[0], 0) / max(sizes[1], 1), "words"
    return 1 - sum(map(len, missing)) / size, ", ".join(f"{text} missing" for text in missing) or "words"


def _proven_by_sections(
    known: dict[Extent, str], spans: dict[Extent, Placed], sections: dict[Extent, Placed]
) -> dict[Extent, Placed]:
    """The spans outside of sentences in sections whose digest holds: they stand as far from the section's start."""
    found = {}
    whole = [
        (key, placed.start - key[0])
        for key, placed in sections.items()
        if placed.status in PROVEN and placed.start is not None
    ]
    for (start, end), shift in whole:
        for key in known:
            if start <= key[0] and key[1] <= end and spans[key].status not in PROVEN:
                found[key] = Placed(key[0] + shift, key[1] + shift, "moved" if shift else "exact")
    return found


def _sections(known: Known, placed: dict[Extent, Placed], text: str, copy: bool) -> dict[Extent, Placed]:
    """Sections reach over what was found of their sentences and spans."""
    found = {}
    ordered = sorted(placed.items())
    index = 0
    for key, value in sorted(known.sections.items()):
        inside = []
        while index < len(ordered) and ordered[index][0][0] < key[1]:
            inside.append(ordered[index])
            index += 1
        found[key] = _section(key, value, inside, text, copy)
    return found


def _section(key: Extent, value: str, inside: list[tuple[Extent, Placed]], text: str, copy: bool) -> Placed:
    """A section's place: by its digest where it holds; `ambiguous` where its parts are torn apart."""
    size = key[1] - key[0]
    parts = [(own, item.start, item.end, item.status) for own, item in inside if item.start is not None and item.end]
    starts = dict.fromkeys(start - (own[0] - key[0]) for own, start, _, status in parts if status in PROVEN)
    if not inside and copy:
        starts[key[0]] = None
    for start in list(starts)[:TRIED]:
        if start >= 0 and sha256(text[start : start + size]) == value:
            return Placed(start, start + size, "exact" if start == key[0] else "moved")
    if not parts:
        return LOST
    start, end = min(part[1] for part in parts), max(part[2] for part in parts)
    torn = end - start > 2 * size + SPARE
    status: Status = "ambiguous" if torn or all(part[3] == "ambiguous" for part in parts) else "loose"
    differs = f"{len(parts)} of {len(inside)} parts found"
    return Placed(*likeness.trimmed(text, start, end), status, round(len(parts) / len(inside), 3), differs)

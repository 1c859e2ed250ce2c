"""Placing the units of a reference text in a copy, and judging how sure each place is."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from cte_corpus.attach import chain, verified, within
from cte_corpus.attach.known import LONG, Known, Unit, units
from cte_corpus.attach.likeness import whole_words
from cte_corpus.attach.seeds import NEAR, proposals
from cte_corpus.text.fold import Form, clean, fold

DOUBT = 6
"""Another place with nearly as much evidence as the chosen one makes it ambiguous."""


ENOUGH = 12
"""Evidence that a unit needs to be anywhere but between its neighbours."""

CLEAR = 3
"""By so much the best of several places must be better not to be ambiguous, in a second look."""


@dataclass(slots=True)
class Laid:
    """A unit in the copy."""

    unit: Unit
    place: chain.Place
    rivals: bool = False
    """It may as well stand elsewhere."""
    contested: bool = False
    """Another unit would fit there too."""


class Alignment:
    """The copy in its forms, and the units laid in it; those not found are None."""

    def __init__(self, known: Known, text: str) -> None:
        self.text = text
        self.folded: Form = fold(text)
        self.units = units(known)
        self.at: list[int] = []
        """Where in the reference each unit starts, in folded characters as far as lengths are known."""
        self.at_end = 0
        for unit in self.units:
            self.at.append(self.at_end + unit.gap)
            self.at_end = self.at[-1] + unit.size
        self._clean: Form = clean(text)
        seen = verified.boundaries(self._clean.text)
        gaps = {(self._clean.back_end(end), self._clean.back(start)) for end, start in seen}
        self.gaps = sorted(gaps.union(verified.boundaries(text)))
        """Where a sentence may end and the next begin: format characters hide none, nor does a line's end vanish."""
        self._found_in: dict[tuple[int, int], tuple[Form | None, int, int]] = {}
        times = Counter(unit.digest for unit in self.units if unit.digest)
        self.repeated = {value for value, number in times.items() if number > 1}
        """Digests of sentences that the reference has more than once."""
        self.copy = chain.Copy(self.folded.text, *self._boundaries(), self._verified(known), self.repeated)
        proposed = proposals(self.units, self.folded.text, self._settled())
        places = chain.possible(self.units, proposed, self.copy)
        chosen = chain.choose(self.units, places)
        self.laid: list[Laid | None] = [
            Laid(unit, place) if place else None for unit, place in zip(self.units, chosen, strict=True)
        ]
        for item in filter(None, self.laid):
            self._look_closer(item)
        self._settle()
        self._drop_weak()
        self._weigh(places)
        self._look_again()
        self._settle()
        for item in filter(None, self.laid):
            if not item.place.verified:
                item.place.spots = within.spots(item.unit, item.place, self.folded.text)

    def _settled(self) -> set[int]:
        """The units that their digest alone places: long, and once in both texts."""
        return {
            index
            for index, unit in enumerate(self.units)
            if len(self.copy.verified.get(unit.digest, ())) == 1
            and unit.end - unit.start >= LONG
            and unit.digest not in self.repeated
        }

    def extent(self, place: chain.Place, first: int = 0, last: int | None = None) -> tuple[int, int]:
        """Start and end in the copy of a place whose digest holds, or of the code points `first` to `last` of it."""
        form, start, end = self._found_in[place.start, place.end]
        start, end = start + first, end if last is None else start + last
        return (start, end) if form is None else (form.back(start), form.back_end(end))

    def words(self, place: chain.Place) -> str:
        """What was verified at a place whose digest holds: as many code points as in the reference."""
        form, start, end = self._found_in[place.start, place.end]
        return (self.text if form is None else form.text)[start:end]

    def _boundaries(self) -> tuple[set[int], set[int]]:
        begins = {self.folded.forth(start) for _, start in self.gaps}
        ends = {self.folded.forth(end) for end, _ in self.gaps}
        return begins, ends

    def _verified(self, known: Known) -> dict[str, list[tuple[int, int]]]:
        """Digest -> folded places, for sentences found from boundary to boundary in three forms of the copy."""
        wanted = verified.by_length((start, end, value) for (start, end), value in known.sentences.items())
        found: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for value, start, end in verified.search(self.text, self.gaps, wanted):
            found[value].add(self._remember(None, start, end))
        form = self._clean
        gaps = sorted({(form.forth(end), form.forth(start)) for end, start in self.gaps})
        for text in dict.fromkeys((form.text, verified.plain(form.text))):
            if text != self.text:
                for value, start, end in verified.search(text, gaps, wanted):
                    found[value].add(self._remember(form, start, end))
        return {value: sorted(places) for value, places in found.items()}

    def _remember(self, form: Form | None, start: int, end: int) -> tuple[int, int]:
        extent = (start, end) if form is None else (form.back(start), form.back_end(end))
        place = self.folded.forth(extent[0]), self.folded.forth(extent[1])
        self._found_in.setdefault(place, (form, start, end))
        return place

    def _look_closer(self, item: Laid) -> None:
        """Try the digest where the pieces imply the sentence, with other quotation marks, dashes and digits."""
        unit, place = item.unit, item.place
        if not unit.digest or place.verified:
            return
        size = unit.end - unit.start
        starts = {(place.start, 0)}
        starts.update(
            (spot, p.start - unit.start) for p, spot in zip(unit.pieces, place.spots, strict=True) if spot >= 0
        )
        tried = set()
        for spot, before in sorted(starts):
            origin = self.folded.back(spot)
            for form, start in ((None, origin - before), (self._clean, self._clean.forth(origin) - before)):
                source = self.text if form is None else form.text
                if start < 0 or (form is None, start) in tried or start + size > len(source):
                    continue
                tried.add((form is None, start))
                is_same = verified.verify(source[start : start + size], {unit.digest})
                if is_same and self._cuts_no_word(form, start, start + size):
                    found = self._remember(form, start, start + size)
                    self.copy.verified.setdefault(unit.digest, []).append(found)
                    item.place = self.copy.place(unit, found[0])
                    return

    def _cuts_no_word(self, form: Form | None, start: int, end: int) -> bool:
        """Whether a stretch cuts no word: a sentence without a full stop may be the beginning of another."""
        extent = (start, end) if form is None else (form.back(start), form.back_end(end))
        first, last = whole_words(self.text, *extent)
        return extent[0] <= first and last <= extent[1]

    def _settle(self) -> None:
        """Two units at one place: the weaker is not there."""
        laid = sorted(
            (index for index, item in enumerate(self.laid) if item),
            key=lambda index: (self.laid[index].place.start, index),  # type: ignore[union-attr]
        )
        last: int | None = None
        for index in laid:
            if last is not None:
                before, item = self.laid[last], self.laid[index]
                assert before
                assert item
                overlap = before.place.end - item.place.start
                if overlap > min(before.place.end - before.place.start, item.place.end - item.place.start) // 2:
                    if before.place.verified == item.place.verified and before.unit.digest == item.unit.digest:
                        before.rivals = item.rivals = True
                        continue
                    weaker, stronger = (index, before) if _weight(item) <= _weight(before) else (last, item)
                    stronger.contested = True
                    self.laid[weaker] = None
                    if weaker == index:
                        continue
            last = index

    def _drop_weak(self) -> None:
        """Without a digest and with little in it a unit is where it seems only if it fits between its neighbours."""
        weak = [
            index
            for index, item in enumerate(self.laid)
            if item and not item.place.verified and item.place.score < ENOUGH and not self._fits(index, item)
        ]
        for index in weak:
            self.laid[index] = None

    def _fits(self, index: int, item: Laid) -> bool:
        sides = self._sides(index, item)
        return all(sides) or (any(sides) and self.copy.is_framed(item.place))

    def _sides(self, index: int, item: Laid) -> tuple[bool, bool]:
        """Whether a unit stands next to the one before, and to the one after; or to the ends of both texts."""
        before = self.laid[index - 1] if index else None
        after = self.laid[index + 1] if index + 1 < len(self.laid) else None
        return (
            self.follows(before, item) if before else index == 0 and item.place.start <= chain.CLOSE,
            self.follows(item, after)
            if after
            else index + 1 == len(self.laid) and len(self.folded.text) - item.place.end <= chain.CLOSE,
        )

    def _look_again(self) -> None:
        """Look for what was not found where nothing else stands: there, even common words may be telling."""
        lost = [index for index, item in enumerate(self.laid) if item is None and self.units[index].pieces]
        rest = self.copy.masked([item.place for item in self.laid if item])
        proposed = proposals([self.units[index] for index in lost], rest.text, set())
        for index, starts in zip(lost, proposed, strict=True):
            unit = self.units[index]
            options = sorted(
                ((self._near_neighbours(index, place), place) for place in (rest.place(unit, s) for s in starts)),
                key=lambda option: -option[0],
            )
            if options and options[0][0] >= ENOUGH:
                score, place = options[0]
                place.score = score
                rivals = len(options) > 1 and options[1][0] >= score - CLEAR
                self.laid[index] = Laid(unit, place, rivals=rivals)
                self._look_closer(self.laid[index])  # type: ignore[arg-type]

    def _near_neighbours(self, index: int, place: chain.Place) -> float:
        return place.score + chain.FOLLOWS * sum(self._sides(index, Laid(self.units[index], place)))

    def _weigh(self, places: list[list[chain.Place]]) -> None:
        """A run of neighbours is in doubt where each of them could as well stand elsewhere."""
        run: list[Laid] = []
        for index, item in enumerate(self.laid):
            if item is None:
                continue
            if run and not self.follows(run[-1], item):
                _doubt(run)
                run = []
            run.append(item)
            item.rivals |= any(
                abs(other.start - item.place.start) > NEAR
                and other.score > 0
                and other.score >= item.place.score - DOUBT
                and not self._taken(index, other)
                for other in places[index]
            )
        _doubt(run)

    def _taken(self, index: int, other: chain.Place) -> bool:
        """Whether a neighbour with the same words stands there already, so that it is no rival."""
        return any(
            item is not None
            and abs(item.place.start - other.start) <= NEAR
            and item.unit.digest == self.units[index].digest
            for item in self.laid[max(0, index - NEAR) : index + NEAR]
        )

    def follows(self, before: Laid, item: Laid) -> bool:
        """Whether one unit stands in the copy where it should after another."""
        return abs(item.place.start - before.place.end - item.unit.gap) <= NEAR


def _weight(item: Laid) -> tuple[bool, float]:
    return item.place.verified, item.place.score


def _doubt(run: list[Laid]) -> None:
    anchored = any(not item.rivals for item in run)
    for item in run:
        item.rivals = item.rivals and not anchored

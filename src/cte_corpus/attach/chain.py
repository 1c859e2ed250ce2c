"""Choosing a place for every unit: what stands there, and whether its neighbours are where they should be.

The choice is the best path through the units' possible places. Going on where the unit before ended costs nothing and
gains something; leaving units out costs a little; a jump elsewhere, as after reordered paragraphs, costs more.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cte_corpus.attach.seeds import COMMON, NEAR, WORTH

if TYPE_CHECKING:
    from cte_corpus.attach.known import Unit

PROVEN, REPEATED = 30, 8
"""What a digest that holds is worth; if several sentences of the reference have it, which of them it is stays open."""

CLOSE = 3
"""Units no further than this from where they should be follow each other."""

FOLLOWS, NEARLY, SKIPS, LATER, JUMPS, OVERLAPS = 6, 3, -4, -7, -12, -30
"""What it is worth that a place follows the one before, nearly does, leaves units out, comes later, or elsewhere."""

BEGINS, ENDS = 3, 6
"""What it is worth that a place begins or ends where sentences may."""

MISSING = -3
DRIFTED = 0.6
PROPAGATED = 3
CARRIED = 4


@dataclass(slots=True)
class Place:
    """A possible place of a unit in the folded copy."""

    start: int
    end: int
    score: float
    spots: list[int]
    """Of each piece, or -1."""
    verified: bool = False


class Copy:
    """A folded copy, with what is known of it: where sentences may begin and end, and where digests hold."""

    def __init__(
        self,
        text: str,
        begins: set[int],
        ends: set[int],
        verified: dict[str, list[tuple[int, int]]],
        repeated: set[str],
    ) -> None:
        self.text = text
        self._begins = begins
        self._ends = ends
        self.verified = verified
        """Digest -> its places (start, end) in the folded copy, in order."""
        self._repeated = repeated

    def place(self, unit: Unit, start: int) -> Place:
        """What stands for a unit that starts about there."""
        start = max(0, min(start, len(self.text)))
        proof = self._proof(unit, start)
        if proof:
            return self._verified(unit, *proof)
        spots: list[int] = []
        score, shift, done = 0.0, 0, start - NEAR
        first: int | None = None
        for piece, offset in zip(unit.pieces, unit.offsets, strict=True):
            expected = start + offset + shift
            worth = min(len(piece.folded), WORTH)
            if expected >= done and self.text.startswith(piece.folded, expected):
                spot = expected
                score += worth
            else:
                spot = self._nearest(piece.folded, expected, max(done, 0))
                score += worth * DRIFTED if spot >= 0 else MISSING
            spots.append(spot)
            if spot >= 0:
                shift = spot - start - offset
                done = spot + len(piece.folded)
                first = shift if first is None else first
        begin, end = start + (first or 0), start + unit.size + shift
        score += BEGINS * (begin in self._begins) + ENDS * (end in self._ends)
        if end > len(self.text) + NEAR:
            score += JUMPS
        return Place(begin, end, score, spots)

    def is_framed(self, place: Place) -> bool:
        """Whether a place begins where a sentence may, with a piece that is there, and ends near such a boundary."""
        if place.start not in self._begins:
            return False
        if place.end in self._ends:
            return True
        first = min((spot for spot in place.spots if spot >= 0), default=len(self.text))
        return first - place.start <= CLOSE and any(place.end + step in self._ends for step in range(-NEAR, NEAR + 1))

    def masked(self, places: list[Place]) -> Copy:
        """The copy without what is taken; offsets stay."""
        parts: list[str] = []
        done = 0
        for place in sorted(places, key=lambda place: place.start):
            start, end = max(done, place.start), max(done, place.end)
            parts += (self.text[done:start], "\0" * (end - start))
            done = end
        parts.append(self.text[done:])
        return Copy("".join(parts)[: len(self.text)], self._begins, self._ends, {}, set())

    def _nearest(self, wanted: str, expected: int, least: int) -> int:
        low, high = max(expected - NEAR, least), expected + NEAR + len(wanted)
        best = -1
        spot = self.text.find(wanted, low, high)
        while spot >= 0:
            if best >= 0 and abs(spot - expected) >= abs(best - expected):
                break
            best = spot
            spot = self.text.find(wanted, spot + 1, high)
        return best

    def _proof(self, unit: Unit, start: int) -> tuple[int, int] | None:
        places = self.verified.get(unit.digest) if unit.digest else None
        if not places:
            return None
        index = bisect_left(places, (start, 0))
        near = [place for place in places[max(0, index - 1) : index + 1] if abs(place[0] - start) <= NEAR]
        return min(near, key=lambda place: abs(place[0] - start), default=None)

    def _verified(self, unit: Unit, start: int, end: int) -> Place:
        spots = []
        shift = 0
        for piece, offset in zip(unit.pieces, unit.offsets, strict=True):
            spot = self._nearest(piece.folded, start + offset + shift, start)
            if spot >= 0:
                shift = spot - start - offset
            spots.append(spot)
        worth = REPEATED if unit.digest in self._repeated else PROVEN
        worth += sum(min(len(piece.folded), WORTH) for piece in unit.pieces)
        worth += BEGINS * (start in self._begins) + ENDS * (end in self._ends)
        return Place(start, end, worth, spots, verified=True)


def possible(units: list[Unit], proposed: list[list[int]], copy: Copy) -> list[list[Place]]:
    """The possible places of each unit: those proposed, those proven, and next to those of its neighbours."""
    found: list[list[Place]] = []
    for unit, starts in zip(units, proposed, strict=True):
        proofs = copy.verified.get(unit.digest, []) if unit.digest else []
        places: list[Place] = []
        for start in [start for start, _ in proofs[:COMMON]] + starts:
            _add(places, copy, unit, start)
        found.append(places)
    for index in range(1, len(units)):
        for place in _best(found[index - 1]):
            _add(found[index], copy, units[index], place.end + units[index].gap)
    for index in range(len(units) - 2, -1, -1):
        for place in _best(found[index + 1]):
            _add(found[index], copy, units[index], place.start - units[index + 1].gap - units[index].size)
    return found


def _best(places: list[Place]) -> list[Place]:
    return sorted(places, key=lambda place: -place.score)[:PROPAGATED]


def _add(places: list[Place], copy: Copy, unit: Unit, start: int) -> None:
    if start < -NEAR or start > len(copy.text) or any(abs(start - place.start) <= CLOSE for place in places):
        return
    place = copy.place(unit, start)
    if all(place.start != other.start or place.end != other.end for other in places):
        places.append(place)


@dataclass(slots=True)
class _State:
    """The best path that ends with a unit at a place; or that has left units out since."""

    score: float
    end: int
    index: int
    place: Place
    before: _State | None
    left_out: int = 0


def choose(units: list[Unit], places: list[list[Place]]) -> list[Place | None]:
    """The place of each unit on the best path, None where it is not in the copy."""
    states: list[_State] = []
    for index, (unit, options) in enumerate(zip(units, places, strict=True)):
        fresh = [_reach(states, unit, index, place) for place in options]
        kept = sorted(states, key=lambda state: -state.score)[:CARRIED]
        for state in kept:
            state.left_out += unit.gap + unit.size
        states = fresh + kept
    chosen: list[Place | None] = [None] * len(units)
    link: _State | None = max(states, key=lambda state: state.score, default=None)
    while link is not None:
        chosen[link.index] = link.place
        link = link.before
    return chosen


def _reach(states: list[_State], unit: Unit, index: int, place: Place) -> _State:
    best, before = JUMPS + place.score, None
    for state in states:
        score = state.score + place.score + _step(state, unit, place)
        if score > best:
            best, before = score, state
    return _State(best, place.end, index, place, before)


def _step(state: _State, unit: Unit, place: Place) -> float:
    apart = place.start - state.end - unit.gap
    if state.left_out:
        if abs(apart) <= CLOSE:
            return SKIPS
        if abs(apart - state.left_out) <= NEAR:
            return SKIPS
    elif abs(apart) <= CLOSE:
        return FOLLOWS
    elif abs(apart) <= NEAR:
        return NEARLY
    if apart > 0:
        return LATER
    return OVERLAPS if place.end > state.place.start else JUMPS

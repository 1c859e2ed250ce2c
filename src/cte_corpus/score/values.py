"""Values with their evidence: whether the value is right, whether the words that show it are, and whether both are.

Both is what FEVER asks: right, and for the right reason (Thorne et al. 2018). A value counts within the same event, or
for the same target of a sanction; the values of others are missed or wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.score.coded import Figure
from cte_corpus.score.events import attached
from cte_corpus.score.spans import HALF

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cte_corpus.score.coded import Argument, Date, Event, Place, Sanction
    from cte_corpus.score.matching import Weight
    from cte_corpus.score.pair import Pair
    from cte_corpus.score.tally import Row


class Value(NamedTuple):
    """A date, figure, role or statement of a sanction, with the words that show it."""

    what: Any
    """A `Date`, `Figure` or `Argument`, or the field of a sanction with its value."""
    type: str
    places: tuple[Place, ...]
    start: int
    """Where it is shown first; else where what it belongs to begins."""


def equal(gold: Date, pred: Date) -> bool:
    """Whether two dates have one role and mean the same days; those without days are compared as they are written."""
    if (gold.first, gold.last) == (pred.first, pred.last) == ("", "~"):
        return gold.role == pred.role and gold.edtf == pred.edtf
    return gold.role == pred.role and (gold.first, gold.last) == (pred.first, pred.last)


def contained(gold: Date, pred: Date) -> bool:
    """Whether the predicted date lies within the gold one: as right, and at least as precise."""
    return equal(gold, pred) or (
        gold.role == pred.role and _has_days(gold, pred) and gold.first <= pred.first and pred.last <= gold.last
    )


def overlapping(gold: Date, pred: Date) -> bool:
    """Whether two dates can mean the same day."""
    return equal(gold, pred) or (
        gold.role == pred.role and _has_days(gold, pred) and gold.first <= pred.last and pred.first <= gold.last
    )


def _has_days(*dates: Date) -> bool:
    return all((date.first, date.last) != ("", "~") for date in dates)


def bounds(gold: Figure, pred: Figure) -> bool:
    """Whether two figures count the same and bound it by the same numbers."""
    return (gold.measure, gold.lower, gold.upper) == (pred.measure, pred.lower, pred.upper)


def compared(gold: Figure, pred: Figure) -> bool:
    """Whether the comparators are the same too: `more than 40` and `at least 40` are not."""
    return bounds(gold, pred) and gold.comparator == pred.comparator


NAMES = {"dates": "dates", "figures": "figures", "arguments": "roles", "places": "places"}
"""What the values of an event are called in the names of measures."""


def rows(pair: Pair) -> dict[str, list[Row]]:
    """Dates, figures, roles and places of events; value, evidence and both."""

    def filled(gold: Argument, pred: Argument) -> bool:
        return gold.role == pred.role and gold.filler == pair.filler(pred)

    of_events: dict[str, dict[str, Callable[[Any, Any], bool]]] = {
        "dates": {"equal": equal, "contained": contained, "overlapping": overlapping},
        "figures": {"bounds": bounds, "comparator": compared},
        "arguments": {"filler": filled},
        "places": {"filler": filled},
    }
    found = {}
    for part, ways in of_events.items():
        for way, right in ways.items():
            for gate, judge in _gates(right, lambda one, other: _shown(pair, one, other)).items():
                name = NAMES[part] + ("" if gate == "evidence" or len(ways) == 1 else f" {way}")
                found[f"{name}: {gate}"] = attached(pair, _values(part), judge, _told)
    return found


def _gates(
    right: Callable[[Any, Any], bool], shown: Callable[[Value, Value], bool]
) -> dict[str, Callable[[Value, Value], bool]]:
    return {
        "value": lambda one, other: right(one.what, other.what),
        "evidence": shown,
        "both": lambda one, other: right(one.what, other.what) and shown(one, other),
    }


def _shown(pair: Pair, one: Value, other: Value) -> bool:
    """Whether the same words show two values, or both say that none do."""
    return pair.any_same(one.places, other.places) if one.places and other.places else one.places == other.places


def _values(part: str) -> Callable[[Event], list[Value]]:
    def of(event: Event) -> list[Value]:
        return [
            Value(one, _type(one), one.places, min((p.start for p in one.places), default=event.trigger.start))
            for one in getattr(event, part)
        ]

    return of


def _type(one: Date | Figure | Argument) -> str:
    return one.measure[0] if isinstance(one, Figure) else one.role


def _told(one: Value) -> tuple[str, int]:
    return one.type, one.start


def sanctions(pair: Pair) -> dict[str, list[Row]]:
    """What is said of the same target; evidence is the sentences that tell it, or the printed day of the listing."""
    golds, preds = pair.gold.sanctions, pair.pred.sanctions

    def weight(gold: Sanction, pred: Sanction) -> Weight | None:
        if pair.entities.get(pred.target) != gold.target:
            return None
        one = {value.what for value in _statements(gold)}
        other = {_renamed(pair, value.what) for value in _statements(pred)}
        return 1, len(one & other) / len(one | other)

    pairs = dict(pair.matched(golds, preds, weight))
    beside: list[tuple[Sanction | None, Sanction | None]] = [
        (sanction, preds[pairs[index]] if index in pairs else None) for index, sanction in enumerate(golds)
    ]
    beside += [(None, one) for index, one in enumerate(preds) if index not in pairs.values()]

    def right(gold: Any, pred: Any) -> bool:
        if gold[0] != pred[0]:
            return False
        if gold[0] == "listed":
            return equal(gold[1], pred[1])
        return bool(gold == _renamed(pair, pred))

    def shown(one: Value, other: Value) -> bool:
        if one.type != other.type:  # all statements of a sanction have the same sentences
            return False
        if one.type == "listed" and (one.what[1].places or other.what[1].places):
            return pair.any_same(one.what[1].places, other.what[1].places)
        return _alike(one.places, other.places) >= HALF

    return {
        f"sanctions: {gate}": [
            row for gold, pred in beside for row in pair.rows(_statements(gold), _statements(pred), judge, _told)
        ]
        for gate, judge in _gates(right, shown).items()
    }


ENTITIES = frozenset({"target", "authority", "jurisdiction", "operates_in", "supports", "legal_basis"})
"""The fields of a sanction that hold entities."""


def _statements(sanction: Sanction | None) -> list[Value]:
    if sanction is None:
        return []
    said = [
        ("target", sanction.target),
        *sanction.entities,
        *sanction.codes,
        *(("listed", one) for one in sanction.listed),
    ]
    start = min((place.start for place in sanction.evidence), default=0)
    return [Value(one, one[0], sanction.evidence, start) for one in said]


def _renamed(pair: Pair, what: tuple[str, Any]) -> tuple[str, Any]:
    """A predicted statement, with its entity as gold names it."""
    return (what[0], pair.entities.get(what[1], "")) if what[0] in ENTITIES else what


def _alike(ones: Sequence[Place], others: Sequence[Place]) -> float:
    """The share of the characters of two lists of sentences that stand in both."""
    one, other = ({offset for place in side for offset in range(place.start, place.end)} for side in (ones, others))
    return len(one & other) / len(one | other) if one | other else 1.0

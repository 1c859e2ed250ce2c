"""Events: triggers and arguments as TextEE defines them, arguments by entities, and what events are said to be.

TextEE: Huang et al., "TextEE: Benchmark, Reevaluation, Reflections, and Future Challenges in Event Extraction", 2024.
CEAF-REE: Du, Rush and Cardie, "GRIT: Generative Role-filler Transformers", 2021.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from cte_corpus.score.coded import clusters
from cte_corpus.score.pair import place_of, trigger_of
from cte_corpus.score.tally import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cte_corpus.score.coded import Argument, Attribution, Coding, Event, Mention
    from cte_corpus.score.matching import Weight
    from cte_corpus.score.pair import Pair
    from cte_corpus.score.tally import Row

T = TypeVar("T")

ATTRIBUTES = ("status", "polarity", "genericity")


class _Told(NamedTuple):
    """An argument with its event."""

    event: Event
    argument: Argument

    @property
    def start(self) -> int:
        """Where it is shown first, or its event."""
        return min((place.start for place in self.argument.places), default=self.event.trigger.start)


def triggers(pair: Pair) -> dict[str, list[Row]]:
    """Tri-I: the span is right; Tri-C: the type too."""

    def spans(one: Event, other: Event) -> bool:
        return pair.same(one.trigger, other.trigger)

    golds, preds = pair.gold.events, pair.pred.events
    told = [pair.units(side, lambda event: (event.type, event.trigger.start)) for side in (golds, preds)]
    return {
        "Tri-I": pair.rows(golds, preds, spans, _typed, trigger_of),
        "Tri-C": counted(told[0], told[1], pair.events),
    }


def _typed(event: Event) -> tuple[str, int]:
    return event.type, event.trigger.start


def arguments(pair: Pair) -> dict[str, list[Row]]:
    """Arg-I: a span of the argument and the event's type are right; Arg-C: the role too; `+`: the trigger as well.

    An argument that no words show has no span, and is not among these.
    """
    golds, preds = ([one for one in _all(side) if one.argument.places] for side in (pair.gold, pair.pred))

    def rows(role: bool, attached: bool) -> list[Row]:
        def right(one: _Told, other: _Told) -> bool:
            return (
                one.event.type == other.event.type
                and (not role or one.argument.role == other.argument.role)
                and (not attached or pair.same(one.event.trigger, other.event.trigger))
                and pair.any_same(one.argument.places, other.argument.places)
            )

        return pair.rows(golds, preds, right, _role, lambda one: one.argument.places)

    return {
        "Arg-I": rows(False, False),
        "Arg-C": rows(True, False),
        "Arg-I+": rows(False, True),
        "Arg-C+": rows(True, True),
    }


def _role(one: _Told) -> tuple[str, int]:
    return one.argument.role, one.start


def _all(coding: Coding) -> list[_Told]:
    return [_Told(event, argument) for event in coding.events for argument in event.arguments]


def entity_arguments(pair: Pair) -> dict[str, list[Row]]:
    """Arguments filled by entities, whether words show them or not.

    CEAF-REE: of one type and role, entities are matched one to one; a predicted one is right if it has mentions and
    all of them are the gold one's. One that has no mention in the document is right only by the same id; in GRIT's
    scorer an empty one is always right. Ent-C+: within the same event (trigger and type), with the role, the entity
    that shares most mentions.
    """
    golds, preds = ([one for one in _all(side) if one.argument.entity] for side in (pair.gold, pair.pred))
    of_gold, of_pred = clusters(pair.gold.mentions), clusters(pair.pred.mentions)
    known: dict[tuple[str, str], bool] = {}

    def within(gold: str, pred: str) -> bool:
        if (gold, pred) not in known:
            ones, others = of_gold.get(gold, []), of_pred.get(pred, [])
            if not ones or not others:
                known[gold, pred] = gold == pred
            else:
                shared = pair.together[gold, pred] >= len(others)
                known[gold, pred] = shared and len(pair.matched(ones, others, same_place, place_of)) == len(others)
        return known[gold, pred]

    def same_place(one: Mention, other: Mention) -> Weight | None:
        return (1, 0) if pair.same(one.place, other.place) else None

    def right(one: _Told, other: _Told) -> bool:
        return within(one.argument.filler, other.argument.filler)

    grouped: dict[tuple[str, str], tuple[list[_Told], list[_Told]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((golds, preds)):
        for one in items:
            grouped[one.event.type, one.argument.role][side].append(one)
    loose = [row for key in sorted(grouped) for row in pair.rows(*grouped[key], right, _role)]
    return {"CEAF-REE": loose, "Ent-C+": attached(pair, _entities, _same_filler(pair), _role)}


def _entities(event: Event) -> list[_Told]:
    return [_Told(event, argument) for argument in event.arguments if argument.entity]


def _same_filler(pair: Pair) -> Callable[[_Told, _Told], bool]:
    def right(gold: _Told, pred: _Told) -> bool:
        return gold.argument.role == pred.argument.role and gold.argument.filler == pair.filler(pred.argument)

    return right


def attached(
    pair: Pair,
    items: Callable[[Event], Sequence[T]],
    right: Callable[[T, T], bool],
    told: Callable[[T], tuple[str, int]],
) -> list[Row]:
    """The rows of what events hold: right only within the same event; what other events hold is missed or wrong."""
    return [
        row
        for gold, pred in pair.beside()
        for row in pair.rows(items(gold) if gold else (), items(pred) if pred else (), right, told)
    ]


class _Code(NamedTuple):
    """What an event is said to be, and where its trigger starts."""

    code: str
    start: int


class _Said(NamedTuple):
    """Who says an event, and where its trigger starts."""

    said: Attribution
    start: int


def attributes(pair: Pair) -> dict[str, list[Row]]:
    """Status, polarity and genericity of an event, and who says it: right only where trigger and type are."""
    found = {name: _attribute(pair, name) for name in ATTRIBUTES}
    said = attached(
        pair, _says, lambda one, other: one.said == pair.said(other.said), lambda one: (one.said.act, one.start)
    )
    return found | {"attribution": said}


def _attribute(pair: Pair, name: str) -> list[Row]:
    """The rows of one of `ATTRIBUTES`; an event that does not say it adds nothing."""

    def said(event: Event) -> list[_Code]:
        code = getattr(event, name)
        return [_Code(code, event.trigger.start)] if code else []

    return attached(pair, said, lambda one, other: one.code == other.code, lambda one: one)


def _says(event: Event) -> list[_Said]:
    return [_Said(one, event.trigger.start) for one in event.attributions]

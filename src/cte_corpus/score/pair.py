"""Two codings of one document side by side: which mentions, entities and events of one are those of the other."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from cte_corpus.score.coded import Attribution, clusters, ordered
from cte_corpus.score.matching import matched, near
from cte_corpus.score.spans import any_same, jaccard, same
from cte_corpus.score.tally import Row, Sentences, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cte_corpus.score.coded import Argument, Coding, Event, Mention, Place
    from cte_corpus.score.matching import Pairs, Weight
    from cte_corpus.score.spans import Match

    G = TypeVar("G")
    P = TypeVar("P")
    T = TypeVar("T")


def place_of(mention: Mention) -> tuple[Place]:
    """Where a mention stands."""
    return (mention.place,)


def trigger_of(event: Event) -> tuple[Place]:
    """Where an event's trigger stands."""
    return (event.trigger,)


class Pair:
    """A gold coding and a predicted one, each in the order of what it holds."""

    def __init__(self, gold: Coding, pred: Coding, match: Match) -> None:
        self.gold, self.pred, self.match = ordered(gold), ordered(pred), match
        self._turned = self.pred.held < self.gold.held
        self.sentences = Sentences(gold)

    def matched(
        self,
        golds: Sequence[G],
        preds: Sequence[P],
        weight: Callable[[G, P], Weight | None],
        places: Callable[[G | P], Iterable[Place]] | None = None,
    ) -> Pairs:
        """The pairs that weigh most, as `matching.matched` has them, and the same whichever side is called gold."""
        if not self._turned:
            return matched(golds, preds, weight, places)
        return [(gold, pred) for pred, gold in matched(preds, golds, lambda pred, gold: weight(gold, pred), places)]

    def same(self, one: Place, other: Place) -> bool:
        """Whether two places count as the same."""
        return same(one, other, self.match)

    def any_same(self, ones: Sequence[Place], others: Sequence[Place]) -> bool:
        """Whether a place of one is the same as one of the other."""
        return any_same(ones, others, self.match)

    @cached_property
    def entities(self) -> dict[str, str]:
        """Predicted entity -> gold entity: one to one, so that they share most mentions.

        Of those that are left, without a mention on either side, one of the same id is the same.
        """
        golds, preds = clusters(self.gold.mentions), clusters(self.pred.mentions)
        of_gold, of_pred = list(golds), list(preds)  # by their first mentions: a name decides nothing

        def shared(gold: str, pred: str) -> Weight | None:
            number = self.together[gold, pred]
            return (number, float(gold == pred)) if number else None

        found = {of_pred[pred]: of_gold[gold] for gold, pred in self.matched(of_gold, of_pred, shared)}
        for entity in self._named(self.pred) - found.keys():
            if (entity not in golds or entity not in preds) and entity not in found.values():
                found[entity] = entity
        return found

    @cached_property
    def together(self) -> Counter[tuple[str, str]]:
        """How many mentions of a gold entity and a predicted one have the same place."""
        around = near(self.pred.mentions, place_of)
        found: Counter[tuple[str, str]] = Counter()
        for gold in self.gold.mentions:
            preds = [self.pred.mentions[index] for index in around(gold)]
            found.update((gold.entity, pred.entity) for pred in preds if self.same(gold.place, pred.place))
        return found

    @staticmethod
    def _named(coding: Coding) -> set[str]:
        """The entities that a coding names anywhere."""
        named = {one.entity for one in coding.mentions}
        for event in coding.events:
            named |= {one.filler for one in event.arguments + event.places if one.entity}
            named |= {one.by for one in event.attributions}
        for sanction in coding.sanctions:
            named |= {sanction.target, *(entity for _, entity in sanction.entities)}
        return named

    @cached_property
    def mentions(self) -> Pairs:
        """Mentions with the same place; of twins, those of the same entity."""

        def weight(gold: Mention, pred: Mention) -> Weight | None:
            if not self.same(gold.place, pred.place):
                return None
            return 1, (float(self.entities.get(pred.entity) == gold.entity) + jaccard(gold.place, pred.place)) / 2

        return self.matched(self.gold.mentions, self.pred.mentions, weight, place_of)

    @cached_property
    def events(self) -> Pairs:
        """Events with the same trigger and type; of twins, those that have most else in common."""

        def weight(gold: Event, pred: Event) -> Weight | None:
            if gold.type != pred.type or not self.same(gold.trigger, pred.trigger):
                return None
            return 1, self._alike(gold, pred)

        return self.matched(self.gold.events, self.pred.events, weight, trigger_of)

    def _alike(self, gold: Event, pred: Event) -> float:
        """How much else two events have in common, 0 to 1."""
        one = {(arg.role, arg.filler) for arg in gold.arguments + gold.places}
        other = {(arg.role, self.filler(arg)) for arg in pred.arguments + pred.places}
        shares = [
            len(one & other) / len(one | other) if one | other else 1.0,
            jaccard(gold.trigger, pred.trigger),
            float(gold.status == pred.status),
            float({a.edtf for a in gold.dates} == {a.edtf for a in pred.dates}),
            float({a[:4] for a in gold.figures} == {a[:4] for a in pred.figures}),
            float(set(gold.attributions) == {self.said(a) for a in pred.attributions}),
        ]
        return sum(shares) / len(shares)

    def filler(self, argument: Argument) -> str:
        """What fills a predicted argument, as gold names it."""
        return self.entities.get(argument.filler, "") if argument.entity else argument.filler

    def said(self, attribution: Attribution) -> Attribution:
        """A predicted attribution, as gold names the speaker."""
        return Attribution(self.entities.get(attribution.by, ""), attribution.act)

    def beside(self) -> list[tuple[Event | None, Event | None]]:
        """Every event of both sides, beside the one that is the same, or None."""
        of_gold, of_pred = dict(self.events), {pred for _, pred in self.events}
        found: list[tuple[Event | None, Event | None]] = [
            (event, self.pred.events[of_gold[index]] if index in of_gold else None)
            for index, event in enumerate(self.gold.events)
        ]
        return found + [(None, event) for index, event in enumerate(self.pred.events) if index not in of_pred]

    def rows(
        self,
        golds: Sequence[T],
        preds: Sequence[T],
        right: Callable[[T, T], bool],
        told: Callable[[T], tuple[str, int]],
        places: Callable[[T], Iterable[Place]] | None = None,
    ) -> list[Row]:
        """The rows of items of which as many as can be are paired one to one; `told` gives type and start of one.

        `places` are those by one of which alone items can be a pair, as for `matched`.
        """
        pairs = self.matched(golds, preds, lambda gold, pred: (1, 0) if right(gold, pred) else None, places)
        return counted(self.units(golds, told), self.units(preds, told), pairs)

    def units(self, items: Sequence[T], told: Callable[[T], tuple[str, int]]) -> list[tuple[str, tuple[str, int]]]:
        """Type and sentence of each item."""
        return [(kind, self.sentences.unit(start)) for kind, start in map(told, items)]

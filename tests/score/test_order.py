"""The order of what is put in never matters: not of records, nor of what they hold."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cte_corpus.score.coded import Coding, Event, Sanction
from cte_corpus.score.pair import Pair
from cte_corpus.score.scoring import LAYERS, tallied
from tests.score.making import SENTENCES, event, mentions, pair, sanction

ENTITIES = ("org:a", "org:b", "person:c", "gpe:d")
PLACES = ("0-5", "6-9", "10-12", "13-15", "21-25", "22-24")


class Made:
    """Codings drawn from few values, so that most of what they hold is there twice, or nearly."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def some(self, form: str, *choices: tuple[str, ...], most: int = 3, between: str = " ") -> str:
        return between.join(
            form.format(*map(self.chance.choice, choices)) for _ in range(self.chance.randrange(most + 1))
        )

    def event(self) -> Event:
        return event(
            self.chance.choice(PLACES[:2]),
            self.chance.choice(("dipl.meeting", "attack.armed")),
            args=" ".join(
                filter(None, (self.some("{}={}", ROLES, ENTITIES, most=1), self.some("{}={}@{},{}", *SHOWN)))
            ),
            dates=self.some("{}={}@{}", ("when", "as-of"), ("2022", "2022-05", "2021"), PLACES),
            figures=self.some("{} {} 40 inf {}", ("killed", "money"), ("ge", "gt"), PLACES, between=","),
            says=self.some("{}={}", ENTITIES, ("claims", "denies")),
            at=self.some("site={}@{}", ENTITIES, PLACES),
            is_=self.chance.choice(("occurred positive specific", "alleged positive generic")),
        )

    def sanction(self) -> Sanction:
        return sanction(
            self.chance.choice(ENTITIES),
            by=self.chance.choice(ENTITIES),
            codes=self.some("measures={}", ("asset-freeze", "travel-ban"), most=2),
            listed=self.some("listed={}@{}", ("2022", "2021"), PLACES, most=1),
            told=self.some("{}", ("0-20", "20-40", "40-60")),
        )

    def coding(self) -> Coding:
        number = self.chance.randrange
        return Coding(
            "harbour",
            "text",
            SENTENCES,
            mentions(self.some("{}:{}", PLACES, ENTITIES, most=7)),
            tuple(self.event() for _ in range(number(5))),
            tuple(self.sanction() for _ in range(number(4))),
        )

    def shuffled(self, value: Any) -> Any:
        """The same in another order, as deep as it goes; the fields of a record stay where they are."""
        if isinstance(value, Coding):
            return replace(
                value,
                mentions=self.shuffled(value.mentions),
                events=self.shuffled(value.events),
                sanctions=self.shuffled(value.sanctions),
            )
        if not isinstance(value, tuple):
            return value
        parts = [self.shuffled(one) for one in value]
        if hasattr(value, "_fields"):
            return type(value)(*parts)
        if all(isinstance(one, tuple) for one in parts):
            self.chance.shuffle(parts)
        return tuple(parts)


ROLES = ("host", "guest")
SHOWN = (ROLES, ENTITIES, PLACES, PLACES)


def scores(gold: Coding, pred: Coding, match: Any) -> object:
    """What all figures and intervals follow from."""
    return {name: sorted(one.rows) for name, one in tallied([Pair(gold, pred, match)], LAYERS).items()}


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), match=st.sampled_from(["exact", "overlap"]))
def test_order_never_matters(seed: int, match: str) -> None:
    made = Made(random.Random(seed))
    gold, pred = made.coding(), made.coding()
    assert scores(gold, pred, match) == scores(made.shuffled(gold), made.shuffled(pred), match)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), match=st.sampled_from(["exact", "overlap"]))
def test_which_side_is_gold_changes_no_f1(seed: int, match: Any) -> None:
    made = Made(random.Random(seed))
    one, other = made.coding(), made.coding()
    found, turned = (tallied([Pair(*sides, match)], LAYERS) for sides in ((one, other), (other, one)))
    for name in found:
        if name != "CEAF-REE" and not name.startswith("dates contained"):
            assert found[name].micro.f1 == pytest.approx(turned[name].micro.f1), name


@pytest.mark.long
@settings(max_examples=500, deadline=None)
@given(seed=st.integers(0, 2**32), match=st.sampled_from(["exact", "overlap"]))
def test_which_side_is_gold_changes_no_f1_at_length(seed: int, match: str) -> None:
    test_which_side_is_gold_changes_no_f1.hypothesis.inner_test(seed, match)  # type: ignore[attr-defined]


@pytest.mark.long
@settings(max_examples=500, deadline=None)
@given(seed=st.integers(0, 2**32), match=st.sampled_from(["exact", "overlap"]))
def test_order_never_matters_at_length(seed: int, match: str) -> None:
    test_order_never_matters.hypothesis.inner_test(seed, match)  # type: ignore[attr-defined]


def test_which_arguments_come_first_decides_no_tie() -> None:
    """Two events that are one to the matching, and of which only one has the predicted words."""
    golds = (
        event(args="host=org:a guest=org:b", dates="when=2022@0-5"),
        event(args="host=org:c guest=org:d", dates="when=2022@6-9"),
    )
    pred = (event(dates="when=2022@6-9"),)
    turned = (golds[0], golds[1]._replace(arguments=golds[1].arguments[::-1]))
    both = [scores(one.gold, one.pred, "exact") for one in (pair(golds, pred), pair(turned[::-1], pred))]
    assert both[0] == both[1]


def test_names_of_entities_decide_no_tie() -> None:
    """Two predicted entities share one mention each with the gold one: the first in the text is it."""
    for first, second in (("org:x", "org:y"), ("org:y", "org:x")):
        found = pair("0-5:org:a 6-9:org:a", f"6-9:{second} 0-5:{first}")
        assert found.entities[first] == "org:a"

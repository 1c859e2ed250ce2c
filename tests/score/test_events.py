"""Triggers, arguments, entities and attributes: cases by hand, twins and empty sides among them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cte_corpus.score import events
from cte_corpus.score.coded import Event
from tests.score.making import event, got, pair

MEET, STRIKE = "dipl.meeting", "attack.armed"

TRIGGERS = {
    "equal": ([event("0-5")], [event("0-5")], (1, 1)),
    "both empty": ([], [], (0, 0)),
    "nothing predicted": ([event()], [], (0, 0)),
    "nothing to find": ([], [event()], (0, 0)),
    "another type": ([event("0-5")], [event("0-5", STRIKE)], (1, 0)),
    "another span": ([event("0-5")], [event("1-5")], (0, 0)),
    "twins, both there": ([event(), event()], [event(), event()], (2, 2)),
    "twins, one predicted": ([event(), event()], [event()], (1, 1)),
    "twins predicted, one there": ([event()], [event(), event()], (1, 1)),
    "twins of two types, crossed": ([event(), event(kind=STRIKE)], [event(kind=STRIKE), event()], (2, 2)),
    "one of twins of another type": ([event(), event()], [event(), event(kind=STRIKE)], (2, 1)),
    "nowhere": ([event("0-5")], [event("?")], (0, 0)),
}


@pytest.mark.parametrize(("gold", "pred", "right"), TRIGGERS.values(), ids=TRIGGERS.keys())
def test_triggers_by_hand(gold: list[Event], pred: list[Event], right: tuple[int, int]) -> None:
    rows = events.triggers(pair(tuple(gold), tuple(pred)))
    assert [got(rows, name) for name in ("Tri-I", "Tri-C")] == [(len(gold), len(pred), one) for one in right]


def host(where: str, role: str = "host", trigger: str = "0-5", kind: str = MEET) -> Event:
    return event(trigger, kind, args=f"{role}=org:a@{where}")


ARGUMENTS = {
    # gold and predicted arguments with words; right: Arg-I, Arg-C, Arg-I+, Arg-C+
    "equal": ([host("7-9")], [host("7-9")], (1, 1), (1, 1, 1, 1)),
    "both empty": ([event()], [event()], (0, 0), (0, 0, 0, 0)),
    "nothing predicted": ([host("7-9")], [event()], (1, 0), (0, 0, 0, 0)),
    "nothing to find": ([], [host("7-9")], (0, 1), (0, 0, 0, 0)),
    "another role": ([host("7-9")], [host("7-9", "guest")], (1, 1), (1, 0, 1, 0)),
    "another trigger": ([host("7-9")], [host("7-9", trigger="1-5")], (1, 1), (1, 1, 0, 0)),
    "another type": ([host("7-9")], [host("7-9", kind=STRIKE)], (1, 1), (0, 0, 0, 0)),
    "another span": ([host("7-9")], [host("7-8")], (1, 1), (0, 0, 0, 0)),
    "one of several mentions": ([host("7-9,11-12")], [host("11-12")], (1, 1), (1, 1, 1, 1)),
    "no words show it": ([event(args="host=org:a")], [event(args="host=org:a")], (0, 0), (0, 0, 0, 0)),
    "twins, one predicted": ([host("7-9"), host("7-9")], [host("7-9")], (2, 1), (1, 1, 1, 1)),
    "role and trigger each of another": (
        [host("7-9"), host("7-9", "guest", "6-7")],
        [host("7-9", "guest"), host("7-9", "host", "6-7")],
        (2, 2),
        (2, 2, 2, 0),
    ),
}


@pytest.mark.parametrize(("gold", "pred", "counts", "right"), ARGUMENTS.values(), ids=ARGUMENTS.keys())
def test_arguments_by_hand(
    gold: list[Event], pred: list[Event], counts: tuple[int, int], right: tuple[int, ...]
) -> None:
    rows = events.arguments(pair(tuple(gold), tuple(pred)))
    assert [got(rows, name) for name in ("Arg-I", "Arg-C", "Arg-I+", "Arg-C+")] == [(*counts, one) for one in right]


SPOKEN = "10-12:org:a 20-22:org:a 30-32:org:b 40-42:gpe:c"
ENTITIES = {
    # mentions predicted, arguments of gold and predicted: right by CEAF-REE, by Ent-C+
    "equal": (SPOKEN, "host=org:a", "host=org:a", (1, 1)),
    "both empty": (SPOKEN, "", "", (0, 0)),
    "nothing predicted": (SPOKEN, "host=org:a", "", (0, 0)),
    "nothing to find": (SPOKEN, "", "host=org:a", (0, 0)),
    "by another name": ("10-12:x:1 20-22:x:1", "host=org:a", "host=x:1", (1, 1)),
    "a part of its mentions": ("20-22:x:1", "host=org:a", "host=x:1", (1, 1)),
    "with one mention too many": ("10-12:x:1 20-22:x:1 30-32:x:1", "host=org:a", "host=x:1", (0, 1)),
    "another entity": (SPOKEN, "host=org:a", "host=org:b", (0, 0)),
    "another role": (SPOKEN, "host=org:a", "guest=org:a", (0, 0)),
    "an empty one is none": ("30-32:x:2", "host=org:a", "host=x:1", (0, 0)),
    "no mention anywhere, the same id": (SPOKEN, "host=org:z", "host=org:z", (1, 1)),
    "no mention anywhere, another id": (SPOKEN, "host=org:z", "host=org:y", (0, 0)),
    "twice, found once": (SPOKEN, "host=org:a host=org:a", "host=org:a", (1, 1)),
    "two parts, one entity": ("10-12:x:1 20-22:x:2", "host=org:a", "host=x:1 host=x:2", (1, 1)),
}


@pytest.mark.parametrize(("heard", "gold", "pred", "right"), ENTITIES.values(), ids=ENTITIES.keys())
def test_entities_by_hand(heard: str, gold: str, pred: str, right: tuple[int, int]) -> None:
    rows = events.entity_arguments(pair((event(args=gold),), (event(args=pred),), spoken=SPOKEN, heard=heard))
    counts = len(gold.split()), len(pred.split())
    assert [got(rows, name) for name in ("CEAF-REE", "Ent-C+")] == [(*counts, one) for one in right]


def test_entities_of_another_trigger_are_right_for_ceaf_ree_alone() -> None:
    rows = events.entity_arguments(
        pair((event("0-5", args="host=org:a"),), (event("6-9", args="host=org:a"),), spoken=SPOKEN, heard=SPOKEN)
    )
    assert (got(rows, "CEAF-REE"), got(rows, "Ent-C+")) == ((1, 1, 1), (1, 1, 0))


SAID = "30-32:org:b"
ATTRIBUTES = {
    # right: status, polarity, genericity, attribution
    "equal": ([event(says="org:b=claims")], [event(says="org:b=claims")], (1, 1, 1, 1)),
    "both empty": ([], [], (0, 0, 0, 0)),
    "nothing predicted": ([event(says="org:b=claims")], [], (0, 0, 0, 0)),
    "nothing to find": ([], [event(says="org:b=claims")], (0, 0, 0, 0)),
    "another status": ([event()], [event(is_="alleged positive specific")], (0, 1, 1, 0)),
    "another polarity": ([event()], [event(is_="occurred negative specific")], (1, 0, 1, 0)),
    "another genericity": ([event()], [event(is_="occurred positive generic")], (1, 1, 0, 0)),
    "another act": ([event(says="org:b=claims")], [event(says="org:b=denies")], (1, 1, 1, 0)),
    "another speaker": ([event(says="org:b=claims")], [event(says="org:a=claims")], (1, 1, 1, 0)),
    "two say it, one found": ([event(says="org:b=claims org:a=claims")], [event(says="org:b=claims")], (1, 1, 1, 1)),
    "another type": ([event(says="org:b=claims")], [event(kind=STRIKE, says="org:b=claims")], (0, 0, 0, 0)),
    "twins in another order": (
        [event(is_="alleged positive specific", says="org:b=claims"), event()],
        [event(), event(is_="alleged positive specific", says="org:b=claims")],
        (2, 2, 2, 1),
    ),
}


@pytest.mark.parametrize(("gold", "pred", "right"), ATTRIBUTES.values(), ids=ATTRIBUTES.keys())
def test_attributes_by_hand(gold: list[Event], pred: list[Event], right: tuple[int, ...]) -> None:
    rows = events.attributes(pair(tuple(gold), tuple(pred), spoken=SAID, heard=SAID))
    said = tuple(sum(len(one.attributions) for one in side) for side in (gold, pred))
    counts = [(len(gold), len(pred))] * 3 + [said]
    assert [got(rows, name) for name in rows] == [(*count, one) for count, one in zip(counts, right, strict=True)]


SETS = st.sets(
    st.tuples(
        st.sampled_from(["0-5", "6-9"]),
        st.sampled_from([MEET, STRIKE]),
        st.sampled_from(["10-12", "13-15", "16-18"]),
        st.sampled_from(["host", "guest"]),
    ),
    max_size=8,
)


@settings(max_examples=30, deadline=None)
@given(SETS, SETS)
def test_as_textee_on_sets(gold: set[tuple[str, ...]], pred: set[tuple[str, ...]]) -> None:
    """TextEE counts sets of keys. Where its sets lose nothing, its figures are these."""
    keys = {"Arg-I": (1, 2), "Arg-C": (1, 2, 3), "Arg-I+": (0, 1, 2), "Arg-C+": (0, 1, 2, 3)}
    rows = events.arguments(pair(_of(gold), _of(pred)))
    for name, parts in keys.items():
        sides = [[tuple(one[part] for part in parts) for one in side] for side in (gold, pred)]
        if all(len(set(side)) == len(side) for side in sides):
            assert got(rows, name)[2] == len(set(sides[0]) & set(sides[1]))
    triggers = [{one[:2] for one in side} for side in (gold, pred)]
    assert got(events.triggers(pair(_of(gold), _of(pred))), "Tri-C")[2] == len(triggers[0] & triggers[1])


def _of(items: set[tuple[str, ...]]) -> tuple[Event, ...]:
    found: dict[tuple[str, str], list[str]] = {}
    for trigger, kind, where, role in items:
        found.setdefault((trigger, kind), []).append(f"{role}=org:a@{where}")
    return tuple(event(trigger, kind, args=" ".join(args)) for (trigger, kind), args in found.items())

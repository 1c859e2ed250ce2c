"""Mentions: spans by characters, one to one, twins counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate.evaluator import Evaluator

from cte_corpus.score import mentions
from cte_corpus.score.coded import Mention, Place
from cte_corpus.score.spans import same
from cte_corpus.score.tally import Tally
from tests.score.making import got, pair

Drawn = list[tuple[int, int, str]]

CASES = {
    "equal": ("0-5:person:a", "0-5:person:a", (1, 1, 1, 1)),
    "both empty": ("", "", (0, 0, 0, 0)),
    "nothing predicted": ("0-5:person:a", "", (0, 0, 0, 0)),
    "nothing to find": ("", "0-5:person:a", (0, 0, 0, 0)),
    "another class": ("0-5:person:a", "0-5:org:a", (1, 1, 1, 0)),
    "another entity of the class": ("0-5:person:a", "0-5:person:b", (1, 1, 1, 1)),
    "twins found once": ("0-5:person:a 0-5:person:b", "0-5:person:a", (1, 1, 1, 1)),
    "twins predicted, one there": ("0-5:person:a", "0-5:person:a 0-5:person:a", (1, 1, 1, 1)),
    "twins of two classes, crossed": ("0-5:person:a 0-5:org:b", "0-5:org:x 0-5:person:y", (2, 2, 2, 2)),
    "half of either": ("0-10:person:a", "0-5:person:a", (0, 1, 0, 0)),
    "less than half": ("0-10:person:a", "0-4:person:a", (0, 0, 0, 0)),
    "they touch and share nothing": ("0-5:person:a", "5-9:person:a", (0, 0, 0, 0)),
    "nested, each its own": ("0-9:org:a 0-5:person:b", "0-5:person:b 0-9:org:a", (2, 2, 2, 2)),
    "the nearer one may be taken": ("0-10:org:a 0-12:org:b", "0-12:org:a 0-15:org:b", (1, 2, 1, 1)),
    "nowhere is no place": ("0-5:person:a", "?:person:a ?:person:b", (0, 0, 0, 0)),
}


@pytest.mark.parametrize(("gold", "pred", "right"), CASES.values(), ids=CASES.keys())
def test_by_hand(gold: str, pred: str, right: tuple[int, ...]) -> None:
    rows = mentions.rows(pair(gold, pred))
    names = ("mentions, exact", "mentions, overlap", "mentions, proclitics", "mentions, span and type")
    assert [got(rows, name) for name in names] == [(len(gold.split()), len(pred.split()), one) for one in right]


@pytest.mark.parametrize(
    ("gold", "pred", "is_same"),
    [
        ("المرفأ", "مرفأ", True),
        ("وبالمرفأ", "مرفأ", True),
        ("وبالمرفأ", "المرفأ", True),
        ("للمرفأ", "مرفأ", True),
        ("مرفأ", "فالمرفأ", True),
        ("سيلتقي", "يلتقي", True),
        ("كمرفأ", "مرفأ", True),
        ("وَالمرفأ", "مرفأ", True),
        ("بِـالمرفأ", "المرفأ", True),
        ("المرفأ", "المرف", False),
        ("أنالمرفأ", "مرفأ", False),
        ("في المرفأ", "المرفأ", False),
        ("the port", "port", False),
        ("وو مرفأ", "مرفأ", False),
    ],
)
def test_proclitics_are_a_closed_list(gold: str, pred: str, is_same: bool) -> None:
    one, other = Place(50 - len(gold), 50, gold), Place(50 - len(pred), 50, pred)
    assert same(one, other, "proclitics") == same(other, one, "proclitics") == is_same
    assert not same(one, other, "exact")


def test_a_proclitic_is_only_what_is_before_the_same_end() -> None:
    assert not same(Place(0, 6, "المرفأ"), Place(2, 7, "مرفأه"), "proclitics")


CLASSES = ("person", "org", "gpe")
SPANS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4), st.sampled_from(CLASSES)), max_size=6)


@settings(max_examples=15, deadline=None)
@given(SPANS, SPANS, st.data())
def test_equal_to_nervaluate_where_it_is_right(gold: Drawn, pred: Drawn, data: st.DataObject) -> None:
    """It takes the end of a span as inside, and is not meant for spans that overlap within a side."""
    if data.draw(st.booleans()):  # else few would be right
        pred = [(gap, size, data.draw(st.sampled_from(CLASSES))) for gap, size, _ in gold]
    both = pair(_apart(gold), _apart(pred))
    sides = [[[_inclusive(one) for one in side.mentions]] for side in (both.gold, both.pred)]
    theirs = Evaluator(*sides, tags=list(CLASSES), loader="dict").evaluate()
    rows = mentions.rows(both)
    for name, key in (("mentions, exact", "exact"), ("mentions, span and type", "strict")):
        overall = theirs["overall"][key]
        assert got(rows, name) == (overall.possible, overall.actual, overall.correct)
        if key == "strict":
            for kind, one in Tally(rows[name]).types.items():
                assert one.right == theirs["entities"][kind][key].correct


def _apart(drawn: Drawn) -> str:
    """Gaps, sizes and classes as mentions that do not overlap."""
    found, end = [], 0
    for gap, size, kind in drawn:
        start, end = end + gap, end + gap + size
        found.append(f"{start}-{end}:{kind}:{start}")
    return " ".join(found)


def _inclusive(one: Mention) -> dict[str, object]:
    return {"label": one.type, "start": one.place.start, "end": one.place.end - 1}

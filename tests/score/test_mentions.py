"""Mentions: spans by characters, one to one, twins counted."""

import pytest
from nervaluate.evaluator import Evaluator

from cte_corpus.score import mentions
from cte_corpus.score.coded import Mention, Place
from cte_corpus.score.spans import same
from tests.score.making import got, pair

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


def test_equal_to_nervaluate_where_it_is_right() -> None:
    """It takes the end of a span as inside, and is not meant for spans that overlap within a side."""
    gold = "0-5:person:a 6-12:org:b 13-20:gpe:c 21-25:person:a 30-40:org:d 41-44:gpe:e"
    pred = "0-5:person:a 6-12:gpe:b 14-20:gpe:c 26-29:person:a 30-40:org:d 41-43:org:e"
    both = pair(gold, pred)
    sides = [[[_inclusive(one) for one in side.mentions]] for side in (both.gold, both.pred)]
    found = Evaluator(*sides, tags=["person", "org", "gpe"], loader="dict").evaluate()["overall"]
    rows = mentions.rows(both)
    assert got(rows, "mentions, exact")[2] == found["exact"].correct == 3
    assert got(rows, "mentions, span and type")[2] == found["strict"].correct == 2


def _inclusive(one: Mention) -> dict[str, object]:
    return {"label": one.type, "start": one.place.start, "end": one.place.end - 1}

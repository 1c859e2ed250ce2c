"""Coreference: sums computed by hand, as (right, of how much) of gold and of what was predicted."""

from fractions import Fraction

import pytest

from cte_corpus.score import coreference
from cte_corpus.score.coreference import MEASURES, Cluster
from tests.score.making import pair, summed

Sums = tuple[str, str]

CASES: dict[tuple[str, str], tuple[Sums, Sums, Sums, Sums]] = {
    # gold, predicted: MUC, B³, CEAFe, LEA, each recall and precision
    ("ab", "ab"): (("1 1", "1 1"), ("2 2", "2 2"), ("1 1", "1 1"), ("2 2", "2 2")),
    ("ab", "a b"): (("0 1", "0 0"), ("1 2", "2 2"), ("2/3 1", "2/3 2"), ("0 2", "0 2")),
    ("abc", "ab c"): (("1 2", "1 1"), ("5/3 3", "3 3"), ("4/5 1", "4/5 2"), ("1 3", "2 3")),
    ("ab cd", "abcd"): (("2 2", "2 3"), ("4 4", "2 4"), ("2/3 2", "2/3 1"), ("4 4", "4/3 4")),
    ("a", "a"): (("0 0", "0 0"), ("1 1", "1 1"), ("1 1", "1 1"), ("1 1", "1 1")),
    ("", "ab"): (("0 0", "0 1"), ("0 0", "0 2"), ("0 0", "0 1"), ("0 0", "0 2")),
    ("ab", ""): (("0 1", "0 0"), ("0 2", "0 0"), ("0 1", "0 0"), ("0 2", "0 0")),
    ("", ""): (("0 0", "0 0"), ("0 0", "0 0"), ("0 0", "0 0"), ("0 0", "0 0")),
    ("abc de", "abd ce"): (("1 3", "1 3"), ("8/3 5", "8/3 5"), ("7/6 2", "7/6 2"), ("1 5", "1 5")),
    ("abc", "abx"): (("1 2", "1 2"), ("4/3 3", "4/3 3"), ("2/3 1", "2/3 1"), ("1 3", "1 3")),
    ("ab c", "ab"): (("1 1", "1 1"), ("2 3", "2 2"), ("1 2", "1 1"), ("2 3", "2 2")),
    ("ab", "cd"): (("0 1", "0 1"), ("0 2", "0 2"), ("0 1", "0 1"), ("0 2", "0 2")),
}


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize(("gold", "pred"), CASES)
def test_by_hand(gold: str, pred: str, name: str) -> None:
    expected = CASES[gold, pred][list(MEASURES).index(name)]
    found = MEASURES[name](_clusters(gold), _clusters(pred))
    for side, sums in zip(found, expected, strict=True):
        right, whole = (Fraction(one) for one in sums.split())
        assert sum(one for one, _ in side) == pytest.approx(float(right))
        assert sum(one for _, one in side) == float(whole)


def _clusters(words: str) -> list[Cluster]:
    return [frozenset((letter, 0) for letter in word) for word in words.split()]


def test_singletons_can_be_left_out() -> None:
    rows = coreference.rows(pair("0-1:org:a 2-3:org:a 4-5:org:b", "0-1:org:x 2-3:org:x 4-5:org:x"))
    assert summed(rows["B³"]).gold == 3
    found = summed(rows["B³, no singletons"])
    assert (found.pred, found.right) == (3, 2)
    assert found.precision == pytest.approx(4 / 9)
    assert summed(rows["MUC"])[:2] == (0.5, 1)


def test_names_of_entities_do_not_matter_and_twins_go_with_theirs() -> None:
    gold = "0-1:org:a 2-3:org:a 0-1:gpe:b 6-7:gpe:b"
    for pred in (gold, "0-1:gpe:z 6-7:gpe:z 0-1:org:y 2-3:org:y", "0-1:x:a 6-7:x:a 0-1:w:b 2-3:w:b"):
        rows = coreference.rows(pair(gold, pred))
        assert {name: summed(found).f1 for name, found in rows.items()} == dict.fromkeys(rows, 1)


def test_what_is_nowhere_is_a_mention_that_is_wrong() -> None:
    found = summed(coreference.rows(pair("0-1:org:a 2-3:org:a", "0-1:org:a 2-3:org:a ?:org:a"))["B³"])
    assert (found.pred, found.right) == (3, 2)
    assert found.precision == pytest.approx(4 / 9)


def test_identical_clusters_are_all_of_ceaf_e() -> None:
    gold = " ".join(f"{2 * n}-{2 * n + 1}:org:{n % 7}" for n in range(40))
    assert summed(coreference.rows(pair(gold, gold))["CEAFe"]).f1 == pytest.approx(1)

"""Coreference: sums computed by hand, as (right, of how much) of gold and of what was predicted."""

from fractions import Fraction

import pytest

from cte_corpus.score import coreference
from cte_corpus.score.coreference import MEASURES
from cte_corpus.score.tally import Figures
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
    ("abc", "ab"): (("1 2", "1 1"), ("4/3 3", "2 2"), ("4/5 1", "4/5 1"), ("1 3", "2 2")),
    # a letter that stands twice is two mentions in one place
    ("ab ac", "ab ac"): (("2 2", "2 2"), ("4 4", "4 4"), ("2 2", "2 2"), ("4 4", "4 4")),
    ("ab ac", "ab"): (("1 2", "1 1"), ("2 4", "2 2"), ("1 2", "1 1"), ("2 4", "2 2")),
    ("ab", "ab ab"): (("1 1", "1 2"), ("2 2", "2 4"), ("1 1", "1 2"), ("2 2", "2 4")),
    ("aa", "a"): (("0 1", "0 0"), ("1/2 2", "1 1"), ("2/3 1", "2/3 1"), ("0 2", "0 1")),
}

KEPT: dict[tuple[str, str], tuple[Sums, Sums, Sums, Sums]] = {
    ("aa", ""): (("0 1", "0 0"), ("0 2", "0 0"), ("0 1", "0 0"), ("0 2", "0 0")),
}
"""What is left of a case without the clusters of one mention, where that is no case itself."""

CALCULATED = {
    # drawn by chance; recall and precision as corefud-scorer (ufal/corefud-scorer, 4fd7b0e) has them, in percent
    ("bj dei gh k l", "a bc eg hik j"): ((0, 0), (40.74, 38.89), (33.33, 33.33), (0, 0)),
    ("ac bei dfgk h j", "ah b d efij k"): ((16.67, 25), (44.7, 61.11), (39.33, 39.33), (9.09, 7.41)),
    ("ad bc g k", "ak bc dg f il"): ((50, 25), (83.33, 44.44), (58.33, 46.67), (33.33, 22.22)),
    ("abij ch dgl fk", "bj cfghl ik"): ((42.86, 50), (50.76, 53.33), (43.45, 57.94), (33.33, 33.33)),
    ("abi cf el gj h", "be ghi j k"): ((0, 0), (31.67, 42.86), (33.33, 41.67), (0, 0)),
    ("al ci e f", "ahij c f k"): ((0, 0), (41.67, 35.71), (50, 50), (16.67, 14.29)),
    ("afk bc hij", "a ce fghil jk"): ((20, 16.67), (39.58, 35), (50, 37.5), (12.5, 5)),
    ("ai b de l", "adfi be cj"): ((50, 20), (66.67, 28.12), (33.33, 44.44), (33.33, 8.33)),
}


@pytest.mark.parametrize(("gold", "pred"), CASES)
def test_by_hand(gold: str, pred: str) -> None:
    rows = coreference.rows(pair(_spoken(gold), _spoken(pred)))
    for name, sums in zip(MEASURES, CASES[gold, pred], strict=True):
        _holds(summed(rows[name]), sums)


@pytest.mark.parametrize(("gold", "pred"), CASES)
def test_without_clusters_of_one_mention_by_hand(gold: str, pred: str) -> None:
    rows = coreference.rows(pair(_spoken(gold), _spoken(pred)))
    kept = tuple(" ".join(word for word in side.split() if len(word) > 1) for side in (gold, pred))
    for name, sums in zip(MEASURES, (CASES | KEPT)[kept[0], kept[1]], strict=True):
        _holds(summed(rows[f"{name}, no singletons"]), sums)


def _holds(found: Figures, sums: Sums) -> None:
    (right, gold), (also, pred) = (map(Fraction, side.split()) for side in sums)
    assert (found.gold, found.pred) == (float(gold), float(pred))
    assert found.recall == (pytest.approx(float(right / gold)) if gold else None)
    assert found.precision == (pytest.approx(float(also / pred)) if pred else None)


def _spoken(words: str) -> str:
    """Words as entities and letters as mentions, each at the place of its letter."""
    return " ".join(
        f"{ord(letter)}-{ord(letter) + 1}:org:{number}" for number, word in enumerate(words.split()) for letter in word
    )


@pytest.mark.parametrize(("gold", "pred"), CALCULATED)
def test_equal_to_corefud_scorer(gold: str, pred: str) -> None:
    rows = coreference.rows(pair(_spoken(gold), _spoken(pred)))
    for name, shares in zip(MEASURES, CALCULATED[gold, pred], strict=True):
        found = summed(rows[name])
        assert (found.recall or 0, found.precision or 0) == pytest.approx([one / 100 for one in shares], abs=5e-5)


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

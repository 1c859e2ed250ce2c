"""Values with their evidence: dates by EDTF bounds, figures, roles, sanctions."""

import pytest

from cte_corpus.score import values
from cte_corpus.score.coded import Event, Sanction
from tests.score.making import event, got, pair, sanction

SPOKEN = "10-12:org:a 20-22:org:b 0-9:person:ina 22-24:org:board"

DATES = {
    # gold, predicted: right by equal, contained, overlapping; by evidence; both with equal, contained, overlapping
    "equal": ("when=2022-05-11@0-5", "when=2022-05-11@0-5", (1, 1, 1), 1, (1, 1, 1)),
    "both empty": ("", "", (0, 0, 0), 0, (0, 0, 0)),
    "nothing predicted": ("when=2022@0-5", "", (0, 0, 0), 0, (0, 0, 0)),
    "nothing to find": ("", "when=2022@0-5", (0, 0, 0), 0, (0, 0, 0)),
    "written otherwise": ("when=2022-05@0-5", "when=2022-05-01/2022-05-31@0-5", (1, 1, 1), 1, (1, 1, 1)),
    "more precise": ("when=2022-05@0-5", "when=2022-05-11@0-5", (0, 1, 1), 1, (0, 1, 1)),
    "less precise": ("when=2022-05-11@0-5", "when=2022-05@0-5", (0, 0, 1), 1, (0, 0, 1)),
    "they overlap": ("when=2021/2022@0-5", "when=2022/2023@0-5", (0, 0, 1), 1, (0, 0, 1)),
    "apart": ("when=2021@0-5", "when=2022@0-5", (0, 0, 0), 1, (0, 0, 0)),
    "an open end": ("when=2014/..@0-5", "when=2020@0-5", (0, 1, 1), 1, (0, 1, 1)),
    "both open ends": ("when=2014/..@0-5", "when=../2014@0-5", (0, 0, 1), 1, (0, 0, 1)),
    "another role": ("when=2022@0-5", "as-of=2022@0-5", (0, 0, 0), 1, (0, 0, 0)),
    "other words": ("when=2022@0-5", "when=2022@6-9", (1, 1, 1), 0, (0, 0, 0)),
    "no words, both": ("when=2022", "when=2022", (1, 1, 1), 1, (1, 1, 1)),
    "no words, one": ("when=2022", "when=2022@0-5", (1, 1, 1), 0, (0, 0, 0)),
    "no days to compare": ("when=-0043@0-5", "when=2022@0-5", (0, 0, 0), 1, (0, 0, 0)),
    "twins": ("when=2022@0-5 when=2022@0-5", "when=2022@0-5", (1, 1, 1), 1, (1, 1, 1)),
    "value and words of two": ("when=2021@0-5 when=2022@6-9", "when=2021@6-9", (1, 1, 1), 1, (0, 0, 0)),
}


@pytest.mark.parametrize(("gold", "pred", "value", "evidence", "both"), DATES.values(), ids=DATES.keys())
def test_dates_by_hand(gold: str, pred: str, value: tuple[int, ...], evidence: int, both: tuple[int, ...]) -> None:
    rows = values.rows(pair((event(dates=gold),), (event(dates=pred),)))
    counts = len(gold.split()), len(pred.split())
    ways = ("equal", "contained", "overlapping")
    assert [got(rows, f"dates {way}: value") for way in ways] == [(*counts, one) for one in value]
    assert got(rows, "dates: evidence") == (*counts, evidence)
    assert [got(rows, f"dates {way}: both") for way in ways] == [(*counts, one) for one in both]


FIGURES = {
    # right by bounds, by bounds and comparator, by evidence; both with bounds, with comparator
    "equal": ("killed ge 40 inf 0-5", "killed ge 40 inf 0-5", (1, 1, 1, 1, 1)),
    "both empty": ("", "", (0, 0, 0, 0, 0)),
    "nothing predicted": ("killed eq 4 4 0-5", "", (0, 0, 0, 0, 0)),
    "nothing to find": ("", "killed eq 4 4 0-5", (0, 0, 0, 0, 0)),
    "another comparator": ("killed ge 40 inf 0-5", "killed gt 40 inf 0-5", (1, 0, 1, 1, 0)),
    "another bound": ("killed ge 40 inf 0-5", "killed ge 41 inf 0-5", (0, 0, 1, 0, 0)),
    "the other way": ("killed ge 40 inf 0-5", "killed le -inf 40 0-5", (0, 0, 1, 0, 0)),
    "another measure": ("killed eq 4 4 0-5", "money eq 4 4 0-5", (0, 0, 1, 0, 0)),
    "other words": ("killed eq 4 4 0-5", "killed eq 4 4 6-9", (1, 1, 0, 0, 0)),
    "some, without a number": ("killed some -inf inf 0-5", "killed some -inf inf 0-5", (1, 1, 1, 1, 1)),
    "twins": ("killed eq 4 4 0-5,killed eq 4 4 0-5", "killed eq 4 4 0-5", (1, 1, 1, 1, 1)),
    "two crossed": (
        "killed eq 4 4 0-5,killed eq 5 5 6-9",
        "killed eq 5 5 0-5,killed eq 4 4 6-9",
        (2, 2, 2, 0, 0),
    ),
}


@pytest.mark.parametrize(("gold", "pred", "right"), FIGURES.values(), ids=FIGURES.keys())
def test_figures_by_hand(gold: str, pred: str, right: tuple[int, ...]) -> None:
    rows = values.rows(pair((event(figures=gold),), (event(figures=pred),)))
    names = ("bounds: value", "comparator: value", ": evidence", "bounds: both", "comparator: both")
    counts = tuple(len([one for one in side.split(",") if one]) for side in (gold, pred))
    found = [got(rows, f"figures {name}".replace(" :", ":")) for name in names]
    assert found == [(*counts, one) for one in right]


ROLES = {
    # right by value, evidence, both
    "equal": ("host=org:a@10-12", "host=org:a@10-12", (1, 1, 1)),
    "both empty": ("", "", (0, 0, 0)),
    "nothing predicted": ("host=org:a@10-12", "", (0, 0, 0)),
    "nothing to find": ("", "host=org:a@10-12", (0, 0, 0)),
    "another filler": ("host=org:a@10-12", "host=org:b@10-12", (0, 1, 0)),
    "other words": ("host=org:a@10-12", "host=org:a@14-16", (1, 0, 0)),
    "another role": ("host=org:a@10-12", "guest=org:a@10-12", (0, 1, 0)),
    "no words, both": ("host=org:a", "host=org:a", (1, 1, 1)),
    "no words, one": ("host=org:a@10-12", "host=org:a", (1, 0, 0)),
    "twins": ("host=org:a@10-12 host=org:a@10-12", "host=org:a@10-12", (1, 1, 1)),
    "two crossed": ("host=org:a@10-12 host=org:b@20-22", "host=org:b@10-12 host=org:a@20-22", (2, 2, 0)),
}


@pytest.mark.parametrize("part", ["roles", "places"])
@pytest.mark.parametrize(("gold", "pred", "right"), ROLES.values(), ids=ROLES.keys())
def test_roles_and_places_by_hand(gold: str, pred: str, right: tuple[int, ...], part: str) -> None:
    golds, preds = (event(args=side) if part == "roles" else event(at=side) for side in (gold, pred))
    rows = values.rows(pair((golds,), (preds,), spoken=SPOKEN, heard=SPOKEN))
    counts = len(gold.split()), len(pred.split())
    names = (f"{part}: value", f"{part}: evidence", f"{part}: both")
    assert [got(rows, name) for name in names] == [(*counts, one) for one in right]


INA = "person:ina"
FREEZE = "measures=asset-freeze"
SANCTIONS = {
    # statements of gold and predicted (target and authority are two); right by value, evidence, both
    "equal": ([sanction(INA)], [sanction(INA)], (2, 2), (2, 2, 2)),
    "both empty": ([], [], (0, 0), (0, 0, 0)),
    "nothing predicted": ([sanction(INA)], [], (2, 0), (0, 0, 0)),
    "nothing to find": ([], [sanction(INA)], (0, 2), (0, 0, 0)),
    "another target": ([sanction(INA)], [sanction("org:a")], (2, 2), (0, 0, 0)),
    "another authority": ([sanction(INA)], [sanction(INA, by="org:a")], (2, 2), (1, 2, 1)),
    "a measure missed": ([sanction(INA, codes=FREEZE)], [sanction(INA)], (3, 2), (2, 2, 2)),
    "other sentences": ([sanction(INA)], [sanction(INA, told="40-60")], (2, 2), (2, 0, 0)),
    "half of the sentences": ([sanction(INA, told="0-20 20-40")], [sanction(INA)], (2, 2), (2, 2, 2)),
    "padded sentences": ([sanction(INA)], [sanction(INA, told="0-20 20-40 40-60")], (2, 2), (2, 0, 0)),
    "another day": (
        [sanction(INA, listed="listed=2022-05-09@3-8")],
        [sanction(INA, listed="listed=2022-05-10@3-8")],
        (3, 3),
        (2, 3, 2),
    ),
    "the day elsewhere": (
        [sanction(INA, listed="listed=2022-05-09@3-8")],
        [sanction(INA, listed="listed=2022-05-09@9-12")],
        (3, 3),
        (3, 2, 2),
    ),
    "twins": ([sanction(INA), sanction(INA)], [sanction(INA)], (4, 2), (2, 2, 2)),
    "twins, each the nearer": (
        [sanction(INA), sanction(INA, by="org:a")],
        [sanction(INA, by="org:a"), sanction(INA)],
        (4, 4),
        (4, 4, 4),
    ),
}


@pytest.mark.parametrize(("gold", "pred", "counts", "right"), SANCTIONS.values(), ids=SANCTIONS.keys())
def test_sanctions_by_hand(
    gold: list[Sanction], pred: list[Sanction], counts: tuple[int, int], right: tuple[int, ...]
) -> None:
    rows = values.sanctions(pair(spoken=SPOKEN, heard=SPOKEN, listed=tuple(gold), guessed=tuple(pred)))
    names = ("sanctions: value", "sanctions: evidence", "sanctions: both")
    assert [got(rows, name) for name in names] == [(*counts, one) for one in right]


@pytest.mark.parametrize(
    "other", [event("6-9", dates="when=2022@0-5"), event("0-5", "attack.armed", dates="when=2022@0-5")]
)
def test_values_of_another_event_are_missed_and_wrong(other: Event) -> None:
    rows = values.rows(pair((event("0-5", dates="when=2022@0-5"),), (other,)))
    assert got(rows, "dates equal: both") == (1, 1, 0)

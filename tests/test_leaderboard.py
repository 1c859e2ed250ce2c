"""The leaderboard: every row is well-formed, scores what it says and stands in the docs; the baselines can be made."""

import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import cte_corpus as cte
from cte_corpus.errors import CteError
from tests.conftest import ROOT

TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"
TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"


def _benchmark(name: str) -> ModuleType:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        return import_module(name)
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="module")
def board() -> ModuleType:
    return _benchmark("leaderboard")


def test_the_rows_are_well_formed_and_stand_in_the_docs(board: ModuleType) -> None:
    rows = board.read()
    assert list(board.malformed(rows)) == []
    page = board.PAGE.read_text(encoding="utf-8")
    shown = page.partition(board.BEGIN)[2].partition(board.END)[0]
    assert shown == board.table(rows), "run: python benchmarks/leaderboard.py --write"


@pytest.mark.long
def test_every_row_scores_what_it_says(board: ModuleType) -> None:
    assert list(board.outdated(board.read())) == []


LINE = {"document": "harbour-talks", "layer": "mentions", "entity": "org:a", "span": {"start": 1, "end": 2}}
ROW = {
    "system": "tide", "about": "a tagger", "who": "Ina Torvald", "date": "2026-11-27", "predictions": "tide.jsonl",
    "part": "test",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        ([ROW], LINE, ""),
        ([{**ROW, "part": "dev"}, ROW], LINE, ""),
        ([{**ROW, "who": " "}], LINE, "tide on test: it lacks who"),
        ([{"system": "tide"}], LINE, "tide on None: it lacks about, who, date, predictions, part"),
        ([ROW, ROW], LINE, "tide on test: it is there twice"),
        ([{**ROW, "part": "half"}], LINE, "tide on half: part is one of all, train, dev, test"),
        ([{**ROW, "date": "27 November"}], LINE, "date is written as 2026-11-27"),
        ([{**ROW, "predictions": "wave.jsonl"}], LINE, "there is no file wave.jsonl in predictions/"),
        ([{**ROW, "predictions": "../row.json"}], LINE, "there is no file ../row.json in predictions/"),
        ([ROW], {**LINE, "quote": "the talks began"}, "tide.jsonl:1: 'the talks began' is no code"),
        ([ROW], {**LINE, "about": ["a" * 90]}, "tide.jsonl:1: 'aaaaaaaaaaaaaaaaaaaa' is no code"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(
    board: ModuleType, tmp_path: Path, rows: list[Any], line: dict[str, Any], message: str
) -> None:
    predictions = tmp_path / "predictions"
    predictions.mkdir()
    (predictions / "tide.jsonl").write_text(f"{json.dumps(line)}\n")
    found = list(board.malformed(rows, predictions))
    assert len(found) == bool(message)
    assert message in "".join(found)


def test_a_row_that_scores_otherwise_is_named(
    board: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "PREDICTIONS", tmp_path)
    monkeypatch.setattr(board, "GOLD", TIDEWATER)
    (tmp_path / "tide.jsonl").write_text(f"{json.dumps(LINE)}\n")
    row = board.scored({**ROW, "part": "train"})
    assert list(board.outdated([row])) == []
    better = {**row, "scores": {**row["scores"], "LEA": [0.9, 0.8, 1.0]}}
    assert "LEA is said to be [0.9, 0.8, 1.0], and is [0.0, 0.0, 0.0]; if the pre" in "".join(board.outdated([better]))
    older = {**row, "signature": row["signature"].replace("gold:", "gold:0")}
    assert "it was scored as cte-score:1|gold:0" in "".join(board.outdated([older]))


@pytest.mark.parametrize("text", ["[]", "{}", "{", '{"rows": 1}'])
def test_a_file_that_is_no_leaderboard_is_named(board: ModuleType, tmp_path: Path, text: str) -> None:
    (tmp_path / "board.json").write_text(text)
    with pytest.raises(CteError, match="this is no leaderboard"):
        board.read(tmp_path / "board.json")


def test_the_baselines_predict_what_can_be_scored(tmp_path: Path) -> None:
    baselines = _benchmark("baselines")
    names = baselines.predictions(TIDEWATER, TEXTS)["names"]
    raw = next(one for one in cte.Corpus(TIDEWATER).raw_documents if one["document"]["id"] == "harbour-talks")
    text = baselines.Text(raw, (TEXTS / "harbour-talks.txt").read_text(encoding="utf-8"))
    known = baselines.Known([text])
    events = known.events(text, known.triggers(text.text), [one for one in names if one["document"] == "harbour-talks"])
    (tmp_path / "all.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in [*names, *events]))
    scores = cte.score(TIDEWATER, tmp_path / "all.jsonl", document="harbour-talks")
    for name, least in (("mentions, exact", 0.6), ("LEA", 0.5), ("Tri-C", 0.9), ("status", 0.8), ("Ent-C+", 0.3)):
        assert (scores[name].micro.f1 or 0) > least, name
    with pytest.raises(CteError, match="no document to train on"):
        baselines.Known([])

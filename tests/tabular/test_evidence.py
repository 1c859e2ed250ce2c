"""From the rows of a result back to sentences and spans."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner

import cte_corpus as cte
from cte_corpus.cli import cte as group
from tests.conftest import ROOT

TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"
EVENT = "harbour-talks:e06"


def found(rows: Any, tidewater: Path, **options: Any) -> list[dict[str, Any]]:
    rows = cte.evidence(rows, tidewater, **options).to_pylist()
    assert isinstance(rows, list)
    return rows


def test_an_event_leads_to_its_sentence_its_words_and_who_says_it(tidewater: Path) -> None:
    (row,) = found([{"n": 1, "event_id": EVENT}], tidewater)
    assert (row["row"], row["column"], row["id"], row["kind"]) == (0, "event_id", EVENT, "event")
    assert (row["status"], row["said_by"]) == ("alleged", ["Ina Torvald"])
    assert (row["sentence"], row["start"], row["end"]) == ("harbour-talks:s02.3", 323, 454)
    spans = {span["pointer"]: span["text"] for span in row["spans"]}
    assert spans["/trigger"] == "moved"
    assert spans["/quantities/0/span"] == "at least 2 million dollars"
    assert spans["/arguments/0/mentions/0"] == "the group"
    starts = [span["start"] for span in row["spans"]]
    assert starts == sorted(starts)
    assert row["text"] is row["text_status"] is None


def test_every_span_of_every_record_is_that_of_the_text(tidewater: Path) -> None:
    corpus = cte.Corpus(tidewater)
    ids = [{"id": key} for kind in ("events", "sanctions", "mentions", "sentences") for key in getattr(corpus, kind)]
    rows = found(ids, tidewater, text=TEXTS)
    assert {row["id"] for row in rows} == {row["id"] for row in ids}
    attached = corpus.attach(TEXTS)
    for row in rows:
        text = attached[row["document"]].text
        for span in row["spans"]:
            assert text[span["start"] : span["end"]] == span["text"]
        if row["sentence"]:
            assert (row["text"], row["text_status"]) == (text[row["start"] : row["end"]], "exact")
            assert all(row["start"] <= span["start"] and span["end"] <= row["end"] for span in row["spans"])
    for event in corpus.events.values():
        assert set(event.evidence) <= {row["sentence"] for row in rows if row["id"] == event.id}


def test_a_heading_has_no_sentence_and_is_there_all_the_same(tidewater: Path) -> None:
    corpus = cte.Corpus(tidewater)
    headings = [row for row in cte.tables(corpus)["mentions"].to_pylist() if row["derived_sentence"] is None]
    for mention in headings:
        (row,) = found([mention], tidewater)
        assert (row["sentence"], row["start"], row["section"]) == (None, None, mention["derived_section"])
    assert found([{"id": "harbour-talks:x01"}], tidewater)[0]["kind"] == "sanction"


def test_ids_are_found_in_lists_and_nested_values_once_a_row(tidewater: Path) -> None:
    for value in ([EVENT, EVENT], {"events": [{"event": EVENT}]}, (EVENT,)):
        assert [row["id"] for row in found([{"a": value, "b": EVENT}], tidewater)] == [EVENT]
    rows = found([{"a": "x"}, {"a": EVENT}, {"a": None}, {"a": EVENT}], tidewater)
    assert [row["row"] for row in rows] == [1, 3]


def test_any_result_will_do(tidewater: Path) -> None:
    query = "select list(id) as ids, type from events where status = 'alleged' group by type order by type"
    with cte.connect(tidewater) as database:
        expected = found(database.execute(query), tidewater)
        assert len(expected) > 1
        table = pa.Table.from_pylist(database.sql(query).df().to_dict("records"))
        for rows in (database.sql(query), table, database.sql(query).df(), database.sql(query).pl()):
            assert found(rows, tidewater) == expected
    alleged = cte.load_dataset("events", tidewater).filter(lambda row: row["status"] == "alleged")
    assert {row["id"] for row in found(alleged.select_columns(["id"]), tidewater)} == {row["id"] for row in expected}
    assert found((row for row in [{"id": EVENT}]), tidewater)


@pytest.mark.parametrize("rows", [[], [{"n": 1}], [{"id": "harbour-talks:e99"}]])
def test_a_result_that_names_nothing_is_said(tidewater: Path, rows: list[dict[str, Any]]) -> None:
    with pytest.raises(cte.CteError, match="no row names an event, a sanction, a mention or a sentence of this corpus"):
        cte.evidence(rows, tidewater)


@pytest.mark.parametrize("rows", [[1], 3, "abc", [("harbour-talks:e06",)]])
def test_rows_without_columns_are_refused(tidewater: Path, rows: Any) -> None:
    with pytest.raises(cte.CteError, match="the rows have no columns"):
        cte.evidence(rows, tidewater)


QUERY = "select type, id from events where status = 'alleged' order by id"


def sql(tidewater: Path, *more: str) -> str:
    result = CliRunner().invoke(group, ["sql", QUERY, "--corpus", str(tidewater), *more])
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_the_command_prints_the_evidence_after_a_table(tidewater: Path) -> None:
    plain, rows, evidence = sql(tidewater), *sql(tidewater, "--evidence").split("\n\n")
    assert plain == f"{rows}\n"
    assert evidence.splitlines()[0].split() == ["row", "id", "status", "said_by", "sentence", "start", "end", "words"]
    assert "alleged  Ina Torvald" in evidence
    assert "said since" not in evidence


def test_the_command_prints_the_evidence_alone_in_csv_and_json(tidewater: Path) -> None:
    rows = json.loads(sql(tidewater, "--evidence", "-o", "json"))
    lines = list(csv.DictReader(StringIO(sql(tidewater, "--evidence", "-o", "csv"))))
    assert [str(row["row"]) for row in rows] == [line["row"] for line in lines]
    assert rows[0]["row"] == 1
    assert "text" not in rows[0]


def test_the_command_has_the_words_of_a_copy(tidewater: Path) -> None:
    rows = json.loads(sql(tidewater, "--evidence", "--text", str(TEXTS), "-o", "json"))
    assert {row["text_status"] for row in rows} == {"exact"}
    assert any(row["text"].endswith("since 2019.") for row in rows)


def test_a_text_without_evidence_is_refused(tidewater: Path) -> None:
    result = CliRunner().invoke(group, ["sql", QUERY, "--corpus", str(tidewater), "--text", str(TEXTS)])
    assert result.exit_code == 2
    assert "--text goes with --evidence" in result.output

"""The merged view: one row an event, with what each document says of it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.errors import CteError
from cte_corpus.tabular import arrow, clusters
from cte_corpus.tabular.loader import load_dataset

FIRST, OTHER = "bayan-al-marfa:e02", "harbour-talks:e01"


def rows(corpus: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in load_dataset("clusters", corpus)}


@pytest.fixture
def copy(tidewater: Path, tmp_path: Path) -> Path:
    """The invented corpus, to be changed."""
    return shutil.copytree(tidewater, tmp_path / "corpus")


def change(corpus: Path, key: str, **fields: Any) -> None:
    """Set fields of an event."""
    path = corpus / "documents" / key.partition(":")[0] / "events.json"
    value = json.loads(path.read_bytes())
    next(record for record in value["records"] if record["id"] == key).update(fields)
    path.write_text(json.dumps(value), encoding="utf-8")


def test_every_event_is_in_one_row(tidewater: Path) -> None:
    events = load_dataset("events", tidewater)["id"]
    members = [event for row in rows(tidewater).values() for event in row["events"]]
    assert sorted(members) == sorted(events)


def test_an_event_told_twice_is_one_row_with_both_documents(tidewater: Path) -> None:
    row = rows(tidewater)[FIRST]
    assert row["documents"] == ["bayan-al-marfa", "harbour-talks"]
    assert row["events"] == [FIRST, OTHER]
    assert [member["event"] for member in row["members"]] == row["events"]
    assert {figure["event"] for figure in row["quantities"]} == {FIRST, OTHER}


def test_an_argument_names_the_events_that_have_it(tidewater: Path) -> None:
    shared = [a for a in rows(tidewater)[FIRST]["arguments"] if a["events"] == [FIRST, OTHER]]
    assert shared
    assert all(argument["entity"] for argument in shared)


@pytest.mark.parametrize(
    ("first", "other", "expected"),
    [
        ("2022-05-11", "2022-05", ("2022-05-11", "2022-05-11")),
        ("2022-05-01/2022-05-10", "2022-05-05/2022-05-20", ("2022-05-05", "2022-05-10")),
        ("2022-05-11", "2022-06-01", ("2022-05-11", "2022-06-01")),
        ("2022-05-11/..", "../2022-06-01", ("2022-05-11", "2022-06-01")),
        ("2022-05-11", "2022-06-01/..", ("2022-05-11", None)),
        ("../2022-05-11", "2022-06-01", (None, "2022-06-01")),
    ],
)
def test_days_are_those_that_all_allow_or_else_the_whole_range(
    copy: Path, first: str, other: str, expected: tuple[str | None, str | None]
) -> None:
    for key, edtf in ((FIRST, first), (OTHER, other)):
        change(copy, key, times=[{"role": "when", "edtf": edtf, "basis": "inferred", "note": "A day."}])
    row = rows(copy)[FIRST]
    assert (row["derived_earliest"], row["derived_latest"]) == expected


def test_joined_through_a_third(copy: Path) -> None:
    third = "harbour-talks:e02"
    change(copy, third, relations=[{"rel": "same-as", "event": FIRST}])
    assert rows(copy)[FIRST]["events"] == [FIRST, OTHER, third]
    assert third not in rows(copy)


def test_conflicts_between_members_are_told(copy: Path) -> None:
    relations = [{"rel": "same-as", "event": FIRST}, {"rel": "conflicts-with", "event": FIRST, "note": "Not both."}]
    change(copy, OTHER, relations=relations)
    assert rows(copy)[FIRST]["conflicts"] == [{"event": OTHER, "with": FIRST, "note": "Not both."}]


def test_the_table_has_its_schema(tidewater: Path) -> None:
    assert arrow.merged_events(tidewater).schema == clusters.schemas()["clusters"]


def test_no_text_columns(tidewater: Path, tmp_path: Path) -> None:
    with pytest.raises(CteError, match="no place in a text"):
        load_dataset("clusters", tidewater, text=tmp_path)

"""Two states of a corpus compared: what came, what went, what changed, and the step that follows."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.checking import engine
from cte_corpus.compare import fields
from cte_corpus.compare.diff import Item
from cte_corpus.compare.step import Step
from cte_corpus.errors import CteError
from cte_corpus.records import Event
from tests.compare.states import (
    ALONE,
    BAYAN,
    TALKS,
    between,
    edit,
    entity,
    events,
    only_change,
    record,
    without_bayan,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def after(tidewater: Path, tmp_path: Path) -> Path:
    """A copy of the invented corpus, to be changed."""
    return shutil.copytree(tidewater, tmp_path / "after")


def bayan(corpus: Path) -> set[Item]:
    """Every record that came with the second document, read without the package."""
    folder = corpus / "documents" / BAYAN
    found = {Item("documents", BAYAN), *(Item("entities", key) for key in ALONE)}
    for table in ("sections", "mentions", "events", "sanctions"):
        found |= {Item(table, one["id"]) for one in json.loads((folder / f"{table}.json").read_bytes())["records"]}
    return found


def retire(corpus: Path, key: str, by: str | None = None, since: str = "0.3.0") -> None:
    tombstone = {"id": key, "since": since, "reason": "Spelled wrongly."} | ({"replaced_by": by} if by else {})
    edit(corpus / "retired.json", lambda value: value["records"].append(tombstone))


# The whole


def test_a_corpus_and_itself(tidewater: Path) -> None:
    found = between(tidewater, tidewater)
    assert not found
    assert (found.step, list(found.reasons())) == (Step.NONE, [])


def test_added_documents_are_minor_and_listed_exactly(tidewater: Path, tmp_path: Path) -> None:
    before = shutil.copytree(tidewater, tmp_path / "before")
    without_bayan(before)
    assert engine.run(before).ok
    found = between(before, tidewater)
    assert found.step == Step.MINOR
    assert set(found.added) == bayan(tidewater)
    assert len(found.added) == len(set(found.added))
    assert found.removed == ()
    # The older document changes only in what now links it with the new one.
    changes = [(one.item.id, change.path, change.kind) for one in found.changed for change in one.changes]
    assert changes == [(f"{TALKS}:e01", "relations", "added"), (f"{TALKS}:e06", "relations", "added")]
    assert {one.step for one in found.changed} == {Step.MINOR}


def test_added_records_come_by_table_and_number(tidewater: Path, tmp_path: Path) -> None:
    before = shutil.copytree(tidewater, tmp_path / "before")
    without_bayan(before)
    keys = [item.id for item in between(before, tidewater).added if item.table == "events"]
    assert keys == [f"{BAYAN}:e{number:02}" for number in range(1, len(keys) + 1)]


def test_numbers_are_no_text(tidewater: Path, tmp_path: Path) -> None:
    """`e100` stands after `e99`."""
    after = shutil.copytree(tidewater, tmp_path / "after")

    def more(value: Any) -> None:
        value["records"] += [value["records"][0] | {"id": f"{TALKS}:e{number}"} for number in (100, 99)]

    edit(events(after), more)
    assert [item.id for item in between(tidewater, after).added] == [f"{TALKS}:e99", f"{TALKS}:e100"]


def test_a_document_that_goes_takes_its_tombstone_for_all_its_records(tidewater: Path, after: Path) -> None:
    without_bayan(after)
    found = between(tidewater, after)
    assert found.step == Step.MAJOR
    assert {gone.item for gone in found.removed} == bayan(tidewater)
    assert {gone.tombstone for gone in found.removed} == {None}
    for key in (BAYAN, *ALONE):
        retire(after, key)
    found = between(tidewater, after)
    assert found.step == Step.MAJOR
    assert {gone.tombstone["id"] for gone in found.removed if gone.tombstone} == {BAYAN, *ALONE}
    assert all(gone.tombstone for gone in found.removed)


@pytest.mark.parametrize("tombstone", [False, True])
def test_renaming_an_entity_is_major(tidewater: Path, after: Path, tombstone: bool) -> None:
    old, new = "person:joren-maas", "person:joren-maass"
    for path in after.rglob("*.json"):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    entity(after, old).rename(entity(after, new))
    if tombstone:
        retire(after, old, by=new)
    assert engine.run(after).ok
    found = between(tidewater, after)
    assert found.step == Step.MAJOR
    assert found.added == (Item("entities", new),)
    (gone,) = found.removed
    assert gone.item == Item("entities", old)
    assert (gone.tombstone or {}).get("replaced_by") == (new if tombstone else None)
    assert "person:joren-maas is gone" in [reason for step, reason in found.reasons() if step == Step.MAJOR]


@pytest.mark.parametrize("tombstone", [False, True])
def test_renaming_an_event_is_major(tidewater: Path, after: Path, tombstone: bool) -> None:
    def rename(value: Any) -> None:
        value["records"][-1]["id"] = f"{TALKS}:e90"

    last = json.loads(events(tidewater).read_bytes())["records"][-1]["id"]
    edit(events(after), rename)
    if tombstone:
        retire(after, last, by=f"{TALKS}:e90")
    found = between(tidewater, after)
    assert found.step == Step.MAJOR
    assert found.added == (Item("events", f"{TALKS}:e90"),)
    assert [gone.item.id for gone in found.removed] == [last]
    assert (found.removed[0].tombstone is not None) == tombstone


def test_a_tombstone_alone_is_a_patch_and_one_taken_back_is_not(tidewater: Path, after: Path) -> None:
    retire(after, "org:never-was")
    assert between(tidewater, after).step == Step.PATCH
    found = between(after, tidewater)
    assert (found.step, [gone.item for gone in found.removed]) == (Step.MAJOR, [Item("retired", "org:never-was")])


def test_a_file_in_another_place_is_no_change(tidewater: Path, after: Path) -> None:
    (after / "entities" / "person").rename(after / "entities" / "people")
    (after / "documents" / BAYAN).rename(after / "documents" / "statement")
    assert not between(tidewater, after)


def test_the_form_of_a_file_is_no_change(tidewater: Path, after: Path) -> None:
    for path in after.rglob("*.json"):
        path.write_text(json.dumps(json.loads(path.read_bytes()), sort_keys=True), "utf-8")
    assert not between(tidewater, after)


def test_the_order_of_records_in_a_file_is_no_change(tidewater: Path, after: Path) -> None:
    edit(events(after), lambda value: value["records"].reverse())
    assert not between(tidewater, after)


def test_versions_alone_ask_for_no_step(tidewater: Path, after: Path) -> None:
    edit(after / "corpus.json", lambda value: value.update(version="0.2.1"))
    found = between(tidewater, after)
    assert found
    assert only_change(found).path == "version"
    assert found.step == Step.NONE


def test_two_records_under_one_id_are_refused(tidewater: Path, after: Path) -> None:
    edit(events(after), lambda value: value["records"].append(value["records"][0]))
    with pytest.raises(CteError, match=rf"has two records {TALKS}:e01 in events"):
        between(tidewater, after)


# What a new reference text moves


def test_what_follows_from_a_new_text_is_marked(tidewater: Path, after: Path) -> None:
    shift(after / "documents" / TALKS)
    found = between(tidewater, after)
    assert found.retold == {TALKS}
    assert found.step == Step.MAJOR
    by_kind = {True: set[str](), False: set[str]()}
    for one in found.changed:
        assert one.item.document == TALKS
        for change in one.changes:
            by_kind[change.place].add(re.sub(r"\[\d+\]", "", change.path))
    assert by_kind[False] == {"text.recipe", "text.sha256", "text.source_sha256"}
    assert {"text.length", "start", "end", "sha256", "sentences.start", "trigger.end", "span.start"} <= by_kind[True]
    assert not any(change.kind in ("added", "removed") for one in found.changed for change in one.changes)
    assert [reason for _, reason in found.reasons()] == [
        f"{TALKS}: text.{field} was changed" for field in ("recipe", "sha256", "source_sha256")
    ]


def test_a_span_that_was_put_right_is_told(tidewater: Path, after: Path) -> None:
    edit(events(after), lambda value: record(value, f"{TALKS}:e01")["trigger"].update(start=103))
    found = between(tidewater, after)
    assert found.retold == frozenset()
    assert (only_change(found).place, found.step) == (True, Step.MAJOR)


def shift(folder: Path) -> None:
    """The records as another recipe would have them: the text has one character more before its first sentence."""

    def moved(value: Any) -> None:
        if isinstance(value, list):
            for item in value:
                moved(item)
        elif isinstance(value, dict):
            for key, item in value.items():
                if key in ("start", "end"):
                    value[key] = item + 1
                else:
                    moved(item)

    for path in folder.glob("*.json"):
        edit(path, moved)
    text = {"recipe": "plain-2", "sha256": "0" * 64, "source_sha256": "1" * 64}
    edit(folder / "document.json", lambda value: value["text"].update(text, length=value["text"]["length"] + 1))
    edit(folder / "sections.json", lambda value: [one.update(sha256="2" * 64) for one in value["records"]])


# Lists


def compared(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    return [(change.path, change.kind) for change in fields.compare(before, after, Event, lambda *_: True)]


A, B, C = ({"rel": "part-of", "event": f"x:e0{number}", "note": f"Note {number}."} for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([A, B], [B, A], [("relations", "reordered")]),
        ([A, B], [B], [("relations[0]", "removed")]),
        ([A, B], [C, A, B], [("relations[0]", "added")]),
        ([A, B], [B, C, A], [("relations[1]", "added")]),
        ([A, A], [A], [("relations[1]", "removed")]),
        ([A], [A, A], [("relations[1]", "added")]),
        ([A, B], [A | {"note": "Other."}, B], [("relations[0].note", "changed")]),
        ([A, B], [B, A | {"note": "Other."}], [("relations[1].note", "changed")]),
        ([A], [{"rel": "causes", "event": "y:e09"}], [("relations[0]", "removed"), ("relations[0]", "added")]),
        ([A], None, [("relations", "removed")]),
        (None, [A], [("relations", "added")]),
    ],
)
def test_lists(before: Any, after: Any, expected: list[tuple[str, str]]) -> None:
    sides = ({} if value is None else {"relations": value} for value in (before, after))
    assert compared(*sides) == expected


def test_items_are_paired_with_those_most_like_them() -> None:
    """The first item of the second list has less in common with the first of the first than the second has."""
    changed = A | {"note": "Rewritten."}
    other = {"rel": "part-of", "event": "x:e07", "note": "Rewritten."}
    assert compared({"relations": [A]}, {"relations": [other, changed]}) == [
        ("relations[0]", "added"),
        ("relations[1].note", "changed"),
    ]


@given(
    st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), min_size=1), max_size=6),
    st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), min_size=1), max_size=6),
)
def test_lists_lose_nothing(before: list[Any], after: list[Any]) -> None:
    """Nothing is told of equal lists; and what is told of others leads from one to the other."""
    told = list(fields.compare({"x": before}, {"x": after}, None, lambda *_: True))
    assert bool(told) == (before != after)
    whole = [change for change in told if "." not in change.path]
    added = [change.after for change in whole if change.kind == "added"]
    removed = [change.before for change in whole if change.kind == "removed"]
    altered = {change.path.partition("]")[0] for change in told if "." in change.path}
    assert len(before) - len(removed) == len(after) - len(added)
    assert all(item in after for item in added)
    assert all(item in before for item in removed)
    assert len(altered) <= min(len(before), len(after))

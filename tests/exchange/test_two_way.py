"""Records through a format of an annotation tool and back; and what was changed there, as that change."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from cte_corpus.exchange.annotated import Annotated, Mark, annotated
from cte_corpus.exchange.loss import Loss
from cte_corpus.exchange.returned import Returned, returned
from tests.exchange.annotating import DOCUMENTS, WITHOUT_CLIENTS, back, coded, made, real, to_brat, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from cte_corpus.exchange.annotated import Raw

FORMATS = pytest.mark.parametrize("form", list(WITHOUT_CLIENTS))


@FORMATS
@pytest.mark.parametrize("name", DOCUMENTS)
def test_records_come_back_as_they_went_out(form: str, name: str, tmp_path: Path) -> None:
    write, read = WITHOUT_CLIENTS[form]
    raw, text = coded(name)
    unchanged(read, write(annotated(raw, text), tmp_path), raw, text)


@pytest.mark.long
@FORMATS
def test_real_records_come_back_as_they_went_out(form: str, sources: Path, tmp_path: Path) -> None:
    write, read = WITHOUT_CLIENTS[form]
    documents = real(sources)
    assert len(documents) >= 5
    for raw, text in documents:
        unchanged(read, write(annotated(raw, text), tmp_path), raw, text)


def through(form: str, case: tuple[Raw, str]) -> None:
    write, read = WITHOUT_CLIENTS[form]
    with tempfile.TemporaryDirectory() as folder:
        unchanged(read, write(annotated(*case), Path(folder)), *case)


@FORMATS
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(case=made())
def test_made_records_come_back_as_they_went_out(form: str, case: tuple[Raw, str]) -> None:
    through(form, case)


@pytest.mark.long
@FORMATS
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(case=made())
def test_many_made_records_come_back_as_they_went_out(form: str, case: tuple[Raw, str]) -> None:
    through(form, case)


@FORMATS
def test_the_spans_of_a_file_count_even_where_its_records_were_lost(form: str, tmp_path: Path) -> None:
    write, read = WITHOUT_CLIENTS[form]
    raw, text = coded("harbour-talks")
    path = write(annotated(raw, text)._replace(records=None), tmp_path)
    loss = Loss()
    came = back(read, path, raw, text, loss)
    assert (came.records, came.changes, came.marks, loss.rows()) == (raw, (), (), [])


def test_brats_file_is_what_brat_reads(tmp_path: Path) -> None:
    raw, text = coded("harbour-talks")
    content = to_brat(annotated(raw, text), tmp_path).read_text(encoding="utf-8")
    lines = content.splitlines()
    assert "T5\tperson 74 85\tIna Torvald" in lines
    assert "N5\tReference T5 cte:person:ina-torvald\tIna Torvald" in lines
    assert any(line.startswith("E1\tdipl-meeting:T") and " host:T" in line and " chair2:T" in line for line in lines)
    assert all(line.split("\t")[0] for line in lines)


def change(name: str, edit: Callable[[Annotated], Annotated]) -> tuple[Returned, Raw, Loss]:
    """What comes back of a document after an edit in a tool."""
    raw, text = coded(name)
    loss = Loss()
    return returned(edit(annotated(raw, text)), raw, loss), raw, loss


def mark(one: Annotated, key: str) -> Mark:
    return next(item for item in one.marks if item.key == key)


def with_mark(one: Annotated, key: str, **fields: Any) -> Annotated:
    marks = tuple(item._replace(**fields) if item.key == key else item for item in one.marks)
    return one._replace(marks=marks)


def record(raw: Raw, name: str) -> Raw:
    return next(one for part in ("mentions", "events", "sanctions") for one in raw[part] if one["id"] == name)


def others(came: Raw, raw: Raw, *names: str) -> None:
    """Fail unless all records but these are as they were."""
    for part in ("sections", "mentions", "events", "sanctions"):
        assert [one for one in came[part] if one["id"] not in names] == [
            one for one in raw[part] if one["id"] not in names
        ]


def test_a_span_that_was_moved_is_a_span_that_moved() -> None:
    came, raw, loss = change("harbour-talks", lambda one: with_mark(one, "harbour-talks:m003", start=78))
    assert record(came.records, "harbour-talks:m003")["span"] == {"start": 78, "end": 85, "text": "Torvald"}
    assert record(came.records, "harbour-talks:m003")["proposed"] is True
    assert came.changes == ("harbour-talks:m003: “Torvald” for “Ina Torvald”",)
    others(came.records, raw, "harbour-talks:m003")
    assert loss.rows() == []


def test_a_span_inside_an_event_is_moved_where_it_stands() -> None:
    key = "harbour-talks:e01#/times/0/span"
    came, raw, _ = change("harbour-talks", lambda one: with_mark(one, key, end=159))
    assert record(came.records, "harbour-talks:e01")["times"][0]["span"]["text"] == "11 May"
    assert record(came.records, "harbour-talks:e01")["times"][0]["edtf"] == "2022-05-11"
    others(came.records, raw, "harbour-talks:e01")


def test_a_label_that_was_changed_is_another_type() -> None:
    came, raw, loss = change("harbour-talks", lambda one: with_mark(one, "harbour-talks:e01", label="dipl.conference"))
    assert record(came.records, "harbour-talks:e01")["type"] == "dipl.conference"
    others(came.records, raw, "harbour-talks:e01")
    assert loss.rows() == []


def test_attributes_that_were_changed_are_other_codes() -> None:
    def edit(one: Annotated) -> Annotated:
        fields = mark(one, "harbour-talks:e01").features | {"status": "planned", "AnnotatorNotes": "is it?"}
        one = with_mark(one, "harbour-talks:e01", features=fields)
        fields = mark(one, "harbour-talks:m001").features | {"entity": "gpe:iceland", "Lemma": "x"}
        return with_mark(one, "harbour-talks:m001", features=fields)

    came, raw, loss = change("harbour-talks", edit)
    assert record(came.records, "harbour-talks:e01")["status"] == "planned"
    assert record(came.records, "harbour-talks:e01")["note"] == "is it?"
    assert record(came.records, "harbour-talks:m001")["entity"] == "gpe:iceland"
    others(came.records, raw, "harbour-talks:e01", "harbour-talks:m001")
    assert [(row["kind"], row["ids"]) for row in loss.rows()] == [("attribute", ["harbour-talks:m001"])]


def without(one: Annotated, *keys: str) -> Annotated:
    """A document after a tool deleted marks, and with them their links."""
    gone = {item.id for item in one.marks if item.key in keys}
    links = tuple(link for link in one.links if not {link.source, link.target} & gone)
    return one._replace(marks=tuple(item for item in one.marks if item.id not in gone), links=links)


def test_what_was_deleted_goes_with_all_that_showed_by_it() -> None:
    came, raw, loss = change(
        "harbour-talks", lambda one: without(one, "harbour-talks:m003", "harbour-talks:m003#/head")
    )
    assert not [one for one in came.records["mentions"] if one["id"] == "harbour-talks:m003"]
    chair = next(one for one in record(came.records, "harbour-talks:e01")["arguments"] if one["role"] == "chair")
    assert chair["mentions"] == ["harbour-talks:m002"]
    others(came.records, raw, "harbour-talks:m003", "harbour-talks:e01")
    assert loss.rows() == []


def test_what_others_still_refer_to_stays_and_is_told() -> None:
    came, _, loss = change("harbour-talks", lambda one: without(one, "harbour-talks:e02"))
    assert record(came.records, "harbour-talks:e02")["proposed"] is True  # a sanction rests on it
    assert [(row["kind"], row["ids"]) for row in loss.rows()] == [("deletion", ["harbour-talks:e02"])]


def test_a_deleted_span_takes_its_item_along_and_the_last_one_its_list() -> None:
    keys = ("harbour-talks:e01#/quantities/0/span", "harbour-talks:e01#/times/0/span")
    came, raw, loss = change("harbour-talks", lambda one: without(one, *keys))
    event = record(came.records, "harbour-talks:e01")
    assert event["quantities"] == record(raw, "harbour-talks:e01")["quantities"][1:]
    assert "times" not in event
    assert loss.rows() == []


def test_a_heading_stays() -> None:
    came, raw, loss = change("harbour-talks", lambda one: without(one, "harbour-talks:s03#/heading"))
    assert came.records == raw
    assert [row["kind"] for row in loss.rows()] == ["deletion"]


def test_a_link_that_was_called_otherwise_is_another_role() -> None:
    def edit(one: Annotated) -> Annotated:
        links = tuple(link._replace(label="organiser") if link.label == "host" else link for link in one.links)
        return one._replace(links=links)

    came, raw, _ = change("harbour-talks", edit)
    before, after = (record(one, "harbour-talks:e01")["arguments"] for one in (raw, came.records))
    assert after == [{**one, "role": "organiser"} if one["role"] == "host" else one for one in before]
    assert came.links == ()


def test_links_that_are_gone_and_links_that_are_new() -> None:
    def edit(one: Annotated) -> Annotated:
        links = [link for link in one.links if link.label not in ("host", "place")]
        return one._replace(links=(*links, links[0]._replace(label="topic", target="harbour-talks:m005")))

    came, raw, _ = change("harbour-talks", edit)
    event = record(came.records, "harbour-talks:e01")
    assert [one["role"] for one in event["arguments"]] == ["chair", "topic", "venue"]
    assert "places" not in event
    assert [(link.label, link.target) for link in came.links] == [("topic", "harbour-talks:m005")]
    assert record(raw, "harbour-talks:e01")["places"]


def test_a_copy_of_a_span_is_a_new_one() -> None:
    def edit(one: Annotated) -> Annotated:
        return one._replace(marks=(*one.marks, mark(one, "harbour-talks:m001")._replace(id="other", start=0, end=4)))

    came, raw, _ = change("harbour-talks", edit)
    assert came.records == raw
    assert [(item.id, item.key) for item in came.marks] == [("other", "")]


def test_offsets_of_old_label_studio_count_code_units(tmp_path: Path) -> None:
    raw, text = coded("harbour-talks")
    text = f"😀😀{text}"
    task = {
        "data": {"text": text},
        "annotations": [
            {
                "result": [
                    {
                        "id": "a", "from_name": "label", "to_name": "text", "type": "labels",
                        "value": {"start": 78, "end": 89, "text": "Ina Torvald", "labels": ["PER"]},
                    }
                ]
            }
        ],
    }  # fmt: skip
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([task]), encoding="utf-8")
    (found,) = WITHOUT_CLIENTS["label-studio"][1](path, Loss())
    assert text[found.marks[0].start : found.marks[0].end] == "Ina Torvald"
    assert raw

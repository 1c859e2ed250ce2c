"""`cte export ftm`: what FollowTheMoney reads, and that nobody accused is told as guilty."""

from __future__ import annotations

import importlib
import json
import re
from typing import TYPE_CHECKING, Any, cast

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.exchange import ftm_records
from tests.exchange.giving import exported, lost, renamed

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.exchange.job import Job

Entity = dict[str, Any]


def first(entity: Entity, name: str) -> str:
    return str(entity["properties"].get(name, [""])[0])


@pytest.fixture(scope="session", params=["tidewater", "whole"])
def written(request: pytest.FixtureRequest, tidewater: Path) -> tuple[Corpus, list[Entity], Job]:
    """A corpus, the entities that were written, and the job; skipped where FollowTheMoney cannot work."""
    try:
        importlib.import_module("followthemoney")
    except ImportError as error:
        pytest.skip(f"FollowTheMoney, which needs PyICU, does not work here: {error}")
    corpus = Corpus(tidewater) if request.param == "tidewater" else Corpus()
    data, job = exported("ftm", corpus)
    assert exported("ftm", corpus)[0] == data
    return corpus, [json.loads(line) for line in data.splitlines()], job


@pytest.mark.long
def test_its_own_model_takes_every_entity_as_it_is(written: tuple[Corpus, list[Entity], Job]) -> None:
    from followthemoney import model

    _, entities, job = written
    ids = {one["id"] for one in entities}
    assert len(ids) == len(entities) == sum(job.holds.values())
    for one in entities:
        proxy = model.get_proxy(one, cleaned=False)
        assert not proxy.schema.abstract
        assert {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()} == one["properties"]
        proxy.schema.validate(cast("Any", one))
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value), (one["id"], prop.name, value)
            if prop.type.name == "entity":
                assert value in ids, (one["id"], prop.name, value)
                assert prop.range is not None
                target = next(other for other in entities if other["id"] == value)
                assert model[target["schema"]].is_a(prop.range)
    assert "value" not in lost(job)


@pytest.mark.long
def test_who_takes_part_in_what_is_alleged_is_linked_as_alleged(written: tuple[Corpus, list[Entity], Job]) -> None:
    corpus, entities, job = written
    events = {ftm_records.id_of(key): event for key, event in corpus.events.items()}
    links = [one for one in entities if one["schema"] == "UnknownLink" and first(one, "object") in events]
    arguments = sum(len(event.arguments) for event in events.values())
    assert len(links) + len(lost(job)["argument"]) == arguments
    alleged = 0
    for one in links:
        event = events[first(one, "object")]
        assert first(one, "status") == event.status
        hedge = event.status not in ("occurred", "ongoing") or event.polarity == "negative" or bool(event.certainty)
        assert (": " in first(one, "role")) == hedge
        assert hedge == first(one, "role").startswith((event.status, "not", "probable", "possible"))
        alleged += first(one, "role").startswith("alleged")
    assert alleged
    for one in entities:
        assert not {"topics", "involved", "organizer"} & one["properties"].keys()
        if one["id"] in events and events[one["id"]].status == "alleged":
            assert all(name.startswith("alleged") for name in one["properties"]["name"])


@pytest.mark.long
def test_a_sanction_is_a_sanction_and_says_who_alleges(written: tuple[Corpus, list[Entity], Job]) -> None:
    corpus, entities, _ = written
    sanctions = {first(one, "recordId"): one for one in entities if one["schema"] == "Sanction"}
    assert sanctions
    for key, one in sanctions.items():
        sanction = corpus.sanctions[key]
        assert first(one, "entity") == ftm_records.id_of(sanction.target)
        authority = corpus.entities[sanction.authority].name()
        assert first(one, "authority") == authority
        assert all(text.startswith(f"alleged by {authority}: ") for text in one["properties"]["reason"])
        if sanction.listed is not None:
            assert f"listed (EDTF): {sanction.listed.edtf}" in one["properties"]["summary"]


@pytest.mark.long
def test_every_date_is_there_as_edtf(written: tuple[Corpus, list[Entity], Job]) -> None:
    corpus, entities, _ = written
    found = {one["id"]: one["properties"] for one in entities}
    for key, event in corpus.events.items():
        properties = found[ftm_records.id_of(key)]
        for time in event.times:
            assert any(text.endswith(f"(EDTF): {time.edtf}") for text in properties.get("summary", ()))
        for name in ("date", "startDate", "endDate"):
            days = properties.get(name, [])
            assert all(any(day in re.split("/", time.edtf) for time in event.times) for day in days)


@pytest.mark.long
def test_nobody_without_a_name_can_be_searched(written: tuple[Corpus, list[Entity], Job]) -> None:
    corpus, entities, job = written
    ids = {one["id"] for one in entities}
    for key, entity in corpus.entities.items():
        unnamed = entity.privacy in ("unnamed-person", "aggregate")
        assert not (unnamed and ftm_records.id_of(key) in ids)
        assert (ftm_records.id_of(key) in ids) != (key in lost(job)["entity"])


def person(key: str, privacy: str) -> Entity:
    return {"id": f"person:{key}", "kind": "person", "privacy": privacy}


@pytest.mark.parametrize("direction", [0, 1])
@pytest.mark.parametrize("kind", ["armed-group", "network"])
def test_a_tie_of_a_person_to_a_violent_group_is_alleged(direction: int, kind: str) -> None:
    ends = [person("ina-torvald", "public-figure"), {"id": "org:grey-lantern", "kind": kind, "privacy": "none"}]
    one, other = ends[::-1] if direction else ends
    link = {"rel": "member-of", "entity": other["id"], "time": "2016~/2019"}
    (made,) = ftm_records.links_of({**one, "links": [link]}, {other["id"]: other}, lambda *_: None)
    assert made["properties"] == {
        "subject": [ftm_records.id_of(one["id"])],
        "object": [ftm_records.id_of(other["id"])],
        "role": ["alleged: member-of"],
        "status": ["alleged"],
        "summary": ["time (EDTF): 2016~/2019"],
        "endDate": ["2019"],
    }


def test_a_tie_between_bodies_is_told_as_it_is() -> None:
    link = {"rel": "part-of", "entity": "org:b"}
    one = {"id": "org:a", "kind": "armed-group", "privacy": "none", "links": [link]}
    (made,) = ftm_records.links_of(one, {"org:b": {**one, "id": "org:b"}}, lambda *_: None)
    assert made["properties"]["role"] == ["part-of"]


@pytest.mark.long
def test_hostile_names_stay_one_line_and_no_control_gets_through(tidewater: Path, tmp_path: Path) -> None:
    pytest.importorskip("followthemoney", reason="it needs PyICU", exc_type=ImportError)
    data, job = exported("ftm", renamed(tidewater, tmp_path / "corpus", 'A\x1b[8m\u202e\n{"id": 1}'))
    for line in data.decode().split("\n")[:-1]:
        assert "id" in json.loads(line)
        assert not re.search("[\x00-\x1f\u202e]", line)
    assert "control character" in lost(job)


def test_without_the_library_the_command_that_installs_it_is_named(
    tidewater: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "followthemoney", None)
    with pytest.raises(CteError, match=r"cte-corpus\[ftm\]"):
        exported("ftm", tidewater)

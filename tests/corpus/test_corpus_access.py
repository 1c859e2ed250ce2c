"""The corpus in Python: lookup, order, laziness, clear errors."""

import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.records import Event

KINDS = ("documents", "sections", "sentences", "mentions", "events", "sanctions", "entities")


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_is_there_in_order(tidewater: Path, records: dict[str, list[dict[str, Any]]], kind: str) -> None:
    found = getattr(Corpus(tidewater), kind)
    assert list(found) == [record["id"] for record in records[kind]]
    assert len(found) == len(records[kind]) > 0


def test_a_record_is_a_validated_object(tidewater: Path) -> None:
    event = Corpus(tidewater).events["harbour-talks:e06"]
    assert isinstance(event, Event)
    assert event.quantities[0].lower == 2_000_000
    assert event.mode is None
    assert event.outside == ()


def test_a_record_is_made_once(tidewater: Path) -> None:
    corpus = Corpus(tidewater)
    assert corpus.events["harbour-talks:e01"] is corpus.events["harbour-talks:e01"]


def test_an_unknown_id_is_a_key_error_that_names_the_nearest(tidewater: Path) -> None:
    with pytest.raises(KeyError, match=r"no event 'harbour-talk:e01'\ndid you mean `harbour-talks:e01`"):
        Corpus(tidewater).events["harbour-talk:e01"]


def test_get_and_in_know_what_is_not_there(tidewater: Path) -> None:
    entities = Corpus(tidewater).entities
    assert "gpe:osterhavn" in entities
    assert "gpe:nowhere" not in entities
    assert entities.get("gpe:nowhere") is None


def test_one_document_holds_its_records(tidewater: Path) -> None:
    coded = Corpus(tidewater).document("harbour-talks")
    assert coded.document.id == "harbour-talks"
    assert [section.kind for section in coded.sections] == ["title", "lead", "background"]
    assert len(coded.mentions) == 14
    assert coded.events[0].id == "harbour-talks:e01"
    assert coded.sanctions[0].target == "person:joren-maas"


def test_iteration_goes_by_document(tidewater: Path) -> None:
    corpus = Corpus(tidewater)
    assert [coded.document.id for coded in corpus] == ["bayan-al-marfa", "harbour-talks"]
    assert len(corpus) == 2


def test_an_unknown_document_is_named(tidewater: Path) -> None:
    with pytest.raises(KeyError, match="no document 'harbor-talks'"):
        Corpus(tidewater).document("harbor-talks")


def test_info_and_version(tidewater: Path) -> None:
    corpus = Corpus(tidewater, version="0.2.0")
    assert corpus.info.title == "Tidewater: an invented corpus for tests"
    assert corpus.version == "0.2.0"


def test_another_version_is_refused(tidewater: Path) -> None:
    with pytest.raises(CteError, match=r"is version 0\.2\.0, not 9\.0\.0"):
        Corpus(tidewater, version="9.0.0")


def test_a_folder_without_a_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CteError, match="no corpus at"):
        Corpus(tmp_path)


def test_nothing_is_read_before_it_is_asked_for(tidewater: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tidewater, tmp_path / "corpus")
    broken = copy / "documents" / "harbour-talks" / "events.json"
    broken.write_text("{", encoding="utf-8")
    corpus = Corpus(copy)
    assert len(corpus.entities) == 16
    with pytest.raises(CteError, match=r"events\.json is not a JSON object"):
        len(corpus.events)


def test_a_missing_file_is_named(tidewater: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tidewater, tmp_path / "corpus")
    (copy / "documents" / "harbour-talks" / "mentions.json").unlink()
    with pytest.raises(CteError, match=r"harbour-talks/mentions\.json is missing"):
        len(Corpus(copy).events)


def test_a_file_without_records_is_named(tidewater: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tidewater, tmp_path / "corpus")
    (copy / "documents" / "harbour-talks" / "mentions.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CteError, match=r"harbour-talks/mentions\.json has no list `records`"):
        len(Corpus(copy).events)


def test_a_packed_corpus_reads_the_same(tidewater: Path, tmp_path: Path) -> None:
    tree = Corpus(tidewater)
    shutil.copy(tidewater / "corpus.json", tmp_path)
    lines = [orjson.dumps(raw) + b"\n" for raw in reversed(tree.raw_documents)]
    (tmp_path / "documents.jsonl").write_bytes(b"".join(lines))
    (tmp_path / "entities.jsonl").write_bytes(b"".join(orjson.dumps(raw) + b"\n" for raw in tree.raw_entities))
    packed = Corpus(tmp_path)
    for kind in KINDS:
        assert dict(getattr(packed, kind)) == dict(getattr(tree, kind))
        assert list(getattr(packed, kind)) == list(getattr(tree, kind))

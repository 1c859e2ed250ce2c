"""A corpus and attached copies, iterated, indexed, asked for what is not there, and sent to another process."""

import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest

import cte_corpus as cte
from cte_corpus.attach.attached import AttachedCorpus
from tests.conftest import ROOT

TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"
IDS = ["bayan-al-marfa", "harbour-talks"]


@pytest.fixture
def attached(tidewater: Path) -> AttachedCorpus:
    return cte.Corpus(tidewater).attach(TEXTS)


def test_both_iterate_and_index_alike(tidewater: Path, attached: AttachedCorpus) -> None:
    for corpus in (cte.Corpus(tidewater), attached):
        assert [document.id for document in corpus] == IDS
        assert [corpus[key].document.id for key in IDS] == [corpus.document(key).id for key in IDS] == IDS
        assert len(corpus) == 2
        assert "harbour-talks" in corpus
        assert "harbor-talks" not in corpus
        for take in (corpus.document, corpus.__getitem__):
            with pytest.raises(
                cte.UnknownIdError, match="document 'harbor-talks'\ndid you mean `harbour-talks`"
            ) as caught:
                take("harbor-talks")
            assert isinstance(caught.value, KeyError)
            assert isinstance(caught.value, cte.CteError)


def test_their_documents_hold_the_same_records(tidewater: Path, attached: AttachedCorpus) -> None:
    for plain, copied in zip(cte.Corpus(tidewater), attached, strict=True):
        for kind in ("document", "sections", "sentences", "mentions", "events", "sanctions"):
            assert getattr(plain, kind) == getattr(copied, kind)
        assert isinstance(plain.events, tuple)
        assert repr(plain) == f"<CodedDocument {plain.id}>"
        assert repr(copied) == f"<AttachedDocument {plain.id}>"


def test_what_is_not_in_a_document_has_no_place(attached: AttachedCorpus) -> None:
    document = attached["harbour-talks"]
    span = document.mentions[0].span.model_copy(update={"start": 3, "end": 5})
    with pytest.raises(cte.UnknownIdError, match="harbour-talks has no such span: 3 to 5"):
        document.place(span)


def test_unknown_ids_are_one_error_everywhere(tidewater: Path) -> None:
    corpus = cte.Corpus(tidewater)
    for take in (
        lambda: corpus.events["x"],
        lambda: corpus.attach(TEXTS, "x"),
        lambda: cte.load_dataset("event", corpus),
        lambda: cte.Corpus(version="99.0.0"),
    ):
        with pytest.raises(cte.UnknownIdError):
            take()
    error = pickle.loads(pickle.dumps(cte.UnknownIdError("no event 'x'", "there are none")))
    assert (error.message, error.hint, str(error)) == ("no event 'x'", "there are none", "no event 'x'\nthere are none")


def test_get_does_not_search_for_what_else_is_meant(tidewater: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events = cte.Corpus(tidewater).events
    monkeypatch.setattr("cte_corpus.text.suggest.hint", None)
    assert events.get("harbour-talks:e1") is None
    assert events.get("harbour-talks:e1", "none") == "none"
    assert events.get("harbour-talks:e01") == events["harbour-talks:e01"]


def test_a_corpus_stays_the_same_to_map_and_is_sent_as_its_path(tidewater: Path) -> None:
    from datasets.fingerprint import Hasher  # takes a second to import

    corpus = cte.Corpus(tidewater)
    events = corpus.events

    def kind(row: dict[str, Any]) -> dict[str, str]:
        return {"kind": corpus.events[row["id"]].type}

    before = [Hasher.hash(value) for value in (corpus, events, kind)]
    rows = cte.load_dataset("events", corpus)
    mapped = rows.map(kind)
    assert mapped["kind"] == rows["type"]
    assert list(events.values())
    assert [Hasher.hash(value) for value in (corpus, events, kind)] == before
    assert len(pickle.dumps(corpus)) < 1000
    again = pickle.loads(pickle.dumps(corpus))
    assert (again.path, again.version) == (corpus.path.absolute(), corpus.version)
    assert again.events["harbour-talks:e01"] == corpus.events["harbour-talks:e01"]


def test_a_worker_reads_its_own_copy(tidewater: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tidewater.parent)
    corpus = cte.Corpus(tidewater.name)
    sent = pickle.dumps(corpus)
    monkeypatch.chdir(tmp_path)
    assert len(pickle.loads(sent).events) == len(cte.Corpus(tidewater).events)


def test_another_version_at_the_path_is_not_taken_for_it(tidewater: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tidewater, tmp_path / "corpus")
    sent = pickle.dumps(cte.Corpus(folder))
    info = folder / "corpus.json"
    info.write_text(info.read_text("utf-8").replace('"version": "0.2.0"', '"version": "0.3.0"'), "utf-8")
    with pytest.raises(cte.CteError, match=r"is version 0\.3\.0, not 0\.2\.0"):
        pickle.loads(sent)

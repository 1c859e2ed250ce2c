"""A corpus as of a day: which documents it has, and what goes with the others."""

import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cte_corpus as cte
from cte_corpus.checking.engine import run
from cte_corpus.cli import cte as group
from cte_corpus.store.digests import root_digest
from tests.compare.states import edit

TALKS, BAYAN = "harbour-talks", "bayan-al-marfa"
Dated = Callable[[str | None], Path]


@pytest.fixture
def dated(tidewater: Path, tmp_path: Path) -> Dated:
    """The invented corpus, in which the second document has another date of publication, or none."""

    def make(edtf: str | None) -> Path:
        folder = shutil.copytree(tidewater, tmp_path / "corpus")

        def change(value: dict[str, Any]) -> None:
            value.pop("published")
            if edtf:
                value["published"] = {"edtf": edtf, "basis": "stated"}
            else:
                value["absent"] = [{"field": "published", "reason": "not-stated"}]

        edit(folder / "documents" / BAYAN / "document.json", change)
        return folder

    return make


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        ("2022-05-10", []),
        ("2022-05-11", [TALKS]),
        ("2022-05-12", [BAYAN, TALKS]),
        ("2030-01-01", [BAYAN, TALKS]),
    ],
)
def test_a_document_is_there_from_its_day_on(tidewater: Path, day: str, ids: list[str]) -> None:
    corpus = cte.Corpus(tidewater, as_of=day)
    assert [document.id for document in corpus] == list(corpus.documents) == ids
    assert {event.document for event in corpus.events.values()} == set(ids)


@pytest.mark.parametrize(
    ("edtf", "day", "there"),
    [
        ("2022-05", "2022-05-30", False),
        ("2022-05", "2022-05-31", True),
        ("[2022-05-09..2022-05-13]", "2022-05-12", False),
        ("[2022-05-09..2022-05-13]", "2022-05-13", True),
        ("2022~", "2022-12-30", False),
        ("2022~", "2022-12-31", True),
        ("2022-05-12/..", "9999-12-31", False),
        (None, "9999-12-31", False),
    ],
)
def test_an_uncertain_date_counts_from_its_last_day(dated: Dated, edtf: str | None, day: str, there: bool) -> None:
    corpus = cte.Corpus(dated(edtf), as_of=day)
    assert (BAYAN in corpus) == there
    assert corpus.left_out is not None
    undated = not there and edtf in (None, "2022-05-12/..")
    assert corpus.left_out.undated == ((BAYAN,) if undated else ())
    assert corpus.left_out.later == (() if there or undated else (BAYAN,))


def test_relations_to_the_others_go_and_are_counted(tidewater: Path) -> None:
    whole, then = cte.Corpus(tidewater), cte.Corpus(tidewater, as_of="2022-05-11")
    across = [
        relation
        for key in then.events
        for relation in whole.events[key].relations
        if not relation.event.startswith(TALKS)
    ]
    assert then.left_out is not None
    assert then.left_out.relations == len(across) == 2
    assert not [item for event in then.events.values() for item in event.relations if BAYAN in item.event]
    assert then.events[f"{TALKS}:e06"].relations == ()
    assert then.events[f"{TALKS}:e02"] == whole.events[f"{TALKS}:e02"]


def test_every_id_that_is_left_leads_somewhere(tidewater: Path) -> None:
    """What is shown as of a day is a valid corpus."""
    for path, day in ((None, "2022-05-15"), (None, "2022-05-10"), (tidewater, "2022-05-11")):
        corpus = cte.Corpus(path, as_of=day)
        entities = {mention.entity for mention in corpus.mentions.values()}
        entities |= {item.entity for event in corpus.events.values() for item in event.arguments if item.entity}
        entities |= {link.entity for entity in corpus.entities.values() for link in entity.links}
        assert entities <= set(corpus.entities)
        events = {relation.event for event in corpus.events.values() for relation in event.relations}
        assert events <= set(corpus.events)


def test_entities_that_nothing_uses_go(tidewater: Path) -> None:
    whole, then = cte.Corpus(tidewater), cte.Corpus(tidewater, as_of="2022-05-11")
    gone = set(whole.entities) - set(then.entities)
    assert then.left_out is not None
    assert then.left_out.entities == len(gone) == 5
    text = json.dumps(then.raw_documents)
    assert not [key for key in gone if f'"{key}"' in text]
    assert cte.Corpus(tidewater, as_of="2000-01-01").entities == {}


def test_all_that_reads_a_corpus_reads_it(tidewater: Path) -> None:
    then = cte.Corpus(tidewater, as_of="2022-05-11")
    assert cte.load_dataset("documents", then)["id"] == [TALKS]
    assert set(cte.tables(then)["mentions"]["document"].to_pylist()) == {TALKS}
    with cte.connect(then) as database:
        assert database.execute("select count(*) from clusters where len(documents) > 1").fetchall() == [(0,)]
    assert then.entities["gpe:port-sable"].mentions[0].document == TALKS


def test_it_stays_the_corpus_that_it_is(tidewater: Path) -> None:
    whole, then = cte.Corpus(tidewater), cte.Corpus(tidewater, as_of="2022-05-11")
    assert (whole.as_of, whole.left_out) == (None, None)
    assert root_digest(then.stored) == root_digest(whole.stored)
    again = pickle.loads(pickle.dumps(then))
    assert (again.as_of, list(again.documents)) == ("2022-05-11", [TALKS])
    assert "0.2.0 as of 2022-05-11" in repr(then)
    assert "bayan-al-marfa (later)" in then._repr_html_()


def test_version_and_day_are_two_things(tidewater: Path) -> None:
    assert cte.Corpus(tidewater, version="0.2.0", as_of="2022-05-11").version == "0.2.0"
    with pytest.raises(cte.CteError, match=r"is version 0\.2\.0, not 1\.0\.0"):
        cte.Corpus(tidewater, version="1.0.0", as_of="2022-05-11")
    with pytest.raises(cte.CteError, match="a release of the corpus has a version"):
        cte.Corpus(tidewater, as_of="1.0.0")


@pytest.mark.parametrize("day", ["2022-05", "2022", "2022-02-30", "20220511", "yesterday", "", "2022-05-11T00:00"])
def test_what_is_no_day_is_refused(tidewater: Path, day: str) -> None:
    with pytest.raises(cte.CteError, match="expected a day such as 2022-05-15"):
        cte.Corpus(tidewater, as_of=day)


def test_commands_read_as_of_a_day_and_say_so(tidewater: Path) -> None:
    for command in (["stats", "-o", "json"], ["sql", "select id from documents"], ["show", TALKS]):
        found = CliRunner().invoke(group, [*command, "--corpus", str(tidewater), "--as-of", "2022-05-11"])
        assert found.exit_code == 0, found.output
        assert BAYAN not in found.stdout
        assert TALKS in found.stdout
        assert found.stderr.startswith("as of 2022-05-11, without bayan-al-marfa (later); ")
        assert CliRunner().invoke(group, [*command, "--corpus", str(tidewater)]).stderr == ""


def test_the_corpus_of_the_fixture_is_valid(dated: Dated) -> None:
    assert run(dated("2022-05")).ok

"""Entities that come, get another id, are made one, and go: with every record that names them, and nothing else."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cte_corpus.authoring import references
from cte_corpus.checking import engine
from cte_corpus.cli import cte as group
from cte_corpus.errors import CteError
from tests.conftest import ROOT

DUNE = ("org:dune-front", "--kind", "armed-group", "--name", "en=Dune Front", "--description", "en=Invented group.")


def run(corpus: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["entity", *arguments, "--corpus", str(corpus)])


def state(corpus: Path) -> dict[str, bytes]:
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in corpus.rglob("*") if path.is_file()}


def read(corpus: Path, path: str) -> Any:
    return json.loads((corpus / path).read_text("utf-8"))


def changed(before: dict[str, bytes], corpus: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The files that differ, each with its lines that went and that came."""
    after = state(corpus)
    lines = {
        name: tuple((side.get(name) or b"").decode().splitlines() for side in (before, after))
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    }
    return {
        name: ([line for line in was if line not in now], [line for line in now if line not in was])
        for name, (was, now) in lines.items()
    }


def refused(corpus: Path, *arguments: str) -> str:
    """What is said of arguments that change nothing."""
    before = state(corpus)
    done = run(corpus, *arguments)
    assert isinstance(done.exception, CteError), done.output
    assert state(corpus) == before
    return f"{done.exception.message}\n{done.exception.detail}\n{done.exception.hint}"


def test_the_fields_that_name_an_entity_are_those_of_the_models() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src/cte_corpus/records").glob("*.py"))
    assert set(re.findall(r"_find(?:_all)?\(Entity, self\.(\w+)\)", sources)) == references.FIELDS


def test_a_rename_changes_the_references_and_nothing_else(corpus: Path) -> None:
    before = state(corpus)
    done = run(corpus, "rename", "org:tidal-front", "org:tide-front")
    assert (done.exit_code, done.exception) == (0, None)
    assert "Step: major, as org:tidal-front is gone" in done.output
    assert "references changed: 1 in entity, 1 in events, 1 in mentions" in done.output
    found = changed(before, corpus)
    tombstones = read(corpus, "retired.json")["records"]
    assert tombstones[-1]["replaced_by"] == "org:tide-front"
    assert tombstones[-1].keys() == {"id", "since", "day", "reason", "replaced_by"}
    del found["retired.json"], found["entities/org/tidal-front.json"], found["entities/org/tide-front.json"]
    assert sorted(found) == [
        "documents/harbour-talks/events.json", "documents/harbour-talks/mentions.json",
        "entities/org/grey-lantern.json",
    ]  # fmt: skip
    for went, came in found.values():
        assert [line.replace("org:tidal-front", "org:tide-front") for line in went] == came
    assert engine.run(corpus).diagnostics == []


def test_references_of_the_corpus_go_and_come_back() -> None:
    """No field names an entity after, nothing else has changed, and the way back gives the same words."""
    files = [json.loads(path.read_bytes()) for path in sorted((ROOT / "data").rglob("*.json"))]
    files = [(value, json.dumps(value)) for value in files]
    entities = [value["id"] for value, _ in files if "names" in value]
    assert len(entities) > 100
    for entity in entities[::20]:
        other = f"{entity}-2"
        for value, words in files:
            if f'"{entity}"' in words and value.get("id") != entity:
                named = json.dumps(references.put(value, entity, other))
                assert f'"{entity}"' not in re.sub(r'"(?:id|replaced_by)": "[^"]*"', "", named)
                assert named.replace(f'"{other}"', f'"{entity}"') == words


def test_there_and_back_is_refused_as_an_id_is_never_used_again(corpus: Path) -> None:
    assert run(corpus, "rename", "org:tidal-front", "org:tide-front").exit_code == 0
    assert "was retired" in refused(corpus, "rename", "org:tide-front", "org:tidal-front")


def test_two_become_one_with_all_that_is_known_of_either(corpus: Path) -> None:
    done = run(corpus, "merge", "gpe:iceland", "gpe:veltania", "--reason", "One country.")
    assert (done.exit_code, done.exception) == (0, None)
    assert "Step: major, as gpe:iceland is gone" in done.output
    merged = read(corpus, "entities/gpe/veltania.json")
    assert {"text": "Iceland", "lang": "en", "script": "Latn", "use": "alias"} in merged["names"]
    assert merged["identifiers"][0]["value"] == "IS"
    assert not [name for name, data in state(corpus).items() if b"gpe:iceland" in data and name != "retired.json"]
    assert engine.run(corpus).diagnostics == []
    shown = CliRunner().invoke(group, ["show", "gpe:iceland", "--corpus", str(corpus)])
    assert "gpe:veltania" in str(shown.exception)


def test_what_then_stands_twice_is_put_together() -> None:
    event = {
        "arguments": [
            {"role": "recipient", "entity": "org:a", "mentions": ["d:m01"]},
            {"role": "recipient", "entity": "org:b", "mentions": ["d:m02"]},
            {"role": "facilitator", "entity": "org:b"},
        ],
        "supports": ["org:b", "org:a"],
        "note": "org:a",
    }
    assert references.put(event, "org:a", "org:b") == {
        "arguments": [
            {"role": "recipient", "entity": "org:b", "mentions": ["d:m01", "d:m02"]},
            {"role": "facilitator", "entity": "org:b"},
        ],
        "supports": ["org:b"],
        "note": "org:a",
    }


def test_an_entity_that_nothing_names_goes(corpus: Path) -> None:
    assert run(corpus, "new", *DUNE).exit_code == 0
    before = state(corpus)
    done = run(corpus, "retire", "org:dune-front", "--reason", "It was made up.")
    assert (done.exit_code, done.exception) == (0, None)
    assert sorted(changed(before, corpus)) == ["entities/org/dune-front.json", "retired.json"]
    assert engine.run(corpus).diagnostics == []
    assert "was retired" in refused(corpus, "new", *DUNE)


def test_a_new_entity_says_what_it_leaves_open(corpus: Path) -> None:
    done = run(corpus, "new", *DUNE, "--name", "en=Dunes", "--name", "ar=جبهة الكثبان", "--name", "ja/Jpan=砂丘")
    assert done.exit_code == 0
    assert "left open, warning CTE504" in done.output
    assert "Step: minor, as org:dune-front is new" in done.output
    record = read(corpus, "entities/org/dune-front.json")
    assert [(name["lang"], name["script"], name["use"]) for name in record["names"]] == [
        ("en", "Latn", "preferred"), ("en", "Latn", "alias"), ("ar", "Arab", "preferred"), ("ja", "Jpan", "preferred"),
    ]  # fmt: skip
    assert record["privacy"] == "none"
    place = ("gpe:lornhaven", "--kind", "city", "--name", "en=Lornhaven", "--description", "en=City.")
    done = run(corpus, "new", *place, "--country", "located-in=IS")
    assert done.exit_code == 1
    assert "left open, error CTE424: a city has coordinates" in done.output
    assert "geo" not in read(corpus, "entities/gpe/lornhaven.json")


def test_coordinates_and_identifiers_have_a_source(corpus: Path) -> None:
    place = ("new", "gpe:lornhaven", "--kind", "city", "--name", "en=Lornhaven", "--description", "en=City.")
    given = ("--country", "located-in=IS", "--identifier", "geonames=9999999", "--point", "64.1,-21.9")
    assert "need the source" in refused(corpus, *place, *given)
    assert "no source of their own" in refused(corpus, *place, "--point", "1,2", "--source", "https://a.example/b")
    done = run(corpus, *place, *given, "--source", "https://example.org/places")
    assert (done.exit_code, done.exception) == (0, None)
    record = read(corpus, "entities/gpe/lornhaven.json")
    assert record["geo"] == {"lat": 64.1, "lon": -21.9, "precision": "city"}
    assert record["identifiers"][0]["source"] == "https://example.org/places"


@pytest.mark.parametrize("name", ["The Grey Lantern", "grey-lantern", "Gray Lantern", "الفَانوس الرمادي"])
def test_an_entity_that_may_be_there_is_shown_first(corpus: Path, name: str) -> None:
    lang = "en" if name.isascii() else "ar"
    given = ("new", "org:lanterns", "--kind", "armed-group", "--name", "en=X Y", "--description", "en=Group.")
    assert "org:grey-lantern is called" in refused(corpus, *given, "--name", f"{lang}={name}")


def test_one_that_is_said_to_be_another_is_written(corpus: Path) -> None:
    given = ("new", "org:lanterns", "--kind", "media", "--name", "en=Gray Lantern", "--description", "en=A paper.")
    assert run(corpus, *given, "--distinct").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("rename org:tidal-frond org:x", "did you mean `org:tidal-front`"),
        ("rename org:tidal-front org:grey-lantern", "there is an entity org:grey-lantern already"),
        ("rename org:tidal-front org:harbour-press", "was retired"),
        ("rename org:tidal-front ../x", "is no entity id"),
        ("rename org:tidal-front org:con", "Windows can have no file"),
        ("rename org:tidal-front ship:tidal-front", "would no longer pass its check"),
        ("merge org:tidal-front org:tidal-front", "is one entity already"),
        ("merge org:tidal-front org:grey-lantern", "CTE432 harbour-talks:e07"),
        ("merge org:tidal-front org:grey", "no entity 'org:grey'"),
        ("retire org:tidal-front --reason x", "3 records name org:tidal-front"),
        ("new ship:x --kind armed-group --name en=X --description en=x", "no class of entities"),
        ("new org:x --kind armedgroup --name en=X --description en=x", "did you mean `armed-group`"),
        ("new person:x --kind person --name en=Xavo --description en=x", "is decided, and not guessed"),
        ("new org:x --kind media --name Xavo --description en=x", "no name with its language"),
        ("new org:x --kind media --name ja=砂 --description en=x", "the script of"),
        ("new org:x --kind media --name en=Xavo --description x", "has no language"),
        ("new org:x --kind media --name en=Xavo --description en=x --country IS", "is not of two parts"),
        ("new org:x --kind media --name en=Xavo --description en=x --country seat=ZZ", "CTE423"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(corpus: Path, arguments: str, said: str) -> None:
    assert said in refused(corpus, *arguments.split())


def test_a_file_that_is_no_json_is_named(corpus: Path) -> None:
    (corpus / "documents/harbour-talks/mentions.json").write_bytes(b'{"entity": "org:tidal-front"')
    assert "mentions.json: " in refused(corpus, "rename", "org:tidal-front", "org:x")


def test_a_change_whose_writer_was_killed_is_finished_by_the_next_command(corpus: Path) -> None:
    before = state(corpus)
    pending = corpus / ".pending" / "entities" / "org"
    pending.mkdir(parents=True)
    (pending / "dune-front.json").write_bytes(before["entities/org/tidal-front.json"])
    (pending / "tidal-front.json.gone").touch()
    assert CliRunner().invoke(group, ["check", str(corpus)]).exit_code == 1
    assert sorted(changed(before, corpus)) == ["entities/org/dune-front.json", "entities/org/tidal-front.json"]

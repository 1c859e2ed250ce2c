"""Records of an older schema, read by later models: the example of docs/schema-policy.md, run."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import create_model

import cte_corpus as cte
from cte_corpus import records
from cte_corpus.checking import engine
from cte_corpus.compare.diff import diff
from cte_corpus.compare.sides import of
from cte_corpus.compare.step import Step
from cte_corpus.corpus import migrate
from cte_corpus.errors import CteError
from cte_corpus.records.base import Model
from cte_corpus.store import layout
from cte_corpus.store.digests import record_digest, root_digest
from cte_corpus.store.stored import Stored
from tests.compare.states import TALKS, edit, events, put, record
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def event_of_2_0() -> type[Model]:
    """The model of an event in an invented 2.0: `note` is now `remark`, and `mode` is now a list, `modes`."""
    kept = {name: (field.annotation, field) for name, field in records.Event.model_fields.items()}
    del kept["note"], kept["mode"]
    fields: dict[str, Any] = kept | {"remark": (str | None, None), "modes": (list[str], [])}
    return create_model("Event", __base__=Model, **fields)


@pytest.fixture
def step() -> migrate.Step:
    """The step in the policy, as it is printed there."""
    page = (ROOT / "docs" / "schema-policy.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    found: migrate.Step = names["step"]
    return found


Package = Callable[[str, dict[int, migrate.Step]], None]


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Package:
    """Let the package be of another version of the schemas, with these steps."""
    layout.schema_dir()  # keeps what it has found: there is no folder of an invented version

    def be(version: str, steps: dict[int, migrate.Step]) -> None:
        monkeypatch.setattr(layout, "SCHEMA_VERSION", version)
        monkeypatch.setattr(migrate, "STEPS", steps)

    return be


@pytest.fixture
def later(step: migrate.Step, package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package whose schemas are 2.0."""
    package("2.0", {1: step})
    monkeypatch.setattr(records, "Event", event_of_2_0())


@pytest.fixture
def old(tidewater: Path, tmp_path: Path) -> Path:
    """A corpus of schema 1.0."""
    corpus = shutil.copytree(tidewater, tmp_path / "old")
    edit(corpus / "corpus.json", put(schema_version="1.0"))
    edit(events(corpus), lambda value: record(value, f"{TALKS}:e03").update(note="Coded from one sentence."))
    return corpus


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.json")}


# The example


@pytest.mark.usefixtures("later")
def test_later_models_read_the_records_of_1_0(old: Path) -> None:
    before = bytes_of(old)
    corpus = cte.Corpus(old)
    event: Any = corpus.events[f"{TALKS}:e03"]
    assert (event.remark, event.modes) == ("Coded from one sentence.", ["asset_freeze"])
    assert not hasattr(event, "note")
    plain: Any = corpus.events[f"{TALKS}:e01"]
    assert (plain.remark, plain.modes) == (None, [])
    for mapping in (corpus.documents, corpus.sections, corpus.sentences, corpus.mentions, corpus.events):
        assert len(list(mapping.values())) > 0
    assert corpus.info.schema_version == "1.0"
    assert bytes_of(old) == before


def test_digests_stay_those_of_the_stored_records(old: Path, step: migrate.Step, package: Package) -> None:
    before = cte.Corpus(old)
    root, column = root_digest(before.stored), digest_column(before)
    key = f"{TALKS}:e03"
    package("2.0", {1: step})
    after = cte.Corpus(old)
    raw = next(one for document in after.raw_documents for one in document["events"] if one["id"] == key)
    assert raw["remark"] == "Coded from one sentence."
    assert root_digest(after.stored) == root_digest(Stored(old)) == root
    stored = next(one for document in after.stored.raw_documents for one in document["events"] if one["id"] == key)
    assert stored["note"] == "Coded from one sentence."
    assert column[key] == record_digest(stored)[:16] != record_digest(raw)[:16]
    assert digests_of_rows(after) == column


def digest_column(corpus: cte.Corpus) -> dict[str, str]:
    table = cte.tables(corpus)["events"]
    return dict(zip(table["id"].to_pylist(), table["derived_digest"].to_pylist(), strict=True))


def digests_of_rows(corpus: cte.Corpus) -> dict[str, str]:
    """As in the table; the columns of an invented schema are no part of the package."""
    from cte_corpus.tabular.rows import collect

    return {row["id"]: row["derived_digest"] for _, row in collect(corpus, ["events"])}


def test_the_step_leaves_alone_what_it_is_given(old: Path, step: migrate.Step) -> None:
    given: list[tuple[migrate.Kind, Any]] = [("document", one) for one in Stored(old).raw_documents]
    given += [("entity", one) for one in Stored(old).raw_entities] + [("corpus", Stored(old).info)]
    for kind, value in given:
        before = copy.deepcopy(value)
        step(kind, value)
        assert value == before


@pytest.mark.usefixtures("later")
def test_what_follows_2_0_is_read_as_it_is(old: Path, step: migrate.Step) -> None:
    """Beside each other: the same records, once as 1.0 and once as 2.0."""
    new = shutil.copytree(old, old.parent / "new")
    write_as_2_0(new, step)
    assert cte.Corpus(new).raw_documents == Stored(new).raw_documents
    assert cte.Corpus(new).raw_documents == cte.Corpus(old).raw_documents
    assert cte.Corpus(new).events[f"{TALKS}:e03"] == cte.Corpus(old).events[f"{TALKS}:e03"]


def write_as_2_0(corpus: Path, step: migrate.Step) -> None:
    for folder in (corpus / "documents").iterdir():
        path = folder / "events.json"
        value = json.loads(path.read_bytes())
        value["records"] = step("document", {"events": value["records"]})["events"]
        path.write_text(json.dumps(value), "utf-8")
    edit(corpus / "corpus.json", put(schema_version="2.0"))


@pytest.mark.usefixtures("later")
def test_diff_tells_what_records_say_and_not_how(old: Path, step: migrate.Step) -> None:
    new = shutil.copytree(old, old.parent / "new" / "data")
    write_as_2_0(new, step)
    edit_event(new, lambda event: event.update(status="planned"))
    publish(new.parent / "schemas" / "v2")
    found = diff(of("old", old), of("new", new))
    changes = [(one.item.id, change.path, change.kind) for one in found.changed for change in one.changes]
    assert changes == [("corpus.json", "schema_version", "changed"), (f"{TALKS}:e03", "status", "changed")]
    assert [(change.what, change.where) for change in found.schema] == [
        ("schema version changed", ("schemas",)),
        ("field removed", ("Event.mode",)),
        ("field removed", ("Event.note",)),
        ("field added", ("Event.remark",)),
        ("field added", ("Event.modes",)),
    ]
    assert found.step == Step.MAJOR


def edit_event(corpus: Path, change: Callable[[Any], object]) -> None:
    path = events(corpus)
    value = json.loads(path.read_bytes())
    change(record(value, f"{TALKS}:e03"))
    path.write_text(json.dumps(value), "utf-8")


def publish(folder: Path) -> None:
    """The schemas of the invented 2.0."""
    shutil.copytree(ROOT / "schemas" / "v1", folder)
    path = folder / "events.schema.json"
    schema = json.loads(path.read_bytes())
    fields = schema["$defs"]["Event"]["properties"]
    del fields["note"], fields["mode"]
    fields |= {"remark": {"type": "string"}, "modes": {"type": "array", "items": {"type": "string"}}}
    path.write_text(json.dumps(schema), "utf-8")
    vocabulary = json.loads((folder / "vocabulary.json").read_bytes())
    (folder / "vocabulary.json").write_text(json.dumps(vocabulary | {"schema_version": "2.0"}), "utf-8")


# Steps in general


@pytest.mark.parametrize(
    ("version", "corpus", "majors"),
    [("1.0", "1.0", []), ("1.3", "1.0", []), ("2.0", "1.4", [1]), ("4.1", "1.0", [1, 2, 3]), ("4.0", "3.7", [3])],
)
def test_steps_are_taken_in_order_and_none_within_a_major_version(
    old: Path, package: Package, version: str, corpus: str, majors: list[int]
) -> None:
    taken: list[tuple[migrate.Kind, int]] = []

    def noting(major: int) -> migrate.Step:
        def step(kind: migrate.Kind, record: migrate.Raw) -> migrate.Raw:
            taken.append((kind, major))
            return record

        return step

    edit(old / "corpus.json", put(schema_version=corpus))
    package(version, {major: noting(major) for major in (1, 2, 3)})
    read = cte.Corpus(old)
    for kind, found in {"corpus": [read.raw_info], "document": read.raw_documents, "retired": read.raw_retired}.items():
        assert found
        assert [major for name, major in taken if name == kind] == [major for major in majors for _ in found]
    assert read.raw_entities == read.stored.raw_entities
    assert {kind for kind, _ in taken} == ({"corpus", "document", "entity", "retired"} if majors else set())


@pytest.mark.parametrize("newer", ["1.9", "2.0", "10.0"])
def test_a_newer_schema_is_refused(old: Path, newer: str) -> None:
    edit(old / "corpus.json", put(schema_version=newer, version="1.4.0"))
    with pytest.raises(CteError) as caught:
        len(cte.Corpus(old).events)
    assert (
        caught.value.message == f"the corpus follows schema {newer}; this package reads up to {layout.SCHEMA_VERSION}"
    )
    assert caught.value.hint.endswith('pip install "cte-corpus>=1.4.0"')


def test_a_schema_for_which_no_step_is_left_is_refused(old: Path, package: Package) -> None:
    package("3.0", {2: lambda kind, record: record})
    with pytest.raises(CteError) as caught:
        len(cte.Corpus(old).documents)
    assert caught.value.message == "the corpus follows schema 1.0; this package reads 3.0, no longer 1.x"
    assert caught.value.hint.endswith('pip install "cte-corpus==0.2.0"')


@pytest.mark.parametrize("version", ["1", "one", "1.0.0", "v1", "", "1.0\n", "٢.٠"])
def test_what_is_no_version_is_refused(old: Path, version: str) -> None:
    edit(old / "corpus.json", put(schema_version=version))
    with pytest.raises(CteError, match="is no version of the schemas"):
        len(cte.Corpus(old).entities)


def test_every_older_major_version_has_its_step() -> None:
    assert sorted(migrate.STEPS) == list(range(1, int(layout.SCHEMA_VERSION.partition(".")[0])))


@pytest.mark.parametrize("version", ["0.9", "1.9", "2.0", "01.2", "1.02", "1." + "9" * 5_000, "9" * 5_000 + ".0"])
def test_what_cannot_be_read_does_not_pass_the_check(old: Path, version: str) -> None:
    edit(old / "corpus.json", put(schema_version=version))
    assert [item.code for item in engine.run(old).diagnostics if item.location.path.endswith("corpus.json")] == [
        "CTE104"
    ]

"""What follows schema 1.0 is read, judged and compared by this package, without a step of migration."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import cte_corpus as cte
from cte_corpus.checking.engine import run
from cte_corpus.compare.diff import diff
from cte_corpus.compare.sides import of
from cte_corpus.compare.step import Step
from cte_corpus.published import ledger
from cte_corpus.release.build import Pack, build
from cte_corpus.release.earlier import earlier
from cte_corpus.release.verify import verify
from cte_corpus.store import layout
from cte_corpus.tabular import arrow
from tests.compare.states import TALKS, edit, put
from tests.conftest import ROOT
from tests.packs import DAY
from tests.release.test_first_release import commit

SINCE = {"genericity", "nature", "head", "via_span"}
"""Fields of schema 1.1 that the invented corpus has."""


def without(value: Any) -> Any:
    """A value as schema 1.0 has it."""
    if isinstance(value, dict):
        return {key: without(item) for key, item in value.items() if key not in SINCE}
    return [without(item) for item in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def old(tidewater: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented corpus as a tree of schema 1.0."""
    root = shutil.copytree(tidewater, tmp_path_factory.mktemp("old") / "tree")
    for path in root.rglob("*.json"):
        path.write_text(path.read_text("utf-8").replace("/v1.2/", "/v1/"), "utf-8")
    for path in (root / "documents").glob("*/*.json"):
        edit(path, lambda value: value.update(without(value)))
    edit(root / "corpus.json", put(schema_version="1.0"))
    document = root / "documents" / TALKS / "document.json"
    edit(document, lambda value: value["coding"].update(guideline="edition 2"))
    for name in ("events", "mentions"):
        path = root / "documents" / TALKS / f"{name}.json"
        edit(path, lambda value: value.update(records=[without(record) for record in value["records"]]))
    return root


@pytest.fixture(scope="module")
def packed(old: Path, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Its pack, with the schemas of 1.0."""
    return build(old, tmp_path_factory.mktemp("packed"), date=DAY)


def test_it_is_judged_and_has_no_finding(old: Path) -> None:
    assert run(old).diagnostics == []


def test_its_pack_has_its_own_schemas_and_is_verified(packed: Pack) -> None:
    assert packed.manifest.schema_version == "1.0"
    assert [path.name for path in (packed.folder / "schemas").iterdir()] == ["v1"]
    for published in (ROOT / "schemas" / "v1").iterdir():
        assert (packed.folder / "schemas" / "v1" / published.name).read_bytes() == published.read_bytes()
    report = verify(packed.archive)
    assert [check.name for check in report.checks if check.faults] == []
    assert [check.name for check in report.checks if not check.looked] == ["ledger"]


def test_it_loads_with_the_models_and_columns_of_today(packed: Pack, tidewater: Path) -> None:
    corpus = cte.Corpus(packed.folder)
    assert corpus.info.canary is None
    assert {event.genericity for event in corpus.events.values()} == {None}
    for mapping in (corpus.documents, corpus.sections, corpus.sentences, corpus.mentions, corpus.sanctions):
        assert len(list(mapping.values())) == len(mapping)
    for tables in (arrow.tables, arrow.flat_tables):
        was, now = tables(packed.folder), tables(tidewater)
        assert {name: table.schema for name, table in was.items()} == {name: one.schema for name, one in now.items()}
    assert cte.tables(packed.folder)["events"]["genericity"].null_count == len(corpus.events)


def test_of_incidents_nothing_is_known_where_genericity_was_not_coded(packed: Pack) -> None:
    bombing = next(row for row in cte.tables(packed.folder)["events"].to_pylist() if row["type"] == "attack.bombing")
    assert (bombing["derived_gtd"], bombing["derived_acled"]) == ([], [])


def test_it_is_compared_with_what_follows_1_1(packed: Pack, tidewater: Path) -> None:
    found = diff(of("old", packed.folder), of("new", tidewater))
    assert found.step == Step.MINOR
    assert (found.added, found.removed) == ((), ())
    changes = {change.path.rpartition(".")[2] for record in found.changed for change in record.changes}
    assert changes == {"schema_version", "guideline", *SINCE}
    assert {"field added", "code added", "became optional"} <= {change.what for change in found.schema}
    back = diff(of("new", tidewater), of("old", packed.folder))
    assert back.step == Step.MAJOR


def test_release_1_0_0_is_read_judged_and_compared() -> None:
    commit()  # says why, where the history is not there
    with earlier(ROOT, ledger.entry("1.0.0")) as before:
        info = json.loads((before.corpus.path / "corpus.json").read_bytes())
        assert (info["version"], info["schema_version"]) == ("1.0.0", "1.0")
        assert run(before.corpus.path).diagnostics == []
        tables, now = cte.tables(before.corpus.path), cte.tables()
        assert {name: table.schema for name, table in tables.items()} == {name: one.schema for name, one in now.items()}
        assert {name: table.num_rows for name, table in tables.items()} == ledger.entry("1.0.0").records
        changes = diff(before, of("now", layout.data_dir()))
        assert changes.schema
        assert "schema_version" in {change.path for record in changes.changed for change in record.changes}

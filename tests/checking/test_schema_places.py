"""A schema that is not where a file says: one finding for all files that share the fault, however it is checked."""

import shutil
from pathlib import Path

import pytest

from cte_corpus.authoring import schema_place
from cte_corpus.checking import again, engine, merge, partial
from cte_corpus.checking.diagnostic import Diagnostic
from cte_corpus.checking.schema_places import CODE
from cte_corpus.store.layout import data_dir, real
from tests.checking.corpora import TIDEWATER, packed
from tests.checking.test_piecework import in_pieces

FILES = 28
ODD = ("documents/harbour-talks/events.json", "../../nowhere/zzz.json")
"""A file, and where it says that its schema is."""


def named(root: Path, name: str, place: str) -> None:
    """Let a file name its schema at a place."""
    lines = (root / name).read_text("utf-8").splitlines(keepends=True)
    lines[1] = f'  "$schema": "{place}",\n'
    (root / name).write_text("".join(lines), "utf-8")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A corpus whose files lead to schemas beside it, of which only the corpus was copied; one file leads elsewhere."""
    root = shutil.copytree(TIDEWATER, tmp_path / "there" / "corpus")
    list(schema_place.name(root, str(tmp_path / "there" / "schemas")))
    named(root, *ODD)
    shutil.copytree(root, tmp_path / "copy" / "corpus")
    return real(tmp_path / "copy" / "corpus")


def seen(found: list[Diagnostic], root: Path) -> list[tuple[str, int, str]]:
    """What was found, and where; that it is nothing but schemas that are not there."""
    assert {(item.code, item.severity) for item in found} <= {(CODE, "info")}
    return [(str(Path(item.location.path).relative_to(root)), item.location.line, item.message) for item in found]


def test_all_files_with_one_fault_are_one_finding_and_another_its_own(copied: Path) -> None:
    result = engine.run(copied)
    assert seen(result.diagnostics, copied) == [
        ("corpus.json", 2, f"`../schemas/v1.2/corpus.schema.json` is not there (and {FILES - 2} more places)"),
        (ODD[0], 2, f"`{ODD[1]}` is not there"),
    ]
    assert result.ok
    assert all("cte schema --set" in item.help for item in result.diagnostics)
    assert len(schema_place.lost(copied)) == FILES


def test_however_it_is_checked_it_is_the_same(copied: Path, tmp_path: Path) -> None:
    alone = engine.run(copied)
    for _ in range(2):
        again_ = again.run(copied, cache=tmp_path / "cache")
        assert again_._replace(recalled=0) == alone
        found = in_pieces(copied, cache=tmp_path / "of-workers")
        assert in_pieces(copied) == alone
        assert found._replace(recalled=0) == alone
    assert again_.recalled == found.recalled == alone.documents  # a hint does not stand in the way of a verdict
    for shard in (2, 1):
        partial.write(copied, tmp_path / "parts", shard, 2)
    assert merge.merge([tmp_path / "parts"], copied) == alone


def test_that_schemas_come_and_go_is_seen_though_no_file_changes(copied: Path, tmp_path: Path) -> None:
    again.run(copied, cache=tmp_path / "cache")
    partial.write(copied, tmp_path / "parts", 1, 1)
    shutil.copytree(tmp_path / "there" / "schemas", copied.parent / "schemas")
    found = again.run(copied, cache=tmp_path / "cache")
    assert seen(found.diagnostics, copied) == [(ODD[0], 2, f"`{ODD[1]}` is not there")]
    assert partial.write(copied, tmp_path / "parts", 1, 1)[1]
    assert merge.merge([tmp_path / "parts"], copied).diagnostics == found.diagnostics
    shutil.rmtree(copied.parent / "schemas")
    assert len(again.run(copied, cache=tmp_path / "cache").diagnostics) == 2


def test_a_check_of_one_document_sees_its_files_and_those_around_it(copied: Path) -> None:
    one = copied / "documents" / "harbour-talks"
    around = FILES - 5 - 5  # of both documents
    assert seen(engine.run(one).diagnostics, copied) == [
        ("corpus.json", 2, f"`../schemas/v1.2/corpus.schema.json` is not there (and {around + 4 - 1} more places)"),
        (ODD[0], 2, f"`{ODD[1]}` is not there"),
    ]


@pytest.mark.parametrize(
    "place",
    [
        "https://example.org/x.json",
        "urn:cte-corpus:x",
        "../../nowhere\\u0000/zzz.json",
        "../../corpus.json#/$defs/x",
        "",
    ],
)
def test_what_is_no_place_on_this_machine_is_not_looked_for(place: str, tmp_path: Path) -> None:
    root = real(shutil.copytree(TIDEWATER, tmp_path / "corpus"))
    named(root, ODD[0], place)
    found = [item for item in engine.run(root).diagnostics if item.code == CODE]
    assert len(found) == (place == "" or "nowhere" in place)


def test_the_bundled_corpus_leads_to_its_schemas() -> None:
    assert engine.run(data_dir()).diagnostics == []
    assert schema_place.lost(data_dir()) == []


def test_an_installed_corpus_and_a_packed_one_are_not_asked(copied: Path, tmp_path: Path) -> None:
    installed = shutil.copytree(copied, tmp_path / "site-packages" / "cte_corpus" / "_data")
    assert engine.run(installed).diagnostics == []
    pack = packed(tmp_path / "pack")
    named(pack, "corpus.json", "../nowhere/corpus.schema.json")
    assert engine.run(pack).diagnostics == []

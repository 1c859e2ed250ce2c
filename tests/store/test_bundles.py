"""Reading a corpus as it lies on disk: tree and packed, whole and with what should not be there."""

import os
import shutil
from pathlib import Path

import orjson
import pytest

from cte_corpus.store import bundles
from cte_corpus.store.inside import LinkOutError
from cte_corpus.store.layout import PARTS

needs_links = pytest.mark.skipif(os.name != "posix", reason="making links needs rights elsewhere")


@pytest.fixture
def tree(tidewater: Path, tmp_path: Path) -> Path:
    """A copy of the invented corpus that a test may spoil."""
    return Path(shutil.copytree(tidewater, tmp_path / "tree"))


@pytest.fixture
def packed(tidewater: Path, tmp_path: Path) -> Path:
    """The invented corpus packed."""
    root = tmp_path / "packed"
    root.mkdir()
    for name in ("corpus.json", "retired.json"):
        shutil.copy(tidewater / name, root / name)
    lines = [orjson.dumps(orjson.loads(source.data)) for source in bundles.entities(tidewater)]
    (root / "entities.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    whole = []
    for bundle in bundles.documents(tidewater):
        parts = {part: orjson.loads(source.data) for part, source in bundle.sources.items()}
        whole.append({part: parts[part] if part == "document" else parts[part]["records"] for part in PARTS})
    (root / "documents.jsonl").write_bytes(b"".join(orjson.dumps(item) + b"\n" for item in whole))
    return root


def test_tree(tree: Path) -> None:
    found = list(bundles.documents(tree))
    assert [bundle.id for bundle in found] == ["bayan-al-marfa", "harbour-talks"]
    for bundle in found:
        assert set(bundle.sources) == set(PARTS)
        assert bundle.missing + bundle.stray == ()
        for part, source in bundle.sources.items():
            path = tree / "documents" / bundle.id / f"{part}.json"
            assert (source.path, source.data, source.line) == (str(path), path.read_bytes(), 0)
    assert list(bundles.strays(tree)) == []


def test_entities_of_a_tree(tree: Path) -> None:
    found = list(bundles.entities(tree))
    assert [source.path for source in found] == sorted(map(str, (tree / "entities").glob("*/*.json")))
    assert all(source.data == Path(source.path).read_bytes() for source in found)


def test_packed(packed: Path, tidewater: Path) -> None:
    found = list(bundles.documents(packed))
    assert [bundle.sources["bundle"].line for bundle in found] == [1, 2]
    assert {bundle.id for bundle in found} == {""}
    assert b"".join(bundle.sources["bundle"].data for bundle in found) == (packed / "documents.jsonl").read_bytes()
    entities = list(bundles.entities(packed))
    assert len(entities) == len(list(bundles.entities(tidewater)))
    assert [source.line for source in entities] == list(range(1, len(entities) + 1))
    assert {source.path for source in entities} == {str(packed / "entities.jsonl")}
    assert list(bundles.strays(packed)) == []


def test_packed_lines_are_read_one_at_a_time(packed: Path) -> None:
    documents = bundles.documents(packed)
    first = next(documents)
    (packed / "documents.jsonl").unlink()
    assert orjson.loads(first.sources["bundle"].data)["document"]["id"] == "bayan-al-marfa"


def test_missing_files(tree: Path) -> None:
    folder = tree / "documents" / "harbour-talks"
    (folder / "events.json").unlink()
    (folder / "sections.json").unlink()
    bundle = bundles.document(folder)
    assert bundle.missing == (f"{folder}/sections.json", f"{folder}/events.json")
    assert set(bundle.sources) == {"document", "mentions", "sanctions"}


def test_an_empty_folder_misses_everything(tree: Path) -> None:
    (tree / "documents" / "empty").mkdir()
    bundle = next(bundle for bundle in bundles.documents(tree) if bundle.id == "empty")
    assert len(bundle.missing) == len(PARTS)
    assert bundle.sources == {}


def test_stray_files_of_a_document(tree: Path) -> None:
    folder = tree / "documents" / "harbour-talks"
    (folder / "notes.txt").touch()
    (folder / "Events.json").touch()
    (folder / "old").mkdir()
    bundle = bundles.document(folder)
    assert bundle.stray == (f"{folder}/Events.json", f"{folder}/notes.txt", f"{folder}/old")
    assert set(bundle.sources) == set(PARTS)


def test_stray_files_of_a_corpus(tree: Path) -> None:
    expected = [
        tree / "documents" / "a-file.json",
        tree / "entities" / "lost.json",
        tree / "entities" / "person" / "deeper",
        tree / "entities" / "person" / "notes.txt",
        tree / "notes.txt",
    ]
    for path in expected:
        if path.name == "deeper":
            path.mkdir()
        else:
            path.touch()
    assert sorted(bundles.strays(tree)) == [(str(path), False) for path in sorted(expected)]


@needs_links
def test_a_link_out_of_the_corpus_is_not_followed(tree: Path, tmp_path: Path) -> None:
    folder = tree / "documents" / "harbour-talks"
    secret = tmp_path / "elsewhere.json"
    secret.write_text('{"records": []}')
    (folder / "events.json").unlink()
    (folder / "events.json").symlink_to(secret)
    entity = tree / "entities" / "person" / "elsewhere.json"
    entity.symlink_to(secret)
    failed: list[OSError] = []
    bundle = bundles.document(folder, failed.append)
    assert "events" not in bundle.sources
    assert not bundle.is_whole
    assert str(entity) not in [source.path for source in bundles.entities(tree, failed.append)]
    assert [(type(error), error.filename) for error in failed] == [
        (LinkOutError, f"{folder}/events.json"),
        (LinkOutError, str(entity)),
    ]
    with pytest.raises(LinkOutError, match=r"events\.json"):
        bundles.document(folder)
    with pytest.raises(LinkOutError, match=r"elsewhere\.json"):
        list(bundles.entities(tree))


@needs_links
def test_a_link_within_the_corpus_is_followed(tree: Path) -> None:
    folder = tree / "documents" / "harbour-talks"
    target = tree / "documents" / "bayan-al-marfa" / "sanctions.json"
    (folder / "sanctions.json").unlink()
    (folder / "sanctions.json").symlink_to(target)
    assert bundles.document(folder).sources["sanctions"].data == target.read_bytes()


@needs_links
def test_a_linked_folder_of_another_place_is_named(tree: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.copytree(tree / "documents" / "harbour-talks", outside)
    link = tree / "documents" / "outside"
    link.symlink_to(outside)
    failed: list[OSError] = []
    assert [bundle.id for bundle in bundles.documents(tree, failed.append)] == ["bayan-al-marfa", "harbour-talks"]
    assert [(type(error), error.filename) for error in failed] == [(LinkOutError, str(link))]


@needs_links
def test_a_dangling_link_is_an_unreadable_file(tree: Path) -> None:
    folder = tree / "documents" / "harbour-talks"
    (folder / "events.json").unlink()
    (folder / "events.json").symlink_to(folder / "no-such-file.json")
    with pytest.raises(FileNotFoundError, match=r"events\.json"):
        bundles.document(folder)


def test_a_stray_link_is_stray_wherever_it_leads(tree: Path, tmp_path: Path) -> None:
    (tree / "inner").symlink_to("documents")
    (tree / "outer").symlink_to(tmp_path)
    assert list(bundles.strays(tree)) == [(f"{tree}/inner", False), (f"{tree}/outer", True)]


@pytest.mark.parametrize("name", ["", ".", "..", "../documents/harbour-talks", "a/b", "a\0b", "x" * 300])
def test_a_name_that_can_be_none_is_of_no_document(tree: Path, name: str) -> None:
    assert bundles.part(tree, name, "events") is None
    assert bundles.part(tree, "harbour-talks", "events") is not None

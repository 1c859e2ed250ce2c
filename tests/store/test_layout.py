"""Where things lie."""

from pathlib import Path

import pytest

from cte_corpus.store import layout


def test_a_checkout_reads_its_own_data() -> None:
    root = layout.checkout()
    assert root == Path(__file__).parents[2]
    assert layout.data_dir() == root / "data"
    assert layout.schema_dir() == root / "schemas" / layout.schema_folder(layout.SCHEMA_VERSION)
    assert layout.is_corpus(layout.data_dir())
    assert not layout.is_packed(layout.data_dir())
    assert sorted(path.name for path in layout.schema_dir().glob("*.schema.json")) == sorted(
        f"{kind}.schema.json" for kind in ("corpus", "entity", *layout.PARTS, "retired")
    )


def test_tree_document_and_other_folders(tidewater: Path, tmp_path: Path) -> None:
    document = tidewater / "documents" / "harbour-talks"
    assert layout.is_corpus(tidewater)
    assert layout.is_document(document)
    for folder in (document, tidewater / "documents", tidewater / "entities", tmp_path, tmp_path / "no"):
        assert not layout.is_corpus(folder)
    for folder in (tidewater, tidewater / "entities" / "person", tmp_path):
        assert not layout.is_document(folder)


def test_packed_folder(tmp_path: Path) -> None:
    (tmp_path / "documents.jsonl").touch()
    assert not layout.is_corpus(tmp_path)
    (tmp_path / "corpus.json").touch()
    assert layout.is_corpus(tmp_path)
    assert layout.is_packed(tmp_path)


def corpora(*folders: Path) -> None:
    for folder in folders:
        (folder / "documents").mkdir(parents=True)
        (folder / "corpus.json").touch()


def test_a_corpus_stands_before_one_in_its_data(tmp_path: Path) -> None:
    corpora(tmp_path / "data")
    assert layout.corpus_in(tmp_path) == tmp_path / "data"
    corpora(tmp_path)
    assert layout.corpus_in(tmp_path) == tmp_path
    assert layout.corpus_in(tmp_path / "documents") is None


def test_corpora_near_a_path_are_named_as_paths_to_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    corpora(tmp_path / "work" / "a", tmp_path / "work" / "b" / "c", tmp_path / "work" / "far" / "off" / "d")
    (tmp_path / "work" / "empty").mkdir()
    assert layout.near(Path("work")) == "; near it: work/a, work/b/c"
    assert layout.near(Path("work/nosuch")) == "; near it: work/a, work/b/c"
    assert layout.near(Path("work/a/documents/nosuch")) == "; near it: work/a"
    assert layout.near(Path("work/empty")) == ""


def test_no_more_than_four_corpora_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    corpora(*(tmp_path / name for name in "abcdef"))
    assert layout.near(tmp_path) == "; near it: a, b, c, d"


@pytest.mark.parametrize(
    ("entity", "path"),
    [
        ("person:ina-torvald", "entities/person/ina-torvald.json"),
        ("gpe:veltania", "entities/gpe/veltania.json"),
    ],
)
def test_entity_path(entity: str, path: str, tidewater: Path) -> None:
    assert layout.entity_path(entity) == path
    assert (tidewater / path).is_file()

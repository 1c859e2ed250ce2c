"""A pack that is too much for one file, and for the reference validator; here what is large is made small."""

from pathlib import Path

import fsspec
import pytest
from click.testing import CliRunner

from cte_corpus import Corpus, load_dataset, tables
from cte_corpus.checking import engine
from cte_corpus.cli import cte as group
from cte_corpus.compare.diff import diff
from cte_corpus.compare.sides import side
from cte_corpus.release import datafiles
from cte_corpus.release.build import Pack, build
from cte_corpus.release.verify import verify
from cte_corpus.store import layout, packed
from cte_corpus.tabular import arrow, in_parquet, rows
from cte_corpus.tabular.counts import figures
from tests.packs import DAY


@pytest.fixture
def large(tidewater: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pack:
    monkeypatch.setattr(datafiles, "PACKED_BYTES", 2_000)
    monkeypatch.setattr(datafiles, "SMALL", 1_000)
    monkeypatch.setattr(rows, "BATCH", 5)
    return build(tidewater, tmp_path, date=DAY, shard_bytes=4_000)


def test_a_pack_in_shards_says_what_one_of_single_files_says(large: Pack, small: Pack) -> None:
    documents, entities = (layout.packed_files(large.folder, kind) for kind in ("documents", "entities"))
    assert documents == ["documents-00000-of-00002.jsonl.zst", "documents-00001-of-00002.jsonl.zst"]
    assert len(entities) > 2
    assert layout.packed_files(small.folder, "documents") == ["documents.jsonl.zst"]
    assert large.root_digest == small.root_digest
    assert large.manifest.records == small.manifest.records
    assert verify(large.folder).ok
    assert verify(large.archive).ok
    assert engine.run(large.folder) == engine.run(small.folder)._replace(files=2 + len(documents) + len(entities))
    whole = Corpus(small.folder)
    assert figures(Corpus(large.folder)) == figures(whole)
    found = packed.Lines(large.folder, "entities")
    assert all(found.of(raw["id"]) for raw in whole.raw_entities)
    with side(str(large.folder)) as one, side(str(small.folder)) as other:
        assert not diff(one, other)
    card = (large.folder / "README.md").read_text(encoding="utf-8")
    assert "`documents-*.jsonl.zst`" in card
    assert load_dataset("mentions", large.folder)._fingerprint == load_dataset("mentions", whole)._fingerprint


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["file", "memory"])
def test_every_command_reads_shards_from_an_address(large: Pack, small: Pack, scheme: str) -> None:
    """Whatever fsspec reads, as a folder and as an archive."""
    whole = Corpus(small.folder)
    document, entity = next(iter(whole)).id, whole.raw_entities[-1]["id"]
    if scheme == "memory":
        fsspec.filesystem("memory").put(str(large.folder), "/shards", recursive=True)
        fsspec.filesystem("memory").put(str(large.archive), "/shards.tar")
    addresses = {
        "file": (f"{large.folder.as_uri()}/", large.archive.as_uri()),
        "memory": ("memory://shards/", "memory://shards.tar"),
    }
    for address in addresses[scheme]:
        assert said("check", address, "--no-cache").startswith("No findings")
        assert said("stats", address, "-o", "json") == said("stats", small.folder, "-o", "json")
        for words in (("show", document), ("show", entity), ("sql", "select count(*), min(id) from events")):
            assert said(*words, "--corpus", address) == said(*words, "--corpus", small.folder)
        assert said("diff", address, small.folder).endswith("No differences.\n")


def said(*words: str | Path) -> str:
    """What a command prints, once it has succeeded."""
    done = CliRunner().invoke(group, [*map(str, words)])
    assert done.exit_code == 0, done.output
    return done.output


def test_tables_of_a_pack_are_its_parquet_files(small: Pack, tidewater: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = tables(tidewater)
    monkeypatch.setattr(rows, "batches", None)  # nothing is made of records
    assert tables(small.folder) == expected
    assert list(tables(small.folder, names=["events"])) == ["events"]
    assert not in_parquet.tables(Corpus(tidewater), arrow.RECORD_TYPES)
    assert not in_parquet.tables(Corpus(small.folder, as_of="2030-01-01"), arrow.RECORD_TYPES)

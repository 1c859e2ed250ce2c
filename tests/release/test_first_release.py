"""Release 0.1.0, the article alone, taken from the history: built, and loaded beside the bundled version."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson
import pytest

import cte_corpus as cte
from cte_corpus.compare.diff import diff
from cte_corpus.compare.step import Step
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.published import git, history, ledger, versions
from cte_corpus.published.pack import verify_files
from cte_corpus.release import cut
from cte_corpus.release.build import build
from cte_corpus.release.earlier import earlier
from cte_corpus.release.judge import source
from cte_corpus.store.digests import root_digest
from cte_corpus.store.stored import Stored
from tests.needs import missing
from tests.published.serving import serving
from tests.release import checkouts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.published.ledger import Release
    from tests.published.serving import Server

ROOT = Path(__file__).parent.parent.parent
VERSION, DAY = "0.1.0", "2026-11-24"
ARTICLE = "alamsar-2022-marrakesh"
RELEASES = ("treasury-jy0772", "treasury-jy0791")


class First(NamedTuple):
    release: Release
    folder: Path
    """Holds the archive."""


def commit() -> str:
    """The commit that holds release 0.1.0: by its root digest, or, before it is in the ledger, by its content.

    That is the newest one that calls itself 0.1.0 and has the article alone.
    """
    if not (ROOT / ".git").exists():
        missing("needs the history of the repository, and this is no checkout")
    known = [release for release in ledger.ledger() if release.version == VERSION]
    found = history.commit(ROOT, known[0]) if known else next(filter(is_first, git.commits(ROOT, "data")), None)
    if found is None:
        shallow = checkouts.git(ROOT, "rev-parse", "--is-shallow-repository").strip() == "true"
        why = "this clone is shallow: `git fetch --unshallow` brings it" if shallow else "it is not there"
        missing(f"needs the commit of release {VERSION} in the history; {why}")
    return str(found)


def is_first(revision: str) -> bool:
    corpus = git.file(ROOT, revision, "data/corpus.json")
    documents = checkouts.git(ROOT, "ls-tree", "--name-only", revision, "data/documents/").split()
    return documents == [f"data/documents/{ARTICLE}"] and orjson.loads(corpus or b"{}").get("version") == VERSION


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    """The pack of 0.1.0, as `cte release 0.1.0 --rev` makes it, and its entry."""
    out = tmp_path_factory.mktemp("first")
    with source(ROOT, commit()) as found:
        made = build(found.data, out, date=DAY, schemas=found.schemas)
        assert root_digest(Stored(found.data)) == made.root_digest
    return First(cut.entry(made, commit()), out)


@pytest.fixture
def known(first: First, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> First:
    """The package knows this release, but not where it is; the cache is empty."""
    path = tmp_path / "releases.json"
    path.write_bytes(ledger.with_entry(first.release, b'{"releases": []}'))
    monkeypatch.setattr(ledger, "PATH", path)
    monkeypatch.setenv(versions.CACHE, str(tmp_path / "cache"))
    monkeypatch.delenv(versions.BASE, raising=False)
    return first


@pytest.fixture
def server(known: First) -> Iterator[Server]:
    with serving(known.folder) as server:
        yield server


def assert_both(old: Corpus, release: Release) -> None:
    """The first release and the bundled corpus in one process, each what it should be."""
    new = Corpus()
    assert old.path != new.path
    assert (old.version, list(old.documents)) == (VERSION, [ARTICLE])
    assert root_digest(old.stored) == release.root_digest
    assert root_digest(new.stored) == root_digest(Stored(ROOT / "data"))
    counts = {table: len(getattr(old, table)) for table in ("documents", "events", "mentions", "entities")}
    assert counts == {table: release.records[table] for table in counts}
    assert len(cte.load_dataset("events", old)) == counts["events"]
    assert len(cte.load_dataset("events", new)) == len(new.events)


def test_it_is_loaded_from_a_folder_beside_the_bundled_one(known: First, monkeypatch: pytest.MonkeyPatch) -> None:
    address = (known.folder / known.release.archive).as_uri()
    assert_both(Corpus(address), known.release)
    monkeypatch.setenv(versions.BASE, known.folder.as_uri())
    assert root_digest(Corpus(version=VERSION).stored) == known.release.root_digest


def test_it_is_loaded_from_a_server_that_breaks_off_in_the_middle(known: First, server: Server) -> None:
    size = known.release.archive_size
    address = f"{server.url}/{known.release.archive}"
    half = size // 2
    server.budget, server.cuts = size // 2, -1
    with pytest.raises(CteError, match=f"broke off after {half:,} of {size:,} bytes"):
        Corpus(address)
    left = [path for path in versions.cache().iterdir() if path.suffix != ".lock"]
    assert [path.name for path in left] == [f"{known.release.archive_sha256}.part"]
    server.budget, asked = None, len(server.asked)
    assert_both(Corpus(address), known.release)
    assert server.asked[asked].startswith(f"bytes={half}-")
    assert server.sent == size


def test_it_is_loaded_over_a_connection_that_breaks_once(known: First, server: Server) -> None:
    server.budget, server.cuts = known.release.archive_size // 2, 1
    assert_both(Corpus(f"{server.url}/{known.release.archive}"), known.release)


def test_it_holds_the_schemas_that_it_was_written_by(known: First) -> None:
    folder = known.folder / f"cte-corpus-{VERSION}"
    assert list(verify_files(folder)) == []
    assert (known.release.date, known.release.schema_version) == (DAY, "1.0")
    with source(ROOT, commit()) as found:
        for path in found.schemas.glob("*.json"):
            assert (folder / "schemas" / "v1" / path.name).read_bytes() == path.read_bytes()


def test_two_more_documents_are_a_minor_step_and_exactly_what_was_added() -> None:
    """From 0.1.0 to 1.0.0, by the history; the version itself moved further, as a first stable one may."""
    old, new = (ledger.entry(version) for version in (VERSION, "1.0.0"))
    commit()  # says why, where the history is not there
    with earlier(ROOT, old) as before, earlier(ROOT, new) as after:
        changes = diff(before, after)
    assert changes.step == Step.MINOR
    assert changes.removed == ()
    assert {item.id for item in changes.added if item.table == "documents"} == set(RELEASES)
    assert {item.document for item in changes.added if item.table != "entities"} == set(RELEASES)
    added = Counter(item.table for item in changes.added)
    tables = ("documents", "sections", "mentions", "events", "sanctions", "entities")
    assert added == {table: new.records[table] - old.records[table] for table in tables}
    said = {change.path.partition("[")[0] for record in changes.changed for change in record.changes}
    assert said == {"relations", "names", "links", "description", "version"}

"""Judging what is to be released: the checker's rules and those of level 6, all findings at once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cte_corpus.checking import engine
from cte_corpus.checking.diagnose import REWRITES, diagnostic, shown
from cte_corpus.checking.diagnostic import Location
from cte_corpus.checking.rules import release as rules
from cte_corpus.checking.rules.release import Facts, Frozen, Gone
from cte_corpus.compare import sides
from cte_corpus.compare.diff import diff
from cte_corpus.compare.step import Step, enough, followers
from cte_corpus.errors import CteError
from cte_corpus.published import git, history, ledger
from cte_corpus.published.pack import sha256_of
from cte_corpus.release import said
from cte_corpus.release.earlier import earlier
from cte_corpus.store import layout, line_ends
from cte_corpus.store.digests import root_digest
from cte_corpus.store.stored import Stored
from cte_corpus.store.version import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.checking.diagnostic import Diagnostic
    from cte_corpus.checking.result import Result
    from cte_corpus.published.ledger import Release

LEDGER = f"src/cte_corpus/{ledger.NAME}"


@dataclass(frozen=True)
class Source:
    """What is to be released: the files of a checkout, or of one of its commits."""

    repo: Path
    """The checkout, with the history and the ledger."""

    root: Path
    """Where the files lie: the checkout itself, or what was unpacked of a commit."""

    revision: str = ""
    """The commit; empty for the working tree."""

    @property
    def data(self) -> Path:
        """The corpus."""
        return self.root / "data"

    @property
    def schemas(self) -> Path:
        """The schemas that it follows."""
        version = str(Stored(self.data).info["schema_version"])
        return self.root / "schemas" / layout.schema_folder(version)

    @property
    def ledger(self) -> Path:
        """The ledger, which is that of the checkout whatever is released."""
        return self.repo / LEDGER


@contextmanager
def source(repo: Path, revision: str = "") -> Iterator[Source]:
    """The files of a checkout, or those of a commit as long as the context.

    Raises:
        CteError: there is no such commit, or it holds no corpus.
    """
    if not revision:
        yield Source(repo, repo)
        return
    with TemporaryDirectory(prefix="cte-") as space:
        root = Path(space)
        git.extract(repo, revision, (*said.FILES, *history.FOLDERS), root)
        if not (root / "data").is_dir():
            raise CteError(f"no corpus in data/ at {revision}", "give a commit that holds one")
        yield Source(repo, root, revision)


def judge(found: Source, version: str, text: Path | None) -> tuple[Result, Facts]:
    """Whether a version may be released: all findings of all levels, and the facts of the last one.

    Records that cannot be read are not compared: their own findings come first.

    Args:
        found: What is to be released.
        version: Its version.
        text: Folder with the source texts.

    Raises:
        CteError: there is no corpus, no git, or no way to the earlier release.
    """
    releases = ledger.ledger(found.ledger)
    before = [release for release in releases if ledger.order(release) < numbers(version)]
    result = engine.run(found.data, text=text)
    facts = _standing(found, version, before)
    if not found.revision:
        facts = replace(facts, altered=tuple(_altered(found.repo, version)))
    if _readable(result):
        released = ledger.find(releases, version)
        digest = root_digest(Stored(found.data))
        facts = replace(facts, root_digest=digest, released=released.root_digest if released else "")
        if before:
            facts = _compared(facts, found, before[-1])
    return _judged(found, result, facts), facts


def stands(found: Source, text: Path | None) -> tuple[Result, Facts]:
    """What must hold of every commit, whether it is released or not: the files name one version, no schema that was
    published has changed, and nothing vanished since the newest release.

    Raises:
        CteError: there is no corpus, or no way to the newest release.
    """
    releases = ledger.ledger(found.ledger)
    result = engine.run(found.data, text=text)
    facts = _standing(found, said.version(found.root, said.CORPUS).value, releases)
    if _readable(result) and releases:
        facts = replace(_compared(facts, found, releases[-1]), least="")
    return _judged(found, result, facts), facts


def _standing(found: Source, version: str, before: list[Release]) -> Facts:
    """What can be said without a look at the records."""
    section, day, entries = said.newest(found.root)
    return Facts(
        version=version,
        versions=tuple(said.version(found.root, name) for name in (said.PACKAGE, said.CORPUS)),
        cited=said.version(found.root, said.CITATION),
        cited_day=said.cited_day(found.root),
        section=section,
        day=day,
        entries=entries,
        schemas=tuple(frozen(found.root / "schemas", before)),
        retired=shown(str(found.data / "retired.json")),
    )


def frozen(folder: Path, releases: list[Release]) -> Iterator[Frozen]:
    """The files that releases published in a folder of schemas, and what else lies in the folders of a version there.

    Raises:
        CteError: two releases have different bytes under one path.
    """
    published = ledger.frozen(releases)
    there = {file.relative_to(folder).as_posix() for name in published for file in (folder / name).parent.glob("*")}
    for name in sorted(published.keys() | there):
        path = folder / name
        found = sha256_of(path) if path.is_file() else ""
        was = published.get(name, "")
        only = found not in ("", was) and sha256(line_ends.unix(path.read_bytes())).hexdigest() == was
        yield Frozen(shown(str(path)), was, found, only)


def _compared(facts: Facts, found: Source, release: Release) -> Facts:
    """With what changed since a release."""
    with earlier(found.repo, release) as before:
        changes = diff(before, sides.of(str(found.root), found.data))
    gone = [removed.item for removed in changes.removed if removed.tombstone is None]
    step = max(Step.PATCH, enough(release.version, changes.step))
    return replace(
        facts,
        earlier=release.version,
        gone=tuple(Gone(item.table, item.id) for item in gone),
        least=followers(release.version)[step],
        reasons=tuple(why for asked, why in changes.reasons() if asked == changes.step != Step.NONE),
    )


def _altered(repo: Path, version: str) -> list[str]:
    """Paths that are not as in the last commit, the ledger left out where it differs by the entry of this version."""
    paths = git.altered(repo)
    if LEDGER in paths:
        committed = git.file(repo, "HEAD", LEDGER)
        now = (repo / LEDGER).read_bytes()
        if committed is not None and _others(committed, version) == _others(now, version):
            paths.remove(LEDGER)
    return [shown(str(repo / path)) for path in paths]


def _others(data: bytes, version: str) -> list[Release]:
    return [release for release in ledger.read(data) if release.version != version]


def _readable(result: Result) -> bool:
    """Whether every record has the form that its schema gives it, however it is laid out."""
    errors = {item.code for item in result.diagnostics if item.severity == "error"}
    return not any(code[3] in "01" for code in errors - REWRITES)


def _judged(found: Source, result: Result, facts: Facts) -> Result:
    """The findings of all levels, those of a commit named as git names its files: `v1.0.0:data/corpus.json`."""
    judged = [
        diagnostic(item.code, Location(item.where.path, item.where.line, item.where.column), item.message, item.help)
        for item in rules.check(facts)
    ]
    diagnostics = [*result.diagnostics, *judged]
    if found.revision:
        diagnostics = [_of_commit(item, f"{found.root}/", f"{found.revision}:") for item in diagnostics]
    return result._replace(diagnostics=diagnostics)


def _of_commit(item: Diagnostic, folder: str, name: str) -> Diagnostic:
    def renamed(place: Location) -> Location:
        return place._replace(path=place.path.replace(folder, name, 1))

    related = tuple(other._replace(location=renamed(other.location)) for other in item.related)
    return item._replace(location=renamed(item.location), related=related)

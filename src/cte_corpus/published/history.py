"""Releases in the history of a checkout: the records and the schemas of the commit from which each was built."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import orjson

from cte_corpus.published import git
from cte_corpus.store import digests, layout
from cte_corpus.store.stored import UNREADABLE, Stored

if TYPE_CHECKING:
    from cte_corpus.published.ledger import Release

FOLDERS = ("data", "schemas")
"""What of a checkout a release is made of."""

CORPUS = "data/corpus.json"
"""The file that names the version of the data."""


def holds(data: Path, release: Release) -> bool:
    """Whether the records in a folder are those of a release; what cannot be read is not."""
    try:
        return layout.is_corpus(data) and digests.root_digest(Stored(data)) == release.root_digest
    except UNREADABLE:
        return False


def is_release(folder: Path, release: Release) -> bool:
    """Whether `data/` and `schemas/` in a folder have the digests that the ledger gives a release."""
    schemas = folder / "schemas"
    same = all(
        (schemas / path).is_file() and sha256((schemas / path).read_bytes()).hexdigest() == digest
        for path, digest in release.schemas.items()
    )
    return same and holds(folder / "data", release)


def commit(repo: Path, release: Release) -> str | None:
    """The commit of a release, or None where the history does not have it.

    It is the one that the ledger names; where that is gone, as from a history that was rewritten, the newest one that
    has the records and the schemas of the release.

    Raises:
        CteError: the folder is no checkout, or there is no git.
    """
    named = git.commit(repo, release.commit) if release.commit else None
    if named is not None and _has(repo, named, release):
        return named
    if not any(_names(repo, found, release) for found in git.commits(repo, CORPUS)):
        return None
    named_so = (found for found in git.commits(repo, *FOLDERS) if _names(repo, found, release))
    return next((found for found in named_so if _has(repo, found, release)), None)


def _has(repo: Path, commit: str, release: Release) -> bool:
    with TemporaryDirectory(prefix="cte-") as space:
        git.extract(repo, commit, FOLDERS, Path(space))
        return is_release(Path(space), release)


def _names(repo: Path, commit: str, release: Release) -> bool:
    """Whether a commit is of the version of a release and of its schemas, which no digest of records holds."""
    try:
        info = orjson.loads(git.file(repo, commit, CORPUS) or b"null")
        return bool((info["version"], info["schema_version"]) == (release.version, release.schema_version))
    except (ValueError, LookupError, TypeError):
        return False

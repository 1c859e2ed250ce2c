"""An earlier release to compare with: by its tag, in the history, or where the ledger says it lies."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import orjson

from cte_corpus.compare import git, sides
from cte_corpus.errors import CteError
from cte_corpus.published import versions
from cte_corpus.release.said import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.compare.sides import Side
    from cte_corpus.published.ledger import Release


@contextmanager
def earlier(repo: Path, release: Release) -> Iterator[Side]:
    """The records of a release and their schemas; what had to be unpacked is there as long as the context.

    They are taken from the commit that is tagged `v<version>`, else from the newest commit whose records are those of
    the release, else from where `published.versions` finds them. Whichever it is has the root digest in the ledger.

    Raises:
        CteError: the tag is on other records, or the release is nowhere to be found.
    """
    with TemporaryDirectory(prefix="cte-") as space:
        yield sides.of(release.version, _found(repo, release, Path(space)))


def holding(repo: Path, release: Release) -> str | None:
    """The newest commit whose records are those of a release, or None where the history has none."""
    for commit in git.commits(repo, "data"):
        if _names(git.file(repo, commit, CORPUS), release):
            with TemporaryDirectory(prefix="cte-") as space:
                if versions.holds(_extracted(repo, commit, Path(space)), release):
                    return commit
    return None


def _found(repo: Path, release: Release, space: Path) -> Path:
    tag = f"refs/tags/v{release.version}"
    tagged = git.commit(repo, tag) is not None
    commit = tag if tagged else holding(repo, release)
    if commit is not None:
        folder = _extracted(repo, commit, space)
        if not versions.holds(folder, release):
            message = f"the tag v{release.version} is not on the records of that release"
            raise CteError(message, f"the ledger has the root digest {release.root_digest}: move the tag to its commit")
        return folder
    try:
        return versions.locate(release.version)
    except CteError as error:
        raise CteError(
            f"release {release.version} is not here to compare with: no tag, no such records in the history, and "
            f"{error.message}",
            f"`git fetch --tags --unshallow` brings the history of a shallow clone; or {error.hint}",
        ) from error


def _extracted(repo: Path, revision: str, space: Path) -> Path:
    git.extract(repo, revision, sides.FOLDERS, space)
    return space / "data"


def _names(data: bytes | None, release: Release) -> bool:
    """Whether a `corpus.json` is of a release: of its version, and of its schemas, which its digest does not hold."""
    try:
        info = orjson.loads(data or b"null")
        return bool((info["version"], info["schema_version"]) == (release.version, release.schema_version))
    except (ValueError, LookupError, TypeError):
        return False

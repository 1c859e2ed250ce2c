"""An earlier release to compare with: by its tag, in the history, or where the ledger says it lies."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cte_corpus.compare import sides
from cte_corpus.errors import CteError
from cte_corpus.published import git, history, versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.compare.sides import Side
    from cte_corpus.published.ledger import Release


@contextmanager
def earlier(repo: Path, release: Release) -> Iterator[Side]:
    """The records of a release and their schemas; what had to be unpacked is there as long as the context.

    They are taken from the commit that is tagged `v<version>`, else from the one that `published.history` finds, else
    from where `published.versions` finds them. Whichever it is has the root digest in the ledger.

    Raises:
        CteError: the tag is on other records, or the release is nowhere to be found.
    """
    with TemporaryDirectory(prefix="cte-") as space:
        yield sides.of(release.version, _found(repo, release, Path(space)))


def _found(repo: Path, release: Release, space: Path) -> Path:
    tag = f"refs/tags/v{release.version}"
    commit = tag if git.commit(repo, tag) is not None else history.commit(repo, release)
    if commit is not None:
        git.extract(repo, commit, history.FOLDERS, space)
        if not history.holds(space / "data", release):
            message = f"the tag v{release.version} is not on the records of that release"
            raise CteError(message, f"the ledger has the root digest {release.root_digest}: move the tag to its commit")
        return space / "data"
    try:
        return versions.locate(release.version)
    except CteError as error:
        raise CteError(
            f"release {release.version} is not here to compare with: no tag, no such records in the history, and "
            f"{error.message}",
            f"`git fetch --tags --unshallow` brings the history of a shallow clone; or {error.hint}",
        ) from error

"""A release archive as the folder that it becomes: unpacked, and every digest in it verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.published import pack
from cte_corpus.store import digests
from cte_corpus.store.stored import UNREADABLE, Stored

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.published import ledger

AGAIN = "get it again, or build it with `cte build`"


def extract(archive: Path, folder: Path, called: str) -> None:
    """Unpack an archive of plain files into a new folder; nothing in it can be written anywhere else.

    Raises:
        CteError: it is no tar archive, or holds links, devices, or names that lead out or that no file can have.
        OSError: there is no room for its files.
    """
    from cte_corpus.published.archive import unpack

    folder.mkdir(parents=True)
    fault = next(unpack(archive, folder), None)
    if fault:
        raise CteError(f"{called} is no release archive: {fault}", AGAIN)


def verify(folder: Path, called: str, release: ledger.Release | None) -> None:
    """Every digest of a pack, and the root digest over its records."""
    fault = next(pack.verify_files(folder), None)
    if fault:
        raise CteError(f"{called} is not what its manifest says: {fault}", AGAIN)
    manifest = pack.Manifest.read(folder)
    try:
        found = digests.root_digest(Stored(folder))
    except UNREADABLE as error:
        why = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error).partition("\n")[0]
        raise CteError(f"{called} holds what is no record: {why.removeprefix(f'{folder}/')}", AGAIN) from error
    said = {manifest.root_digest, *([release.root_digest] if release else [])}
    if said != {found}:
        raise CteError(f"{called}: expected root digest {' or '.join(sorted(said))}, got {found}", AGAIN)


def inside(folder: Path) -> Path:
    """The one folder in an unpacked archive."""
    found = list(folder.iterdir())
    if len(found) != 1 or not found[0].is_dir():
        raise CteError("a release archive holds one folder", AGAIN)
    return found[0]

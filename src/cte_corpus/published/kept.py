"""Releases that are kept: each in a folder that appears by a rename, after every digest was verified."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.published import pack
from cte_corpus.store import digests
from cte_corpus.store.locks import alone
from cte_corpus.store.stored import UNREADABLE, Stored

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from cte_corpus.published import ledger

CACHE = "CTE_CACHE"
"""Environment variable: the folder to keep releases in, instead of `~/.cache/cte-corpus`."""

AGAIN = "get it again, or build it with `cte build`"


def cache() -> Path:
    """The folder in which releases are kept."""
    return Path(os.environ.get(CACHE) or Path.home() / ".cache" / "cte-corpus").absolute()


def made(folder: Path, make: Callable[[Path], None], called: str, release: ledger.Release | None = None) -> Path:
    """What `make` writes into a new folder, once it is verified, under its name; if it is not there yet."""
    with locked(folder):
        if not is_whole(folder):
            temporary = folder.with_suffix(".new")
            shutil.rmtree(temporary, ignore_errors=True)  # of a process that was killed
            try:
                make(temporary)
                _verify(inside(temporary), called, release)
                shutil.rmtree(folder, ignore_errors=True)
                temporary.rename(folder)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
    return inside(folder)


def is_whole(folder: Path) -> bool:
    """Whether a release is kept in a folder, each file with the digest in its manifest."""
    try:
        return folder.is_dir() and not any(pack.verify_files(inside(folder)))
    except CteError:
        return False


def _verify(folder: Path, called: str, release: ledger.Release | None) -> None:
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


def kept(digest: str) -> Path:
    return cache() / digest


def part(digest: str) -> Path:
    return cache() / f"{digest}.part"


def inside(folder: Path) -> Path:
    """The one folder in an unpacked archive."""
    found = list(folder.iterdir())
    if len(found) != 1 or not found[0].is_dir():
        raise CteError("a release archive holds one folder", AGAIN)
    return found[0]


def locked(path: Path) -> AbstractContextManager[None]:
    """A lock on what is to be written at a path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return alone(path.with_name(f"{path.name}.lock"))

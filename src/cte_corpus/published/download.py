"""Downloading a release archive from anywhere that fsspec reads, block by block, so that a break costs one block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = 2**18
"""Bytes asked for at a time."""

ELSEWHERE = "CTE_RELEASES can name another folder or address that holds the archives"


def download(address: str, part: Path, size: int | None = None) -> None:
    """Write what lies at an address to the file `part`, going on where that file ends.

    Where the connection breaks, it is opened again as long as that brings something. What came stays in `part`. The
    bytes are not judged here: whoever calls compares their digest.

    Args:
        address: A path, or an address of a scheme that fsspec knows.
        part: The file to write; what is in it already is taken for the beginning.
        size: Bytes to expect; asked of the server if None.

    Raises:
        CteError: nothing is there, the server does not answer or breaks off, or the scheme needs a missing package.
    """
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(address)
        expected = system.size(path) if size is None else size
    except Exception as error:  # each scheme has errors of its own
        raise _unreachable(address, _reason(error)) from error
    if expected is None:
        raise CteError(f"{address} does not say how large it is", "download it another way, and give the file's path")
    part.parent.mkdir(parents=True, exist_ok=True)
    broken = 0
    while (begun := _length(part)) < expected:
        wanted = min(BLOCK, expected - begun)
        try:
            data = system.cat_file(path, start=begun, end=begun + wanted)
        except Exception as error:
            if begun == broken:
                raise _broken(address, _reason(error), begun, expected) from error
            broken = begun
            continue
        if not data:
            raise _broken(address, "the end came early", begun, expected)
        with part.open("ab" if len(data) <= wanted else "wb") as file:  # a server may send the whole instead of a part
            file.write(data)


def _length(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _unreachable(address: str, reason: str) -> CteError:
    return CteError(f"cannot get {address}: {reason}", f"is this machine online? {ELSEWHERE}")


def _broken(address: str, reason: str, begun: int, size: int) -> CteError:
    if not begun:
        return _unreachable(address, reason)
    return CteError(
        f"{address} broke off after {begun:,} of {size:,} bytes: {reason}",
        "run it again: a release goes on from there",
    )


def _reason(error: BaseException) -> str:
    """Why, in words. fsspec calls whatever went wrong over HTTP a missing file, and keeps the reason as the cause."""
    if isinstance(error, FileNotFoundError):
        return _reason(error.__cause__) if error.__cause__ else "nothing is there"
    return str(error) or type(error).__name__

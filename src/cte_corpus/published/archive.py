"""The archive of a pack: an uncompressed tar of plain files whose every byte follows from the files and the date."""

from __future__ import annotations

import os
import tarfile
from datetime import UTC, datetime
from hashlib import file_digest
from itertools import count
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from cte_corpus.published.pack import MANIFEST, SUMS, UNFIT, Fault, Manifest, is_safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK = 2**20


def write(root: Path, archive: Path) -> None:
    """Write the archive of the pack at `root`.

    USTAR as POSIX.1-1988 has it: files sorted by path, in one folder named as the pack; owner 0, no user names, mode
    0644, and the midnight (UTC) of the release's date as the time of each.

    Raises:
        OSError: a file is missing, or the archive cannot be written.
        ValueError: a path, size or date has no place in a USTAR header.
    """
    with archive.open("wb") as file:
        _write(root, file)
        file.flush()
        os.fsync(file.fileno())


def digest(root: Path) -> str:
    """SHA-256 of the archive of the pack at `root`, 64 hex digits.

    Raises:
        OSError: a file is missing.
        ValueError: a path, size or date has no place in a USTAR header.
    """
    with TemporaryFile() as file:
        _write(root, file)
        file.seek(0)
        return file_digest(file, "sha256").hexdigest()


def _write(root: Path, file: IO[bytes]) -> None:
    manifest = Manifest.read(root)
    time = int(datetime.fromisoformat(manifest.date).replace(tzinfo=UTC).timestamp())
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted([MANIFEST, SUMS, *(file.path for file in manifest.files)]):
            member = tarfile.TarInfo(f"{manifest.stem}/{path}")
            member.size = (root / path).stat().st_size
            member.mtime = time
            member.mode = 0o644
            with (root / path).open("rb") as data:
                tar.addfile(member, data)


def unpack(archive: Path, into: Path) -> Iterator[Fault]:
    """Write the plain files of an archive below `into`, each in its folder; faults are what else is in it.

    Raises:
        OSError: the archive cannot be read, or there is no room for its files.
    """
    try:
        with tarfile.open(archive, "r:") as tar:
            for member in tar:
                yield from _unpack(tar, member, into)
            end = tar.offset  # tarfile takes a damaged header for the end
        if not _is_padding(archive, end):
            yield Fault("", "altered", f"at byte {end} of the archive is no header of a file, and not its end")
    except (tarfile.TarError, EOFError, ValueError) as error:
        yield Fault("", "altered", f"the archive cannot be read to its end: {error}")
    except OSError as error:
        if error.errno not in UNFIT:
            raise
        yield Fault("", "altered", f"the archive cannot be unpacked: {error.strerror}")


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> Iterator[Fault]:
    target = into / member.name
    if not member.isreg() or member.issparse():
        yield Fault(member.name, "unsafe", "the archive holds something that is no plain file")
    elif not is_safe(member.name):
        yield Fault(member.name, "unsafe", "a name that no pack holds")
    elif target.exists():
        yield Fault(member.name, "extra", "it is twice in the archive")
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        data = tar.extractfile(member)
        with target.open("xb") as file:
            copyfileobj(data, file) if data else None


def _is_padding(archive: Path, start: int) -> bool:
    """Whether a file holds nothing but zeros from an offset on."""
    with archive.open("rb") as file:
        file.seek(start)
        return not any(block.strip(b"\0") for block in iter(lambda: file.read(BLOCK), b""))


def compare(one: Path, other: Path) -> int | None:
    """The offset of the first byte in which two files differ; None where they are the same."""
    with one.open("rb") as first, other.open("rb") as second:
        for number in count():
            a, b = first.read(BLOCK), second.read(BLOCK)
            if a != b:
                same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
                return number * BLOCK + same
            if not a:
                return None
    return None

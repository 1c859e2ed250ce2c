"""The archive of a pack: an uncompressed tar of plain files whose every byte follows from the files and the date."""

from __future__ import annotations

import io
import os
import tarfile
from datetime import UTC, datetime
from functools import partial
from hashlib import file_digest
from itertools import count, islice
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from cte_corpus.published.pack import MANIFEST, SUMS, UNFIT, Fault, Manifest, is_safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK = 2**20

MOST_FILES = 10_000
"""Files that an archive may hold."""

MOST_BARE = 64 * 2**20
"""Bytes by which the files of an archive may have more than its manifest names."""


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

    Number and sizes are judged before anything is written: they are those that the manifest in it names, or few.

    Raises:
        OSError: the archive cannot be read, or there is no room for its files.
    """
    try:
        with _Sparing(archive) as file, tarfile.open(fileobj=file, mode="r:") as tar:
            members = list(islice(tar, MOST_FILES + 1))
            end = tar.offset  # tarfile takes a damaged header for the end
            fault = _too_much(tar, members)
            if fault:
                yield fault
                return
            for member in members:
                yield from _unpack(tar, member, into)
        if not _is_padding(archive, end):
            yield Fault("", "altered", f"at byte {end} of the archive is no header of a file, and not its end")
    except (tarfile.TarError, EOFError, ValueError) as error:
        yield Fault("", "altered", f"the archive cannot be read to its end: {error}")
    except OSError as error:
        if error.errno not in UNFIT:
            raise
        yield Fault("", "altered", f"the archive cannot be unpacked: {error.strerror}")


class _Sparing(io.FileIO):
    """A file of which no more is read at a time than an archive of plain files asks for."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read some bytes."""
        if size is None or not 0 <= size <= BLOCK:
            raise tarfile.ReadError(f"a header of {size:,} bytes")
        return super().read(size)


def _too_much(tar: tarfile.TarFile, members: list[tarfile.TarInfo]) -> Fault | None:
    """Whether an archive has more in it than a pack, told by its headers and its manifest."""
    if len(members) > MOST_FILES:
        return Fault("", "extra", f"the archive holds more than {MOST_FILES:,} files")
    total, named = sum(member.size for member in members), _named(tar, members)
    if total > named + MOST_BARE:
        return Fault("", "extra", f"its files have {total:,} bytes, and its manifest names {named:,}")
    return None


def _named(tar: tarfile.TarFile, members: list[tarfile.TarInfo]) -> int:
    """The bytes of the files that the manifest in an archive names; 0 where there is no valid one."""
    found = [member for member in members if member.name.endswith(f"/{MANIFEST}") and member.size <= MOST_BARE]
    data = tar.extractfile(found[0]) if len(found) == 1 and found[0].isreg() else None
    if data is None:
        return 0
    try:
        manifest = Manifest.loads(b"".join(iter(partial(data.read, BLOCK), b"")))
    except ValueError:  # which is said when its files are held against it
        return 0
    return sum(file.size for file in manifest.files)


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

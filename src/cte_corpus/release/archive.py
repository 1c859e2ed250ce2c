"""The archive of a pack: an uncompressed tar of plain files whose every byte follows from the files and the date."""

from __future__ import annotations

import tarfile
from datetime import UTC, datetime
from itertools import count
from shutil import copyfileobj
from typing import TYPE_CHECKING

from cte_corpus.pack import MANIFEST, SUMS, Fault, Manifest, is_safe

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
    """
    manifest = Manifest.read(root)
    time = int(datetime.fromisoformat(manifest.date).replace(tzinfo=UTC).timestamp())
    with tarfile.open(archive, "w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted([MANIFEST, SUMS, *(file.path for file in manifest.files)]):
            member = tarfile.TarInfo(f"{manifest.stem}/{path}")
            member.size = (root / path).stat().st_size
            member.mtime = time
            member.mode = 0o644
            with (root / path).open("rb") as data:
                tar.addfile(member, data)


def unpack(archive: Path, into: Path) -> Iterator[Fault]:
    """Write the plain files of an archive below `into`, each in its folder; faults are what else is in it.

    An archive that is damaged in the middle may end there for its reader; `compare` finds that.
    """
    try:
        with tarfile.open(archive, "r:") as tar:
            for member in tar:
                if not member.isreg() or member.issparse():
                    yield Fault(member.name, "unsafe", "the archive holds something that is no plain file")
                elif not is_safe(member.name):
                    yield Fault(member.name, "unsafe", "a name that no pack holds")
                elif (into / member.name).exists():
                    yield Fault(member.name, "extra", "it is twice in the archive")
                else:
                    (into / member.name).parent.mkdir(parents=True, exist_ok=True)
                    data = tar.extractfile(member)
                    with (into / member.name).open("xb") as file:
                        copyfileobj(data, file) if data else None
    except (tarfile.TarError, EOFError, ValueError, FileExistsError, NotADirectoryError) as error:
        yield Fault("", "altered", f"the archive cannot be read to its end: {error}")


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

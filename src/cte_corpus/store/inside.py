"""The one way to read what a corpus is made of: plain files inside its folder, of a size that is judged first.

A corpus may come from anybody. What it names is opened only where it is a file (no pipe, device or folder, which may
never end), where no link on the way leads out of the corpus, and where it is not too large.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

MAX_BYTES = 64 * 1024 * 1024
"""Size of the largest file, or line of a packed one."""

BUFFER = 256 * 1024
"""Bytes that a packed file is read at a time; a line of it has some fifty thousand."""

_READ = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):  # each where the system has it
    _READ |= getattr(os, _name, 0)

_NO_NAMES = frozenset({"", ".", ".."})
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class LinkOutError(OSError):
    """A link leads out of the folder; it was not followed."""


class TooLargeError(OSError):
    """A file is too large; it was not read."""


class Folder:
    """A root, or a folder that is known to lie inside one. Errors name paths as they were given, links and all."""

    def __init__(self, path: str | Path) -> None:
        self.path = str(path)
        self._real = self._root = os.path.realpath(path)

    def folder(self, name: str) -> "Folder":
        """A folder in this one.

        Raises:
            LinkOutError: it is a link that leads out of the root.
        """
        path, real = self._at(name)
        inner = Folder.__new__(Folder)
        inner.path, inner._root = path, self._root
        inner._real = self._followed(path, real) if os.path.islink(real) else real  # noqa: PTH114 -- a hot path
        return inner

    def entries(self) -> "list[os.DirEntry[str]]":
        """What lies in it, by name; the entries' own paths are not those that are shown.

        Raises:
            OSError: it is no folder, or may not be read.
        """
        try:
            with os.scandir(self._real) as found:
                return sorted(found, key=_name_of)
        except OSError as error:
            raise OSError(error.errno, error.strerror, self.path) from None

    def size(self) -> int:
        """Bytes of the files in it; of what cannot be seen none."""
        try:
            with os.scandir(self._real) as found:
                return sum(entry.stat().st_size for entry in found)
        except OSError:
            return 0

    def read(self, name: str, most: int = MAX_BYTES) -> bytes:
        """The bytes of a file in it.

        Raises:
            LinkOutError: it is a link that leads out of the root.
            TooLargeError: it has more bytes than `most`.
            OSError: it is missing, may not be read, or is no file.
        """
        handle, size = self._open(name)
        try:
            parts, total = [], 0
            while size <= most and (part := os.read(handle, asked := size - total + 1)):
                parts.append(part)
                total += len(part)
                if total == size and len(part) < asked:
                    break  # more was asked for than there is
                size = max(size, total)  # it may grow meanwhile
        finally:
            os.close(handle)
        if size > most:
            raise TooLargeError(errno.EFBIG, f"expected at most {most:,} bytes, got {size:,}", f"{self.path}/{name}")
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def open(self, name: str) -> BinaryIO:
        """A file in it, to be read piece by piece.

        Raises:
            LinkOutError: it is a link that leads out of the root.
            OSError: it is missing, may not be read, or is no file.
        """
        return os.fdopen(self._open(name)[0], "rb", BUFFER)

    def has_folder(self, name: str) -> bool:
        """Whether there is a folder of a name in it, or a link to one."""
        try:
            return os.path.isdir(self._at(name)[1])  # noqa: PTH112 -- as in the rest of this module
        except OSError:
            return False

    def leads_out(self, name: str) -> bool:
        """Whether what lies in it is a link that leads out of the root."""
        return not self._holds(os.path.realpath(f"{self._real}/{name}"))

    def _open(self, name: str) -> tuple[int, int]:
        """A file that is open, and how many bytes it has."""
        path, real = self._at(name)
        try:
            mode = os.lstat(real).st_mode
            if stat.S_ISLNK(mode):
                real = self._followed(path, real)
                mode = os.lstat(real).st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
                raise _no_file(mode)
            handle = os.open(real, _READ)  # of a link that leads to itself, the system says so
            now = os.fstat(handle)
            if not stat.S_ISREG(now.st_mode):  # it was another a moment ago
                os.close(handle)
                raise _no_file(now.st_mode)
            return handle, now.st_size
        except LinkOutError:
            raise
        except OSError as error:
            raise OSError(error.errno, error.strerror, path) from None

    def _at(self, name: str) -> tuple[str, str]:
        """Where something in this folder lies: as it is shown, and as it is opened.

        An id may stand in for a name, and be anything: what is no name of one file or folder is not there.
        """
        path = f"{self.path}/{name}"
        if name in _NO_NAMES or "/" in name or "\0" in name:
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return path, f"{self._real}/{name}"

    def _followed(self, path: str, real: str) -> str:
        """Where a link leads, however many it takes."""
        end = os.path.realpath(real)
        if not self._holds(end):
            raise LinkOutError(errno.EXDEV, "the link leads out of the corpus", path)
        return end

    def _holds(self, real: str) -> bool:
        return real == self._root or real.startswith(self._root.rstrip(os.sep) + os.sep)


def _no_file(mode: int) -> OSError:
    return OSError(errno.EINVAL, f"expected a file, got {_KINDS.get(stat.S_IFMT(mode), 'something else')}")


def _name_of(entry: "os.DirEntry[str]") -> str:
    return entry.name

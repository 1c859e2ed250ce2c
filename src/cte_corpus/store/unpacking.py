"""Reading compressed files and long lines so that their size is judged while they are read, and not after."""

from __future__ import annotations

import errno
import io
from typing import TYPE_CHECKING, Any

from cte_corpus.store.inside import MAX_BYTES, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MAX_RATIO = 200
"""How many times its size a compressed file may come to, beyond the size of one line: records come to ten times."""


class Unpacked(io.RawIOBase):
    """What a decompressing stream gives, as long as it is not more than a file of that size honestly holds.

    Raises:
        TooLargeError: on reading: it comes to too much.
        OSError: on reading: what was compressed is damaged.
    """

    def __init__(self, stream: Any, compressed: int, name: str) -> None:
        """Begin to read.

        Args:
            stream: A stream of pyarrow that decompresses.
            compressed: Bytes of the compressed file.
            name: Its path, for errors.
        """
        self._stream = stream
        self._left = self._most = max(MAX_BYTES, MAX_RATIO * compressed)
        self._name = name

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read some bytes."""
        try:
            data = self._stream.read(len(buffer))
        except OSError as error:
            raise OSError(errno.EIO, f"{error}", self._name) from error
        self._left -= len(data)
        if self._left < 0:
            raise TooLargeError(errno.EFBIG, f"unpacked it has more than {self._most:,} bytes", self._name)
        buffer[: len(data)] = data
        return len(data)


def lines(file: BinaryIO, name: str, most: int = MAX_BYTES, first: int = 1) -> Iterator[bytes]:
    """The lines of a file with their ends; the first has a number of its own where the file is part of another.

    Raises:
        TooLargeError: a line has more bytes than `most`.
    """
    number = first - 1
    while line := file.readline(most + 1):
        number += 1
        if len(line) > most:
            raise TooLargeError(errno.EFBIG, f"expected at most {most:,} bytes in line {number:,}, got more", name)
        yield line

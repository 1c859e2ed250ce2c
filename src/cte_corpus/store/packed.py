"""The files of a packed corpus, one record a line, plain or compressed; and where a document stands in them."""

import os
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, NamedTuple

import orjson

from cte_corpus.scale.progress import doing
from cte_corpus.store import unpacking
from cte_corpus.store.inside import Folder
from cte_corpus.store.layout import packed_file

_ID = re.compile(rb'\{"document":\{"id":"([^"\\]*)"')
"""How a line begins in the order that the schemas give."""


class Source(NamedTuple):
    """The bytes of a file, or of one line of a packed file."""

    path: str
    data: bytes
    line: int = 0
    """Number of the line in a packed file, from 1; 0 for a file of its own."""


def records(root: Path, kind: str, failed: Callable[[OSError], None]) -> Iterator[Source]:
    """The lines of a packed corpus with its `documents` or `entities`; what cannot be read is told to `failed`."""
    folder, name = Folder(root), packed_file(root, kind).name
    try:
        yield from _lines(folder, name, f"{folder.path}/{name}")
    except OSError as error:
        failed(error)


def lines(path: Path) -> Iterator[Source]:
    """The lines of a file, plain or compressed, by its path.

    Raises:
        OSError: it cannot be read, is not compressed as its name says, or comes to more than any corpus has.
    """
    real = Path(os.path.realpath(path))
    return _lines(Folder(real.parent), real.name, str(path))


class Lines:
    """Single documents of a packed corpus by their ids; the file is read through once, and not decoded.

    Raises:
        OSError: on the first look-up: the file cannot be read.
    """

    def __init__(self, root: Path) -> None:
        self._folder = Folder(root)
        self._name = packed_file(root, "documents").name

    def of(self, document: str) -> Source | None:
        """The line of a document, the first if there are several; None where there is none."""
        found = self._places.get(document)
        if found is None:
            return None
        number, start, size = found
        self._file.seek(start)
        return Source(f"{self._folder.path}/{self._name}", self._file.read(size), number)

    def close(self) -> None:
        """Close the file, if it was opened."""
        if "_file" in self.__dict__:
            self._file.close()

    @cached_property
    def _file(self) -> BinaryIO:
        """The lines as a file in which one can go to and fro: of a compressed one, a copy without a name."""
        path = f"{self._folder.path}/{self._name}"
        file = self._folder.open(self._name)
        if not path.endswith(".zst"):
            return file
        from tempfile import TemporaryFile

        with file:
            copy = TemporaryFile()  # noqa: SIM115 -- it lives as long as this object
            copy.writelines(unpacking.lines(_plain(file, path), path))
        return copy

    @cached_property
    def _places(self) -> dict[str, tuple[int, int, int]]:
        """By the id of a document the number of its line, where that starts in bytes, and how many it has."""
        places: dict[str, tuple[int, int, int]] = {}
        start = 0
        self._file.seek(0)
        for number, line in enumerate(unpacking.lines(self._file, self._name), 1):
            key = id_of(line)
            if key is not None:
                places.setdefault(key, (number, start, len(line)))
            start += len(line)
        return places


def id_of(line: bytes) -> str | None:
    """The id of the document in a line; None where the line is no document."""
    begins = _ID.match(line)
    try:
        if begins:
            return begins[1].decode()
        found = orjson.loads(line)["document"]["id"]
    except (ValueError, TypeError, LookupError):
        return None
    return found if isinstance(found, str) else None


def id_at(data: bytes, start: int) -> str:
    """The id of the document in the line that starts there, if the line begins with it; else nothing."""
    begins = _ID.match(data, start)
    return begins[1].decode("utf-8", "replace") if begins else ""


def _lines(folder: Folder, name: str, path: str) -> Iterator[Source]:
    with folder.open(name) as file, doing(os.fstat(file.fileno()).st_size, "bytes") as step:
        done = 0
        for number, line in enumerate(unpacking.lines(_plain(file, path), path), 1):
            yield Source(path, line, number)
            step(file.tell() - done)
            done = file.tell()


def _plain(file: BinaryIO, path: str) -> BinaryIO:
    """A file as it is, or decompressed."""
    if not path.endswith(".zst"):
        return file
    import pyarrow as pa

    stream = pa.CompressedInputStream(file, "zstd")
    return BufferedReader(unpacking.Unpacked(stream, os.fstat(file.fileno()).st_size, path))

"""The files of a packed corpus, one record a line, plain or compressed; and where a document stands in them."""

import os
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import cached_property
from io import BufferedReader
from pathlib import Path
from threading import Lock
from typing import BinaryIO, NamedTuple

import orjson

from cte_corpus.scale.progress import doing
from cte_corpus.store import unpacking
from cte_corpus.store.inside import MAX_BYTES, Folder
from cte_corpus.store.layout import packed_files

_ID = {"documents": re.compile(rb'\{"document":\{"id":"([^"\\]*)"'), "entities": re.compile(rb'\{"id":"([^"\\]*)"')}
"""How a line begins in the order that the schemas give."""

NEAR = 2**20
"""Bytes of a file that are looked through line by line; more of them are halved first."""

PATIENCE = 64
"""Look-ups in a file before its lines are indexed; until then the halves are faster."""

OPEN = 32
"""Files that are kept open at a time."""


class Source(NamedTuple):
    """The bytes of a file, or of one line of a packed file."""

    path: str
    data: bytes
    line: int = 0
    """Number of the line in a packed file, from 1; 0 for a file of its own, and for a line that was looked up."""


def records(root: Path, kind: str, failed: Callable[[OSError], None]) -> Iterator[Source]:
    """The lines of a packed corpus with its `documents` or `entities`; what cannot be read is told to `failed`."""
    folder = Folder(root)
    for name in packed_files(root, kind):
        try:
            yield from _lines(folder, name, f"{folder.path}/{name}")
        except OSError as error:
            failed(error)


def shard(root: Path, name: str) -> Iterator[Source]:
    """The lines of one file of a packed corpus.

    Raises:
        OSError: it cannot be read.
    """
    folder = Folder(root)
    return _lines(folder, name, f"{folder.path}/{name}")


def lines(path: Path) -> Iterator[Source]:
    """The lines of a file, plain or compressed, by its path.

    Raises:
        OSError: it cannot be read, is not compressed as its name says, or comes to more than any corpus has.
    """
    real = Path(os.path.realpath(path))
    return _lines(Folder(real.parent), real.name, str(path))


class Lines:
    """Single documents or entities of a packed corpus by their ids.

    `cte build` sorts them, so that the line of an id is found by halves. Where it is not found so, and where many are
    asked for, each file is read through once, and where its lines start is kept.

    Raises:
        OSError: on a look-up: a file cannot be read.
    """

    def __init__(self, root: Path, kind: str = "documents") -> None:
        self._folder = Folder(root)
        self._kind = kind
        self._names = packed_files(root, kind)
        self._files: OrderedDict[int, _File] = OrderedDict()
        self._lock = Lock()

    def of(self, key: str) -> Source | None:
        """The line of an id, the first if there are several; None where there is none."""
        with self._lock:
            likely = self._likely(key)
            for number in dict.fromkeys([likely, *range(len(self._names))]):
                line = self._file(number).of(key)
                if line is not None:
                    return Source(f"{self._folder.path}/{self._names[number]}", line)
        return None

    def close(self) -> None:
        """Close the files that were opened."""
        while self._files:
            self._files.popitem()[1].close()

    __del__ = close

    def _likely(self, key: str) -> int:
        """The number of the file in which an id stands, if all are sorted."""
        low, high = 0, len(self._names) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._first(middle) <= key else (low, middle - 1)
        return low

    @cached_property
    def _firsts(self) -> dict[int, str]:
        return {}

    def _first(self, number: int) -> str:
        """The first id in a file."""
        if number not in self._firsts:
            with self._folder.open(self._names[number]) as file:
                line = next(unpacking.lines(_plain(file, self._names[number]), self._names[number]), b"")
            self._firsts[number] = id_of(line, self._kind) or ""
        return self._firsts[number]

    def _file(self, number: int) -> "_File":
        if number not in self._files:
            self._files[number] = _File(self._folder, self._names[number], self._kind)
            if len(self._files) > OPEN:
                self._files.popitem(last=False)[1].close()
        self._files.move_to_end(number)
        return self._files[number]


class _File:
    """One file of `Lines`."""

    def __init__(self, folder: Folder, name: str, kind: str) -> None:
        self._path = f"{folder.path}/{name}"
        self._kind = kind
        self._left = 0 if name.endswith(".zst") else PATIENCE
        self._file = folder.open(name)
        self._size = os.fstat(self._file.fileno()).st_size

    def of(self, key: str) -> bytes | None:
        """The line of an id."""
        if self._left:
            self._left -= 1
            line = self._by_halves(key)
            if line is not None:
                return line
            self._left = 0
        found = self._places.get(key)
        if found is None:
            return None
        self._file.seek(found[0])
        return self._file.read(found[1])

    def close(self) -> None:
        """Close it."""
        self._file.close()

    def _by_halves(self, key: str) -> bytes | None:
        """The line of an id in a sorted file."""
        low, high = 0, self._size
        while high - low > NEAR:
            middle = (low + high) // 2
            self._file.seek(middle)
            self._file.readline(MAX_BYTES)
            start = self._file.tell()
            name = id_of(self._file.readline(MAX_BYTES), self._kind) if start < high else None
            if name is None:
                break  # long lines, or no record
            low, high = (start, high) if name < key else (low, start)
        self._file.seek(low)
        for line in unpacking.lines(self._file, self._path):
            name = id_of(line, self._kind)
            if name == key:
                return line
            if name is None or name > key:
                break
        return None

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        """By id where its line starts in bytes, and how many it has; of a compressed file those of a copy."""
        if self._path.endswith(".zst"):
            from tempfile import TemporaryFile

            with self._file as file:
                self._file = TemporaryFile()  # noqa: SIM115 -- it lives as long as this object
                self._file.writelines(unpacking.lines(_plain(file, self._path), self._path))
        places: dict[str, tuple[int, int]] = {}
        start = 0
        self._file.seek(0)
        for line in unpacking.lines(self._file, self._path):
            key = id_of(line, self._kind)
            if key is not None:
                places.setdefault(key, (start, len(line)))
            start += len(line)
        return places


def id_of(line: bytes, kind: str = "documents") -> str | None:
    """The id of the document or entity in a line; None where the line is none."""
    begins = _ID[kind].match(line)
    try:
        if begins:
            return begins[1].decode()
        value = orjson.loads(line)
        found = (value["document"] if kind == "documents" else value)["id"]
    except (ValueError, TypeError, LookupError):
        return None
    return found if isinstance(found, str) else None


def id_at(data: bytes, start: int) -> str:
    """The id of the document in the line that starts there, if the line begins with it; else nothing."""
    begins = _ID["documents"].match(data, start)
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

"""A corpus in pieces: documents that lie together, of some 20 MB, each piece to be read by itself."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, NamedTuple

from cte_corpus.store import bundles, packed, unpacking
from cte_corpus.store.bundles import Bundle, Failed
from cte_corpus.store.inside import MAX_BYTES, Folder
from cte_corpus.store.layout import is_packed, packed_files
from cte_corpus.store.packed import Source

MOST = 20_000_000
LEAST = 4_000_000
"""Bytes of a piece, but for its last document: so much work that the way to another process and back costs little."""


class Piece(NamedTuple):
    """Documents that lie together."""

    ids: tuple[str, ...]
    """The names of their folders in a tree; of the lines of a packed file the ids, empty where a line begins with
    none."""

    size: int
    """Bytes."""

    line: int = 0
    """The number of the first line in a packed file, from 1; 0 in a tree."""

    start: int = 0
    """Where that line starts, in bytes."""

    copy: str = ""
    """The file to read them from, where it is not that of the corpus but a copy that is not compressed."""

    shard: str = ""
    """The name of the file of which they are all, where the corpus has several."""

    def __str__(self) -> str:
        """The documents by the first and the last of them."""
        first, last = (name or "a line without an id" for name in (self.ids[0], self.ids[-1]))
        lines = f" (lines {self.line:,} to {self.line + len(self.ids) - 1:,})" if self.line else ""
        return f"{first}{lines}" if len(self.ids) == 1 else f"{first} to {last}{lines}"


class Pieces(NamedTuple):
    """All pieces of a corpus."""

    each: Iterator[Piece]
    total: int
    """Bytes."""


@contextmanager
def pieces(root: Path, failed: Failed, parts: int, least: int = LEAST) -> Iterator[Pieces]:
    """The documents of a corpus in pieces, in their order; a compressed file is copied for as long as the context.

    Args:
        root: The corpus.
        failed: What is told of each folder or file that cannot be read.
        parts: How many pieces there are at least, where they are not too small.
        least: Bytes of the smallest.

    Raises:
        OSError: there is no room for the copy.
    """
    if not is_packed(root):
        measured = [(name, folder.size()) for name, folder in bundles.folders_of_documents(root, failed)]
        total = sum(size for _, size in measured)
        yield Pieces(_of_tree(measured, _size(total, parts, least)), total)
        return
    names = packed_files(root, "documents")
    if len(names) > 1:
        sizes = {name: (root / name).stat().st_size if (root / name).is_file() else 0 for name in names}
        yield Pieces(_of_shards(root, sizes, failed), sum(sizes.values()))
    elif not names[0].endswith(".zst"):
        total = (root / names[0]).stat().st_size
        yield Pieces(_of_lines(root, "", failed, _size(total, parts, least)), total)
    else:
        with NamedTemporaryFile(prefix="cte-", suffix=".jsonl") as copy:
            errors: list[OSError] = []
            copy.writelines(source.data for source in packed.records(root, "documents", errors.append))
            copy.flush()
            total = copy.tell()
            size = _size(total, parts, least)
            yield Pieces(_of_lines(root, copy.name, failed, size), total)
            for error in errors:
                failed(error)


def read(root: Path, piece: Piece, failed: Failed) -> Iterator[Bundle]:
    """The documents of a piece; what cannot be read is told to `failed`."""
    if not piece.line:
        yield from bundles.named(root, piece.ids, failed)
        return
    path = f"{root}/{packed_files(root, 'documents')[0]}"
    try:
        if piece.shard:
            yield from (Bundle("", {"bundle": source}) for source in packed.shard(root, piece.shard))
            return
        with _opened(root, piece.copy) as file:
            file.seek(piece.start)
            data = io.BytesIO(file.read(piece.size))
        for number, line in enumerate(unpacking.lines(data, path, first=piece.line), piece.line):
            yield Bundle("", {"bundle": Source(path, line, number)})
    except OSError as error:
        failed(error)


def _size(total: int, parts: int, least: int) -> int:
    return min(max(total // parts, least), MOST)


def _of_tree(measured: Iterable[tuple[str, int]], most: int) -> Iterator[Piece]:
    names: list[str] = []
    total = 0
    for name, size in measured:
        names.append(name)
        total += size
        if total >= most:
            yield Piece(tuple(names), total)
            names, total = [], 0
    if names:
        yield Piece(tuple(names), total)


def _of_shards(root: Path, sizes: dict[str, int], failed: Failed) -> Iterator[Piece]:
    for name, size in sizes.items():
        ids: list[str] = []
        try:
            ids += (packed.id_at(source.data, 0) for source in packed.shard(root, name))
        except OSError as error:
            if not ids:
                failed(error)
        if ids:  # of a damaged file, whoever reads the piece says where it ends
            yield Piece(tuple(ids), size, line=1, shard=name)


def _of_lines(root: Path, copy: str, failed: Failed, most: int) -> Iterator[Piece]:
    start, number, is_sound = 0, 1, True
    try:
        with _opened(root, copy) as file:
            while is_sound and (data := file.read(most) + file.readline(MAX_BYTES + 1)):
                ids = []
                at = begin = 0
                while at < len(data):
                    begin = at
                    ids.append(packed.id_at(data, at))
                    at = data.find(b"\n", at) + 1 or len(data)
                yield Piece(tuple(ids), len(data), number, start, copy)
                start, number = start + len(data), number + len(ids)
                is_sound = len(data) - begin <= MAX_BYTES  # else the piece says so, and nothing after it is read
    except OSError as error:
        failed(error)


def _opened(root: Path, copy: str) -> BinaryIO:
    return Path(copy).open("rb") if copy else Folder(root).open(packed_files(root, "documents")[0])

"""Reading a corpus one document at a time, from a tree or a packed folder, as bytes that others judge."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cte_corpus.store import folders, unpacking
from cte_corpus.store.layout import PARTS, is_pack, is_packed, packed_file

FILES = {f"{part}.json": part for part in PARTS}
TOP = frozenset({"corpus.json", "retired.json", "entities", "documents"})


class Source(NamedTuple):
    """The bytes of a file, or of one line of a packed file."""

    path: str
    data: bytes
    line: int = 0
    """Number of the line in a packed file, from 1; 0 for a file of its own."""


class Bundle(NamedTuple):
    """One document as it lies on disk."""

    id: str
    """Name of its folder; empty in a packed corpus, where only the record tells."""

    sources: dict[str, Source]
    """The bytes by part (`document`, `sections` …), or all under `bundle`."""

    missing: tuple[str, ...] = ()
    """Files that should be there."""

    stray: tuple[str, ...] = ()
    """Files and folders that should not."""

    links: tuple[str, ...] = ()
    """Links that lead out of the corpus; they are not followed."""


def documents(root: Path) -> Iterator[Bundle]:
    """The documents of a corpus, in the order of their ids.

    Raises:
        OSError: a file cannot be read.
    """
    if is_packed(root):
        for source in lines(packed_file(root, "documents")):
            yield Bundle("", {"bundle": source})
    else:
        with os.scandir(root / "documents") as entries:
            paths = sorted(
                entry.path
                for entry in entries
                if entry.is_dir()
                and not folders.is_left(entry.name)
                and not (entry.is_symlink() and leads_out(entry.path, root))
            )
        for path in paths:
            yield document(path)


def document(folder: str | Path) -> Bundle:
    """One document of a tree, as it was between two changes of it."""
    return folders.steady(folder, lambda: _document(folder))


def _document(folder: str | Path) -> Bundle:
    sources, stray, links = {}, [], []
    for entry in _entries(folder):
        if entry.is_symlink() and leads_out(entry.path, Path(folder).parent.parent):
            links.append(entry.path)
        elif entry.name in FILES:
            sources[FILES[entry.name]] = Source(entry.path, _read(entry.path))
        elif not folders.is_left(entry.name):
            stray.append(entry.path)
    missing = tuple(f"{folder}/{part}.json" for part in PARTS if part not in sources)
    return Bundle(os.path.basename(folder), sources, missing, tuple(sorted(stray)), tuple(sorted(links)))  # noqa: PTH119


def _entries(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    """What lies in the folder of a document, and then what is to take its place: see `store.folders`."""
    pending = False
    with os.scandir(folder) as entries:
        for entry in entries:
            pending |= entry.name == folders.PENDING and entry.is_dir(follow_symlinks=False)
            yield entry
    if pending:
        with os.scandir(Path(folder) / folders.PENDING) as entries:
            yield from entries


def entities(root: Path) -> Iterator[Source]:
    """The files or lines of the registry, in the order of their paths."""
    if is_packed(root):
        yield from lines(packed_file(root, "entities"))
    else:
        for path in sorted((root / "entities").glob("*/*.json")):
            if not (path.is_symlink() and leads_out(str(path), root)):
                yield Source(str(path), path.read_bytes())


def strays(root: Path) -> Iterator[tuple[str, bool]]:
    """What does not belong at the top of a corpus or in its registry: (path, whether it is a link that leads out).

    In a release pack only such links: what else belongs there is said by its manifest.
    """
    top = TOP | {packed_file(root, kind).name for kind in ("entities", "documents")}
    candidates = [path for path in root.iterdir() if path.name not in top and (path.is_symlink() or not is_pack(root))]
    if not is_packed(root):
        candidates += [path for path in (root / "documents").iterdir() if not path.is_dir()]
        for path in (root / "entities").glob("**/*"):
            expected = path.is_dir() if path.parent.name == "entities" else path.suffix == ".json" and path.is_file()
            if not expected or path.is_symlink():
                candidates.append(path)
    candidates += [path for path in (root / "documents").glob("*") if path.is_symlink()]
    for path in sorted(path for path in set(candidates) if not folders.is_left(path.name)):
        if not path.is_symlink() or path.name not in top:
            out = path.is_symlink() and leads_out(str(path), root)
            if out or not path.is_symlink():
                yield str(path), out


def leads_out(path: str, root: Path) -> bool:
    """Whether a link leads out of a corpus."""
    return not Path(path).resolve().is_relative_to(root.resolve())


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 -- a hot path
        return file.read()


def lines(path: Path) -> Iterator[Source]:
    """The lines of a packed file, plain or compressed.

    Raises:
        OSError: it cannot be read, is not compressed as its name says, or comes to more than any corpus has.
    """
    name = str(path)
    with path.open("rb") as file:
        for number, line in enumerate(unpacking.lines(_plain(file, name), name), 1):
            yield Source(name, line, number)


def _plain(file: BinaryIO, name: str) -> BinaryIO:
    """A file as it is, or decompressed."""
    if not name.endswith(".zst"):
        return file
    from io import BufferedReader

    import pyarrow as pa

    stream = pa.CompressedInputStream(file, "zstd")
    return BufferedReader(unpacking.Unpacked(stream, os.fstat(file.fileno()).st_size, name))

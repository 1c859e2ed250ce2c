"""Reading a corpus one document at a time, from a tree or a packed folder, as bytes that others judge.

Whatever cannot be read is told to `failed`, which raises the error unless it is given another: nothing that stands in
the way of reading makes a corpus smaller in silence.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from errno import ENOENT
from pathlib import Path
from typing import NamedTuple, NoReturn

from cte_corpus.scale.progress import doing
from cte_corpus.store import folders, packed
from cte_corpus.store.inside import Folder
from cte_corpus.store.layout import PARTS, is_pack, is_packed, packed_files
from cte_corpus.store.packed import Source

FILES = {f"{part}.json": part for part in PARTS}
TOP = frozenset({"corpus.json", "retired.json", "entities", "documents"})

Failed = Callable[[OSError], None]
"""What is told of a file or folder that cannot be read."""


class Bundle(NamedTuple):
    """One document as it lies on disk."""

    id: str
    """Name of its folder; empty in a packed corpus, where only the record tells."""

    sources: dict[str, Source]
    """The bytes by part (`document`, `sections` …), or all under `bundle`; what cannot be read is not among them."""

    missing: tuple[str, ...] = ()
    """Files that should be there."""

    stray: tuple[str, ...] = ()
    """Files and folders that should not."""

    @property
    def is_whole(self) -> bool:
        """Whether every part was read."""
        return "bundle" in self.sources or len(self.sources) == len(PARTS)


def raises(error: OSError) -> NoReturn:
    """Raise it."""
    raise error


def top(root: Path, name: str) -> Source:
    """A file at the top of a corpus.

    Raises:
        OSError: it cannot be read.
    """
    folder = Folder(root)
    return Source(f"{folder.path}/{name}", folder.read(name))


def documents(root: Path, failed: Failed = raises) -> Iterator[Bundle]:
    """The documents of a corpus, in the order of their ids.

    Raises:
        OSError: a file or folder cannot be read.
    """
    if is_packed(root):
        yield from (Bundle("", {"bundle": source}) for source in packed.records(root, "documents", failed))
        return
    for name, folder in _folders(Folder(root), "documents", failed):
        yield _document(name, folder, failed)


def folders_of_documents(root: Path, failed: Failed) -> Iterator[tuple[str, Folder]]:
    """The folders of the documents of a tree by name, in their order."""
    return _folders(Folder(root), "documents", failed)


def named(root: Path, names: Iterable[str], failed: Failed) -> Iterator[Bundle]:
    """Documents of a tree by the names of their folders."""
    holder = Folder(root).folder("documents")
    for name in names:
        try:
            folder = holder.folder(name)
        except OSError as error:
            failed(error)
        else:
            yield _document(name, folder, failed)


def document(path: Path, failed: Failed = raises) -> Bundle:
    """One document of a tree.

    Raises:
        OSError: a file or the folder cannot be read.
    """
    return _document(path.name, Folder(path.parent.parent).folder("documents").folder(path.name), failed)


def one(root: Path, name: str) -> Bundle | None:
    """The document of a tree in the folder of a name; None where there is no such folder.

    Raises:
        OSError: a file cannot be read.
    """
    holder = Folder(root).folder("documents")
    return _document(name, holder.folder(name), raises) if holder.has_folder(name) else None


def entity(root: Path, key: str) -> Source | None:
    """The file of an entity of a tree; None where there is none.

    Raises:
        OSError: it cannot be read.
    """
    kind, _, slug = key.partition(":")
    registry = Folder(root).folder("entities")
    try:
        folder = registry.folder(kind)
        return Source(f"{folder.path}/{slug}.json", folder.read(f"{slug}.json"))
    except FileNotFoundError:
        return None


def part(root: Path, name: str, kind: str) -> Source | None:
    """One part of a document of a tree by the name of its folder; None where there is none.

    Raises:
        OSError: it cannot be read.
    """
    documents = Folder(root).folder("documents")
    if not documents.has_folder(name):
        return None
    folder = documents.folder(name)
    return folders.steady(folder, lambda entries: _source(_newest(folder, entries), f"{kind}.json"))


def _document(name: str, folder: Folder, failed: Failed) -> Bundle:
    """A document as it was between two changes of it; errors are told once it was."""
    try:
        bundle, errors = folders.steady(folder, lambda entries: _parts(name, folder, entries))
    except OSError as error:
        failed(error)
        return Bundle(name, {})
    for fault in errors:
        failed(fault)
    return bundle


def _parts(name: str, folder: Folder, entries: "list[os.DirEntry[str]]") -> tuple[Bundle, list[OSError]]:
    sources, stray, there = {}, [], set()
    errors: list[OSError] = []
    places = _newest(folder, entries)
    for file, place in places.items():
        kind = FILES.get(file)
        if kind:
            there.add(kind)
            try:
                sources[kind] = _source(places, file)
            except OSError as error:
                errors.append(error)
        else:
            stray.append(f"{place.path}/{file}")
    missing = tuple(f"{folder.path}/{kind}.json" for kind in PARTS if kind not in there)
    return Bundle(name, sources, missing, tuple(stray)), errors


def _newest(folder: Folder, entries: "list[os.DirEntry[str]]") -> dict[str, Folder]:
    """What lies in the folder of a document and where to read it; what is to take its place counts already."""
    places = {}
    pending = False
    for entry in entries:
        if not folders.is_no_part(entry.name):
            places[entry.name] = folder
        pending |= entry.name == folders.PENDING and entry.is_dir(follow_symlinks=False)
    if pending:
        inner = folder.folder(folders.PENDING)
        places |= {entry.name: inner for entry in inner.entries()}
    return places


def _source(places: dict[str, Folder], file: str) -> Source:
    if file not in places:
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), file)
    return Source(f"{places[file].path}/{file}", places[file].read(file))


def entities(root: Path, failed: Failed = raises) -> Iterator[Source]:
    """The files or lines of the entity registry, in the order of their paths.

    Raises:
        OSError: a file or folder cannot be read.
    """
    if is_packed(root):
        yield from packed.records(root, "entities", failed)
        return
    for _, folder in _folders(Folder(root), "entities", failed):
        try:
            names = [entry.name for entry in folder.entries() if _is_entity(entry)]
        except OSError as error:
            failed(error)
            continue
        for name in names:
            try:
                source = Source(f"{folder.path}/{name}", folder.read(name))
            except OSError as error:
                failed(error)
            else:
                yield source


def _folders(root: Folder, name: str, failed: Failed) -> Iterator[tuple[str, Folder]]:
    """The folders in one of the two folders of a tree, and what is a link, whatever its end."""
    try:
        holder = root.folder(name)
        entries = holder.entries()
    except OSError as error:
        failed(error)
        return
    with doing(len(entries), name) as step:
        for entry in entries:
            if _may_be_folder(entry) and not folders.is_no_part(entry.name):
                try:
                    folder = holder.folder(entry.name)
                except OSError as error:
                    failed(error)
                else:
                    yield entry.name, folder
            step(1)


def _may_be_folder(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False) or entry.is_symlink()


def _is_entity(entry: "os.DirEntry[str]") -> bool:
    return entry.name.endswith(".json") and not folders.is_no_part(entry.name)


def strays(root: Path) -> Iterator[tuple[str, bool]]:
    """What does not belong at the top of a corpus or in its entity registry: (path, whether a link leads out).

    In a release pack only such links: what else belongs there is said by its manifest.

    Raises:
        OSError: the folder cannot be read.
    """
    names = TOP.union(*(packed_files(root, kind) for kind in ("entities", "documents")))
    folder, only_links = Folder(root), is_pack(root)
    for entry in folder.entries():
        if entry.name not in names and not folders.is_no_part(entry.name):
            out = folder.leads_out(entry.name)
            if out or not only_links:
                yield f"{folder.path}/{entry.name}", out
    if not is_packed(root):
        for name in ("documents", "entities"):
            yield from _stray(folder, name, _may_be_folder)
        with suppress(OSError):
            registry = folder.folder("entities")
            for entry in filter(_may_be_folder, registry.entries()):
                if not folders.is_no_part(entry.name):
                    yield from _stray(registry, entry.name, _is_entity)


def _stray(parent: Folder, name: str, belongs: "Callable[[os.DirEntry[str]], bool]") -> Iterator[tuple[str, bool]]:
    """What does not belong in a folder; where it cannot be read, nothing, as that is said where its files are read."""
    with suppress(OSError):
        folder = parent.folder(name)
        for entry in folder.entries():
            if not belongs(entry) and not folders.is_no_part(entry.name):
                yield f"{folder.path}/{entry.name}", folder.leads_out(entry.name)

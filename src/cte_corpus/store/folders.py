"""Writing several files of a folder as one: a reader finds the old ones or the new ones, whatever killed the writer.

New files are written into a folder beside the old ones, `.pending.….tmp`. When they are complete and on the disk, that
folder is renamed to `.pending`: from then on they are the files, and are read there. Then each is moved to its place,
and the folder goes. Whoever finds it later moves what is left of it.
"""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cte_corpus.store import files, layout
from cte_corpus.store.locks import alone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from cte_corpus.store.inside import Folder

PENDING = ".pending"
"""Folder of files that are to be moved beside it, and count already in place of those."""

GONE = ".gone"
"""Suffix of the mark of a file that is to be deleted."""

LOCK = ".cte.lock.tmp"
"""Held by whoever writes into a corpus; git ignores it, as it ignores other temporary files."""

OF_WINDOWS = frozenset({"desktop.ini", "thumbs.db", "ehthumbs.db"})

TRIES = 100
"""How often a folder is read again that changed meanwhile. A writer changes it in a few steps."""

_LEFT = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")

T = TypeVar("T")


def is_left(name: str) -> bool:
    """Whether a file or folder of that name is a writer's: at work, or killed. The next one clears it away."""
    return name in (PENDING, LOCK) or _LEFT.fullmatch(name) is not None


def is_no_part(name: str) -> bool:
    """Whether a file or folder of that name is no part of a corpus, and is passed over in silence.

    Such are hidden names, of git, editors, systems and of writers at work, and those that Windows leaves.
    """
    return name.startswith(".") or name.lower() in OF_WINDOWS


def writing(root: Path) -> AbstractContextManager[None]:
    """Alone write into the corpus at `root`, as long as the context.

    Raises:
        OSError: nothing can be written there.
    """
    return alone(root / LOCK)


def write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files of a folder, all or none of them; other files in it stay. Whoever calls is alone.

    The folder is made if need be; the one above it is there. A link in place of a file is replaced.

    Raises:
        OSError: the files cannot be written, as where the disk is full; the folder is as it was.
    """
    token = f"{os.urandom(4).hex()}.tmp"
    if not folder.exists():
        stage = folder.with_name(f".{folder.name}.{token}")
        _fill(stage, contents, stage)
        files.place(stage, folder)
        return
    recover(folder)
    stage = folder / f"{PENDING}.{token}"
    _fill(stage, contents, folder)
    files.place(stage, folder / PENDING)
    _finish(folder)


def write_tree(root: Path, contents: Mapping[str, bytes | None]) -> None:
    """Write files below `root`, by their paths, and delete those that are None: all or none. Whoever calls is alone.

    Raises:
        OSError: the files cannot be written; the tree is as it was.
    """
    clear(root)
    stage = root / f"{PENDING}.{os.urandom(4).hex()}.tmp"
    marked = {f"{name}{GONE}" if data is None else name: data or b"" for name, data in contents.items()}
    _fill(stage, marked, root)
    for inner in filter(Path.is_dir, stage.rglob("*")):
        files.sync(inner)
    files.place(stage, root / PENDING)
    _finish(root)


def settle(root: Path) -> None:
    """Finish a change of a whole tree whose writer was killed; one that is at work is waited for.

    Raises:
        OSError: nothing can be written there.
    """
    if (root / PENDING).is_dir() and not (root / PENDING).is_symlink():
        with writing(root):
            recover(root)


def recover(folder: Path) -> None:
    """Finish what a killed writer had completed in a folder, and clear away what it had not. Whoever calls is alone."""
    if (folder / PENDING).is_dir() and not (folder / PENDING).is_symlink():
        _finish(folder)
    for path in folder.iterdir():
        if is_left(path.name) and path.name != LOCK:
            _remove(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def clear(root: Path, document: str = "*") -> None:
    """Recover the folders of a corpus tree, or only that of one document and those above it. Whoever calls is alone."""
    inner = [*root.glob(f"documents/{document}"), *root.glob("entities/*")]
    for folder in (root, root / "documents", root / "entities", *inner):
        if folder.is_dir() and not folder.is_symlink():
            with suppress(PermissionError):  # said where its files are read
                recover(folder)


def steady(folder: Folder, read: Callable[[list[os.DirEntry[str]]], T]) -> T:
    """What `read` finds in a folder between two changes of it; it is given what lies there.

    Raises:
        OSError: it cannot be read, or changes all the time.
    """
    for _ in range(TRIES):
        entries = folder.entries()
        before = _state(entries)
        try:
            found = read(entries)
        except FileNotFoundError:
            if _state(folder.entries()) == before:
                raise
            continue
        if _state(folder.entries()) == before:
            return found
    raise OSError(errno.EBUSY, "it changes while it is read", folder.path)


def _fill(stage: Path, contents: Mapping[str, bytes], old: Path) -> None:
    """Write files into a new folder, durably, with the permissions of those that they replace."""
    try:
        stage.mkdir()
        for name, data in contents.items():
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            files.write(stage / name, data)
            if (old / name).is_file():
                (stage / name).chmod((old / name).stat().st_mode & 0o7777)
    except BaseException:
        _remove(stage, ignore_errors=True)
        raise


def _remove(folder: Path, *, ignore_errors: bool = False) -> None:
    from shutil import rmtree  # nobody who only reads waits for it

    rmtree(folder, ignore_errors)


def _finish(folder: Path) -> None:
    pending = folder / PENDING
    inner = sorted(pending.rglob("*"))
    touched = {folder}
    for path in inner:
        if path.is_symlink() or not path.is_dir():
            touched.add(_move(path, folder / path.relative_to(pending), folder))
    for one in touched:
        files.sync(one)
    for path in reversed([pending, *inner]):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
    files.sync(folder)


def _move(path: Path, final: Path, root: Path) -> Path:
    """Put a file in its place, or delete the one that it marks, and name the folder; none outside `root` is touched."""
    if not layout.real(final.parent).is_relative_to(layout.real(root)):
        raise OSError(errno.EXDEV, "a link leads out of the corpus", str(final.parent))
    final.parent.mkdir(parents=True, exist_ok=True)
    if path.name.endswith(GONE):
        final.with_name(path.name.removesuffix(GONE)).unlink(missing_ok=True)
        path.unlink()
    else:
        path.replace(final)
    return final.parent


def _state(entries: list[os.DirEntry[str]]) -> list[tuple[str, int]]:
    """The names in a folder, each with the number of what it names: a file that was replaced has another."""
    return [(entry.name, entry.inode()) for entry in entries]

"""Verdicts of earlier checks: which documents were found clean, and what that rested on.

A document need not be judged again while its bytes are the same, and all that the rules looked at around it: the rules
themselves, the entities, the records of other documents, the text. A finding is never remembered: what had one is
judged again. The file is a cache, and no proof: a release is judged without it.

It has one line of JSON for the corpus, and then one for each document, in the order in which they lie, so that it is
read and written beside the corpus itself, in little memory.
"""

import os
from collections.abc import Generator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

from cte_corpus.checking.basis import digest, known_rules, opened, sealed, write

FOLDER = "verdicts"

LONGEST = 2**20
"""Bytes of the longest line."""


class Top(NamedTuple):
    """The files at the top of the corpus, found clean."""

    rules: str
    """Digest of what judged them."""

    source: str
    """Digest of their bytes."""

    standing: Sequence[str]
    """The records of the corpus that stand for those with a tombstone."""


class Registry(NamedTuple):
    """The entity registry, found clean."""

    rules: str
    """Digest of what judged it."""

    day: str
    """The day on which it was judged."""

    source: str
    """Digest of its bytes."""

    entities: int
    files: int
    """How many entities it holds, in how many files."""

    unnamed: Sequence[str]
    """The entities to which no other entity refers: documents must."""


class Verdict(NamedTuple):
    """A document that was found clean."""

    id: str
    source: str
    """Digest of its bytes."""

    text: str
    """Digest of the bytes of its source text; empty where it was judged without."""

    coded: str
    """Digest of the reference text, as the document gives it."""

    records: int
    named: Sequence[str]
    """The entities that it names."""

    registry: str
    """Digest of the entity registry around it."""

    asked: Sequence[str]
    """The entities that a rule looked at besides, or looked for."""

    around: str
    """Digest of all these entities."""

    abroad: Sequence[tuple[str, str, str]]
    """The lists of other documents that a rule looked at: list, document, digest of its bytes."""


NO_LINE: tuple[bytes, Verdict | None] = (b"", None)


class Kept:
    """Where verdicts on one corpus are kept, and that on the files at its top.

    What cannot be read or written, or is none, is as if it were not there; so it is with `Verdicts`.
    """

    def __init__(self, root: Path, cache: Path) -> None:
        """Begin with the rules.

        Args:
            root: The corpus.
            cache: The folder for what may be forgotten.
        """
        folder = cache / FOLDER
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        self.rules = known_rules(folder)
        self.path = folder / digest(os.fsencode(root.resolve()))
        """Without a suffix."""

    @property
    def top(self) -> Top | None:
        """The files at the top of the corpus, if the last run found them clean by the same rules."""
        return _read(self.path.with_suffix(".top.json"), Top, self.rules)

    @top.setter
    def top(self, found: Top) -> None:
        write(self.path.with_suffix(".top.json"), found)


class Verdicts:
    """The verdicts on one corpus: those of the last run, read in turn, and those of this run, written in turn."""

    def __init__(self, kept: Kept, beside: str) -> None:
        """Read what is remembered.

        Args:
            kept: Where.
            beside: What these verdicts rest on beside the rules.
        """
        self.rules = digest(kept.rules.encode(), beside.encode())
        self._path = kept.path
        self.day = date.today().isoformat()
        self._last = _lines(self._path.with_suffix(".jsonl"), self.rules, self.day)
        self._line, self._next = next(self._last, NO_LINE)
        self._file: BinaryIO | None = None
        with suppress(OSError):
            self._file = self._path.with_suffix(f".{os.urandom(4).hex()}.tmp").open("xb")
        self._write(sealed((self.rules, self.day)))

    @property
    def registry(self) -> Registry | None:
        """The entity registry, if the last run found it clean by the same rules, on no later day."""
        found = _read(self._path.with_suffix(".registry.json"), Registry, self.rules)
        return found if found is not None and found.day <= self.day else None

    @registry.setter
    def registry(self, found: Registry) -> None:
        write(self._path.with_suffix(".registry.json"), found)

    def of(self, document: str) -> Verdict | None:
        """The verdict of the last run on a document. They are asked for in the order of their ids."""
        while self._next is not None and self._next.id < document:
            self._line, self._next = next(self._last, NO_LINE)
        return self._next if self._next is not None and self._next.id == document else None

    def keep(self, verdict: Verdict) -> None:
        """Remember a document that was found clean."""
        self._write(self._line if verdict is self._next else sealed(verdict))

    def finish(self) -> None:
        """Put the verdicts of this run in the place of the last ones."""
        self._last.close()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
                Path(self._file.name).replace(self._path.with_suffix(".jsonl"))
                self._file = None

    def close(self) -> None:
        """Leave nothing behind."""
        self._last.close()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()  # where the disk is full this fails as well
            with suppress(OSError):
                Path(self._file.name).unlink()

    def _write(self, line: bytes) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.write(line)
                return
            self.close()
            self._file = None


class Handed:
    """Verdicts that one process hands to another, and the last one that it comes to."""

    rules = day = ""

    def __init__(self) -> None:
        self.registry: Registry | None = None
        self.known: dict[str, Verdict] = {}
        self.kept: Verdict | None = None

    def of(self, document: str) -> Verdict | None:
        """The verdict on a document that was handed over."""
        return self.known.get(document)

    def keep(self, verdict: Verdict) -> None:
        """Have it ready."""
        self.kept = verdict

    def finish(self) -> None:
        """Nothing is written."""

    def close(self) -> None:
        """Nothing is open."""


def size(cache: Path) -> int:
    """How many bytes all verdicts take.

    Raises:
        OSError: the folder cannot be read.
    """
    return sum(path.stat().st_size for path in _files(cache))


def clear(cache: Path) -> int:
    """Forget all verdicts; how many bytes they took.

    Raises:
        OSError: the folder cannot be changed.
    """
    taken = size(cache)
    for path in _files(cache):
        path.unlink(missing_ok=True)
    return taken


def _files(cache: Path) -> list[Path]:
    return [path for path in (cache / FOLDER).glob("*") if path.suffix in {".jsonl", ".json", ".tmp"}]


One = TypeVar("One", Top, Registry)


def _read(path: Path, kind: type[One], rules: str) -> One | None:
    """What is remembered in a file, if the same rules found it clean."""
    try:
        found = kind(*opened(path.read_bytes()))
    except (OSError, ValueError):
        return None
    return found if found.rules == rules else None


def _lines(path: Path, rules: str, day: str) -> Generator[tuple[bytes, Verdict | None], None, None]:
    """The lines of a file of verdicts by the same rules, each with the verdict in it, up to the first that is none.

    A day that is still to come is a finding: so a verdict of a later day, by a clock that was set back, says nothing.
    """
    with suppress(OSError, ValueError), path.open("rb") as file:
        by, last = opened(file.readline(LONGEST))
        if by != rules or last > day:
            return
        while line := file.readline(LONGEST):
            yield line, Verdict._make(opened(line))

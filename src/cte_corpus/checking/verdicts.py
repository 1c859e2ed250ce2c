"""Verdicts of earlier checks: which documents were found clean, and what that rested on.

A document need not be judged again while its bytes are the same, and all that the rules looked at around it: the rules
themselves, the entities, the records of other documents, the text. A finding is never remembered: what had one is
judged again. The file is a cache, and no proof: a release is judged without it.

It has one line of JSON for the corpus, and then one for each document, in the order in which they lie, so that it is
read and written beside the corpus itself, in little memory.
"""

import os
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, NamedTuple

import orjson

from cte_corpus.store import files, layout

ROOMS = ("checking", "edtf.py", "store", "text", "vocabulary")
"""What judges: a change in it, and nothing that was found before counts."""

ENGINES = ("jsonschema_rs", "orjson")

FOLDER = "verdicts"

LONGEST = 2**20
"""Bytes of the longest line."""


class Registry(NamedTuple):
    """The entity registry, found clean."""

    rules: str
    """Digest of what judged it."""

    source: str
    """Digest of its bytes."""

    entities: int
    files: int
    """How many entities it holds, in how many files."""

    unnamed: tuple[str, ...]
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
    files: int
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


def digest(*parts: bytes) -> str:
    """A digest of bytes in their order, 32 hex digits."""
    return digest_of(parts)


def digest_of(parts: Iterable[bytes]) -> str:
    """A digest of bytes in their order, of which none are kept, 32 hex digits."""
    hashed = sha256()
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.hexdigest()[:32]


def rules() -> str:
    """Digest of what judges: the code of the rules, the schemas, the vocabulary, Python and the engines."""
    parts = [sys.version.encode()]
    for folder in (*(layout.PACKAGE / room for room in ROOMS), layout.schema_dir()):
        paths = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        parts += [path.read_bytes() for path in paths if path.suffix in {".py", ".toml", ".json"}]
    for engine in ENGINES:
        found = find_spec(engine)
        if found and found.origin:
            parts.append(f"{found.origin} {Path(found.origin).stat().st_mtime_ns}".encode())
    return digest(*parts)


NO_LINE: tuple[bytes, Verdict | None] = (b"", None)


class Verdicts:
    """The verdicts on one corpus: those of the last run, read in turn, and those of this run, written in turn.

    What cannot be read or written, or is none, is as if it were not there.
    """

    def __init__(self, root: Path, cache: Path, beside: str) -> None:
        """Read what is remembered.

        Args:
            root: The corpus.
            cache: The folder for what may be forgotten.
            beside: What all verdicts rest on beside the rules.
        """
        self.rules = digest(rules().encode(), beside.encode())
        self._folder = cache / FOLDER
        self._name = digest(os.fsencode(root.resolve()))
        self._last = _lines(self._folder / f"{self._name}.jsonl", self.rules)
        self._line, self._next = next(self._last, NO_LINE)
        self._file: IO[bytes] | None = None
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = NamedTemporaryFile(dir=self._folder, suffix=".tmp", delete=False)  # noqa: SIM115
        self._write(orjson.dumps(self.rules) + b"\n")

    @property
    def registry(self) -> Registry | None:
        """The entity registry of the last run, if it was found clean by the same rules."""
        try:
            found = orjson.loads(self._registry.read_bytes())
            rules_, source, entities, files_, unnamed = found
            registry = Registry(rules_, source, entities, files_, tuple(unnamed))
        except (OSError, ValueError, TypeError):
            return None
        return registry if registry.rules == self.rules else None

    @registry.setter
    def registry(self, found: Registry) -> None:
        with suppress(OSError):
            files.write(self._registry, orjson.dumps(tuple(found)))

    @property
    def _registry(self) -> Path:
        return self._folder / f"{self._name}.registry.json"

    def of(self, document: str) -> Verdict | None:
        """The verdict of the last run on a document. They are asked for in the order of their ids."""
        while self._next is not None and self._next.id < document:
            self._line, self._next = next(self._last, NO_LINE)
        return self._next if self._next is not None and self._next.id == document else None

    def keep(self, verdict: Verdict) -> None:
        """Remember a document that was found clean."""
        self._write(self._line if verdict is self._next else orjson.dumps(tuple(verdict)) + b"\n")

    def finish(self) -> None:
        """Put the verdicts of this run in the place of the last ones."""
        self._last.close()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
                Path(self._file.name).replace(self._folder / f"{self._name}.jsonl")
                self._file = None

    def close(self) -> None:
        """Leave nothing behind."""
        self._last.close()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
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

    rules = ""

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


def _lines(path: Path, rules: str) -> Generator[tuple[bytes, Verdict | None], None, None]:
    """The lines of a file of verdicts by the same rules, each with the verdict in it, up to the first that is none."""
    with suppress(OSError, ValueError, TypeError), path.open("rb") as file:
        if orjson.loads(file.readline(LONGEST)) != rules:
            return
        while line := file.readline(LONGEST):
            yield line, Verdict._make(orjson.loads(line))

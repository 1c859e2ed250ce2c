"""What verdicts rest on, as digests: bytes, and all that judges them."""

import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import orjson

from cte_corpus.store import files, layout

ROOMS = ("checking", "edtf.py", "store", "text", "vocabulary")
"""What judges: a change in it, and nothing that was found before counts."""

ENGINES = ("jsonschema_rs", "orjson")

SETTLED = 2 * 10**9
"""Nanoseconds after which a file that changes again surely has another time: some systems count in two seconds."""


def digest(*parts: bytes) -> str:
    """A digest of bytes in their order, 32 hex digits."""
    from hashlib import sha256  # a check that remembers nothing does not wait for it

    hashed = sha256()
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.hexdigest()[:32]


def rules() -> str:
    """Digest of what judges: the code of the rules, the schemas, the vocabulary, Python and the engines."""
    return digest(*(path.read_bytes() for path in _judging()), *_engines())


def known_rules(folder: Path) -> str:
    """What `rules` says; remembered in a folder until a file has another size or time, as to read them all takes long.

    The time of its last change is one that nobody can set. A file that changed just now might change again unseen: of
    such ones nothing is remembered.
    """
    states = [(str(path), path.stat()) for path in _judging()]
    seen = [f"{name} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}".encode() for name, state in states]
    stamp, path = digest(*seen, *_engines()), folder / "rules.json"
    with suppress(OSError, ValueError, TypeError):
        known, found = orjson.loads(path.read_bytes())
        if known == stamp and isinstance(found, str):
            return found
    found = rules()
    if max(max(state.st_mtime_ns, state.st_ctime_ns) for _, state in states) < time.time_ns() - SETTLED:
        write(path, (stamp, found))
    return found


def _judging() -> list[Path]:
    """The files of which what judges is made."""
    rooms = (*(layout.PACKAGE / room for room in ROOMS), layout.schema_dir())
    inner = (Path(folder, name) for room in rooms for folder, _, names in os.walk(room) for name in names)
    return sorted(path for path in (*rooms, *inner) if path.suffix in {".py", ".toml", ".json"})


def _engines() -> list[bytes]:
    found = [spec.origin for spec in map(find_spec, ENGINES) if spec and spec.origin]
    return [sys.version.encode(), *(f"{path} {Path(path).stat().st_mtime_ns}".encode() for path in found)]


def write(path: Path, found: Sequence[object]) -> None:
    """Remember something in a file, if it can be written."""
    with suppress(OSError):
        files.write(path, orjson.dumps(tuple(found)))

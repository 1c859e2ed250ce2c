"""What verdicts rest on, as digests: bytes, and all that judges them."""

import os
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from cte_corpus.store import files, layout

ROOMS = ("checking", "edtf.py", "published", "releases.json", "store", "text", "vocabulary")
"""What judges: a change in it, and nothing that was found before counts."""

ENGINES = ("charset_normalizer", "jsonschema_rs", "markdown_it", "orjson", "webencodings")
"""What decodes and judges for it; another version of one may find otherwise."""

SETTLED = 2 * 10**9
"""Nanoseconds after which a file that changes again surely has another time: some systems count in two seconds."""


def digest(*parts: bytes) -> str:
    """A digest of bytes in their order, 32 hex digits."""
    return digest_of(parts)


def digest_of(parts: Iterable[bytes]) -> str:
    """A digest of bytes that need not be there at once; the same as of `digest`."""
    from hashlib import sha256  # a check that remembers nothing does not wait for it

    hashed = sha256()
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.hexdigest()[:32]


def rules() -> str:
    """Digest of what judges: the code of the rules, the schemas, the vocabulary, Python and the engines.

    It is the same wherever they are installed.
    """
    python = f"{sys.implementation.name} {sys.version_info}".encode()
    versions = (name.encode() for path in _engines() for name in _versions(path))
    return digest(python, *(path.read_bytes() for path in _judging()), *versions)


def known_rules(folder: Path) -> str:
    """What `rules` says; remembered in a folder until a file has another size or time, as to read them all takes long.

    The time of its last change is one that nobody can set. A file that changed just now might change again unseen: of
    such ones nothing is remembered.
    """
    states = [(str(path), path.stat()) for path in (*_judging(), *_engines())]
    seen = [f"{name} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}".encode() for name, state in states]
    stamp, path = digest(sys.version.encode(), *seen), folder / "rules.json"
    with suppress(OSError, ValueError):
        known, found = opened(path.read_bytes())
        if known == stamp:
            return str(found)
    found = rules()
    if max(max(state.st_mtime_ns, state.st_ctime_ns) for _, state in states) < time.time_ns() - SETTLED:
        write(path, (stamp, found))
    return found


def _judging() -> list[Path]:
    """The files of which what judges is made, room by room."""
    found = []
    for room in (*(layout.PACKAGE / room for room in ROOMS), layout.schema_dir()):
        inner = sorted(Path(folder, name) for folder, _, names in os.walk(room) for name in names)
        found += [path for path in (room, *inner) if path.suffix in {".py", ".toml", ".json"}]
    return found


def _engines() -> list[Path]:
    return [Path(spec.origin) for spec in map(find_spec, ENGINES) if spec and spec.origin]


def _versions(engine: Path) -> list[str]:
    """The folder in which an installer says the version of an engine."""
    return sorted(path.name for path in engine.parent.parent.glob(f"{engine.parent.name}*-info"))


def sealed(value: Sequence[Any]) -> bytes:
    """A line with a value, and before it the digest by which it is known to be whole."""
    written = orjson.dumps(tuple(value))
    return b"%s %s\n" % (digest(written).encode(), written)


def opened(line: bytes) -> Any:
    """The value in a line.

    Raises:
        ValueError: it is not the line that was written.
    """
    seal, _, written = line.removesuffix(b"\n").partition(b" ")
    if seal != digest(written).encode():
        raise ValueError("damaged")
    return orjson.loads(written)


def write(path: Path, found: Sequence[Any]) -> None:
    """Remember something in a file, if it can be written."""
    with suppress(OSError):
        files.write(path, sealed(found))

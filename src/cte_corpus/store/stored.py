"""The records of a corpus as they are stored: decoded, and neither validated nor migrated."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeGuard

import orjson

from cte_corpus.errors import CteError
from cte_corpus.store import bundles
from cte_corpus.store.layout import PARTS

if TYPE_CHECKING:
    from pathlib import Path

Raw = dict[str, Any]
"""A decoded record."""

ALL = "run `cte check` for all that is wrong"

UNREADABLE = (CteError, OSError, LookupError, TypeError, AttributeError)
"""What comes of reading what nobody has checked: files that are missing or damaged, values that are no records."""


class Stored:
    """What lies in a corpus folder, a tree or packed; each part is read on first use.

    Digests are computed over this, so that a release keeps its digest whatever the models look like that read it.

    Raises:
        CteError: a part of a document is missing, or a file is no JSON object.
        OSError: another file is missing, or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def info(self) -> Raw:
        """The decoded `corpus.json`."""
        path = self.path / "corpus.json"
        return _decode(path.read_bytes(), str(path))

    @cached_property
    def raw_documents(self) -> list[Raw]:
        """The decoded documents, each with its lists, in the order of their ids."""
        found = [_decode_document(bundle) for bundle in bundles.documents(self.path)]
        return sorted(found, key=lambda raw: str(raw["document"].get("id")))

    @cached_property
    def raw_entities(self) -> list[Raw]:
        """The decoded entities in the order of their ids."""
        found = [_decode(source.data, source.path, source.line) for source in bundles.entities(self.path)]
        return sorted(found, key=_id)

    @cached_property
    def raw_retired(self) -> list[Raw]:
        """The decoded tombstones of retired ids, in the order of the ids."""
        path = self.path / "retired.json"
        found = _records(_decode(path.read_bytes(), str(path)), str(path))
        return sorted(found, key=_id)


def _id(raw: Raw) -> str:
    return str(raw.get("id"))


def _decode_document(bundle: bundles.Bundle) -> Raw:
    if bundle.missing:
        raise CteError(f"{bundle.missing[0]} is missing", ALL)
    parts = {name: _decode(source.data, source.path, source.line) for name, source in bundle.sources.items()}
    if "bundle" in parts:
        return _bundle(parts["bundle"], bundle.sources["bundle"])
    lists = {part: _records(parts[part], bundle.sources[part].path) for part in PARTS[1:]}
    return {"document": parts["document"], **lists}


def _bundle(raw: Raw, source: bundles.Source) -> Raw:
    """A line of a packed corpus, with its parts in their places."""
    for part in PARTS:
        found = raw.get(part)
        if not (isinstance(found, dict) if part == "document" else _are_records(found)):
            raise CteError(f"{source.path}:{source.line} has no {part}", ALL)
    return raw


def _records(raw: Raw, path: str) -> list[Raw]:
    records = raw.get("records")
    if not _are_records(records):
        raise CteError(f"{path} has no list `records` of objects", ALL)
    return records


def _are_records(value: Any) -> TypeGuard[list[Raw]]:
    return isinstance(value, list) and all(isinstance(record, dict) for record in value)


def _decode(data: bytes, path: str, line: int = 0) -> Raw:
    """A decoded file or line without its `$schema`."""
    where = f"{path}:{line}" if line else path
    try:
        raw = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise CteError(f"{where} is not a JSON object: {error}", ALL) from error
    if not isinstance(raw, dict):
        raise CteError(f"{where} is not a JSON object", ALL)
    raw.pop("$schema", None)
    return raw

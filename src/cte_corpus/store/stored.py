"""The records of a corpus as they are stored: decoded, and neither validated nor migrated."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache, cached_property, partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, TypeGuard

import orjson

from cte_corpus.errors import CteError
from cte_corpus.store import bundles, layout, strict
from cte_corpus.store.collector import resting
from cte_corpus.store.layout import PARTS
from cte_corpus.store.packed import Lines, id_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cte_corpus.store.packed import Source

Raw = dict[str, Any]
"""A decoded record."""

ALL = "run `cte check` for all that is wrong"

UNREADABLE = (CteError, OSError, LookupError, TypeError, AttributeError)
"""What comes of reading what nobody has checked: files that are missing or damaged, values that are no records."""


class Stored:
    """What lies in a corpus folder, a tree or packed; each part is read on first use.

    Digests are computed over this, so that a release keeps its digest whatever the models look like that read it.

    Raises:
        CteError: a file is missing, cannot be read or is no JSON object.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def info(self) -> Raw:
        """The decoded `corpus.json`."""
        with _reading():
            return _decode(bundles.top(self.path, "corpus.json"))

    @cached_property
    def raw_documents(self) -> list[Raw]:
        """The decoded documents, each with its lists, in the order of their ids."""
        with resting():
            return sorted(self.each_document(), key=lambda raw: str(raw["document"].get("id")))

    def each_document(self, naming: str | None = None) -> Iterator[Raw]:
        """One decoded document after the other, as they lie on disk; none is kept. Only those in which an id stands."""
        with _reading():
            for bundle in bundles.documents(self.path):
                if naming is None or any(_names(source, naming) for source in bundle.sources.values()):
                    yield _decode_document(bundle)

    def one_by_one(self) -> Iterator[Raw]:
        """The decoded documents in the order of their ids; none is kept that was not."""
        return (
            iter(self.raw_documents) if "raw_documents" in self.__dict__ or not self.is_sorted else self.each_document()
        )

    def each_entity(self, naming: str | None = None) -> Iterator[Raw]:
        """One decoded entity after the other, as they lie on disk; none is kept. Only those in which an id stands."""
        with _reading():
            for source in bundles.entities(self.path):
                if naming is None or _names(source, naming):
                    yield _decode(source)

    @property
    def count(self) -> int:
        """How many documents there are."""
        return self._up_to(None)

    def has_more_than(self, number: int) -> bool:
        """Whether there are more documents."""
        return self._up_to(number + 1) > number

    def _up_to(self, most: int | None) -> int:
        """How many documents there are, of those that come first."""
        with _reading():
            found = bundles.documents(self.path) if self._is_packed else (self.path / "documents").iterdir()
            return sum(1 for _ in islice(found, most))

    def document(self, key: str) -> Raw | None:
        """The decoded document of an id, read without the others; None where it is not found so."""
        with _reading():
            if self._is_packed:
                source = self._lines("documents").of(key)
                bundle = source and bundles.Bundle("", {"bundle": source})
            else:
                bundle = bundles.one(self.path, key)
            found = bundle and _decode_document(bundle)
        return found if found and found["document"].get("id") == key else None

    def entity(self, key: str) -> Raw | None:
        """The decoded entity of an id, read without the others; None where it is not found so."""
        with _reading():
            source = self._lines("entities").of(key) if self._is_packed else bundles.entity(self.path, key)
            found = source and _decode(source)
        return found if found and found.get("id") == key else None

    @cached_property
    def is_sorted(self) -> bool:
        """Whether the documents lie in the order of their ids, as they do unless somebody else has packed them."""
        if not self._is_packed:
            return True
        with _reading():
            ids = (id_of(bundle.sources["bundle"].data) or "" for bundle in bundles.documents(self.path))
            return all(one < other for one, other in pairwise(ids))

    @cached_property
    def _is_packed(self) -> bool:
        return layout.is_packed(self.path)

    @cached_property
    def _lines(self) -> Callable[[str], Lines]:
        return cache(partial(Lines, self.path))

    @cached_property
    def raw_entities(self) -> list[Raw]:
        """The decoded entities in the order of their ids."""
        return sorted(self.each_entity(), key=_id)

    @cached_property
    def raw_retired(self) -> list[Raw]:
        """The decoded tombstones of retired ids, in the order of the ids."""
        with _reading():
            source = bundles.top(self.path, "retired.json")
        return sorted(_records(_decode(source), source.path), key=_id)


def _names(source: Source, key: str) -> bool:
    """Whether an id stands in what was not decoded: alone in a string, as ids do."""
    return orjson.dumps(key) in source.data


def _id(raw: Raw) -> str:
    return str(raw.get("id"))


@contextmanager
def _reading() -> Iterator[None]:
    try:
        with resting():
            yield
    except OSError as error:
        raise CteError(f"{error.filename} cannot be read: {error.strerror}", ALL) from error


def _decode_document(bundle: bundles.Bundle) -> Raw:
    if bundle.missing:
        raise CteError(f"{bundle.missing[0]} is missing", ALL)
    parts = {name: _decode(source) for name, source in bundle.sources.items()}
    if "bundle" in parts:
        return _bundle(parts["bundle"], bundle.sources["bundle"])
    lists = {part: _records(parts[part], bundle.sources[part].path) for part in PARTS[1:]}
    return {"document": parts["document"], **lists}


def _bundle(raw: Raw, source: Source) -> Raw:
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


def _decode(source: Source) -> Raw:
    """A decoded file or line without its `$schema`."""
    where = f"{source.path}:{source.line}" if source.line else source.path
    if strict.too_many_values(source.data):
        raise CteError(f"{where} holds more values than any record does", ALL)
    try:
        raw = orjson.loads(source.data)
    except orjson.JSONDecodeError as error:
        raise CteError(f"{where} is not a JSON object: {error}", ALL) from error
    if not isinstance(raw, dict):
        raise CteError(f"{where} is not a JSON object", ALL)
    raw.pop("$schema", None)
    return raw

"""Digests of records: of one, and of all that a corpus holds. They rest on the records alone, not on files or tools."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

Raw = dict[str, Any]

LISTED = ("sections", "mentions", "events", "sanctions")

_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Registered(Protocol):
    """What a corpus has beside documents, decoded."""

    @property
    def raw_entities(self) -> list[Raw]:
        """The entity registry."""

    @property
    def raw_retired(self) -> list[Raw]:
        """The tombstones of retired ids."""


class Decoded(Registered, Protocol):
    """A corpus as decoded records: published digests are of those of `cte_corpus.store.stored`."""

    def each_document(self) -> Iterator[Raw]:
        """Documents, each with its lists of records."""


def record_digest(record: Raw) -> str:
    """SHA-256 of a record as compact JSON in UTF-8 with sorted keys, 64 hex digits.

    Python's own `json` writes it, which will write a number in ten years as it does now: floats by `repr`, the shortest
    digits that give the same float. No other writer of JSON promises that.
    """
    return sha256(_compact(record).encode()).hexdigest()


def of_document(document: Raw) -> Iterator[tuple[str, Raw]]:
    """Every record of a document with the name of its table; sentences come with their sections."""
    yield "documents", document["document"]
    for table in LISTED:
        for record in document[table]:
            yield table, record


def of_none(corpus: Registered) -> Iterator[tuple[str, Raw]]:
    """The records that belong to no document."""
    yield from (("entities", entity) for entity in corpus.raw_entities)
    yield from (("retired", tombstone) for tombstone in corpus.raw_retired)


def root_digest(corpus: Decoded) -> str:
    """SHA-256 over the sorted lines `<table> <id> <digest of the record>` of all records, 64 hex digits."""
    records = chain.from_iterable(map(of_document, corpus.each_document()))
    lines = [f"{table} {one['id']} {record_digest(one)}\n" for table, one in chain(records, of_none(corpus))]
    lines.sort()
    found = sha256()
    for line in lines:
        found.update(line.encode())
    return found.hexdigest()

"""Digests of records: of one, and of all that a corpus holds. They rest on the records alone, not on files or tools."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

Raw = dict[str, Any]

LISTED = ("sections", "mentions", "events", "sanctions")

_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Decoded(Protocol):
    """A corpus as decoded records: `cte_corpus.Corpus` is one, but published digests are of its `stored` records."""

    @property
    def raw_documents(self) -> list[Raw]:
        """Documents, each with its lists of records."""

    @property
    def raw_entities(self) -> list[Raw]:
        """The entity registry."""

    @property
    def raw_retired(self) -> list[Raw]:
        """The tombstones of retired ids."""


def record_digest(record: Raw) -> str:
    """SHA-256 of a record as compact JSON in UTF-8 with sorted keys, 64 hex digits.

    Python's own `json` writes it, which will write a number in ten years as it does now: floats by `repr`, the shortest
    digits that give the same float. No other writer of JSON promises that.
    """
    return sha256(_compact(record).encode()).hexdigest()


def records(corpus: Decoded) -> Iterator[tuple[str, Raw]]:
    """Every record of a corpus with the name of its table; sentences come with their sections."""
    for document in corpus.raw_documents:
        yield "documents", document["document"]
        for table in LISTED:
            for record in document[table]:
                yield table, record
    for entity in corpus.raw_entities:
        yield "entities", entity
    for tombstone in corpus.raw_retired:
        yield "retired", tombstone


def root_digest(corpus: Decoded) -> str:
    """SHA-256 over the sorted lines `<table> <id> <digest of the record>` of all records, 64 hex digits."""
    lines = sorted(f"{table} {record['id']} {record_digest(record)}\n" for table, record in records(corpus))
    return sha256("".join(lines).encode()).hexdigest()

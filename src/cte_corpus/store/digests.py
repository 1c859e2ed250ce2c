"""Digests of records: of one, and of all that a corpus holds. They rest on the records alone, not on files or tools."""

from __future__ import annotations

import json
from contextlib import ExitStack
from hashlib import sha256
from heapq import merge
from itertools import islice
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Raw = dict[str, Any]

RUN = 200_000
"""Lines that are sorted in memory; more of them go through files."""

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
    """A corpus as decoded records: `cte_corpus.Corpus` is one, but published digests are of its `stored` records."""

    def one_by_one(self) -> Iterator[Raw]:
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


def records(corpus: Decoded) -> Iterator[tuple[str, Raw]]:
    """Every record of a corpus with the name of its table."""
    for document in corpus.one_by_one():
        yield from of_document(document)
    yield from of_none(corpus)


def root_digest(corpus: Decoded) -> str:
    """SHA-256 over the sorted lines `<table> <id> <digest of the record>` of all records, 64 hex digits."""
    lines = (f"{table} {record['id']} {record_digest(record)}\n".encode() for table, record in records(corpus))
    found = sha256()
    with ExitStack() as opened:
        runs: list[Iterable[bytes]] = []
        while run := sorted(islice(lines, RUN)):
            if len(run) == RUN:
                file = opened.enter_context(TemporaryFile())
                file.writelines(run)
                file.seek(0)
            runs.append(file if len(run) == RUN else run)
        for line in merge(*runs):
            found.update(line)
    return found.hexdigest()

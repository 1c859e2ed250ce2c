"""What changed between two states of a corpus: its records by id, and its schemas.

Records of an older major version of the schemas are compared as the current models have them: what differs is then
what the records say, and not how they say it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.compare import fields, schema_diff
from cte_corpus.compare.step import MODELS, Step
from cte_corpus.errors import CteError
from cte_corpus.store import digests
from cte_corpus.store.collector import resting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cte_corpus.compare.fields import Change
    from cte_corpus.compare.schema_diff import SchemaChange, Schemas
    from cte_corpus.compare.sides import Side
    from cte_corpus.corpus.corpus import Corpus

Raw = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """A record that is on one side, or on both."""

    table: str
    """One of `MODELS`."""

    id: str

    @property
    def document(self) -> str:
        """Id of its document; empty for what belongs to none."""
        return "" if self.table in ("corpus", "entities", "retired") else self.id.partition(":")[0]


@dataclass(frozen=True)
class Removed:
    """A record that is only on the first side."""

    item: Item

    tombstone: Raw | None
    """What `retired.json` of the second side says of its id or of its document's, if it does."""


@dataclass(frozen=True)
class Changed:
    """A record that is on both sides and differs."""

    item: Item
    changes: tuple[Change, ...]

    @property
    def step(self) -> Step:
        """The farthest step of its changes."""
        return max(change.step for change in self.changes)


@dataclass(frozen=True)
class Diff:
    """All that differs, in the order of `MODELS` and of ids."""

    added: tuple[Item, ...]
    removed: tuple[Removed, ...]
    changed: tuple[Changed, ...]
    schema: tuple[SchemaChange, ...]

    @property
    def step(self) -> Step:
        """The step that the differences ask for."""
        return max((step for step, _ in self.reasons()), default=Step.NONE)

    def reasons(self) -> Iterator[tuple[Step, str]]:
        """Each difference in a line with the step for which it asks; not what follows from another reference text."""
        retold = self.retold
        for gone in self.removed:
            yield Step.MAJOR, f"{gone.item.id} is gone"
        for item in self.added:
            yield (Step.PATCH if item.table == "retired" else Step.MINOR), f"{item.id} is new"
        for record in self.changed:
            follows = record.item.document in retold
            for change in (change for change in record.changes if not (follows and change.place)):
                what = "is in another order" if change.kind == "reordered" else f"was {change.kind}"
                yield change.step, f"{record.item.id}: {change.path} {what}"
        for schema in self.schema:
            yield schema.step, f"{', '.join(schema.where)}: {schema.what}"

    def asking(self) -> Iterator[tuple[str, Item | None]]:
        """What of all that asks for the step: `gone`, `new` or `changed` with the record, None for the schemas."""
        step, retold = self.step, self.retold
        for gone in self.removed if step == Step.MAJOR else ():
            yield "gone", gone.item
        for item in self.added:
            if step == (Step.PATCH if item.table == "retired" else Step.MINOR):
                yield "new", item
        for record in self.changed:
            follows = record.item.document in retold
            if any(change.step == step and not (follows and change.place) for change in record.changes):
                yield "changed", record.item
        yield from (("changed", None) for change in self.schema if change.step == step)

    @property
    def retold(self) -> frozenset[str]:
        """Ids of the documents whose reference text is another: offsets and digests follow from that."""
        documents = (record for record in self.changed if record.item.table == "documents")
        return frozenset(
            record.item.id for record in documents if any(change.path == "text.sha256" for change in record.changes)
        )

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed or self.schema)


def diff(before: Side, after: Side) -> Diff:
    """What changed from one side to the other. Documents are told apart by digests; those that differ are read again.

    Raises:
        CteError: a side cannot be read, or has two records under one id.
    """
    was, now = _documents(before.corpus), _documents(after.corpus)
    tombstones = {record["id"]: record for record in after.corpus.raw_retired}
    added: list[Item] = []
    removed: list[Item] = []
    changed: list[Changed] = []

    def compare(old: dict[Item, Raw], new: dict[Item, Raw]) -> None:
        removed.extend(old.keys() - new.keys())
        added.extend(new.keys() - old.keys())
        changed.extend(_changed(old, new, before.schemas))

    compare(_around(before.corpus), _around(after.corpus))
    for key in was.keys() | now.keys():
        if was.get(key) != now.get(key):
            compare(_of_document(before.corpus, key, key in was), _of_document(after.corpus, key, key in now))
    gone = {item.id for item in removed}
    return Diff(
        tuple(sorted((item for item in added if not (item.table == "retired" and item.id in gone)), key=_order)),
        tuple(
            Removed(item, tombstones.get(item.id) or tombstones.get(item.document))
            for item in sorted(removed, key=_order)
        ),
        tuple(sorted(changed, key=lambda record: _order(record.item))),
        tuple(schema_diff.compare(before.schemas, after.schemas)),
    )


def _changed(was: dict[Item, Raw], now: dict[Item, Raw], schemas: Schemas) -> Iterator[Changed]:
    for item in was.keys() & now.keys():
        changes = tuple(fields.compare(was[item], now[item], MODELS[item.table], schemas.has))
        if changes:
            yield Changed(item, changes)


def _documents(corpus: Corpus) -> dict[str, bytes]:
    """Digests of all documents with their records, as the current models have them, by id."""
    found: dict[str, bytes] = {}
    with resting():
        for _, raw in corpus.pairs():
            key = raw["document"]["id"]
            if key in found:
                raise _twice(corpus, "documents", key)
            _by_item(corpus, digests.of_document(raw))
            found[key] = sha256(orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)).digest()
    return found


def _of_document(corpus: Corpus, key: str, is_there: bool) -> dict[Item, Raw]:
    raw = corpus.raw_document(key) if is_there else None
    return _by_item(corpus, digests.of_document(raw)) if raw else {}


def _around(corpus: Corpus) -> dict[Item, Raw]:
    """The records that belong to no document."""
    return {Item("corpus", "corpus.json"): corpus.raw_info} | _by_item(corpus, digests.of_none(corpus))


def _by_item(corpus: Corpus, records: Iterable[tuple[str, Raw]]) -> dict[Item, Raw]:
    found: dict[Item, Raw] = {}
    for table, record in records:
        if found.setdefault(Item(table, record["id"]), record) is not record:
            raise _twice(corpus, table, record["id"])
    return found


def _twice(corpus: Corpus, table: str, key: str) -> CteError:
    return CteError(f"{corpus.path} has two records {key} in {table}", f"see `cte check {corpus.path}`")


def _order(item: Item) -> tuple[int, str, str, int]:
    """By table, then by document, then by number: `e9` comes before `e10`."""
    head = item.id.rstrip("0123456789")
    return list(MODELS).index(item.table), item.document, head, int(item.id[len(head) :] or 0)

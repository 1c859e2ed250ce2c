"""What `cte diff` prints: one module per format, each with `render(before, after, diff, everything) -> str`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.text.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cte_corpus.compare.diff import Changed, Diff, Item, Removed
    from cte_corpus.compare.schema_diff import SchemaChange
    from cte_corpus.compare.sides import Side

MOST = 12
"""How many of a long list are shown, unless all are wanted."""

WIDE = 120
"""Longest value that is shown, unless all are wanted."""

_MODULES = {"json": "json_"}

_ONE = {"entities": "entity", "corpus": "corpus", "retired": "tombstone"}


@dataclass(frozen=True)
class Group:
    """What differs in one document, in the entity registry, or in the corpus as a whole."""

    title: str
    added: list[Item]
    removed: list[Removed]
    changed: list[Changed]

    moved: list[Item]
    """Records of which offsets and digests follow from another reference text; `changed` says nothing of these."""


def render(form: str, before: Side, after: Side, diff: Diff, everything: bool = False) -> str:
    """The differences as `text`, `json` or `markdown`, no newline at the end; `everything` cuts no list or value."""
    module = import_module(f"{__name__}.{_MODULES.get(form, form)}")
    text: str = module.render(before, after, diff, everything)
    return text


def groups(diff: Diff, everything: bool) -> list[Group]:
    """The differences of records by where they belong: the corpus, each document, the entity registry."""
    found: dict[tuple[int, str], Group] = {}

    def group(item: Item) -> Group:
        where = 1 if item.document else 2 if item.table == "entities" else 0
        title = item.document or ("entity registry" if where == 2 else "corpus")
        return found.setdefault((where, title), Group(title, [], [], [], []))

    for item in diff.added:
        group(item).added.append(item)
    for gone in diff.removed:
        group(gone.item).removed.append(gone)
    for record in diff.changed:
        place = group(record.item)
        told = tuple(change for change in record.changes if everything or not change.place)
        if len(told) == len(record.changes) or record.item.document not in diff.retold:
            place.changed.append(record)
        else:
            place.moved.append(record.item)
            if told:
                place.changed.append(replace(record, changes=told))
    return [found[key] for key in sorted(found)]


def by_table(items: Iterable[Item]) -> list[tuple[str, list[str]]]:
    """Ids by table, in the order in which they come."""
    return [(table, [item.id for item in found]) for table, found in groupby(items, lambda item: item.table)]


def counts(items: Iterable[Item]) -> str:
    """`3 sections, 24 mentions`; a document itself is not counted."""
    return ", ".join(counted(len(ids), table) for table, ids in by_table(items) if table != "documents")


def whole(items: Iterable[Item]) -> bool:
    """Whether what came or went in a document is the document with all that is in it."""
    return any(item.table == "documents" for item in items)


def one(table: str) -> str:
    """What a record of a table is called."""
    return _ONE.get(table) or table.removesuffix("s")


def counted(number: int, table: str) -> str:
    """`1 event`, `2 events`."""
    return f"{number:,} {one(table) if number == 1 else 'tombstones' if table == 'retired' else table}"


def ranges(ids: Sequence[str]) -> str:
    """Ids of one document without its name, runs of numbers as `e01 to e17`."""
    runs: list[list[str]] = []
    for name in (full.partition(":")[2] for full in ids):
        if runs and int(name[1:]) == int(runs[-1][-1][1:]) + 1:
            runs[-1] = [runs[-1][0], name]
        else:
            runs.append([name])
    return ", ".join(" to ".join(run) for run in runs)


def values(before: Any, after: Any, everything: bool) -> tuple[str, str]:
    """Two values as JSON for a line; of two long texts, where they differ."""
    if isinstance(before, str) and isinstance(after, str) and max(len(before), len(after)) > WIDE and not everything:
        before, after = _differing(before, after)
    return value(before, everything), value(after, everything)


def value(item: Any, everything: bool) -> str:
    """A value as JSON for a line of a terminal."""
    text = orjson.dumps(item).decode()
    return safe(text if everything or len(text) <= WIDE else f"{text[:WIDE]}…")


def sides(change: SchemaChange, everything: bool) -> list[str]:
    """What a change of the schemas has of a value before and after; codes and types without quotation marks."""
    shown = values(change.before, change.after, everything)
    items = zip((change.before, change.after), shown, strict=True)
    return [text.removeprefix('"').removesuffix('"') for item, text in items if item is not None]


def _differing(before: str, after: str) -> tuple[str, str]:
    """Two texts without most of what they begin and end with alike."""
    start = _common(zip(before, after, strict=False))
    rest = min(len(before), len(after)) - start
    end = _common(zip(reversed(before[-rest:] if rest else ""), reversed(after[-rest:] if rest else ""), strict=False))
    head, tail = max(0, start - 24), max(0, end - 24)
    return tuple(  # type: ignore[return-value]
        ("…" if head else "") + text[head : len(text) - tail] + ("…" if tail else "") for text in (before, after)
    )


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    number = 0
    for one_, other in pairs:
        if one_ != other:
            break
        number += 1
    return number

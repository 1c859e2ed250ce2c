"""The items of a draft for a review: what each is called, its fields one by one, and where in the text it stands."""

from __future__ import annotations

import copy
import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from cte_corpus.authoring.anchor import anchor
from cte_corpus.authoring.writing import flow
from cte_corpus.checking.rules import schema
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.authoring.anchor import Anchored
    from cte_corpus.authoring.problems import Record
    from cte_corpus.authoring.run import Coded
    from cte_corpus.store.pointer import Pointer

MARKER = "_item"
"""Field by which an item is known again after anchoring."""


class Item(NamedTuple):
    """A record of a draft."""

    name: str
    """What the review calls it: its id, or what else it is known by."""

    part: str
    pointer: Pointer
    value: Record


class Field(NamedTuple):
    """A field of an item that holds no others, a quote being one."""

    path: Pointer
    """From the item."""

    label: str
    shown: str
    """Its value, as it is typed."""


class Mark(NamedTuple):
    """A stretch of the text, in code points, with what of an item stands there."""

    start: int
    end: int
    path: Pointer


class Placed(NamedTuple):
    """A draft in its text."""

    anchored: Anchored
    marks: dict[Pointer, list[Mark]]
    """Of each item, by its pointer; that of a section covers it whole, and has no path."""

    records: dict[Pointer, Record]
    """What each item was anchored to."""


def listed(draft: Record) -> list[Item]:
    """The items of a draft, in its order."""
    found = []
    names: set[str] = set()
    for part, pointer, value in _records(draft):
        wanted = _named(part, pointer, value)
        name, number = wanted, 1
        while name in names:
            number += 1
            name = f"{wanted} {number}"
        names.add(name)
        found.append(Item(name, part, pointer, value))
    return found


def _records(draft: Record) -> Iterator[tuple[str, Pointer, Record]]:
    if isinstance(draft["document"], dict):
        yield "document", ("document",), draft["document"]
    mentions = draft.get("mentions")
    lists: list[tuple[Pointer, Any]] = [(("sections",), draft.get("sections"))]
    lists += [(("mentions", key), items) for key, items in (mentions.items() if isinstance(mentions, dict) else ())]
    lists += [((part,), draft.get(part)) for part in ("events", "sanctions")]
    for pointer, items in lists:
        for n, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield str(pointer[0]), (*pointer, n), item


def _named(part: str, pointer: Pointer, value: Record) -> str:
    if part == "document":
        return part
    if "id" in value:
        return str(value["id"]).rpartition(":")[2]
    if part == "mentions":
        span = value.get("span")
        words = span.get("quote") if isinstance(span, dict) else span
        return f"mentions[{pointer[1]} {words}]"
    told = value.get("key", value.get("target", pointer[-1]))
    return f"{part}[{told}]"


def fields(value: Any, path: Pointer = (), label: str = "") -> Iterator[Field]:
    """The fields of an item one by one; ids and keys are none to be judged."""
    if isinstance(value, dict) and "quote" not in value and value:
        if value.keys() == {"text", "lang"} and path:
            yield Field((*path, "text"), f"{label} {value['lang']}", typed(value["text"]))
            return
        for key, item in value.items():
            if path or key not in ("id", "key", "proposed"):
                yield from fields(item, (*path, key), f"{label} {key}".lstrip())
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for n, item in enumerate(value):
            many = len(value) > 1 and not (isinstance(item, dict) and item.keys() == {"text", "lang"})
            yield from fields(item, (*path, n), f"{label} {n + 1}" if many else label)
    else:
        yield Field(path, label, typed(value))


def find(draft: Record, at: str) -> tuple[Item, Pointer]:
    """The item that a name means, and the path of the field in it.

    Raises:
        CteError: there is none.
    """
    for item in listed(draft):
        if at == item.name:
            return item, ()
        if at.startswith(f"{item.name}/"):
            wanted = at.removeprefix(f"{item.name}/")
            for field in fields(item.value):
                if "/".join(map(str, field.path)) == wanted:
                    return item, field.path
    raise CteError(f"the draft has no {at}", "read it again")


def at(value: Any, path: Pointer) -> Any:
    """What a value holds at a path.

    Raises:
        LookupError: nothing.
        TypeError: something on the way holds nothing.
    """
    for key in path:
        value = value[key]
    return value


def typed(value: Any) -> str:
    """A value as it is typed: a string as it is, anything else as YAML on one line."""
    return value if isinstance(value, str) else flow(value)


def digest(value: Any) -> str:
    """What tells whether a value is still the one that was judged."""
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def faults(record: Record, part: str) -> list[str]:
    """What of a record the schema refuses; that it is a proposal is told elsewhere."""
    value = {key: item for key, item in record.items() if key != "proposed"}
    found = schema.check(value if part == "document" else {"records": [value]}, part)
    return [f"{one.code}: {one.message}" for one in found]


def placed(draft: Record, coded: Coded) -> Placed:
    """Anchor a draft, and say where its items stand.

    Raises:
        CteError: it holds what cannot be anchored at all.
    """
    marked = copy.deepcopy(draft)
    for item in listed(marked):
        item.value[MARKER] = list(item.pointer)
    try:
        anchored = anchor(marked, coded.text, coded.source_sha256, coded.old, coded.recipe)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise CteError(f"the draft has what is none: {error}", "docs/drafts.md says what a draft holds") from None
    marks: dict[Pointer, list[Mark]] = {}
    records: dict[Pointer, Record] = {}
    parts = anchored.bundle
    for record in (parts["document"], *(one for part in parts if part != "document" for one in parts[part])):
        pointer = tuple(record.pop(MARKER, ()))
        if pointer:
            records[pointer] = record
            marks[pointer] = sorted(_marks(record, ()), key=lambda mark: (mark.start, -mark.end))
            if pointer[0] == "sections":
                marks[pointer].insert(0, Mark(record["start"], record["end"], ()))
    return Placed(anchored, marks, records)


def _marks(value: Any, path: Pointer) -> Iterator[Mark]:
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield Mark(value["start"], value["end"], path)
        elif not path or path[0] != "sentences":
            for key, item in value.items():
                yield from _marks(item, (*path, key))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _marks(item, (*path, n))

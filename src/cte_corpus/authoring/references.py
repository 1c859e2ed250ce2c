"""The places of records that name an entity, and another entity put there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.authoring import folder
from cte_corpus.checking import rewrite
from cte_corpus.store.inside import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIELDS = frozenset(
    {"authority", "by", "entity", "instrument", "jurisdiction", "linked_to", "operates_in", "organisation", "publisher"}
    | {"supports", "target", "via"}
)
"""The fields that hold the id of an entity, or a list of them."""

JOINED = frozenset({"mentions", "via_mentions"})
"""Lists that are put together where two items become one."""

Raw = dict[str, Any]


class File(NamedTuple):
    """A data file of a corpus tree."""

    path: str
    """From the root of the corpus, with slashes."""

    kind: str
    """As `rewrite.data_files` says it: `events`, `entity` …"""

    value: Any


def naming(root: Path, entity: str) -> Iterator[File]:
    """The data files in which an entity may be named, its own and the tombstones apart.

    Raises:
        CteError: a file is no JSON.
        OSError: a file cannot be read.
    """
    top = Folder(root).path
    word = entity.encode()
    for source, kind in rewrite.data_files(root):
        path = source.path.removeprefix(f"{top}/")
        if word in source.data and kind not in ("corpus", "retired"):
            value = folder.load(source.data, source.path)
            if not (kind == "entity" and isinstance(value, dict) and value.get("id") == entity):
                yield File(path, kind, value)


def holders(file: File, entity: str) -> list[str]:
    """The records of a file that name an entity, each once: their ids."""
    value = file.value
    records = value.get("records", [value]) if isinstance(value, dict) else []
    return [str(record.get("id")) for record in records if isinstance(record, dict) and _names(record, entity)]


def put(value: Any, old: str, new: str) -> Any:
    """A value with another entity where one was named. What then stands twice in a list is put together."""
    if isinstance(value, dict):
        return {key: _swapped(item, old, new) if key in FIELDS else put(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        items = [put(item, old, new) for item in value]
        return items if items == value else _joined(items, value)
    return value


def _names(value: Any, entity: str) -> bool:
    if isinstance(value, dict):
        return any(
            (key in FIELDS and (item == entity or (isinstance(item, list) and entity in item))) or _names(item, entity)
            for key, item in value.items()
        )
    return isinstance(value, list) and any(_names(item, entity) for item in value)


def _swapped(item: Any, old: str, new: str) -> Any:
    if isinstance(item, list) and old in item:
        return list(dict.fromkeys(new if one == old else one for one in item if isinstance(one, str)))
    return new if item == old else put(item, old, new)


def _joined(items: list[Any], before: list[Any]) -> list[Any]:
    """The items of a list of which some have changed, each of these joined with one that says the same."""
    found: list[Any] = []
    changed: list[Any] = []
    for item, was in zip(items, before, strict=True):
        same = next((one for one in found if (item != was or one in changed) and _is_same(one, item)), None)
        if same is None:
            found.append(item)
            if item != was:
                changed.append(item)
            continue
        for field in JOINED & item.keys():
            same[field] = list(dict.fromkeys([*same.get(field, ()), *item[field]]))
    return found


def _is_same(one: Any, other: Any) -> bool:
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return False
    return {key: one[key] for key in one.keys() - JOINED} == {key: other[key] for key in other.keys() - JOINED}

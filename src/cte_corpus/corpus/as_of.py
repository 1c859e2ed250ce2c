"""A corpus as of a day: only the documents that were published by then, and what they need."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus import edtf
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Iterator

Raw = dict[str, Any]


class LeftOut(NamedTuple):
    """What a corpus as of a day does not show."""

    later: tuple[str, ...]
    """Ids of the documents that were, or may have been, published after the day."""

    undated: tuple[str, ...]
    """Ids of the documents whose last possible day of publication is not known."""

    relations: int
    """Relations of events and sanctions that lead into these documents."""

    entities: int
    """Entities that only these documents use."""

    def __str__(self) -> str:
        """In words: `harbour-talks (later); with 2 relations to it and 5 entities that nothing else uses`."""
        documents = [f"{key} (later)" for key in self.later] + [f"{key} (undated)" for key in self.undated]
        return (
            f"{', '.join(documents) or 'no document'}; "
            f"relations to what is left out: {self.relations}; entities that nothing else uses: {self.entities}"
        )


def day(text: str) -> str:
    """The day as ISO text.

    Raises:
        CteError: it is no day, as `2022-05-15`.
    """
    try:
        if text == date.fromisoformat(text).isoformat():
            return text
    except ValueError:
        pass
    hint = "it is the day by which documents were published; a release of the corpus has a version"
    raise CteError(f"expected a day such as 2022-05-15, got {text!r}", hint)


def restricted(documents: list[Raw], entities: list[Raw], by: str) -> tuple[list[Raw], list[Raw], LeftOut]:
    """The documents published by a day, the entities that they use, and what is left out. Nothing given is changed.

    An uncertain date counts when its last possible day is by then. An entity is used where a record of a document names
    it, or an entity that is used has a link to it.

    Raises:
        CteError: a date of publication is not EDTF.
    """
    last = {raw["document"]["id"]: _last_day(raw["document"]) for raw in documents}
    kept = {key for key, latest in last.items() if latest is not None and latest <= by}
    relations = 0
    shown = []
    for raw in documents:
        if raw["document"]["id"] in kept:
            events, without = _without_relations(raw["events"], "event", kept)
            sanctions, more = _without_relations(raw["sanctions"], "sanction", kept)
            shown.append(raw | {"events": events, "sanctions": sanctions})
            relations += without + more
    named = used(shown, entities)
    left = LeftOut(
        tuple(key for key, latest in last.items() if latest is not None and latest > by),
        tuple(key for key, latest in last.items() if latest is None),
        relations,
        len(entities) - len(named),
    )
    return shown, [entity for entity in entities if entity["id"] in named], left


def _last_day(document: Raw) -> str | None:
    if "published" not in document:
        return None
    try:
        return edtf.bounds(document["published"]["edtf"])[1]
    except ValueError as error:
        raise CteError(f"{document['id']}: {error}", "run `cte check` for all that is wrong") from error


def _without_relations(records: list[Raw], field: str, kept: set[str]) -> tuple[list[Raw], int]:
    """The records without their relations to other documents than those kept, and how many relations that are."""
    found, number = [], 0
    for record in records:
        before = record.get("relations", [])
        after = [item for item in before if item[field].partition(":")[0] in kept]
        if len(after) < len(before):
            number += len(before) - len(after)
            record = {name: value for name, value in record.items() if name != "relations"}
            record |= {"relations": after} if after else {}
        found.append(record)
    return found, number


def used(documents: list[Raw], entities: list[Raw]) -> set[str]:
    """The ids of the entities that documents name, and of those to which these have links."""
    links = {entity["id"]: [link["entity"] for link in entity.get("links", ())] for entity in entities}
    waiting = [text for raw in documents for text in _texts(raw) if text in links]
    used = set()
    while waiting:
        key = waiting.pop()
        if key not in used:
            used.add(key)
            waiting += links.get(key, ())
    return used & links.keys()


def _texts(value: Any) -> Iterator[str]:
    """Every string in decoded JSON: an id stands alone in a string, and no other text is one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)

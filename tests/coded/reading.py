"""The records of a document as they lie on disk, read with nothing but `json`."""

import json
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from cte_corpus.store.layout import PARTS, data_dir

Record = dict[str, Any]

DOCUMENTS = sorted(folder.name for folder in (data_dir() / "documents").iterdir() if folder.is_dir())
"""The ids of all documents."""


class Coded:
    """One document."""

    def __init__(self, key: str) -> None:
        self.key = key
        folder = data_dir() / "documents" / key
        self.parts: dict[str, Any] = {}
        for part in PARTS:
            value = json.loads((folder / f"{part}.json").read_bytes())
            self.parts[part] = value if part == "document" else value["records"]
        self.document: Record = self.parts["document"]
        self.sections: list[Record] = self.parts["sections"]
        self.sanctions: list[Record] = self.parts["sanctions"]
        self.mentions: dict[str, Record] = {record["id"]: record for record in self.parts["mentions"]}
        self.events: dict[str, Record] = {record["id"]: record for record in self.parts["events"]}

    @cached_property
    def sentences(self) -> dict[str, Record]:
        """The sentences by id."""
        return {f"{s['id']}.{sentence['n']}": sentence for s in self.sections for sentence in s.get("sentences", [])}

    @property
    def headings(self) -> list[Record]:
        """The spans of the headings."""
        return [section["heading"] for section in self.sections if "heading" in section]

    def spans(self) -> Iterator[Record]:
        """Every quoted span."""
        yield from (item for item in within(self.parts) if item.keys() == {"start", "end", "text"})

    def all(self, field: str) -> Iterator[tuple[Record, Record]]:
        """The items of a list inside events, each with its event."""
        return ((event, item) for event in self.events.values() for item in event.get(field, []))

    def about(self, words: str) -> Record:
        """The one event whose English label has these words."""
        (found,) = [event for event in self.events.values() if words in event["label"][0]["text"]]
        return found


@cache
def read(key: str) -> Coded:
    """The document of that id."""
    return Coded(key)


@cache
def entities() -> dict[str, Record]:
    """The registry by id."""
    found = [json.loads(path.read_bytes()) for path in sorted((data_dir() / "entities").glob("*/*.json"))]
    return {record["id"]: record for record in found}


def within(value: Any) -> Iterator[Record]:
    """Every object in a value, itself first."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from within(item)
    elif isinstance(value, list):
        for item in value:
            yield from within(item)


def strings(value: Any) -> Iterator[str]:
    """Every string in a value."""
    if isinstance(value, str):
        yield value
    else:
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from strings(item)


def absent(record: Record, field: str) -> bool:
    """Whether a record says that a field has no value."""
    return field in [item["field"] for item in record.get("absent", [])]


def label(event: Record) -> str:
    """An event, for the message of a failure."""
    return f"{event['id']} {event['label'][0]['text']}"

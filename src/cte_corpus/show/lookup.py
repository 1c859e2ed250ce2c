"""Every record of a corpus by its id, decoded and not validated, and what it is called."""

from collections.abc import Iterator
from typing import Any, Protocol

from cte_corpus.text.terminal import isolate

Raw = dict[str, Any]

STANDING = {
    "occurred": "told as fact",
    "ongoing": "told as fact",
    "alleged": "alleged",
    "denied": "denied",
    "planned": "planned",
    "hypothetical": "feared or hoped for",
    "demanded": "aim or demand",
}
"""How an event of each status stands in a list: what somebody alleges is never among the facts."""

FACT, NOT_SO, AIM = "told as fact", "told as not so", "aim or demand"

ORDER = (FACT, NOT_SO, *dict.fromkeys(list(STANDING.values())[2:]))
"""The groups of a list of events, the facts first."""

_KINDS = {"sections": "section", "mentions": "mention", "events": "event", "sanctions": "sanction"}


class Decoded(Protocol):
    """A corpus as decoded records."""

    @property
    def raw_documents(self) -> list[Raw]:
        """The documents, each with its lists."""

    @property
    def raw_entities(self) -> list[Raw]:
        """The entities."""


class Lookup:
    """The records by id with their kind, and how to call what an id stands for."""

    def __init__(self, corpus: Decoded) -> None:
        self.records = dict(_records(corpus))
        """Id -> (kind, record)."""

    def of(self, kind: str, document: str | None = None) -> Iterator[Raw]:
        """The records of a kind, of one document if given."""
        for found, record in self.records.values():
            if found == kind and document in (None, record.get("document")):
                yield record

    def call(self, key: str) -> str:
        """A readable name of what an id stands for, with the id.

        Of an event it says how it stands, and who says it: no accusation stands without its speaker.
        """
        kind, record = self.records.get(key, ("", {}))
        if kind == "entity":
            return f"{entity_name(record)} ({key})"
        if kind == "event":
            return f"{label(record)} ({key}; {standing(record)}{self.speakers(record)})"
        if kind == "mention":
            return quote(record["span"])
        return key

    def speakers(self, event: Raw) -> str:
        """` by A and B`, who says it; empty where the document says it in its own voice."""
        ids = dict.fromkeys(item["by"] for item in event.get("attributions", ()))
        names = [entity_name(self.records[key][1]) if key in self.records else key for key in ids]
        return f" by {' and '.join(names)}" if names else ""


def standing(event: Raw) -> str:
    """What is told of the reality of an event, in words that stand for a group of events."""
    found = STANDING[event["status"]]
    if found != FACT:
        return found
    return NOT_SO if event["polarity"] == "negative" else AIM if event.get("nature") == "aim" else FACT


def label(event: Raw) -> str:
    """What an event is, in English where it has that."""
    return isolate(event["label"][0]["text"])


def entity_name(entity: Raw) -> str:
    """The preferred English name, or else the first name."""
    names = entity["names"]
    preferred = [name for name in names if name["use"] == "preferred" and name["lang"] == "en"]
    return isolate((preferred or names)[0]["text"])


def quote(span: Raw) -> str:
    """The words of a span in quotation marks."""
    return isolate(f"“{span['text']}”")


def _records(corpus: Decoded) -> Iterator[tuple[str, tuple[str, Raw]]]:
    for raw in corpus.raw_documents:
        yield raw["document"]["id"], ("document", raw["document"])
        for part, kind in _KINDS.items():
            for record in raw[part]:
                yield record["id"], (kind, record)
        for section in raw["sections"]:
            for sentence in section.get("sentences", ()):
                key = f"{section['id']}.{sentence['n']}"
                head = {"id": key, "document": section["document"], "section": section["id"]}
                yield key, ("sentence", head | sentence)
    for entity in corpus.raw_entities:
        yield entity["id"], ("entity", entity)

"""Every record of a corpus by its id, decoded and not validated, and what it is called."""

from collections.abc import Iterator
from typing import Any, Literal, Protocol

from cte_corpus.store.by_id import ById
from cte_corpus.store.layout import ENTITY_CLASSES
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


SEARCHED = 200
"""Documents of a corpus in which all are searched for what points at an event; in a larger one its own is, and those
to which that refers."""


class Decoded(Protocol):
    """A corpus as decoded records."""

    @property
    def raw_documents(self) -> list[Raw]:
        """The documents, each with its lists."""

    @property
    def raw_entities(self) -> list[Raw]:
        """The entities."""

    def raw_document(self, key: str) -> Raw | None:
        """The document of an id, read without the others; None where all have to be read to find it."""

    def raw_entity(self, key: str) -> Raw | None:
        """The entity of an id, read without the others; None where all have to be read to find it."""

    def each_naming(self, kind: Literal["documents", "entities"], key: str) -> Iterator[Raw]:
        """The documents or entities in which an id may stand, one after the other."""

    def has_more_than(self, number: int) -> bool:
        """Whether there are more documents."""


class Lookup:
    """The records by id with their kind, and how to call what an id stands for."""

    def __init__(self, corpus: Decoded) -> None:
        self._corpus = corpus
        self._documents = ById(
            lambda key: _one(key, corpus.raw_document(key)),
            lambda: {raw["document"]["id"]: raw for raw in corpus.raw_documents},
        )
        self.records = ById(self._near, lambda: dict(_records(corpus)))
        """Id -> (kind, record)."""

    def of(self, kind: str, document: str | None = None) -> Iterator[Raw]:
        """The records of a kind, of one document if given."""
        found = self.records.items() if document is None else _of_document(self._documents[document])
        return (record for _, (other, record) in found if other == kind)

    def naming(self, kind: Literal["documents", "entities"], key: str) -> Iterator[Raw]:
        """The documents or entities in which an id may stand, one after the other."""
        return self._corpus.each_naming(kind, key)

    def around(self, key: str) -> tuple[list[Raw], bool]:
        """The documents in which something may point at a record, and whether these are all."""
        if not self._corpus.has_more_than(SEARCHED):
            return list(self.naming("documents", key)), True
        own = self._documents[key.partition(":")[0]]
        keys = sorted(linked(own) | {own["document"]["id"]})
        return [self._documents[key] for key in keys if key in self._documents], False

    def _near(self, key: str) -> dict[str, tuple[str, Raw]]:
        document, colon, _ = key.partition(":")
        if colon and document in ENTITY_CLASSES:
            entity = self._corpus.raw_entity(key)
            if entity:
                return {key: ("entity", entity)}
        return dict(_of_document(self._documents[document])) if document in self._documents else {}

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


def linked(document: Raw) -> set[str]:
    """The ids of the documents to whose events or sanctions a document refers."""
    events, sanctions = document["events"], document["sanctions"]
    keys = [item["event"] for event in events for item in event.get("relations", ())]
    keys += [item["event"] for event in events for item in event.get("arguments", ()) if "event" in item]
    keys += [item["sanction"] for sanction in sanctions for item in sanction.get("relations", ())]
    keys += [key for sanction in sanctions for key in (sanction["event"], *sanction.get("conduct", ()))]
    return {key.partition(":")[0] for key in keys}


def _one(key: str, found: Raw | None) -> dict[str, Raw]:
    return {key: found} if found else {}


def _records(corpus: Decoded) -> Iterator[tuple[str, tuple[str, Raw]]]:
    for raw in corpus.raw_documents:
        yield from _of_document(raw)
    for entity in corpus.raw_entities:
        yield entity["id"], ("entity", entity)


def _of_document(raw: Raw) -> Iterator[tuple[str, tuple[str, Raw]]]:
    yield raw["document"]["id"], ("document", raw["document"])
    for part, kind in _KINDS.items():
        for record in raw[part]:
            yield record["id"], (kind, record)
    for section in raw["sections"]:
        for sentence in section.get("sentences", ()):
            key = f"{section['id']}.{sentence['n']}"
            head = {"id": key, "document": section["document"], "section": section["id"]}
            yield key, ("sentence", head | sentence)

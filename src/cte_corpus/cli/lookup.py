"""Every record of a corpus by its id, decoded and not validated: what `show` reads."""

from collections.abc import Iterator
from typing import Any

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.terminal import isolate

Raw = dict[str, Any]

_KINDS = {"sections": "section", "mentions": "mention", "events": "event", "sanctions": "sanction"}


class Lookup:
    """The records by id with their kind, and how to call what an id stands for."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.records = dict(_records(corpus))
        """Id -> (kind, record)."""

    def of(self, kind: str, document: str | None = None) -> Iterator[Raw]:
        """The records of a kind, of one document if given."""
        for found, record in self.records.values():
            if found == kind and document in (None, record.get("document")):
                yield record

    def call(self, key: str) -> str:
        """A readable name of what an id stands for, with the id."""
        kind, record = self.records.get(key, ("", {}))
        if kind == "entity":
            return f"{entity_name(record)} ({key})"
        if kind == "event":
            return f"{isolate(record['label'][0]['text'])} ({key})"
        if kind == "mention":
            return quote(record["span"])
        return key


def entity_name(entity: Raw) -> str:
    """The preferred English name, or else the first name."""
    names = entity["names"]
    preferred = [name for name in names if name["use"] == "preferred" and name["lang"] == "en"]
    return isolate((preferred or names)[0]["text"])


def quote(span: Raw) -> str:
    """The words of a span in quotation marks."""
    return isolate(f"“{span['text']}”")


def _records(corpus: Corpus) -> Iterator[tuple[str, tuple[str, Raw]]]:
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

"""One decoded document as the rules see it: its records, and flat lists of what is nested in them.

The lists are made once, so that a rule is a loop over what it judges. Records are decoded JSON; nothing is copied.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

Record = dict[str, Any]

NONE: tuple[Any, ...] = ()


class Found(NamedTuple):
    """A finding of a rule: on which part of the record, and what is wrong.

    `where` is the object itself (a record, a span, a time …); the engine finds its pointer by identity. `key` names
    the member of it that is meant, if one is.
    """

    code: str
    where: object
    message: str
    key: str | int | None = None
    help: str = ""
    related: tuple[tuple[object, str], ...] = ()


Findings = Iterator[Found]


class Doc:
    """A document's records with flat lists over them.

    `times`, `arguments` and the like hold (owner record, item); `spans` every span; `evidence` the ids of the sentences
    that events name; `entities` every id of an entity that is named. Offsets are code points.
    """

    __slots__ = (
        "arguments",
        "attributions",
        "document",
        "entities",
        "events",
        "evidence",
        "id",
        "mentions",
        "places",
        "quantities",
        "relations",
        "sanctions",
        "sections",
        "sentences",
        "spans",
        "text",
        "times",
    )

    def __init__(self, bundle: dict[str, Any], text: str | None = None) -> None:
        self.document: Record = bundle["document"]
        self.id: str = self.document["id"]
        self.sections: list[Record] = bundle["sections"]
        self.mentions: list[Record] = bundle["mentions"]
        self.events: list[Record] = bundle["events"]
        self.sanctions: list[Record] = bundle["sanctions"]
        self.text = text
        self.sentences = {
            f"{section['id']}.{sentence['n']}": sentence
            for section in self.sections
            for sentence in section.get("sentences", NONE)
        }
        self.evidence: set[str] = set().union(*[event["evidence"] for event in self.events])
        self._flatten()
        self.entities = self._named()

    def _flatten(self) -> None:
        times: list[tuple[Record, Record]] = []
        places: list[tuple[Record, Record]] = []
        arguments: list[tuple[Record, Record]] = []
        quantities: list[tuple[Record, Record]] = []
        attributions: list[tuple[Record, Record]] = []
        relations: list[tuple[Record, Record]] = []
        spans = [mention["span"] for mention in self.mentions]
        spans += [section["heading"] for section in self.sections if "heading" in section]
        for event in self.events:
            spans.append(event["trigger"])
            for item in event.get("arguments", NONE):
                arguments.append((event, item))
                if "span" in item:
                    spans.append(item["span"])
            for item in event.get("times", NONE):
                times.append((event, item))
                if "span" in item:
                    spans.append(item["span"])
            for item in event.get("places", NONE):
                places.append((event, item))
            for item in event.get("quantities", NONE):
                quantities.append((event, item))
                spans.append(item["span"])
            for item in event.get("attributions", NONE):
                attributions.append((event, item))
                spans.append(item["span"])
            for item in event.get("relations", NONE):
                relations.append((event, item))
        for sanction in self.sanctions:
            if "listed" in sanction:
                times.append((sanction, sanction["listed"]))
                if "span" in sanction["listed"]:
                    spans.append(sanction["listed"]["span"])
        self.spans: list[Record] = spans
        self.times = times
        self.places = places
        self.arguments = arguments
        self.quantities = quantities
        self.attributions = attributions
        self.relations = relations

    def _named(self) -> set[str]:
        """Every id of an entity that a record of the document names."""
        named = {mention["entity"] for mention in self.mentions}
        named.update([place["entity"] for _, place in self.places])
        named.update([item["entity"] for _, item in self.arguments if "entity" in item])
        named.update([item["by"] for _, item in self.attributions])
        named.update([item["via"] for _, item in self.attributions if "via" in item])
        named.add(self.document["publisher"])
        named.update([item["entity"] for item in self.document.get("upstream", NONE) if "entity" in item])
        capacities = [mention["capacity"] for mention in self.mentions if "capacity" in mention]
        named.update([capacity["organisation"] for capacity in capacities if "organisation" in capacity])
        for sanction in self.sanctions:
            named.update((sanction["target"], sanction["authority"], sanction["jurisdiction"]))
            named.update(sanction.get("operates_in", NONE), sanction.get("supports", NONE))
            named.update([basis["instrument"] for basis in sanction.get("legal_basis", NONE)])
        return named

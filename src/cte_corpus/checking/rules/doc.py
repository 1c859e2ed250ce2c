"""One decoded document as the rules see it: its records, and flat lists of what is nested in them.

The lists are made once, so that a rule is a loop over what it judges. Records are decoded JSON; nothing is copied.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

Record = dict[str, Any]
T = TypeVar("T")

NONE: tuple[Any, ...] = ()

_LABEL, _GIST = itemgetter("label"), itemgetter("gist")
_EXTENT = itemgetter("start", "end", "text")
_NUMBER = re.compile(r"[0-9]{1,9}")
_SIC = re.compile(r"\bsic (CTE[0-9]{3}): \S")


class Found(NamedTuple):
    """A finding of a rule: on which part of the record, and what is wrong.

    `where` is the object itself (a record, a span, a time …); the engine finds its pointer by identity. `key` names
    the member of it that is meant, if one is. `help` may be a function, where it takes a search: of many findings only
    the first are shown. Findings of one slip say so by the same `slip`: the first is shown, with the others under it.
    """

    code: str
    where: object
    message: str
    key: str | int | None = None
    help: str | Callable[[], str] = ""
    related: tuple[tuple[object, str], ...] = ()
    near: tuple[str, Collection[str]] | None = None
    """What is not known, and what is: the nearest of it is the help, or else `help` is."""
    slip: str = ""
    of: tuple[Record, ...] = ()
    """The entities in which `where` and the related objects are, where a rule looked through the entity registry."""


Findings = Iterator[Found]


class FileFound(NamedTuple):
    """A finding in the bytes of a file, at a byte offset."""

    code: str
    offset: int
    message: str
    help: str = ""


def _objects(value: Any) -> Iterator[Any]:
    """An object or list with all that are in it."""
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _objects(item)


class Doc:
    """A document's records with flat lists over them, and, where it is checked with it, its text and that's source.

    `times`, `arguments` and the like hold (owner record, item); `participants` are the arguments that name an entity,
    `told` those that are events, `worded` those that are words. `spans` has every span, those of mentions first,
    `extents` the start, end and text of each, and `in_order` these in the order of the text. `by_id` has the events,
    `entity_of` the entity of each mention, `evidence` the ids of the sentences that events name, `entities` every id of
    an entity that is named, `labels` and `gists` the texts of all of them. `edition` is that of the guidelines by which
    it was coded, 0 where none is named; `shifted` are sections whose sentences are counted otherwise than their ids
    say, and `unjudged` what no rule looked at, as other findings come first. Offsets are code points.
    """

    __slots__ = (
        "_speaks",
        "arguments",
        "attributions",
        "by_id",
        "document",
        "edition",
        "entities",
        "entity_of",
        "events",
        "evidence",
        "extents",
        "gists",
        "id",
        "in_order",
        "labels",
        "mentions",
        "participants",
        "places",
        "quantities",
        "relations",
        "sanctions",
        "sections",
        "sentences",
        "shifted",
        "source",
        "spans",
        "text",
        "times",
        "told",
        "unjudged",
        "worded",
    )

    def __init__(self, bundle: dict[str, Any]) -> None:
        self.document: Record = bundle["document"]
        self.id: str = self.document["id"]
        self.sections: list[Record] = bundle["sections"]
        self.mentions: list[Record] = bundle["mentions"]
        self.events: list[Record] = bundle["events"]
        self.sanctions: list[Record] = bundle["sanctions"]
        self.text: str | None = None
        self.source = b""
        self.shifted: set[str] = set()
        self.unjudged: list[str] = []
        number = _NUMBER.search(self.document["coding"]["guideline"])
        self.edition = int(number[0]) if number else 0
        self.sentences = {
            f"{section['id']}.{sentence['n']}": sentence
            for section in self.sections
            for sentence in section.get("sentences", NONE)
        }
        self.by_id: dict[str, Record] = {event["id"]: event for event in self.events}
        self.entity_of: dict[str, str] = {mention["id"]: mention["entity"] for mention in self.mentions}
        self.evidence: set[str] = set().union(*[event["evidence"] for event in self.events])
        self._speaks: bool | None = None
        self.labels: list[Record] = [text for event in self.events for text in event["label"]]
        self.gists: list[Record] = [text for section in self.sections for text in section["gist"]]
        self._flatten()
        self.entities = self._named()

    def speaks(self, languages: tuple[str, ...]) -> bool:
        """Whether each label and gist is in the languages of the corpus, in this order; looked up once."""
        if self._speaks is None:
            each = [*map(_LABEL, self.events), *map(_GIST, self.sections)]
            given = [text["lang"] for text in (*self.labels, *self.gists)]
            self._speaks = {*map(len, each)} <= {len(languages)} and given == [*languages] * len(each)
        return self._speaks

    def slip(self, evidence: Iterable[str]) -> str:
        """The slip of what is found to stand outside of some sentences, where these are counted otherwise."""
        sections = {ref.rpartition(".")[0] for ref in evidence} & self.shifted if self.shifted else ()
        return f"sentences counted in {min(sections)}" if sections else ""

    def standing(self) -> dict[str, set[int]]:
        """The warnings that the notes of events let stand, `sic CTE331: why`: by code, the identities of the objects
        of these events."""
        standing: dict[str, set[int]] = {}
        for event in self.events:
            if "sic CTE" in event.get("note", ""):
                for code in _SIC.findall(event["note"]):
                    standing.setdefault(code, set()).update(map(id, _objects(event)))
        return standing

    def _flatten(self) -> None:
        self.arguments = self._items("arguments")
        self.participants = [pair for pair in self.arguments if "entity" in pair[1]]
        self.told = [pair for pair in self.arguments if "event" in pair[1]]
        self.worded = [pair for pair in self.arguments if "text" in pair[1]]
        self.times = self._items("times")
        self.places = self._items("places")
        self.quantities = self._items("quantities")
        self.attributions = self._items("attributions")
        self.relations = self._items("relations")
        self.times += [(sanction, sanction["listed"]) for sanction in self.sanctions if "listed" in sanction]
        spans: list[Record] = [mention["span"] for mention in self.mentions]
        spans += [section["heading"] for section in self.sections if "heading" in section]
        spans += [event["trigger"] for event in self.events]
        for pairs in (self.arguments, self.times, self.quantities, self.attributions):
            spans += [item["span"] for _, item in pairs if "span" in item]
        spans += [event["certainty"]["span"] for event in self.events if "certainty" in event]
        spans += [mention["head"] for mention in self.mentions if "head" in mention]
        spans += [item["span"] for event in self.events if "conditions" in event for item in event["conditions"]]
        spans += [item["via_span"] for _, item in self.attributions if "via_span" in item]
        spans += [item["span"] for sanction in self.sanctions for item in sanction.get("property", NONE)]
        self.spans = spans
        self.extents: list[tuple[int, int, str]] = list(map(_EXTENT, spans))
        self.in_order = sorted(self.extents)

    def _items(self, field: str) -> list[tuple[Record, Record]]:
        """The items of a list of all events, each with its event."""
        return [(event, item) for event in self.events if field in event for item in event[field]]

    def _named(self) -> set[str]:
        """Every id of an entity that a record of the document names."""
        named = {*self.entity_of.values(), *[item["entity"] for _, item in self.participants]}
        named.update([place["entity"] for _, place in self.places])
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
            for look in sanction.get("registry", NONE):
                named.update(look.get("linked_to", NONE))
        return named


class Sound(set[T]):
    """Values that were judged, and have no fault; so what a document has can be compared with all of them at once.

    Where they are too many, all are forgotten.
    """

    MOST = 65536

    def add(self, value: T) -> None:
        """Remember a value."""
        if len(self) >= self.MOST:
            self.clear()
        super().add(value)


def assemble(values: dict[str, Any]) -> Doc:
    """A document from the values of its files by part, or from that of its line."""
    if "bundle" in values:
        return Doc(values["bundle"])
    return Doc({part: value if part == "document" else value["records"] for part, value in values.items()})

"""A coded document as annotation tools have it: a text with labelled spans and links between them.

What a tool has no place for travels beside the spans, as the records themselves: `returned` puts both together again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Raw = dict[str, Any]

PARTS = ("sections", "mentions", "events", "sanctions")

MENTION = ("entity", "form")
"""Fields of a mention that its span bears."""

EVENT = ("mode", "genericity", "nature", "status", "polarity", "prominence")
"""Fields of an event, besides its type, that its trigger bears."""

PLACE, BY, VIA = "place", "by", "via"
"""Links from an event to the mentions of its places, of who says it, and of the medium; others are called by roles."""


class Mark(NamedTuple):
    """A labelled span. Offsets are code points of the text, 0-based and half-open."""

    id: str
    """What the file calls it."""

    label: str
    """Of ours: the class of the entity, the type of the event, or the field that holds the span."""

    start: int
    end: int
    key: str = ""
    """Which span of the records it is: the id of the mention or event, else the id of the record, `#` and a pointer.
    Empty for what was made in a tool."""

    features: dict[str, str] = {}  # noqa: RUF012  # never changed
    words: str = ""
    """What the file says that it covers; empty where it gives offsets alone. Without offsets `start` is -1."""

    context: str = ""
    """Words around it and itself, where the file gives them."""

    where: str = ""
    """Where in the file it stands, for messages."""


class Link(NamedTuple):
    """A labelled link between two marks, named by the ids that the file gives them."""

    label: str
    source: str
    target: str
    where: str = ""


class Annotated(NamedTuple):
    """A text with its annotations."""

    name: str
    """Id of the document, or what the file calls it."""

    text: str
    """The text to which offsets refer; empty where the file has none."""

    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    records: Raw | None = None
    """The records that travelled along; None where the file has none of ours."""


def annotated(raw: Raw, text: str) -> Annotated:
    """A coded document with its text, as marks and links. The ids of the marks are their keys.

    Args:
        raw: The decoded records: `document`, and the lists of the other parts.
        text: The reference text.
    """
    marks: list[Mark] = []
    links: list[Link] = []
    for part in PARTS:
        for record in raw[part]:
            marks += _marks(part, record)
    keys = {mark.key for mark in marks}
    for event in raw["events"]:
        links += [link for link in _links(event) if link.target in keys]
    return Annotated(raw["document"]["id"], text, tuple(marks), tuple(links), raw)


def _marks(part: str, record: Raw) -> Iterator[Mark]:
    name = record["id"]
    for pointer, span in spans(record):
        label, key, fields = pointer[0], f"{name}#/{'/'.join(pointer)}", {}
        if part == "mentions" and pointer == ("span",):
            label, key = record["entity"].partition(":")[0], name
            fields = {field: record[field] for field in MENTION if field in record}
        elif part == "events" and pointer == ("trigger",):
            label, key = record["type"], name
            fields = {field: record[field] for field in EVENT if field in record}
        yield Mark(key, label, span["start"], span["end"], key, fields)


def spans(value: Any, pointer: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Raw]]:
    """The quoted spans inside a record, each with its pointer."""
    if isinstance(value, dict) and {"start", "end", "text"} <= value.keys():
        yield pointer, value
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from spans(item, (*pointer, str(key)))


def _links(event: Raw) -> Iterator[Link]:
    for argument in event.get("arguments", ()):
        targets = [*argument.get("mentions", ()), *([argument["event"]] if "event" in argument else [])]
        yield from (Link(argument["role"], event["id"], target) for target in targets)
    for label, items, field in (
        (PLACE, "places", "mentions"),
        (BY, "attributions", "mentions"),
        (VIA, "attributions", "via_mentions"),
    ):
        for item in event.get(items, ()):
            yield from (Link(label, event["id"], target) for target in item.get(field, ()))

"""What a decoded document holds: its records with their ids, and its sections in the order of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Raw = dict[str, Any]


def document(raw: Raw) -> Iterator[tuple[str, Raw]]:
    """The record of the document itself."""
    yield raw["document"]["id"], raw["document"]


def listed(part: str, raw: Raw) -> Iterator[tuple[str, Raw]]:
    """The records of a list: sections, mentions, events or sanctions."""
    return ((record["id"], record) for record in raw[part])


def sentences(raw: Raw) -> Iterator[tuple[str, Raw]]:
    """The sentences of all sections; the id is the section's with `.n`."""
    for section in raw["sections"]:
        yield from ((f"{section['id']}.{sentence['n']}", sentence) for sentence in section.get("sentences", ()))


def in_text_order(raw: Raw) -> Raw:
    """A section that was found later has a later id, and its place in the text all the same."""
    sections = raw["sections"]
    if not all(isinstance(section.get("order"), int) for section in sections):
        return raw  # whoever reads it says what is wrong
    return raw | {"sections": sorted(sections, key=lambda section: section["order"])}

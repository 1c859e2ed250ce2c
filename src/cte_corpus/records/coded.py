"""One document with all its records, validated on access."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cte_corpus.records import Document, Event, Mention, Sanction, Section

Raw = dict[str, Any]
"""A decoded record."""


class CodedDocument:
    """One document with its records, in text order; each a list of validated objects, made on first use."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        """The decoded records: `document`, and the lists `sections`, `mentions`, `events`, `sanctions`."""

    @cached_property
    def document(self) -> Document:
        from cte_corpus.records import Document

        return Document.model_validate(self.raw["document"])

    @cached_property
    def sections(self) -> list[Section]:
        from cte_corpus.records import Section

        return [Section.model_validate(record) for record in self.raw["sections"]]

    @cached_property
    def mentions(self) -> list[Mention]:
        from cte_corpus.records import Mention

        return [Mention.model_validate(record) for record in self.raw["mentions"]]

    @cached_property
    def events(self) -> list[Event]:
        from cte_corpus.records import Event

        return [Event.model_validate(record) for record in self.raw["events"]]

    @cached_property
    def sanctions(self) -> list[Sanction]:
        from cte_corpus.records import Sanction

        return [Sanction.model_validate(record) for record in self.raw["sanctions"]]

    def __repr__(self) -> str:
        return f"<CodedDocument {self.raw['document']['id']}>"

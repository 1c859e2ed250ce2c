"""Documents with all their records, validated on access: one, and many by id."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cte_corpus.records import Document, Event, Mention, Sanction, Section
    from cte_corpus.records.base import Home
    from cte_corpus.records.section import Sentence

Raw = dict[str, Any]
"""A decoded record."""


class CodedDocument:
    """One document with its records, in text order; validated objects, made on first use."""

    def __init__(self, raw: Raw, home: Home | None = None) -> None:
        self.raw = raw
        """The decoded records: `document`, and the lists `sections`, `mentions`, `events`, `sanctions`."""

        self.home = home
        """The corpus of the records, by which they find others; None where they are of none."""

    @property
    def id(self) -> str:
        """Id of the document."""
        return str(self.raw["document"]["id"])

    @cached_property
    def document(self) -> Document:
        """The record of the document itself."""
        from cte_corpus.records import Document

        return Document.model_validate(self.raw["document"], context=self.home)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        from cte_corpus.records import Section

        return tuple(Section.model_validate(record, context=self.home) for record in self.raw["sections"])

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all sections."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        from cte_corpus.records import Mention

        return tuple(Mention.model_validate(record, context=self.home) for record in self.raw["mentions"])

    @cached_property
    def events(self) -> tuple[Event, ...]:
        from cte_corpus.records import Event

        return tuple(Event.model_validate(record, context=self.home) for record in self.raw["events"])

    @cached_property
    def sanctions(self) -> tuple[Sanction, ...]:
        from cte_corpus.records import Sanction

        return tuple(Sanction.model_validate(record, context=self.home) for record in self.raw["sanctions"])

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    def _repr_html_(self) -> str | None:
        """The document as a notebook shows it, its sections folded; None where it is of no corpus."""
        return self.home.html(self.id) if self.home else None


D = TypeVar("D", bound=CodedDocument)


class CodedDocuments(ABC, Generic[D]):
    """Documents with their records: what a corpus and attached copies have in common.

    Iterating gives one document after the other, in the order of their ids. `corpus[id]` is the document of an id,
    `id in corpus` says whether it is there, `len(corpus)` how many there are.
    """

    @abstractmethod
    def document(self, key: str) -> D:
        """The document of an id.

        Raises:
            UnknownIdError: there is no such document; it is a KeyError, and names the nearest.
        """

    @property
    @abstractmethod
    def _by_document(self) -> Mapping[str, Any]:
        """What is known of each document, by its id."""

    def __getitem__(self, key: str) -> D:
        return self.document(key)

    def __iter__(self) -> Iterator[D]:
        return map(self.document, self._by_document)

    def __contains__(self, key: object) -> bool:
        return key in self._by_document

    def _ipython_key_completions_(self) -> list[str]:
        """The ids that a notebook completes: `corpus["<Tab>`."""
        return list(self._by_document)

    def __len__(self) -> int:
        """Number of documents."""
        return len(self._by_document)

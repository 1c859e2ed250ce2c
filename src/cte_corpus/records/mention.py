"""A place in the text that refers to an entity."""

from typing import Annotated

from cte_corpus.records.base import Code, MentionId, Model, Optional_, Ref, Text
from cte_corpus.records.document import Document
from cte_corpus.records.entity import Entity
from cte_corpus.records.span import Span


class Capacity(Model):
    """The office that the text gives a person."""

    title: Text
    """The office, in own words."""

    organisation: Optional_[Ref] = None
    """Id of the body, country or group served."""

    @property
    def organisation_record(self) -> Entity | None:
        """The body, country or group served."""
        return self._find(Entity, self.organisation)


class Mention(Model):
    """One reference to an entity, by name or by a common noun."""

    id: MentionId
    """`<document>:m001`, in text order."""

    document: Ref
    """Id of the document."""

    entity: Ref
    """Id of the entity."""

    span: Span
    """The words that refer to it."""

    head: Optional_[Span] = None
    """The head noun inside the span, of a common noun phrase."""

    form: Annotated[str, Code("mention-form")]
    """By name or by a common noun."""

    capacity: Optional_[Capacity] = None
    """The office that the text gives the person."""

    @property
    def document_record(self) -> Document:
        """The document."""
        return self._find(Document, self.document)

    @property
    def entity_record(self) -> Entity:
        """The entity."""
        return self._find(Entity, self.entity)

    def _brief(self) -> str:
        return f"{self.id} {self.entity}: {self.span.text!r}"

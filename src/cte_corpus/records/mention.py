"""A place in the text that refers to an entity."""

from typing import Annotated

from pydantic import Field

from cte_corpus.records.base import Code, MentionId, Model, Optional_, Ref, Text
from cte_corpus.records.span import Span


class Capacity(Model):
    """The office that the text gives a person."""

    title: Text = Field(description="The office, in own words.")
    organisation: Optional_[Ref] = Field(default=None, description="Id of the body, country or group served.")


class Mention(Model):
    """One reference to an entity, by name or by a common noun."""

    id: MentionId = Field(description="`<document>:m001`, in text order.")
    document: Ref = Field(description="Id of the document.")
    entity: Ref = Field(description="Id of the entity.")
    span: Span = Field(description="The words that refer to it.")
    head: Optional_[Span] = Field(default=None, description="The head noun inside the span, of a common noun phrase.")
    form: Annotated[str, Code("mention-form")] = Field(description="By name or by a common noun.")
    capacity: Optional_[Capacity] = Field(default=None, description="The office that the text gives the person.")

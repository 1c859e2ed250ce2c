"""An event: what the text says happened, happens, will or might."""

from typing import Annotated

from pydantic import Field

from cte_corpus.records.base import Absent, Code, Day, EventId, Many, Model, NonEmpty, Optional_, Ref, Text
from cte_corpus.records.name import Identifier
from cte_corpus.records.quantity import Quantity
from cte_corpus.records.span import Span
from cte_corpus.records.time import Time


class Place(Model):
    """One place of an event."""

    role: Annotated[str, Code("place-role")] = Field(description="How the place is connected with the event.")
    entity: Ref = Field(description="Id of the place.")
    precision: Optional_[Annotated[str, Code("place-precision")]] = Field(
        default=None, description="How exactly the text gives the place."
    )
    basis: Annotated[str, Code("basis")] = Field(description="Whether the text ties the place to the event in words.")
    mentions: Many[Ref] = Field(default=(), description="Ids of the mentions that show it; required where stated.")
    note: Optional_[NonEmpty] = Field(default=None, description="From what it follows; required where inferred.")


class Argument(Model):
    """Who or what takes part: exactly one of `entity`, `event` and `text`."""

    role: Annotated[str, Code("role")] = Field(description="The role, from the frame of the event type.")
    entity: Optional_[Ref] = Field(default=None, description="Id of the entity that fills it.")
    event: Optional_[Ref] = Field(default=None, description="Id of the event that fills it.")
    text: Optional_[Text] = Field(default=None, description="What fills it, in own words.")
    mentions: Many[Ref] = Field(default=(), description="Ids of the entity's mentions that show it.")
    span: Optional_[Span] = Field(default=None, description="The words that `text` renders.")
    implicit: Optional_[bool] = Field(default=None, description="True where no word names it, but it is certain.")


class Hedge(Model):
    """A hedge: how sure the speaker is (Saurí and Pustejovsky 2009, FactBank: probable and possible)."""

    degree: Annotated[str, Code("certainty")] = Field(description="How sure.")
    span: Span = Field(description="The hedging word.")


class Condition(Model):
    """Words that limit a rule or a claim: `directly or indirectly`, `significant`, `knowingly`."""

    text: Text = Field(description="What they limit it to, in own words.")
    span: Span = Field(description="The limiting words.")


class Attribution(Model):
    """Who says it, if not the document in its own voice: shown by `span`, or `implicit`."""

    by: Ref = Field(description="Id of the entity that says it.")
    act: Annotated[str, Code("act")] = Field(description="What the speaker does with the words.")
    via: Optional_[Ref] = Field(default=None, description="Id of the medium that carries the words of another.")
    via_mentions: Many[Ref] = Field(default=(), description="Ids of the medium's mentions that show `via`.")
    via_span: Optional_[Span] = Field(default=None, description="The words that show `via`, where no mention does.")
    quote: Annotated[str, Code("quotation")] = Field(description="How the words are reported.")
    span: Optional_[Span] = Field(default=None, description="The reporting words.")
    implicit: Optional_[bool] = Field(
        default=None, description="True where no words report it: the document is the speaker's own text."
    )
    mentions: Many[Ref] = Field(default=(), description="Ids of the speaker's mentions that show it.")


class Relation(Model):
    """How the event is connected with another."""

    rel: Annotated[str, Code("event-relation")] = Field(description="How this event is connected with the other.")
    event: Ref = Field(description="Id of the other event.")
    note: Optional_[NonEmpty] = Field(default=None, description="What the relation rests on.")


class Outside(Model):
    """What is known from elsewhere. It never changes a coded value."""

    verdict: Annotated[str, Code("verdict")] = Field(description="What the source says of the coded event.")
    note: Text = Field(description="What it says, in own words.")
    source: NonEmpty = Field(description="Address of the source, or repository, file and commit.")
    checked: Optional_[Day] = Field(default=None, description="The day on which the source was opened.")


class Event(Model):
    """One event of one document, however often the document tells it."""

    id: EventId = Field(description="`<document>:e01`, in text order of the triggers when first coded.")
    document: Ref = Field(description="Id of the document.")
    type: Annotated[str, Code("event-type")] = Field(description="What kind of event it is.")
    mode: Optional_[Annotated[str, Code("mode")]] = Field(default=None, description="The finer kind, if any.")
    genericity: Optional_[Annotated[str, Code("genericity")]] = Field(
        default=None, description="Whether a particular happening or state is told, or a kind (ACE 2005)."
    )
    nature: Optional_[Annotated[str, Code("nature")]] = Field(
        default=None, description="What it is by nature, where type, mode and status do not decide it."
    )
    label: Many[Text] = Field(description="What it is, in own words, in English and Arabic.")
    trigger: Span = Field(description="The word or words that express it.")
    evidence: Many[Ref] = Field(description="Ids of the sentences that tell it.")
    status: Annotated[str, Code("status")] = Field(description="What the text says of its reality.")
    certainty: Optional_[Hedge] = Field(default=None, description="How sure the speaker is, where words hedge it.")
    polarity: Annotated[str, Code("polarity")] = Field(description="Whether it is so or is not.")
    prominence: Annotated[str, Code("prominence")] = Field(description="How much the document is about it.")
    times: Many[Time] = Field(default=(), description="When.")
    places: Many[Place] = Field(default=(), description="Where.")
    arguments: Many[Argument] = Field(default=(), description="Who and what takes part.")
    quantities: Many[Quantity] = Field(default=(), description="Figures.")
    conditions: Many[Condition] = Field(default=(), description="Words that limit what is told.")
    attributions: Many[Attribution] = Field(default=(), description="Who says it; none is the document's own voice.")
    relations: Many[Relation] = Field(default=(), description="Connections with other events.")
    outside: Many[Outside] = Field(default=(), description="What is known from elsewhere, kept apart.")
    identifiers: Many[Identifier] = Field(default=(), description="Identifiers of the event in other lists.")
    absent: Many[Absent] = Field(default=(), description="Fields that are empty, and why.")
    note: Optional_[NonEmpty] = Field(default=None, description="Why it is coded so, where that needs saying.")

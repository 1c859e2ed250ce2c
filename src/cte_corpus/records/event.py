"""An event: what the text says happened, happens, will or might."""

from typing import Annotated

from cte_corpus.records.base import Absent, Code, Day, EventId, Many, Model, NonEmpty, Optional_, Ref, Text
from cte_corpus.records.document import Document
from cte_corpus.records.entity import Entity
from cte_corpus.records.mention import Mention
from cte_corpus.records.name import Identifier
from cte_corpus.records.quantity import Quantity
from cte_corpus.records.section import Sentence
from cte_corpus.records.span import Span
from cte_corpus.records.time import Time


class Place(Model):
    """One place of an event."""

    role: Annotated[str, Code("place-role")]
    """How the place is connected with the event."""

    entity: Ref
    """Id of the place."""

    precision: Optional_[Annotated[str, Code("place-precision")]] = None
    """How exactly the text gives the place."""

    basis: Annotated[str, Code("basis")]
    """Whether the text ties the place to the event in words."""

    mentions: Many[Ref] = ()
    """Ids of the mentions that show it; required where stated."""

    note: Optional_[NonEmpty] = None
    """From what it follows; required where inferred."""

    @property
    def entity_record(self) -> Entity:
        """The place."""
        return self._find(Entity, self.entity)

    @property
    def mention_records(self) -> tuple[Mention, ...]:
        """The mentions that show it."""
        return self._find_all(Mention, self.mentions)


class Argument(Model):
    """Who or what takes part: exactly one of `entity`, `event` and `text`."""

    role: Annotated[str, Code("role")]
    """The role, from the frame of the event type."""

    entity: Optional_[Ref] = None
    """Id of the entity that fills it."""

    event: Optional_[Ref] = None
    """Id of the event that fills it."""

    text: Optional_[Text] = None
    """What fills it, in own words."""

    mentions: Many[Ref] = ()
    """Ids of the entity's mentions that show it."""

    span: Optional_[Span] = None
    """The words that `text` renders."""

    implicit: Optional_[bool] = None
    """True where no word names it, but it is certain."""

    @property
    def entity_record(self) -> Entity | None:
        """The entity that fills it, if one does."""
        return self._find(Entity, self.entity)

    @property
    def event_record(self) -> "Event | None":
        """The event that fills it, if one does."""
        return self._find(Event, self.event)

    @property
    def mention_records(self) -> tuple[Mention, ...]:
        """The mentions that show it."""
        return self._find_all(Mention, self.mentions)


class Hedge(Model):
    """A hedge: how sure the speaker is (Saurí and Pustejovsky 2009, FactBank: probable and possible)."""

    degree: Annotated[str, Code("certainty")]
    """How sure."""

    span: Span
    """The hedging word."""


class Condition(Model):
    """Words that limit a rule or a claim: `directly or indirectly`, `significant`, `knowingly`."""

    text: Text
    """What they limit it to, in own words."""

    span: Span
    """The limiting words."""


class Attribution(Model):
    """Who says it, if not the document in its own voice: shown by `span`, or `implicit`."""

    by: Ref
    """Id of the entity that says it."""

    act: Annotated[str, Code("act")]
    """What the speaker does with the words."""

    via: Optional_[Ref] = None
    """Id of the medium that carries the words of another."""

    via_mentions: Many[Ref] = ()
    """Ids of the medium's mentions that show `via`."""

    via_span: Optional_[Span] = None
    """The words that show `via`, where no mention does."""

    quote: Annotated[str, Code("quotation")]
    """How the words are reported."""

    span: Optional_[Span] = None
    """The reporting words."""

    implicit: Optional_[bool] = None
    """True where no words report it: the document is the speaker's own text."""

    mentions: Many[Ref] = ()
    """Ids of the speaker's mentions that show it."""

    @property
    def by_record(self) -> Entity:
        """Who says it."""
        return self._find(Entity, self.by)

    @property
    def via_record(self) -> Entity | None:
        """The medium that carries the words of another."""
        return self._find(Entity, self.via)

    @property
    def mention_records(self) -> tuple[Mention, ...]:
        """The speaker's mentions that show it."""
        return self._find_all(Mention, self.mentions)

    @property
    def via_mention_records(self) -> tuple[Mention, ...]:
        """The medium's mentions that show `via`."""
        return self._find_all(Mention, self.via_mentions)


class Relation(Model):
    """How the event is connected with another."""

    rel: Annotated[str, Code("event-relation")]
    """How this event is connected with the other."""

    event: Ref
    """Id of the other event."""

    note: Optional_[NonEmpty] = None
    """What the relation rests on."""

    @property
    def event_record(self) -> "Event":
        """The other event."""
        return self._find(Event, self.event)


class Outside(Model):
    """What is known from elsewhere. It never changes a coded value."""

    verdict: Annotated[str, Code("verdict")]
    """What the source says of the coded event."""

    note: Text
    """What it says, in own words."""

    source: NonEmpty
    """Address of the source, or repository, file and commit."""

    checked: Optional_[Day] = None
    """The day on which the source was opened."""


class Event(Model):
    """One event of one document, however often the document tells it."""

    id: EventId
    """`<document>:e01`, in text order of the triggers when first coded."""

    document: Ref
    """Id of the document."""

    type: Annotated[str, Code("event-type")]
    """What kind of event it is."""

    mode: Optional_[Annotated[str, Code("mode")]] = None
    """The finer kind, if any."""

    genericity: Optional_[Annotated[str, Code("genericity")]] = None
    """Whether a particular happening or state is told, or a kind (ACE 2005)."""

    nature: Optional_[Annotated[str, Code("nature")]] = None
    """What it is by nature, where type, mode and status do not decide it."""

    label: Many[Text]
    """What it is, in own words, in each language of the corpus."""

    trigger: Span
    """The word or words that express it."""

    evidence: Many[Ref]
    """Ids of the sentences that tell it."""

    status: Annotated[str, Code("status")]
    """What the text says of its reality."""

    certainty: Optional_[Hedge] = None
    """How sure the speaker is, where words hedge it."""

    polarity: Annotated[str, Code("polarity")]
    """Whether it is so or is not."""

    prominence: Annotated[str, Code("prominence")]
    """How much the document is about it."""

    times: Many[Time] = ()
    """When."""

    places: Many[Place] = ()
    """Where."""

    arguments: Many[Argument] = ()
    """Who and what takes part."""

    quantities: Many[Quantity] = ()
    """Figures."""

    conditions: Many[Condition] = ()
    """Words that limit what is told."""

    attributions: Many[Attribution] = ()
    """Who says it; none is the document's own voice."""

    relations: Many[Relation] = ()
    """Connections with other events."""

    outside: Many[Outside] = ()
    """What is known from elsewhere, kept apart."""

    identifiers: Many[Identifier] = ()
    """Identifiers of the event in other lists."""

    absent: Many[Absent] = ()
    """Fields that are empty, and why."""

    note: Optional_[NonEmpty] = None
    """Why it is coded so, where that needs saying."""

    @property
    def document_record(self) -> Document:
        """The document."""
        return self._find(Document, self.document)

    @property
    def evidence_records(self) -> tuple[Sentence, ...]:
        """The sentences that tell it."""
        return self._find_all(Sentence, self.evidence)

    def _brief(self) -> str:
        said = f", said by {', '.join(dict.fromkeys(one.by for one in self.attributions))}" if self.attributions else ""
        denied = "" if self.polarity == "positive" else f", {self.polarity}"
        return f"{self.id} {self.type}, {self.status}{denied}{said}: {self.label[0].text}"

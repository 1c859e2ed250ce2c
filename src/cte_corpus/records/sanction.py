"""A sanction: one target of one designation, as the document gives it."""

import builtins  # `property` is a field of a sanction
from typing import Annotated

from cte_corpus.records.base import (
    Absent,
    Code,
    Day,
    Many,
    Model,
    NonEmpty,
    Optional_,
    Ref,
    SanctionId,
    Sha256,
    Text,
)
from cte_corpus.records.document import Document
from cte_corpus.records.entity import Entity
from cte_corpus.records.event import Event
from cte_corpus.records.mention import Mention
from cte_corpus.records.section import Sentence
from cte_corpus.records.span import Span
from cte_corpus.records.time import Dated


class LegalBasis(Model):
    """The law under which the target is listed."""

    instrument: Ref
    """Id of the legal instrument."""

    ground: Text
    """The ground it gives, in own words."""

    @property
    def instrument_record(self) -> Entity:
        """The legal instrument."""
        return self._find(Entity, self.instrument)


class RegistryLook(Model):
    """A dated look into a public list: outside knowledge, kept apart."""

    list: Annotated[str, Code("registry-list")]
    """Which list."""

    key: NonEmpty
    """The target's key on that list."""

    result: Annotated[str, Code("registry-result")]
    """What the look shows."""

    snapshots: Many[Day] = ()
    """Days of the snapshots looked into, earliest first."""

    sha256: Optional_[Sha256] = None
    """SHA-256 of the file looked into."""

    programme: Many[NonEmpty] = ()
    """Programmes under which the list has the target."""

    linked_to: Many[Ref] = ()
    """Ids of those to whom the list links the target."""

    source: NonEmpty
    """Where the snapshot came from: repository, file and commit, or address."""

    note: Optional_[Text] = None
    """What the list says besides, in own words."""

    @property
    def linked_to_records(self) -> tuple[Entity, ...]:
        """Those to whom the list links the target."""
        return self._find_all(Entity, self.linked_to)


class Property(Model):
    """Property that the document names as blocked with the target."""

    kind: Annotated[str, Code("property-kind")]
    """What kind of property."""

    name: NonEmpty
    """Its name or mark, as printed."""

    span: Span
    """Where it is printed."""


class ConductExcept(Model):
    """An alleged event of the target that is left out of `conduct`."""

    event: Ref
    """Id of the event."""

    reason: Text
    """Why it is left out, in own words."""

    @property
    def event_record(self) -> Event:
        """The event."""
        return self._find(Event, self.event)


class SanctionRelation(Model):
    """How the sanction is connected with that of the same target in another document."""

    rel: Annotated[str, Code("sanction-relation")]
    """How this sanction is connected with the other."""

    sanction: Ref
    """Id of the other sanction."""

    note: Optional_[NonEmpty] = None
    """What the relation rests on."""

    @property
    def sanction_record(self) -> "Sanction":
        """The other sanction."""
        return self._find(Sanction, self.sanction)


class Sanction(Model):
    """What a designation does to one target, as the document gives it."""

    id: SanctionId
    """`<document>:x01`, in text order of the targets."""

    document: Ref
    """Id of the document."""

    event: Ref
    """Id of the designation event."""

    target: Ref
    """Id of the entity sanctioned."""

    authority: Ref
    """Id of the body that decides."""

    legal_basis: Many[LegalBasis] = ()
    """Instruments and grounds that the document names."""

    programme: Many[NonEmpty] = ()
    """Sanctions programmes that the document names."""

    listed: Optional_[Dated] = None
    """The day of the listing."""

    measures: Many[Annotated[str, Code("sanction-measure")]] = ()
    """What the sanction does."""

    property: Many[Property] = ()
    """Property named as blocked with the target."""

    jurisdiction: Ref
    """Id of the country or body whose law it is."""

    conduct: Many[Ref] = ()
    """Ids of the alleged events of which it is accused."""

    conduct_except: Many[ConductExcept] = ()
    """Alleged events left out, and why."""

    operates_in: Many[Ref] = ()
    """Ids of the places where the target is said to act."""

    operates_in_told_of: Optional_[Annotated[str, Code("told-of")]] = None
    """Of whom `operates_in` is told: the target, or the group or network he is in."""

    supports: Many[Ref] = ()
    """Ids of those whom the target is said to support."""

    grounds: Many[Text]
    """Why the target is listed, in own words."""

    registry: Many[RegistryLook] = ()
    """Looks into public lists, kept apart."""

    relations: Many[SanctionRelation] = ()
    """The same target's sanctions in other documents."""

    evidence: Many[Ref]
    """Ids of the sentences that tell it."""

    mentions: Many[Ref]
    """Ids of the mentions of the target in those sentences."""

    absent: Many[Absent] = ()
    """Fields that are empty, and why."""

    @builtins.property
    def document_record(self) -> Document:
        """The document."""
        return self._find(Document, self.document)

    @builtins.property
    def event_record(self) -> Event:
        """The designation event."""
        return self._find(Event, self.event)

    @builtins.property
    def target_record(self) -> Entity:
        """The entity sanctioned."""
        return self._find(Entity, self.target)

    @builtins.property
    def authority_record(self) -> Entity:
        """The body that decides."""
        return self._find(Entity, self.authority)

    @builtins.property
    def jurisdiction_record(self) -> Entity:
        """The country or body whose law it is."""
        return self._find(Entity, self.jurisdiction)

    @builtins.property
    def conduct_records(self) -> tuple[Event, ...]:
        """The alleged events of which the target is accused."""
        return self._find_all(Event, self.conduct)

    @builtins.property
    def operates_in_records(self) -> tuple[Entity, ...]:
        """The places where the target is said to act."""
        return self._find_all(Entity, self.operates_in)

    @builtins.property
    def supports_records(self) -> tuple[Entity, ...]:
        """Those whom the target is said to support."""
        return self._find_all(Entity, self.supports)

    @builtins.property
    def evidence_records(self) -> tuple[Sentence, ...]:
        """The sentences that tell it."""
        return self._find_all(Sentence, self.evidence)

    @builtins.property
    def mention_records(self) -> tuple[Mention, ...]:
        """The mentions of the target in those sentences."""
        return self._find_all(Mention, self.mentions)

    def _brief(self) -> str:
        return f"{self.id} {self.target}, listed by {self.authority}"

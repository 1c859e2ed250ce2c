"""A sanction: one target of one designation, as the document gives it."""

from typing import Annotated

from pydantic import Field

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
from cte_corpus.records.span import Span
from cte_corpus.records.time import Dated


class LegalBasis(Model):
    """The law under which the target is listed."""

    instrument: Ref = Field(description="Id of the legal instrument.")
    ground: Text = Field(description="The ground it gives, in own words.")


class RegistryLook(Model):
    """A dated look into a public list: outside knowledge, kept apart."""

    list: Annotated[str, Code("registry-list")] = Field(description="Which list.")
    key: NonEmpty = Field(description="The target's key on that list.")
    result: Annotated[str, Code("registry-result")] = Field(description="What the look shows.")
    snapshots: Many[Day] = Field(default=(), description="Days of the snapshots looked into, earliest first.")
    sha256: Optional_[Sha256] = Field(default=None, description="SHA-256 of the file looked into.")
    programme: Many[NonEmpty] = Field(default=(), description="Programmes under which the list has the target.")
    linked_to: Many[Ref] = Field(default=(), description="Ids of those to whom the list links the target.")
    source: NonEmpty = Field(description="Where the snapshot came from: repository, file and commit, or address.")
    note: Optional_[Text] = Field(default=None, description="What the list says besides, in own words.")


class Property(Model):
    """Property that the document names as blocked with the target."""

    kind: Annotated[str, Code("property-kind")] = Field(description="What kind of property.")
    name: NonEmpty = Field(description="Its name or mark, as printed.")
    span: Span = Field(description="Where it is printed.")


class ConductExcept(Model):
    """An alleged event of the target that is left out of `conduct`."""

    event: Ref = Field(description="Id of the event.")
    reason: Text = Field(description="Why it is left out, in own words.")


class SanctionRelation(Model):
    """How the sanction is connected with that of the same target in another document."""

    rel: Annotated[str, Code("sanction-relation")] = Field(description="How this sanction is connected with the other.")
    sanction: Ref = Field(description="Id of the other sanction.")
    note: Optional_[NonEmpty] = Field(default=None, description="What the relation rests on.")


class Sanction(Model):
    """What a designation does to one target, as the document gives it."""

    id: SanctionId = Field(description="`<document>:x01`, in text order of the targets.")
    document: Ref = Field(description="Id of the document.")
    event: Ref = Field(description="Id of the designation event.")
    target: Ref = Field(description="Id of the entity sanctioned.")
    authority: Ref = Field(description="Id of the body that decides.")
    legal_basis: Many[LegalBasis] = Field(default=(), description="Instruments and grounds that the document names.")
    programme: Many[NonEmpty] = Field(default=(), description="Sanctions programmes that the document names.")
    listed: Optional_[Dated] = Field(default=None, description="The day of the listing.")
    measures: Many[Annotated[str, Code("sanction-measure")]] = Field(default=(), description="What the sanction does.")
    property: Many[Property] = Field(default=(), description="Property named as blocked with the target.")
    jurisdiction: Ref = Field(description="Id of the country or body whose law it is.")
    conduct: Many[Ref] = Field(default=(), description="Ids of the alleged events of which it is accused.")
    conduct_except: Many[ConductExcept] = Field(default=(), description="Alleged events left out, and why.")
    operates_in: Many[Ref] = Field(default=(), description="Ids of the places where the target is said to act.")
    operates_in_told_of: Optional_[Annotated[str, Code("told-of")]] = Field(
        default=None, description="Of whom `operates_in` is told: the target, or the group or network he is in."
    )
    supports: Many[Ref] = Field(default=(), description="Ids of those whom the target is said to support.")
    grounds: Many[Text] = Field(description="Why the target is listed, in own words.")
    registry: Many[RegistryLook] = Field(default=(), description="Looks into public lists, kept apart.")
    relations: Many[SanctionRelation] = Field(default=(), description="The same target's sanctions in other documents.")
    evidence: Many[Ref] = Field(description="Ids of the sentences that tell it.")
    mentions: Many[Ref] = Field(description="Ids of the mentions of the target in those sentences.")
    absent: Many[Absent] = Field(default=(), description="Fields that are empty, and why.")

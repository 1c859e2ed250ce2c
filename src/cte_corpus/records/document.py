"""A coded document: what it is, whose it is, how it was coded."""

from typing import Annotated

from pydantic import Field

from cte_corpus.records.base import (
    Absent,
    Code,
    Day,
    DocumentId,
    Edtf,
    Many,
    Model,
    NonEmpty,
    Optional_,
    Ref,
    Sha256,
    Text,
)
from cte_corpus.records.entity import Entity


class Published(Model):
    """When the document was published."""

    edtf: Edtf
    """Date in EDTF (ISO 8601-2, levels 0 and 1, and one-of sets): `2022-05-11`, `2014-09`, `2014/..`, `2019~`."""

    basis: Annotated[str, Code("basis")]
    """Whether the value is printed, resolved from a relative form, or inferred."""

    note: Optional_[NonEmpty] = None
    """How the date was found; required where inferred."""


class Url(Model):
    """An address of the document or of a copy."""

    url: NonEmpty
    """The address."""

    kind: Annotated[str, Code("url-kind")]
    """What stands there."""

    checked: Optional_[Day] = None
    """The day on which it was opened."""


class Rights(Model):
    """Whose the text is, and what may be done with it."""

    holder: NonEmpty
    """Who holds the rights."""

    licence: NonEmpty
    """SPDX identifier, or LicenseRef-…."""

    text: Annotated[str, Code("licence-text")]
    """Whether the text itself may be published."""

    statement: NonEmpty
    """What follows for this corpus, in own words."""


class ReferenceText(Model):
    """The text to which all offsets of the document refer: its source put through a named recipe."""

    recipe: NonEmpty
    """Name and version of the recipe, as `plain-1` or `markdown-2`."""

    length: int = Field(ge=1)
    """Length of the reference text in code points."""

    sha256: Sha256
    """SHA-256 of the reference text in UTF-8."""

    source_sha256: Sha256
    """SHA-256 of the source file before the recipe."""


class Upstream(Model):
    """A text that the document draws on."""

    entity: Optional_[Ref] = None
    """Id of the upstream publisher, if in the registry."""

    publisher: Optional_[NonEmpty] = None
    """Its name, if it is not in the registry."""

    how: Annotated[str, Code("how")]
    """How the document uses it."""

    basis: Annotated[str, Code("basis")]
    """Whether the document says so, or it is inferred."""

    sections: Many[Ref] = ()
    """Ids of the sections concerned."""

    source: Optional_[NonEmpty] = None
    """Address of the upstream text, where known."""

    note: Optional_[NonEmpty] = None
    """On what the judgement rests."""

    @property
    def entity_record(self) -> Entity | None:
        """The upstream publisher, if it is in the registry."""
        return self._find(Entity, self.entity)


class Coder(Model):
    """One coder's part in the coding."""

    id: NonEmpty
    """Name by which the coding notes call the coder."""

    role: Annotated[str, Code("coder-role")]
    """What the coder did."""

    date: Day
    """The day on which the work was finished."""


class Coding(Model):
    """How the document was coded."""

    guideline: NonEmpty
    """Edition of the guidelines."""

    coders: Many[Coder]
    """Who coded, coded again, settled."""

    status: Annotated[str, Code("coding-status")]
    """How far the coding has come."""


class Document(Model):
    """One coded document."""

    id: DocumentId
    """Slug of the document; stable, never reused."""

    genre: Annotated[str, Code("genre")]
    """What kind of publication it is."""

    title: Text
    """Its title as a bibliography gives it, in the original language."""

    gloss: Many[Text]
    """What the document is, in own words; the first language of the corpus first."""

    lang: NonEmpty
    """BCP 47 tag of its language."""

    script: Annotated[str, Field(pattern="^[A-Z][a-z]{3}$")]
    """ISO 15924 code of its script."""

    publisher: Ref
    """Id of the publishing entity."""

    authors: Many[NonEmpty] = ()
    """Named authors."""

    published: Optional_[Published] = None
    """When it was published."""

    urls: Many[Url] = ()
    """Addresses of the document and of copies."""

    rights: Rights
    """Whose the text is, and what may be done with it."""

    text: ReferenceText
    """The text to which all offsets refer."""

    upstream: Many[Upstream] = ()
    """Texts that the document draws on."""

    coding: Coding
    """How it was coded."""

    absent: Many[Absent] = ()
    """Fields that are empty, and why."""

    @property
    def publisher_record(self) -> Entity:
        """The publishing entity."""
        return self._find(Entity, self.publisher)

    def _brief(self) -> str:
        return f"{self.id} {self.genre}: {self.gloss[0].text}"

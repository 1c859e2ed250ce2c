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
from cte_corpus.records.time import BASIS, EDTF


class Published(Model):
    """When the document was published."""

    edtf: Edtf = Field(description=EDTF)
    basis: Annotated[str, Code("basis")] = Field(description=BASIS)
    note: Optional_[NonEmpty] = Field(default=None, description="How the date was found; required where inferred.")


class Url(Model):
    """An address of the document or of a copy."""

    url: NonEmpty = Field(description="The address.")
    kind: Annotated[str, Code("url-kind")] = Field(description="What stands there.")
    checked: Optional_[Day] = Field(default=None, description="The day on which it was opened.")


class Rights(Model):
    """Whose the text is, and what may be done with it."""

    holder: NonEmpty = Field(description="Who holds the rights.")
    licence: NonEmpty = Field(description="SPDX identifier, or LicenseRef-….")
    text: Annotated[str, Code("licence-text")] = Field(description="Whether the text itself may be published.")
    statement: NonEmpty = Field(description="What follows for this corpus, in own words.")


class ReferenceText(Model):
    """The text to which all offsets of the document refer: its source put through a named recipe."""

    recipe: NonEmpty = Field(description="Name and version of the recipe, as `plain-1` or `markdown-2`.")
    length: int = Field(ge=1, description="Length of the reference text in code points.")
    sha256: Sha256 = Field(description="SHA-256 of the reference text in UTF-8.")
    source_sha256: Sha256 = Field(description="SHA-256 of the source file before the recipe.")


class Upstream(Model):
    """A text that the document draws on."""

    entity: Optional_[Ref] = Field(default=None, description="Id of the upstream publisher, if in the registry.")
    publisher: Optional_[NonEmpty] = Field(default=None, description="Its name, if it is not in the registry.")
    how: Annotated[str, Code("how")] = Field(description="How the document uses it.")
    basis: Annotated[str, Code("basis")] = Field(description="Whether the document says so, or it is inferred.")
    sections: Many[Ref] = Field(default=(), description="Ids of the sections concerned.")
    source: Optional_[NonEmpty] = Field(default=None, description="Address of the upstream text, where known.")
    note: Optional_[NonEmpty] = Field(default=None, description="On what the judgement rests.")


class Coder(Model):
    """One coder's part in the coding."""

    id: NonEmpty = Field(description="Name by which the coding notes call the coder.")
    role: Annotated[str, Code("coder-role")] = Field(description="What the coder did.")
    date: Day = Field(description="The day on which the work was finished.")


class Coding(Model):
    """How the document was coded."""

    guideline: NonEmpty = Field(description="Edition of the guidelines.")
    coders: Many[Coder] = Field(description="Who coded, coded again, settled.")
    status: Annotated[str, Code("coding-status")] = Field(description="How far the coding has come.")


class Document(Model):
    """One coded document."""

    id: DocumentId = Field(description="Slug of the document; stable, never reused.")
    genre: Annotated[str, Code("genre")] = Field(description="What kind of publication it is.")
    title: Text = Field(description="Its title as a bibliography gives it, in the original language.")
    gloss: Many[Text] = Field(description="What the document is, in own words; English first.")
    lang: NonEmpty = Field(description="BCP 47 tag of its language.")
    script: Annotated[str, Field(pattern="^[A-Z][a-z]{3}$")] = Field(description="ISO 15924 code of its script.")
    publisher: Ref = Field(description="Id of the publishing entity.")
    authors: Many[NonEmpty] = Field(default=(), description="Named authors.")
    published: Optional_[Published] = Field(default=None, description="When it was published.")
    urls: Many[Url] = Field(default=(), description="Addresses of the document and of copies.")
    rights: Rights = Field(description="Whose the text is, and what may be done with it.")
    text: ReferenceText = Field(description="The text to which all offsets refer.")
    upstream: Many[Upstream] = Field(default=(), description="Texts that the document draws on.")
    coding: Coding = Field(description="How it was coded.")
    absent: Many[Absent] = Field(default=(), description="Fields that are empty, and why.")

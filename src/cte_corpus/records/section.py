"""A section of a document, with its sentences."""

from typing import Annotated

from pydantic import Field

from cte_corpus.records.base import (
    Code,
    Digest,
    Edtf,
    Many,
    Model,
    NonEmpty,
    Optional_,
    Ref,
    SectionId,
    Sha256,
    Text,
)
from cte_corpus.records.span import Span
from cte_corpus.records.time import BASIS, EDTF


class Sentence(Model):
    """One sentence; its id is the section's with `.n`."""

    n: int = Field(ge=1, description="Place in the section, from 1.")
    start: int = Field(ge=0, description="Offset of the first code point in the reference text, 0-based.")
    end: int = Field(ge=1, description="Offset after the last code point.")
    digest: Digest = Field(description="First 16 hex digits of the SHA-256 of the sentence in UTF-8.")
    function: Optional_[Annotated[str, Code("sentence-function")]] = Field(
        default=None, description="What it is for, where it tells nothing and so has no event."
    )


class Vintage(Model):
    """When the passage was first written, where it was pasted from an older text."""

    edtf: Edtf = Field(description=EDTF)
    basis: Annotated[str, Code("basis")] = Field(description=BASIS)
    note: NonEmpty = Field(description="What shows it.")


class Section(Model):
    """A section. Sections tile the reference text: each starts where the one before ends."""

    id: SectionId = Field(description="`<document>:s01`, in text order when first coded.")
    document: Ref = Field(description="Id of the document.")
    order: int = Field(ge=1, description="Place in the document, from 1.")
    parent: Optional_[Ref] = Field(default=None, description="Id of the section to which it belongs.")
    kind: Annotated[str, Code("section-kind")] = Field(description="What part of the document it is.")
    heading: Optional_[Span] = Field(default=None, description="The heading that opens it.")
    start: int = Field(ge=0, description="Offset of the first code point in the reference text, 0-based.")
    end: int = Field(ge=1, description="Offset after the last code point; white space up to the next section included.")
    sha256: Sha256 = Field(description="SHA-256 of the section's slice in UTF-8.")
    sentences: Many[Sentence] = Field(default=(), description="Its sentences in order; headings are none.")
    gist: Many[Text] = Field(description="What it says, in own words, in English and Arabic.")
    vintage: Optional_[Vintage] = Field(default=None, description="When the passage was first written, if older.")
    topics: Many[Annotated[str, Code("topic")]] = Field(default=(), description="What it is about.")

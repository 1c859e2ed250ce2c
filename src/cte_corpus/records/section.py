"""A section of a document, with its sentences."""

from typing import Annotated, Any

from pydantic import Field

from cte_corpus.errors import CteError
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
from cte_corpus.records.document import Document
from cte_corpus.records.span import Span


class Sentence(Model):
    """One sentence; its id is the section's with `.n`."""

    n: int = Field(ge=1)
    """Place in the section, from 1."""

    start: int = Field(ge=0)
    """Offset of the first code point in the reference text, 0-based."""

    end: int = Field(ge=1)
    """Offset after the last code point."""

    digest: Digest
    """First 16 hex digits of the SHA-256 of the sentence in UTF-8."""

    function: Optional_[Annotated[str, Code("sentence-function")]] = None
    """What it is for, where it tells nothing and so has no event."""

    @property
    def id(self) -> str:
        """The id: that of the section with `.n`.

        Raises:
            CteError: the sentence was made on its own, and not with its section.
        """
        if "_id" not in vars(self):
            raise CteError("this sentence knows no section", "take it from one, as in `section.sentences`")
        return str(vars(self)["_id"])

    def called(self, key: str) -> None:
        """Keep the id, which is no field: it counts for no comparison."""
        vars(self)["_id"] = key

    def _brief(self) -> str:
        return f"{self.id} {self.start} to {self.end}" if "_id" in vars(self) else ""


class Vintage(Model):
    """When the passage was first written, where it was pasted from an older text."""

    edtf: Edtf
    """Date in EDTF (ISO 8601-2, levels 0 and 1, and one-of sets): `2022-05-11`, `2014-09`, `2014/..`, `2019~`."""

    basis: Annotated[str, Code("basis")]
    """Whether the value is printed, resolved from a relative form, or inferred."""

    note: NonEmpty
    """What shows it."""


class Section(Model):
    """A section. Sections tile the reference text: each starts where the one before ends."""

    id: SectionId
    """`<document>:s01`, in text order when first coded."""

    document: Ref
    """Id of the document."""

    order: int = Field(ge=1)
    """Place in the document, from 1."""

    parent: Optional_[Ref] = None
    """Id of the section to which it belongs."""

    kind: Annotated[str, Code("section-kind")]
    """What part of the document it is."""

    heading: Optional_[Span] = None
    """The heading that opens it."""

    start: int = Field(ge=0)
    """Offset of the first code point in the reference text, 0-based."""

    end: int = Field(ge=1)
    """Offset after the last code point; white space up to the next section included."""

    sha256: Sha256
    """SHA-256 of the section's slice in UTF-8."""

    sentences: Many[Sentence] = ()
    """Its sentences in order; headings are none."""

    gist: Many[Text]
    """What it says, in own words, in each language of the corpus."""

    vintage: Optional_[Vintage] = None
    """When the passage was first written, if older."""

    topics: Many[Annotated[str, Code("topic")]] = ()
    """What it is about."""

    def model_post_init(self, context: Any) -> None:
        """Tell the sentences to which section they belong."""
        super().model_post_init(context)
        for sentence in self.sentences:
            sentence.called(f"{self.id}.{sentence.n}")

    @property
    def document_record(self) -> Document:
        """The document."""
        return self._find(Document, self.document)

    @property
    def parent_record(self) -> "Section | None":
        """The section to which it belongs."""
        return self._find(Section, self.parent)

    def _brief(self) -> str:
        return f"{self.id} {self.kind}, {self.start} to {self.end}"

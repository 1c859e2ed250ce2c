"""A stretch of a document's reference text."""

from pydantic import Field

from cte_corpus.records.base import Model, NonEmpty


class Span(Model):
    """A stretch of the reference text that may be quoted: a name, a trigger, a date, a figure.

    Offsets are **code points**, 0-based and half-open, in the reference text of the document.
    """

    start: int = Field(ge=0)
    """Offset of the first code point in the reference text, 0-based."""

    end: int = Field(ge=1)
    """Offset after the last code point in the reference text."""

    text: NonEmpty
    """The exact slice of the reference text; at most 12 words and 80 characters."""

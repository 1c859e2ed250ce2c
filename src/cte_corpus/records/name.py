"""Names and identifiers of an entity."""

from typing import Annotated

from pydantic import Field

from cte_corpus.records.base import Code, Day, Model, NonEmpty, Optional_


class Name(Model):
    """One name of an entity in one language and script."""

    text: NonEmpty
    """The name."""

    lang: NonEmpty
    """BCP 47 language tag."""

    script: Annotated[str, Field(pattern="^[A-Z][a-z]{3}$")]
    """ISO 15924 script code."""

    use: Annotated[str, Code("name-use")]
    """How the name is used."""

    source: Optional_[NonEmpty] = None
    """Where the name was found, if not in a document."""


class Identifier(Model):
    """An identifier in somebody else's list, with the source where it was looked up."""

    scheme: Annotated[str, Code("identifier-scheme")]
    """Whose identifier it is."""

    value: NonEmpty
    """The identifier as its owner writes it."""

    source: NonEmpty
    """Where it was looked up: an address, or a repository, file and commit."""

    checked: Optional_[Day] = None
    """The day on which the source was opened."""

"""Names and identifiers of an entity."""

from typing import Annotated

from pydantic import Field

from cte_corpus.records.base import Code, Day, Model, NonEmpty, Optional_


class Name(Model):
    """One name of an entity in one language and script."""

    text: NonEmpty = Field(description="The name.")
    lang: NonEmpty = Field(description="BCP 47 language tag.")
    script: Annotated[str, Field(pattern="^[A-Z][a-z]{3}$")] = Field(description="ISO 15924 script code.")
    use: Annotated[str, Code("name-use")] = Field(description="How the name is used.")
    source: Optional_[NonEmpty] = Field(default=None, description="Where the name was found, if not in a document.")


class Identifier(Model):
    """An identifier in somebody else's list, with the source where it was looked up."""

    scheme: Annotated[str, Code("identifier-scheme")] = Field(description="Whose identifier it is.")
    value: NonEmpty = Field(description="The identifier as its owner writes it.")
    source: NonEmpty = Field(description="Where it was looked up: an address, or a repository, file and commit.")
    checked: Optional_[Day] = Field(default=None, description="The day on which the source was opened.")

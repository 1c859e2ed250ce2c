"""The corpus as a whole, and what was retired from it."""

from typing import Annotated

from pydantic import Field

from cte_corpus.records.base import Day, Many, Model, NonEmpty, Optional_, Ref

SemVer = Annotated[str, Field(pattern=r"^(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)$")]

Canary = Annotated[str, Field(pattern="^cte-corpus:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Licences(Model):
    """Under what terms code and records may be used."""

    code: NonEmpty
    """SPDX identifier of the code's licence."""

    records: NonEmpty
    """SPDX identifier of the records' licence."""


class Addresses(Model):
    """Where the project lives. An address that is not known yet is an empty string."""

    repository: str
    """Address of the source repository."""

    hub: str
    """Name of the dataset on the Hugging Face Hub."""

    doi: str
    """DOI of all versions together."""

    schemas: str
    """Address under which the schemas are served."""


class CorpusInfo(Model):
    """What the corpus is."""

    name: NonEmpty
    """Name of the distribution."""

    title: NonEmpty
    """Title."""

    version: SemVer
    """Version of the data."""

    schema_version: Annotated[str, Field(pattern="^[0-9]+\\.[0-9]+$")]
    """Version of the schemas."""

    licences: Licences
    """Under what terms code and records may be used."""

    maintainers: Many[NonEmpty]
    """Who looks after it."""

    languages: Many[NonEmpty] = ()
    """BCP 47 tags of the languages of its own words (labels, gists …), the first one first; absent: `en`, then `ar`."""

    addresses: Addresses
    """Where the project lives; empty where not known yet."""

    canary: Optional_[Canary] = None
    """A string that stands nowhere else: where it is found, the corpus was taken over."""


class Retired(Model):
    """A tombstone: an id that was published and is no more."""

    id: Ref
    """The retired id."""

    since: SemVer
    """The version from which it is gone."""

    day: Optional_[Day] = None
    """The day on which it was retired."""

    reason: NonEmpty
    """Why."""

    replaced_by: Optional_[Ref] = None
    """The id that stands for it now."""

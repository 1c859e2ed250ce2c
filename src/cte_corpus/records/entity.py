"""The entity registry: who and what the documents speak of."""

from typing import Annotated

from pydantic import Field

from cte_corpus.records.base import Code, Edtf, EntityId, Many, Model, Optional_, Ref, Text
from cte_corpus.records.name import Identifier, Name


class Country(Model):
    """A country with which an entity is connected."""

    code: Annotated[str, Field(pattern="^[A-Z]{2}$")] = Field(description="ISO 3166-1 alpha-2 code.")
    role: Annotated[str, Code("country-role")] = Field(description="How the entity is connected with it.")


class Geo(Model):
    """A point on the map, WGS 84."""

    lat: Annotated[int | float, Field(ge=-90, le=90)] = Field(description="Latitude in degrees.")
    lon: Annotated[int | float, Field(ge=-180, le=180)] = Field(description="Longitude in degrees.")
    precision: Annotated[str, Code("geo-precision")] = Field(description="What the point stands for.")


class Link(Model):
    """A connection with another entity."""

    rel: Annotated[str, Code("entity-link")] = Field(description="How this entity is connected with the other.")
    entity: Ref = Field(description="Id of the other entity.")
    time: Optional_[Edtf] = Field(default=None, description="EDTF of the time for which it holds.")


class Entity(Model):
    """A person, body, place, population or work.

    There is no place for birth dates, addresses and document numbers, on purpose.
    """

    id: EntityId = Field(description="`<class>:<slug>`; stable, never reused.")
    kind: Annotated[str, Code("entity-kind")] = Field(description="The finer kind; may be corrected.")
    names: Many[Name] = Field(description="Names; one preferred a language, aliases, abbreviations, transliterations.")
    description: Many[Text] = Field(description="What it is, in own words; English first.")
    privacy: Annotated[str, Code("privacy")] = Field(description="What protection it needs.")
    identifiers: Many[Identifier] = Field(default=(), description="Identifiers in other lists, each with its source.")
    countries: Many[Country] = Field(default=(), description="Countries with which it is connected.")
    geo: Optional_[Geo] = Field(default=None, description="Where it lies, for places.")
    links: Many[Link] = Field(default=(), description="Connections with other entities.")

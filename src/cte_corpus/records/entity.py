"""The entity registry: who and what the documents speak of."""

from typing import Annotated, Any

from pydantic import Field

from cte_corpus.records.base import Code, Edtf, EntityId, Many, Model, Optional_, Ref, Text
from cte_corpus.records.name import Identifier, Name


class Country(Model):
    """A country with which an entity is connected."""

    code: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    """ISO 3166-1 alpha-2 code."""

    role: Annotated[str, Code("country-role")]
    """How the entity is connected with it."""


class Geo(Model):
    """A point on the map, WGS 84."""

    lat: Annotated[int | float, Field(ge=-90, le=90)]
    """Latitude in degrees."""

    lon: Annotated[int | float, Field(ge=-180, le=180)]
    """Longitude in degrees."""

    precision: Annotated[str, Code("geo-precision")]
    """What the point stands for."""


class Link(Model):
    """A connection with another entity."""

    rel: Annotated[str, Code("entity-link")]
    """How this entity is connected with the other."""

    entity: Ref
    """Id of the other entity."""

    time: Optional_[Edtf] = None
    """EDTF of the time for which it holds."""

    @property
    def entity_record(self) -> "Entity":
        """The other entity."""
        return self._find(Entity, self.entity)


class Entity(Model):
    """A person, body, place, population or work.

    There is no place for birth dates, addresses and document numbers, on purpose.
    """

    id: EntityId
    """`<class>:<slug>`; stable, never reused."""

    kind: Annotated[str, Code("entity-kind")]
    """The finer kind; may be corrected."""

    names: Many[Name]
    """Names; one preferred a language, aliases, abbreviations, transliterations."""

    description: Many[Text]
    """What it is, in own words; the first language of the corpus first."""

    privacy: Annotated[str, Code("privacy")]
    """What protection it needs."""

    identifiers: Many[Identifier] = ()
    """Identifiers in other lists, each with its source."""

    countries: Many[Country] = ()
    """Countries with which it is connected."""

    geo: Optional_[Geo] = None
    """Where it lies, for places."""

    links: Many[Link] = ()
    """Connections with other entities."""

    def name(self, lang: str = "en") -> str | None:
        """The preferred name in a language, a BCP 47 tag; else another name in it; None where there is none."""
        names = [name for name in self.names if name.lang == lang]
        return next((name.text for name in names if name.use == "preferred"), names[0].text if names else None)

    @property
    def mentions(self) -> tuple[Any, ...]:
        """The mentions of it, in text order: `Mention` records."""
        return self._corpus.naming("mentions", self.id)

    @property
    def events(self) -> tuple[Any, ...]:
        """The events in which it takes part, where they happen, or of which it speaks: `Event` records, each once.

        What is told of it may be alleged, and is told by somebody: see their `status` and `attributions`.
        """
        return self._corpus.naming("events", self.id)

    @property
    def sanctions(self) -> tuple[Any, ...]:
        """The sanctions of which it is the target: `Sanction` records."""
        return self._corpus.naming("sanctions", self.id)

    def _brief(self) -> str:
        return f"{self.id} {self.kind}: {self.name() or self.names[0].text}"

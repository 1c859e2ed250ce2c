"""Records as the entities of FollowTheMoney: schema, id and properties, before the library cleans them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypedDict

from cte_corpus.exchange.told import hedged

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from cte_corpus.records.coded import Raw

    Tell = Callable[..., None]
    Properties = dict[str, list[Any]]


class Made(TypedDict):
    """An entity of FollowTheMoney."""

    id: str
    schema: str
    record: str
    """Id of the record of which it is made, with the place in it."""
    properties: dict[str, list[Any]]


SCHEMAS = {"person": "Person", "org": "Organization", "gpe": "Address", "loc": "Address"}
"""The schema of an entity by its class; countries and bodies of a state are a `PublicBody`."""

PUBLIC = frozenset({"country", "government-body"})

VIOLENT = frozenset({"armed-group", "network"})
"""With whom no person is connected but by what somebody alleges."""

UNNAMED = frozenset({"unnamed-person", "aggregate"})
"""Whose names are descriptions: nobody may be searched by them."""

DRAWN = frozenset({"point", "city"})
"""What a point may stand for that is kept."""

DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def id_of(key: str) -> str:
    """The id of a record as FollowTheMoney takes it: letters, digits, dots and hyphens."""
    return "cte." + key.replace(":", ".").replace("/", ".")


def made(record: str, schema: str, **properties: Any) -> Made:
    """An entity; each property is a value or a list of them."""
    found = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return {"id": id_of(record), "schema": schema, "record": record, "properties": found}


def entity_of(entity: Raw, tell: Tell) -> Made | None:
    """An entity of the registry; None where FollowTheMoney has no schema for it, or nobody should be searched by it."""
    key = entity["id"]
    schema = "PublicBody" if entity["kind"] in PUBLIC else SCHEMAS.get(key.partition(":")[0])
    if entity["privacy"] in UNNAMED or entity["kind"] == "unnamed-source":
        tell("entity", "there is no name, and a description must not be searched as one", key)
        return None
    if schema is None:
        tell("entity", "FollowTheMoney has no schema for populations and works", key)
        return None
    uses: dict[str, list[str]] = {}
    for one in entity["names"]:
        uses.setdefault(one["use"], []).append(one["text"])
    short = uses.pop("abbreviation", [])
    tell("name", "an adjective is no name of an entity", *[f"{key}/adjective"] * len(uses.pop("adjective", [])))
    notes = [f"{one['scheme']}: {one['value']}" for one in entity.get("identifiers", ()) if one["scheme"] != "wikidata"]
    found = made(
        key,
        schema,
        name=uses.pop("preferred", []),
        alias=[name for names in uses.values() for name in names],
        summary=[one["text"] for one in entity["description"]],
        wikidataId=[one["value"] for one in entity.get("identifiers", ()) if one["scheme"] == "wikidata"],
    )
    if schema == "Address":
        _place(found["properties"], entity, short, notes, tell)
    else:
        found["properties"]["abbreviation"] = short
    found["properties"]["notes"] = notes
    _countries(found["properties"], entity, tell)
    return found


def _place(properties: Properties, entity: Raw, short: list[str], notes: list[str], tell: Tell) -> None:
    properties["full"] = properties["name"][:1]
    properties["alias"] += short
    geo = entity.get("geo")
    if geo is None:
        return
    notes.append(f"precision of the point: {geo['precision']}")
    if geo["precision"] in DRAWN:
        properties |= {"latitude": [geo["lat"]], "longitude": [geo["lon"]]}
    else:
        tell("point", f"the place is a whole {geo['precision']}", entity["id"])


def _countries(properties: Properties, entity: Raw, tell: Tell) -> None:
    is_person = entity["id"].startswith("person:")
    for one in entity.get("countries", ()):
        if one["role"] == "serves":
            tell("country", "that somebody serves a state makes no country of his", f"{entity['id']}/{one['code']}")
        elif one["role"] == "nationality" and is_person:
            properties.setdefault("nationality", []).append(one["code"])
        elif one["role"] == "government-of":
            properties.setdefault("jurisdiction", []).append(one["code"])
        else:
            properties.setdefault("country", []).append(one["code"])


def links_of(entity: Raw, kept: Mapping[str, Raw], tell: Tell) -> Iterator[Made]:
    """The connections of an entity with others. What ties a person to those who use violence is an allegation."""
    for number, link in enumerate(entity.get("links", ())):
        record = f"{entity['id']}/links/{number}"
        if link["entity"] not in kept:
            tell("link", "the entity at the other end is left out", record)
            continue
        dates = _dated(link["time"]) if "time" in link else {}
        ends = {"subject": id_of(entity["id"]), "object": id_of(link["entity"])}
        said = [f"time (EDTF): {link['time']}"] if "time" in link else []
        accuses = _accuses(entity, kept[link["entity"]])
        told = {"role": f"alleged: {link['rel']}", "status": "alleged"} if accuses else {"role": link["rel"]}
        yield made(record, "UnknownLink", **ends, **told, summary=said, **dates)


def _accuses(one: Raw, other: Raw) -> bool:
    """Whether a connection of two entities accuses a person."""
    return any(
        person["id"].startswith("person:")
        and (
            person["privacy"] == "designated-person"
            or ally["kind"] in VIOLENT
            or ally["privacy"] == "designated-person"
        )
        for person, ally in ((one, other), (other, one))
    )


def document_of(document: Raw, names: Mapping[str, str]) -> Made:
    """A document, without its text."""
    published = document.get("published", {}).get("edtf", "")
    return made(
        document["id"],
        "Article",
        title=document["title"]["text"],
        name=document["title"]["text"],
        summary=[one["text"] for one in document["gloss"]],
        language=document["lang"],
        publisher=names.get(document["publisher"], document["publisher"]),
        author=list(document.get("authors", ())),
        publishedAt=published if DAY.fullmatch(published) else [],
        sourceUrl=[one["url"] for one in document.get("urls", ())],
        notes=[f"published (EDTF): {published}"] if published else [],
    )


def event_of(event: Raw, names: Mapping[str, str]) -> Made:
    """An event, with its status in its name; who takes part is told by links alone."""
    said = [f"status: {event['status']}", f"polarity: {event['polarity']}", f"trigger: {event['trigger']['text']}"]
    said += [f"{key}: {event[key]}" for key in ("genericity",) if key in event]
    said += [f"certainty: {event['certainty']['degree']}"] if "certainty" in event else []
    for one in event.get("attributions", ()):
        said.append(f"said by: {names.get(one['by'], one['by'])} ({one['act']})")
    for one in event.get("times", ()):
        words = " ".join(filter(None, (one["role"], one.get("mod"), one.get("bound"))))
        said.append(f"{words} (EDTF): {one['edtf']}")
    said += map(_figure, event.get("quantities", ()))
    said.append(f"sentences: {' '.join(event['evidence'])}")
    when = [
        one["edtf"] for one in event.get("times", ()) if one["role"] == "when" and not one.keys() & {"mod", "bound"}
    ]
    return made(
        event["id"],
        "Event",
        name=[hedged(one["text"], event) for one in event["label"]],
        keywords=[event["type"], event["status"], *([event["mode"]] if "mode" in event else [])],
        summary=said,
        location=[_where(one, names) for one in event.get("places", ())],
        recordId=event["id"],
        proof=id_of(event["document"]),
        **(_dated(when[0]) if len(when) == 1 else {}),
    )


def _where(place: Raw, names: Mapping[str, str]) -> str:
    told = ", ".join(filter(None, (place["role"], place.get("precision"))))
    return f"{names.get(place['entity'], place['entity'])} ({told})"


def _figure(one: Raw) -> str:
    bounds = [f"{key} {one[key]}" for key in ("value", "lower", "upper", "unit", "per", "within") if key in one]
    as_of = [f"as of (EDTF): {one['as_of']}"] if "as_of" in one else []
    return " ".join((f"{one['measure']}:", one["comparator"], *bounds, f"({one['of']['text']})", *as_of))


def link_of(
    event: Raw, number: int, argument: Raw, names: Mapping[str, str], kept: Collection[str], tell: Tell
) -> Made | None:
    """Who takes part in an event, with the event's status in the role; None where no entity of ours does."""
    record = f"{event['id']}/arguments/{number}"
    filler = argument.get("entity") or argument.get("event")
    if filler is None:
        tell("argument", "words stand for an entity, and a link needs one", record)
        return None
    if "entity" in argument and id_of(filler) not in kept:
        tell("argument", "the entity in the role is left out", record)
        return None
    if "event" in argument and filler.partition(":")[0] != event["document"]:
        tell("argument", "the event in the role is in another document", record)
        return None
    by = sorted({names.get(one["by"], one["by"]) for one in event.get("attributions", ())})
    return made(
        record,
        "UnknownLink",
        subject=id_of(filler),
        object=id_of(event["id"]),
        role=hedged(argument["role"], event),
        status=event["status"],
        summary=[f"said by: {', '.join(by)}"] if by else [],
        recordId=event["id"],
        proof=id_of(event["document"]),
    )


def sanction_of(
    sanction: Raw, entities: Mapping[str, Raw], names: Mapping[str, str], kept: Collection[str], tell: Tell
) -> Made | None:
    """A sanction, with who alleges what in its reason; None where its target is left out."""
    key = sanction["id"]
    if id_of(sanction["target"]) not in kept:
        tell("sanction", "the target is left out", key)
        return None
    authority = names.get(sanction["authority"], sanction["authority"])
    listed = sanction.get("listed", {}).get("edtf", "")
    looks = sanction.get("registry", ())
    law = [
        f"{names.get(one['instrument'], one['instrument'])}: {one['ground']['text']}"
        for one in sanction.get("legal_basis", ())
    ]
    country = [one["code"] for one in entities.get(sanction["jurisdiction"], {}).get("countries", ())]
    return made(
        key,
        "Sanction",
        entity=id_of(sanction["target"]),
        authority=authority,
        authorityId=[one["key"] for one in looks],
        country=country,
        program=list(sanction.get("programme", ())),
        provisions=[*sanction.get("measures", ()), *law],
        reason=[f"alleged by {authority}: {one['text']}" for one in sanction["grounds"]],
        listingDate=listed if DAY.fullmatch(listed) else [],
        recordId=key,
        summary=[
            *([f"listed (EDTF): {listed}"] if listed else []),
            *(f"alleged conduct: {event}" for event in sanction.get("conduct", ())),
            *(f"{one['list']}: {one['result']}" for one in looks),
            f"sentences: {' '.join(sanction['evidence'])}",
        ],
        proof=id_of(sanction["document"]),
    )


def _dated(edtf: str) -> Properties:
    """The date fields that can hold an EDTF as it is: a day, a month or a year, or an interval between two."""
    if DAY.fullmatch(edtf):
        return {"date": [edtf]}
    start, _, end = edtf.partition("/")
    return {name: [one] for name, one in (("startDate", start), ("endDate", end)) if DAY.fullmatch(one)}

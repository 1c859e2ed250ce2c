"""FollowTheMoney: entities, events and sanctions, one entity on each line, as its tools read them.

An accusation is never a fact here. Who takes part in an event is a link (`UnknownLink`) whose role begins with the
event's status (`alleged: perpetrator`), never the property `involved`, which has no room for it. A sanction is a
`Sanction`, whose reason says who alleges it. Nobody gets a topic: `crime.terror` cannot be alleged.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.errors import CteError, need
from cte_corpus.exchange.ftm_records import document_of, entity_of, event_of, link_of, links_of, sanction_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.exchange.ftm_records import Made
    from cte_corpus.exchange.job import Job

SUFFIX = ".ftm.json"
OPTIONS = ()


def export(job: Job) -> bytes:
    """The entities, each a line of JSON: those of the registry, then by document it, its events and its sanctions.

    The id of a record is in that of the entity, with `cte.` before it and a dot for each colon.

    Raises:
        CteError: followthemoney is not installed, or cannot work here as PyICU is missing.
    """
    need("followthemoney", "followthemoney", "ftm")
    try:
        from followthemoney import model
    except ImportError as error:
        raise CteError(
            f"followthemoney does not work here: {error}", "it needs PyICU, and that the ICU library"
        ) from error
    entities = {entity["id"]: entity for entity in job.corpus.raw_entities}
    kept, lines = set(), []
    for made in _of_registry(job, entities):
        kept.add(made["id"])
        lines.append(_line(job, model, made))
    for raw in job.corpus.one_by_one():
        for made in _of_document(job, raw, entities, kept):
            lines.append(_line(job, model, made))
    why = "FollowTheMoney has no place for this kind"
    job.leave(why, "sections", "sentences", "mentions")
    job.leave_fields(why, "documents", "title gloss lang publisher authors published urls")
    job.leave_fields(
        why,
        "events",
        "type mode label status polarity certainty genericity evidence trigger times places arguments quantities "
        "attributions",
    )
    job.leave_fields(
        why,
        "sanctions",
        "target authority legal_basis programme listed measures jurisdiction conduct grounds registry evidence",
    )
    job.leave_fields(why, "entities", "kind names description identifiers countries geo links privacy")
    return b"".join(lines)


def _of_registry(job: Job, entities: dict[str, Any]) -> Iterable[Made]:
    found = {}
    for key, entity in entities.items():
        made = entity_of(entity, job.loss.add)
        if made is not None:
            found[key] = made
    yield from found.values()
    for key, entity in entities.items():
        if key in found:
            yield from links_of(entity, {key: entities[key] for key in found}, job.loss.add)


def _of_document(job: Job, raw: dict[str, Any], entities: dict[str, Any], kept: set[str]) -> Iterable[Made]:
    names = {key: name_of(entity) for key, entity in entities.items()}
    yield document_of(raw["document"], names)
    for event in raw["events"]:
        yield event_of(event, names)
        for number, argument in enumerate(event.get("arguments", ())):
            made = link_of(event, number, argument, names, kept, job.loss.add)
            if made is not None:
                yield made
    for sanction in raw["sanctions"]:
        made = sanction_of(sanction, entities, names, kept, job.loss.add)
        if made is not None:
            yield made


def name_of(entity: dict[str, Any]) -> str:
    """The preferred English name of an entity, or another."""
    preferred = {one["lang"]: one["text"] for one in entity["names"] if one["use"] == "preferred"}
    return str(preferred.get("en") or next(iter(preferred.values()), entity["id"]))


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _line(job: Job, model: Any, made: Made) -> bytes:
    """An entity through the library, which cleans every value; what it does not take is told."""
    from followthemoney.exc import InvalidData

    entity = model.make_entity(made["schema"])
    entity.id = made["id"]
    for name, values in made["properties"].items():
        for given in dict.fromkeys(str(value) for value in values if value):
            value = _CONTROLS.sub("\ufffd", given)
            if value != given:
                job.loss.add("control character", "U+FFFD stands there instead", f"{made['record']}/{name}")
            before = len(entity.get(name))
            with suppress(InvalidData):  # an entity cannot be linked with itself
                entity.add(name, value)
            if len(entity.get(name)) == before:
                job.loss.add("value", "FollowTheMoney does not take this", f"{made['record']}/{name}")
    job.holds[made["schema"]] = job.holds.get(made["schema"], 0) + 1
    found = entity.to_dict()
    found["properties"] = {name: sorted(values) for name, values in found["properties"].items()}
    return orjson.dumps(found, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

"""GeoJSON (RFC 7946): the places of events, each with how exactly it is known.

A point is drawn where it is that of the site or of the city. Where a text says "somewhere in" a region or a country,
the feature has no geometry: a point in the middle of a country is a place where nothing happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.exchange.sheets import read
from cte_corpus.exchange.told import hedged

if TYPE_CHECKING:
    from cte_corpus.exchange.job import Job

SUFFIX = ".geojson"
OPTIONS = ()

DRAWN = frozenset({"point", "city"})
"""What a point may stand for that is drawn."""

TOLD = frozenset({"exact", "city", None})
"""How exactly a text gives a place of which a point is drawn."""


def export(job: Job) -> bytes:
    """A feature per place of an event, in the order of the table `places`.

    `told_precision` is how exactly the text gives the place, `point_precision` what the point of the registry stands
    for. `title` begins with the status unless the event is told as a fact.

    Raises:
        CteError: DuckDB is not installed.
    """
    features = [_feature(job, row) for row in read(job.corpus, "places")["places"].to_pylist()]
    placed = {feature["properties"]["event"] for feature in features}
    ids = (event["id"] for raw in job.corpus.one_by_one() for event in raw["events"])
    job.loss.add("event", "no place is coded", *(key for key in ids if key not in placed))
    why = "a map has no place for this kind"
    job.leave(why, "sections", "sentences", "mentions", "sanctions")
    job.leave_fields(why, "documents", "")
    job.leave_fields(
        why, "events", "type mode label status polarity certainty genericity times places attributions", placed
    )
    places = {feature["properties"]["place"] for feature in features}
    ids = (entity["id"] for entity in job.corpus.raw_entities)
    job.loss.add("entity", "no event takes place there", *(key for key in ids if key not in places))
    job.leave_fields(why, "entities", "names geo", places)
    job.holds |= {"features": len(features), "points": sum(one["geometry"] is not None for one in features)}
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps({"type": "FeatureCollection", "features": features}, option=option)


def _feature(job: Job, row: dict[str, Any]) -> dict[str, Any]:
    lat, lon = row.pop("lat"), row.pop("lon")
    geometry = None
    key = f"{row['event']}@{row['place']}"
    if lat is None:
        job.loss.add("point", "the registry has none for the place", key)
    elif row["point_precision"] not in DRAWN:
        job.loss.add("point", f"nothing happened just there: the place is a whole {row['point_precision']}", key)
    elif row["told_precision"] not in TOLD:
        job.loss.add("point", f"the text gives no more than a place that is {row['told_precision']}", key)
    else:
        geometry = {"type": "Point", "coordinates": [lon, lat]}
    row["dates"] = row["dates"] or []
    row["said_by"] = row["said_by"] or []
    title = hedged(row["label"] or row["type"], row)
    return {"type": "Feature", "geometry": geometry, "properties": {"title": title, **row}}

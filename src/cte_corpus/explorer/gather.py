"""What is kept of a group of documents for the pages that show all of them: rows of the spool."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from cte_corpus.errors import need
from cte_corpus.explorer.brief import ORDER, first_day
from cte_corpus.explorer.connections import Connections, named
from cte_corpus.explorer.spool import Row
from cte_corpus.tabular.database import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.explorer.groups import Group

Raw = dict[str, Any]

AHEAD = ("planned", "feared", "demanded", "denied")
"""What has a day and is no incident."""

FORMS = 8
"""Printed forms of an entity that are kept of a document."""

QUERIES = {
    "incident": "select incident_id as id, told, days, documents, events, parts from incidents",
    "contested": "from contested",
    "edge": """select source, target, relation, said_by, days, event_id, status, polarity, together from edges""",
}


def views(group: Group) -> dict[str, list[Raw]]:
    """The rows of the views that the pages show, by the name of the query.

    Raises:
        CteError: DuckDB is not installed.
    """
    need("duckdb", "DuckDB", "site")
    with connect(group) as database:
        found = {}
        for name, query in QUERIES.items():
            result = database.sql(query)
            found[name] = [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]
    return found


def rows(group: Group, known: Connections, seen: dict[str, list[Raw]]) -> Iterator[Row]:
    """All rows of a group."""
    for raw in group.raw_documents:
        yield from _document(raw)
        for event in raw["events"]:
            yield from _event(event, known.briefs[event["id"]])
        yield from _mentions(raw)
    for incident in seen["incident"]:
        incident["brief"] = known.briefs[incident["id"]]
        incident["places"] = _sites(known, incident)
        incident["by"] = _accusers(known, incident)
        start, _, end = (incident["days"] or "").partition("/")
        first = end if start == ".." else start
        yield Row("incident", first[:4] or "~", f"{first} {incident['id']}", incident)
    for side in seen["contested"]:
        yield Row("contested", side["about"], side["what"], side | {"brief": known.briefs.get(side["about"])})
    for edge in seen["edge"]:
        told = "alleged" if edge["status"] == "alleged" else "fact" if _is_fact(edge) else "other"
        how = "with" if edge["together"] else "on"
        yield Row(
            "edge",
            f"{edge['source']} {edge['target']} {told} {how}",
            f"{edge['days'] or '~'} {edge['event_id']}",
            known.briefs[edge["event_id"]],
        )


def _sites(known: Connections, incident: Raw) -> list[Raw]:
    """Where an incident happened: the places that are its site, each once."""
    told = [known.events[key] for key in (*incident.pop("events"), *(incident.pop("parts") or ()))]
    places = [place for event in told for place in event.get("places", ()) if place["role"] == "site"]
    return list(
        {place["entity"]: {"entity": place["entity"], "precision": place.get("precision")} for place in places}.values()
    )


def _accusers(known: Connections, incident: Raw) -> list[str]:
    """Who alleges an incident that is not told as a fact."""
    members = [member["id"] for member in known.clusters.get(incident["id"], ())] or [incident["id"]]
    said = [key for member in members for key in known.briefs[member]["said"]]
    return list(dict.fromkeys(said)) if incident["told"] == "alleged" else []


def _is_fact(edge: Raw) -> bool:
    return edge["status"] in ("occurred", "ongoing") and edge["polarity"] == "positive"


def _document(raw: Raw) -> Iterator[Row]:
    document = raw["document"]
    kept = {
        key: document[key]
        for key in ("id", "title", "gloss", "publisher", "published", "genre", "lang")
        if key in document
    }
    kept["holds"] = {part: len(raw[part]) for part in ("sections", "mentions", "events", "sanctions")}
    kept["holds"]["sentences"] = sum(len(section.get("sentences", ())) for section in raw["sections"])
    day = first_day(document["published"]["edtf"]) if "published" in document else "~"
    yield Row("document", "", day, kept)
    yield Row("publishes", document["publisher"], day, kept)
    for sanction in raw["sanctions"]:
        value = {
            key: sanction[key]
            for key in ("id", "target", "authority", "document", "listed", "registry")
            if key in sanction
        }
        yield Row("sanction", sanction["target"], sanction["id"], value)
    yield Row(
        "search", "2", document["id"], _entry(document["id"], "documents", [document["title"], *document["gloss"]])
    )
    for section in raw["sections"]:
        heading = [{"text": section["heading"]["text"], "lang": document["lang"]}] if "heading" in section else []
        yield Row("search", "4", section["id"], _entry(section["id"], "sections", section["gist"], heading))
    for sanction in raw["sanctions"]:
        yield Row(
            "search",
            "3",
            sanction["id"],
            _entry(sanction["id"], "sanctions", sanction["grounds"], entity=sanction["target"]),
        )


def _event(event: Raw, brief: Raw) -> Iterator[Row]:
    sort = f"{ORDER.index(brief['standing'])}{brief['sort']}"
    yield Row("type", event["type"], sort, brief)
    yield Row("standing", f"{event['type']} {brief['standing']}", "", 1)
    parts: dict[str, list[list[str]]] = defaultdict(list)
    for entity, name, code in named(event):
        if [name, code] not in parts[entity]:
            parts[entity].append([name, code])
    for entity, roles in parts.items():
        yield Row("part", entity, sort, brief | {"roles": roles})
    for item in event.get("attributions", ()):
        said = {"act": item["act"], "quote": item["quote"], "of": [key for key in parts if key != item["by"]]}
        yield Row("speech", item["by"], sort, brief | said | ({"via": item["via"]} if "via" in item else {}))
        if "via" in item:
            yield Row("part", item["via"], sort, brief | {"roles": [["ui", "via"]]})
    for item in event.get("quantities", ()):
        yield Row("figure", item["measure"], sort, brief | {"figure": item})
    if brief["standing"] in AHEAD and "time" in brief and event.get("genericity") != "generic":
        yield Row("ahead", "", brief["sort"], brief)
    words = [{"text": event["trigger"]["text"], "lang": ""}]
    words += [{"text": item["span"]["text"], "lang": ""} for item in event.get("quantities", ())]
    yield Row(
        "search", "5", event["id"], _entry(event["id"], "events", event["label"], words, standing=brief["standing"])
    )


def _mentions(raw: Raw) -> Iterator[Row]:
    document = raw["document"]
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in raw["mentions"]:
        forms[mention["entity"]][mention["span"]["text"]] += 1
    for entity, found in forms.items():
        value = {
            "document": document["id"],
            "lang": document["lang"],
            "count": found.total(),
            "forms": found.most_common(FORMS),
        }
        yield Row("mentioned", entity, document["id"], value)
    pairs: Counter[tuple[str, str]] = Counter()
    for within in mentions_by_sentence(raw).values():
        pairs.update(combinations(sorted({mention["entity"] for mention in within}), 2))
    for (one, other), count in pairs.items():
        yield Row("pair", one, other, count)
        yield Row("pair", other, one, count)


def mentions_by_sentence(raw: Raw) -> dict[str, list[Raw]]:
    """The mentions of a document by the id of the sentence that holds them, or of the section where none does."""
    places = []
    for section in raw["sections"]:
        for sentence in section.get("sentences", ()):
            places.append((sentence["start"], sentence["end"], f"{section['id']}.{sentence['n']}"))
        places.append((section["start"], section["end"], section["id"]))
    found: dict[str, list[Raw]] = defaultdict(list)
    for mention in raw["mentions"]:
        start = mention["span"]["start"]
        home = next((key for first, last, key in places if first <= start < last), None)
        if home is not None:
            found[home].append(mention)
    return found


def _entry(key: str, kind: str, texts: list[Raw], more: list[Raw] | None = None, **others: str) -> Raw:
    """What a search finds: its id and kind, its texts by language, and what else it is found by."""
    return {
        "id": key,
        "kind": kind,
        "texts": {text["lang"]: text["text"] for text in reversed(texts)},
        "more": [text["text"] for text in more or ()],
        **others,
    }

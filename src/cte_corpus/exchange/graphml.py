"""GraphML: a graph of the entities, with an edge from who acts to the other party of each event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cte_corpus.errors import need
from cte_corpus.exchange.plain import cell
from cte_corpus.exchange.sheets import read
from cte_corpus.exchange.told import hedged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.exchange.job import Job

SUFFIX = ".graphml"
OPTIONS = ()

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""


def export(job: Job) -> bytes:
    """The graph: nodes are entities by their ids, edges have ids of their own, as two entities may have several.

    An edge has the columns of the table `edges`, and a `label` that begins with the status unless it is a fact. The
    order is that of the registry and of that table, so the same corpus gives the same bytes.

    Raises:
        CteError: networkx or DuckDB is not installed.
    """
    need("networkx", "networkx", "exchange")
    import networkx as nx

    graph = nx.MultiDiGraph(name=_clean(job, "corpus", f"{job.corpus.info.name} {job.corpus.version}"))
    for entity in job.corpus.raw_entities:
        graph.add_node(entity["id"], **_plain(job, entity["id"], _node(entity)))
    edges = read(job.corpus, "edges")["edges"].to_pylist()
    events = {event["id"]: event for raw in job.corpus.one_by_one() for event in raw["events"]}
    for number, edge in enumerate(edges, 1):
        edge["certainty"] = events[edge["event_id"]].get("certainty", {}).get("degree")
        edge["label"] = hedged(edge["relation"], edge)
        source, target = edge.pop("source"), edge.pop("target")
        graph.add_edge(source, target, key=f"e{number}", **_plain(job, edge["event_id"], edge))
    _leave(job, {edge["event_id"] for edge in edges}, events)
    job.holds |= {"nodes": len(graph), "edges": graph.number_of_edges()}
    lines = nx.generate_graphml(graph, encoding="utf-8")
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + "\n".join(lines) + "\n").encode()


def _node(entity: dict[str, Any]) -> dict[str, Any]:
    preferred = {one["lang"]: one["text"] for one in entity["names"] if one["use"] == "preferred"}
    geo = entity.get("geo", {})
    return {
        "label": preferred.get("en") or next(iter(preferred.values()), entity["id"]),
        "label_ar": preferred.get("ar"),
        "class": entity["id"].partition(":")[0],
        "kind": entity["kind"],
        "privacy": entity["privacy"],
        "countries": [one["code"] for one in entity.get("countries", ())],
        "lat": geo and float(geo["lat"]),
        "lon": geo and float(geo["lon"]),
        "precision": geo and geo["precision"],
    }


def _plain(job: Job, key: str, found: dict[str, Any]) -> dict[str, Any]:
    """The attributes that are there, as scalars; GraphML knows no lists and no empty ones."""
    cells = {name: cell(value) for name, value in found.items()}
    return {
        name: _clean(job, key, value) if isinstance(value, str) else value
        for name, value in cells.items()
        if value is not None and value != {}
    }


def _clean(job: Job, key: str, text: str) -> str:
    """A text as XML can hold it."""
    clean = _NO_XML.sub("\ufffd", text)
    if clean != text:
        job.loss.add("control character", "XML cannot hold this; U+FFFD stands there instead", key)
    return clean


def _leave(job: Job, drawn: set[str], events: Iterable[str]) -> None:
    why = "a graph of entities has no place for this kind"
    job.leave(why, "sections", "sentences", "mentions", "sanctions")
    job.loss.add("event", "there is no agent with another party", *(key for key in events if key not in drawn))
    job.leave_fields(why, "documents", "")
    job.leave_fields(
        why, "events", "type mode status polarity certainty genericity nature times arguments attributions", drawn
    )
    job.leave_fields(why, "entities", "kind names privacy countries geo")

"""The merged view: an event that several documents tell as one row, with what each of them says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.tabular.arrow_schema import SAID_BY
from cte_corpus.tabular.derive import hull, names, speakers, when
from cte_corpus.tabular.together import Together

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pyarrow as pa

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.tabular.rows import Named, Row

NAME = "clusters"

_FIGURE = ("comparator", "value", "lower", "upper", "unit", "per")


def schemas() -> dict[str, pa.Schema]:
    """The schema of the table, by its name."""
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    texts = pa.list_(text)
    figure = [(name, number if name in ("value", "lower", "upper") else text) for name in _FIGURE]
    member = [(name, text) for name in ("event", "document", "type", "status", "derived_earliest", "derived_latest")]
    return {
        NAME: pa.schema(
            [
                ("id", text),
                ("documents", texts),
                ("events", texts),
                ("label", pa.list_(pa.struct([("text", text), ("lang", text)]))),
                ("types", texts),
                ("statuses", texts),
                (SAID_BY, texts),
                ("derived_earliest", text),
                ("derived_latest", text),
                ("members", pa.list_(pa.struct(member))),
                ("arguments", pa.list_(pa.struct([("role", text), ("entity", text), ("events", texts)]))),
                ("quantities", pa.list_(pa.struct([("event", text), ("measure", text), *figure, ("of", text)]))),
                ("conflicts", pa.list_(pa.struct([("event", text), ("with", text), ("note", text)]))),
            ]
        )
    }


def collect(corpus: Corpus, _: Collection[str]) -> Named:
    """The rows of the table, in the order of the first event of each."""
    known = names(corpus.raw_entities)
    together = Together(corpus)
    for _stored, raw in corpus.pairs():
        together.enter(raw)
        for event in raw["events"]:
            ids = together.cluster(event["id"])
            if ids[0] == event["id"]:
                yield NAME, _row(list(filter(None, map(together.event, ids))), known)


def _row(members: list[Row], known: Mapping[str, str]) -> Row:
    dated = [when(event) for event in members]
    ids = {event["id"] for event in members}
    return {
        "id": members[0]["id"],
        "documents": _distinct(event["document"] for event in members),
        "events": [event["id"] for event in members],
        "label": members[0]["label"],
        "types": _distinct(event["type"] for event in members),
        "statuses": _distinct(event["status"] for event in members),
        SAID_BY: sorted({name for event in members for name in speakers(event, known)}),
        **_common(dated),
        "members": [
            {"event": event["id"], **{key: event[key] for key in ("document", "type", "status")}, **found}
            for event, found in zip(members, dated, strict=True)
        ],
        "arguments": _arguments(members),
        "quantities": [
            {"event": event["id"], **quantity, "of": quantity["of"]["text"]}
            for event in members
            for quantity in event.get("quantities", ())
        ],
        "conflicts": [
            {"event": event["id"], "with": other["event"], "note": other.get("note")}
            for event in members
            for other in event.get("relations", ())
            if other["rel"] == "conflicts-with" and other["event"] in ids
        ],
    }


def _common(dated: list[Row]) -> Row:
    """The days that all dated members allow; where they exclude each other, from the first day to the last."""
    starts = [found["derived_earliest"] for found in dated if found["derived_earliest"]]
    ends = [found["derived_latest"] for found in dated if found["derived_latest"]]
    earliest, latest = max(starts, default=None), min(ends, default=None)
    if earliest and latest and earliest > latest:
        return hull(found for found in dated if any(found.values()))
    return {"derived_earliest": earliest, "derived_latest": latest}


def _arguments(members: list[Row]) -> list[Row]:
    found: dict[tuple[str, str], list[str]] = {}
    for event in members:
        for argument in event.get("arguments", ()):
            if "entity" in argument:
                found.setdefault((argument["role"], argument["entity"]), []).append(event["id"])
    return [{"role": role, "entity": entity, "events": _distinct(ids)} for (role, entity), ids in found.items()]


def _distinct(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))

"""Counts over a corpus: records, codes, coverage."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.corpus.corpus import Corpus

Raw = dict[str, Any]
Rows = list[dict[str, object]]

_PARTS = ("sections", "mentions", "events", "sanctions")
_FIELDS = ("times", "places", "arguments", "quantities", "attributions", "relations", "outside")
_REASONS = ("not-stated", "not-applicable", "not-coded")


def figures(corpus: Corpus) -> dict[str, Rows]:
    """The tables of figures by name; each a list of rows with the same keys. Shares are of 1, with three decimals."""
    events = [event for raw in corpus.raw_documents for event in raw["events"]]
    times = [time for event in events for time in event.get("times", ())]
    return {
        "records": _records(corpus),
        "languages": _counts("language", (raw["document"]["lang"] for raw in corpus.raw_documents), "documents"),
        "entities": _counts("kind", (entity["kind"] for entity in corpus.raw_entities), "entities"),
        "event_types": _counts("type", (event["type"] for event in events), "events"),
        "status": _counts("status", (event["status"] for event in events), "events"),
        "polarity": _counts("polarity", (event["polarity"] for event in events), "events"),
        "prominence": _counts("prominence", (event["prominence"] for event in events), "events"),
        "basis_of_times": _counts("basis", (time["basis"] for time in times), "times"),
        "coverage_of_events": [_coverage(field, events) for field in _FIELDS],
    }


def _records(corpus: Corpus) -> Rows:
    """One row a document, and their sum."""
    rows: Rows = []
    total: Counter[str] = Counter()
    for raw in corpus.raw_documents:
        sentences = sum(len(section.get("sentences", ())) for section in raw["sections"])
        numbers = {"sentences": sentences} | {part: len(raw[part]) for part in _PARTS}
        numbers["entities"] = len({mention["entity"] for mention in raw["mentions"]})
        total.update(numbers)
        rows.append({"document": raw["document"]["id"], **numbers})
    return [*rows, {"document": "all", **total, "entities": len(corpus.raw_entities)}] if rows else []


def _counts(key: str, values: Iterable[str], noun: str) -> Rows:
    """How often each value occurs, most frequent first."""
    found = Counter(values)
    order = sorted(found, key=lambda value: (-found[value], value))
    return [{key: value, noun: found[value], "share": round(found[value] / found.total(), 3)} for value in order]


def _coverage(field: str, events: list[Raw]) -> dict[str, object]:
    """How many events carry a field; why the others do not, where they say so."""
    have = sum(field in event for event in events)
    empty = [event for event in events if field not in event]
    why = Counter(absent["reason"] for event in empty for absent in event.get("absent", ()) if absent["field"] == field)
    row: dict[str, object] = {"field": field, "events": have, "share": round(have / len(events), 3) if events else 0.0}
    row |= {reason.replace("-", "_"): why[reason] for reason in _REASONS}
    return row | {"silent": len(empty) - why.total()}

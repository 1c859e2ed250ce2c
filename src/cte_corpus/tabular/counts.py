"""Counts over a corpus: records, codes, coverage."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from cte_corpus.store.collector import resting

if TYPE_CHECKING:
    from cte_corpus.corpus.corpus import Corpus

Raw = dict[str, Any]
Rows = list[dict[str, object]]

_PARTS = ("sections", "mentions", "events", "sanctions")
_FIELDS = ("times", "places", "arguments", "quantities", "attributions", "relations", "outside")
_CODES = ("type", "status", "polarity", "prominence")
_REASONS = ("not-stated", "not-applicable", "not-coded")


def figures(corpus: Corpus) -> dict[str, Rows]:
    """The tables of figures by name; each a list of rows with the same keys. Shares are of 1, with three decimals.

    Documents are counted one after the other, and none is kept.
    """
    rows: Rows = []
    total: Counter[str] = Counter()
    values: dict[str, Counter[str]] = {key: Counter() for key in ("lang", *_CODES, "basis")}
    coverage: dict[str, Counter[str]] = {field: Counter() for field in _FIELDS}
    with resting():
        for raw in corpus.one_by_one():
            numbers = _numbers(raw)
            total.update(numbers)
            rows.append({"document": raw["document"]["id"], **numbers})
            values["lang"][raw["document"]["lang"]] += 1
            for event in raw["events"]:
                for key in _CODES:
                    values[key][event[key]] += 1
                values["basis"].update(time["basis"] for time in event.get("times", ()))
                for field, found in coverage.items():
                    found[_why(event, field)] += 1
    if rows:
        rows.append({"document": "all", **total, "entities": len(corpus.raw_entities)})
    return {
        "records": rows,
        "languages": _counts("language", values["lang"], "documents"),
        "entities": _counts("kind", Counter(entity["kind"] for entity in corpus.raw_entities), "entities"),
        "event_types": _counts("type", values["type"], "events"),
        **{key: _counts(key, values[key], "events") for key in _CODES[1:]},
        "basis_of_times": _counts("basis", values["basis"], "times"),
        "coverage_of_events": [_coverage(field, found) for field, found in coverage.items()],
    }


def _numbers(raw: Raw) -> dict[str, int]:
    """How many records of each kind a document holds."""
    sentences = sum(len(section.get("sentences", ())) for section in raw["sections"])
    numbers = {"sentences": sentences} | {part: len(raw[part]) for part in _PARTS}
    return numbers | {"entities": len({mention["entity"] for mention in raw["mentions"]})}


def _counts(key: str, found: Counter[str], noun: str) -> Rows:
    """How often each value occurs, most frequent first."""
    order = sorted(found, key=lambda value: (-found[value], value))
    return [{key: value, noun: found[value], "share": round(found[value] / found.total(), 3)} for value in order]


def _why(event: Raw, field: str) -> str:
    """That an event carries a field, or why it does not, where it says so."""
    if field in event:
        return "events"
    reasons = [absent["reason"] for absent in event.get("absent", ()) if absent["field"] == field]
    return reasons[0] if reasons else "silent"


def _coverage(field: str, found: Counter[str]) -> dict[str, object]:
    """How many events carry a field; why the others do not."""
    share = round(found["events"] / found.total(), 3) if found else 0.0
    row: dict[str, object] = {"field": field, "events": found["events"], "share": share}
    return row | {reason.replace("-", "_"): found[reason] for reason in _REASONS} | {"silent": found["silent"]}

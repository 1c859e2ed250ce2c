"""Codes of other schemes for an event: by its type, and by what the document says of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.store.layout import schema_dir

if TYPE_CHECKING:
    from collections.abc import Mapping

Raw = dict[str, Any]

SCHEMES = ("plover", "cameo", "acled", "gtd")
"""The schemes to which event types have a crosswalk."""

OF_INCIDENTS = frozenset({"acled", "gtd"})
"""Schemes that list incidents and nothing else."""

TOLD = frozenset({"occurred", "ongoing", "alleged"})
"""Statuses of what is told to have happened, by the document or by somebody in it."""


@cache
def _vocabulary() -> Raw:
    found: Raw = orjson.loads((schema_dir() / "vocabulary.json").read_bytes())
    return found


@cache
def event_types() -> dict[str, Raw]:
    """The event types of the published vocabulary by code."""
    return {entry["code"]: entry for entry in _vocabulary()["event_types"]}


def meanings() -> dict[str, dict[str, str]]:
    """What each code means, by the lists of the published vocabulary; of event types the label, then the definition."""
    types = {code: f"{entry['label']['en']}: {entry['definition']}" for code, entry in event_types().items()}
    return {**_vocabulary()["codes"], "event-type": types, "role": _vocabulary()["roles"]}


def codes(event: Raw, types: Mapping[str, Raw]) -> dict[str, list[dict[str, str]]]:
    """For each scheme the codes of an event, each with its SKOS match grade (`target`, `match`), nearest first.

    An entry with `modes` or `statuses` holds for events of these alone. What a type that is an incident stands for, and
    all codes of ACLED and GTD, hold for incidents alone: events that are coded as specific and positive, and told as
    having happened, as going on, or by an accuser. A type that is not known has no codes.

    Args:
        event: A decoded event.
        types: The event types by code, as `event_types` gives them.
    """
    found: dict[str, list[dict[str, str]]] = {scheme: [] for scheme in SCHEMES}
    kind = types.get(event["type"], {"crosswalk": ()})
    happened = is_incident(event)
    for entry in kind["crosswalk"]:
        needs_incident = kind.get("incident", False) or entry["scheme"] in OF_INCIDENTS
        if entry["match"] != "none" and (happened or not needs_incident) and _applies(entry, event):
            found[entry["scheme"]].append({"target": entry["target"], "match": entry["match"]})
    return found


def is_incident(event: Raw) -> bool:
    """Whether something particular is told to have happened, or to go on."""
    return event.get("genericity") == "specific" and event["polarity"] == "positive" and event["status"] in TOLD


def _applies(entry: Raw, event: Raw) -> bool:
    return ("modes" not in entry or event.get("mode") in entry["modes"]) and (
        "statuses" not in entry or event["status"] in entry["statuses"]
    )

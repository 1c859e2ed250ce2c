"""An event as a line in a list: what it is, how it stands, who says so, when."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from cte_corpus import edtf
from cte_corpus.show import lookup

Raw = dict[str, Any]

STANDINGS = {
    lookup.FACT: "fact",
    lookup.NOT_SO: "not_so",
    lookup.STANDING["alleged"]: "alleged",
    lookup.STANDING["denied"]: "denied",
    lookup.STANDING["planned"]: "planned",
    lookup.STANDING["hypothetical"]: "feared",
    lookup.STANDING["demanded"]: "demanded",
}
"""How an event stands, by what `cte show` says of it, the facts first."""

ORDER = list(STANDINGS.values())

_DAYS = ("when", "effective", "as-of", "announced", "deadline")


def standing(event: Raw) -> str:
    """How an event stands: one of `ORDER`."""
    return STANDINGS[lookup.standing(event)]


def brief(event: Raw) -> Raw:
    """What a list shows of an event: small, and fit for JSON."""
    times = sorted(event.get("times", ()), key=lambda time: _DAYS.index(time["role"]))
    found: Raw = {
        "id": event["id"],
        "document": event["document"],
        "label": event["label"],
        "type": event["type"],
        "standing": standing(event),
        "said": list(dict.fromkeys(item["by"] for item in event.get("attributions", ()))),
        "sort": first_day(times[0]["edtf"]) if times else "~",
    }
    if "mode" in event:
        found["mode"] = event["mode"]
    if times:
        found["time"] = {key: times[0][key] for key in ("edtf", "role", "mod", "bound") if key in times[0]}
    return found


def first_day(date: str) -> str:
    """What a date is sorted by: its first possible day, else its last; what has none comes last."""
    with suppress(ValueError):
        first, last = edtf.bounds(date)
        return first or last or "~"
    return "~"

"""What an event is by nature, and whether it is told as real: from type, mode, status, polarity and genericity."""

from __future__ import annotations

from functools import cache
from typing import Any

from cte_corpus.tabular.crosswalk import event_types

Raw = dict[str, Any]

REAL = ("occurred", "ongoing")


@cache
def _macro_roles() -> dict[tuple[str, str], str]:
    return {(code, role["role"]): role["macro"] for code, entry in event_types().items() for role in entry["roles"]}


def macro_role(event: Raw, role: str) -> str | None:
    """The macro-role (after VerbNet) of a role in the frame of an event, or None where the frame does not have it."""
    return _macro_roles().get((event["type"], role))


def nature(event: Raw) -> str:
    """What the event is: happening, state, statement, aim or duty.

    What the record says; else an aim where it is demanded; else what its mode, or its type, decides.
    """
    if "nature" in event:
        return str(event["nature"])
    if event["status"] == "demanded":
        return "aim"
    entry = event_types().get(event["type"], {})
    by_mode = entry.get("mode_natures", {}).get(event.get("mode"))
    return str(by_mode or entry.get("nature", "happening"))


def realis(event: Raw) -> str | None:
    """`actual`, `generic` or `other`, after Rich ERE (Song et al. 2015); None where genericity is not coded.

    Actual is what is told as a fact: specific, positive, occurred or ongoing. What is alleged, planned, feared,
    demanded or denied is other.
    """
    if "genericity" not in event:
        return None
    if event["genericity"] == "generic":
        return "generic"
    return "actual" if event["status"] in REAL and event["polarity"] == "positive" else "other"

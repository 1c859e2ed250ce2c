"""How an event stands, in words that come before whatever says it: nothing alleged may read as a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FACTS = frozenset({"occurred", "ongoing"})
"""The statuses of what a document tells as so."""


def hedged(words: str, event: Mapping[str, Any]) -> str:
    """Words about an event, with how it stands before them unless the document tells it as a fact: `alleged: …`.

    Args:
        words: A label, a type or a role.
        event: What has the `status` and the `polarity` of the event, and its `certainty` if it has one.
    """
    marks = [str(event["status"])] if event["status"] not in FACTS else []
    certainty = event.get("certainty")
    if certainty:
        marks.append(str(certainty["degree"] if isinstance(certainty, dict) else certainty))
    if event["polarity"] == "negative":
        marks.append("not")
    return f"{' '.join(marks)}: {words}" if marks else words

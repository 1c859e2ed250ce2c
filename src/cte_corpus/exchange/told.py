"""How an event stands, in words that come before whatever says it: nothing alleged may read as a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FACTS = frozenset({"occurred", "ongoing"})
"""The statuses of what a document tells as so."""


def hedged(words: str, event: Mapping[str, Any]) -> str:
    """Words about an event, with its status before them unless the document tells it as a fact.

    Args:
        words: A label, a type or a role.
        event: What has the `status` and the `polarity` of the event.
    """
    marks = [str(event["status"])] if event["status"] not in FACTS else []
    if event["polarity"] == "negative":
        marks.append("not")
    return f"{' '.join(marks)}: {words}" if marks else words

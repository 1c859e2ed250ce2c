"""How a notebook shows what a check found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.show.tree import Tree, html
from cte_corpus.text.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cte_corpus.checking.diagnostic import Diagnostic

MOST = 50
"""Findings that are shown; it says how many more there are."""


def findings(found: Sequence[Diagnostic], looked_at: str) -> str:
    """The findings as HTML: of each the rule, the message, the place, and how to mend it."""
    parts = []
    for item in found[:MOST]:
        place = f"{item.location.path}:{item.location.line}:{item.location.column}"
        lines = [("where", safe(place)), ("record", safe(item.location.record)), ("help", safe(item.help))]
        title = f"{item.severity} {item.code} {item.name}: {safe(item.message)}"
        parts.append(Tree(title, tuple((name, value) for name, value in lines if value)))
    if len(found) > MOST:
        parts.append(Tree(f"and {len(found) - MOST:,} more"))
    return html(Tree(f"{len(found) or 'no'} finding{'' if len(found) == 1 else 's'} in {looked_at}", (), tuple(parts)))

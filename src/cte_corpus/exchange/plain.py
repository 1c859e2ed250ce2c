"""Cells of plain text that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Any

from cte_corpus.exchange.sheets import SEPARATOR

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula: OWASP, CSV Injection. The last four are full-width."""


def cell(value: Any) -> Any:
    """A value of a table as a cell: a list as one text, no value as None, a number as it is."""
    if isinstance(value, list):
        return SEPARATOR.join(map(str, value)) or None
    return value


def is_formula(value: Any) -> bool:
    """Whether a spreadsheet could run the cell."""
    return isinstance(value, str) and value.startswith(STARTS)

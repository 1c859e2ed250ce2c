"""One-to-one matching of greatest weight, which no order of the input changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

G = TypeVar("G")
P = TypeVar("P")

Weight = tuple[float, float]
"""What a pair weighs, and, between matchings that weigh the same, a preference from 0 to 1."""

Pairs = list[tuple[int, int]]
"""Indexes of what is paired, gold first."""


def matched(golds: Sequence[G], preds: Sequence[P], weight: Callable[[G, P], Weight | None]) -> Pairs:
    """The pairs of the matching that weighs most; a pair without weight is never made.

    Weights are whole numbers. Preferences are scaled so that all of them together weigh less than 1. Both sides are put
    into one order by what they hold before they are matched, so that only items that hold the same can change places.
    """
    rows, columns = (sorted(range(len(side)), key=lambda index: repr(side[index])) for side in (golds, preds))
    scale = 1 / (2 * min(len(rows), len(columns)) + 1)
    table = [[0.0] * len(columns) for _ in rows]
    for row, gold in enumerate(rows):
        for column, pred in enumerate(columns):
            if found := weight(golds[gold], preds[pred]):
                table[row][column] = found[0] + found[1] * scale
    return [(rows[row], columns[column]) for row, column in assigned(table)]


def assigned(weights: Sequence[Sequence[float]]) -> Pairs:
    """The pairs of row and column, one to one, whose weights have the greatest sum; none that weighs nothing."""
    if not any(map(any, weights)):
        return []
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(row, column) for row, column in zip(rows.tolist(), columns.tolist(), strict=True) if weights[row][column]]

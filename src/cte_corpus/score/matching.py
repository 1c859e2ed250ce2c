"""One-to-one matching of greatest weight. `Pair` puts both sides into one order, so that nothing depends on theirs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cte_corpus.score.coded import Place

G = TypeVar("G")
P = TypeVar("P")

Weight = tuple[float, float]
"""What a pair weighs, and, between matchings that weigh the same, a preference from 0 to 1."""

Pairs = list[tuple[int, int]]
"""Indexes of what is paired, gold first."""


def matched(
    golds: Sequence[G],
    preds: Sequence[P],
    weight: Callable[[G, P], Weight | None],
    places: Callable[[G | P], Iterable[Place]] | None = None,
) -> Pairs:
    """The pairs of the matching that weighs most; a pair without weight is never made.

    Weights are whole numbers. Preferences are scaled so that all of them together weigh less than 1.

    Args:
        golds: One side.
        preds: The other.
        weight: What a pair weighs, and a preference; None where it is no pair.
        places: Where an item stands, if no items are a pair that share no character: then others are not asked.
    """
    scale = 1 / (2 * min(len(golds), len(preds)) + 1)
    table = [[0.0] * len(preds) for _ in golds]
    asked = near(preds, places) if places else None
    for row, gold in enumerate(golds):
        for column in asked(gold) if asked else range(len(preds)):
            if found := weight(gold, preds[column]):
                table[row][column] = found[0] + found[1] * scale
    return assigned(table)


STRETCH = 64
"""Code points of the stretches of a text by which items are found that may share a character."""


def near(preds: Sequence[P], places: Callable[[Any], Iterable[Place]]) -> Callable[[Any], set[int]]:
    """The indexes of the predictions that stand in the same stretches as an item."""
    standing = defaultdict(set)

    def stretches(item: Any) -> set[int]:
        return {one for place in places(item) for one in range(place.start // STRETCH, place.end // STRETCH + 1)}

    for index, pred in enumerate(preds):
        for one in stretches(pred):
            standing[one].add(index)
    return lambda item: {index for one in stretches(item) for index in standing.get(one, ())}


def assigned(weights: Sequence[Sequence[float]]) -> Pairs:
    """The pairs of row and column, one to one, whose weights have the greatest sum; none that weighs nothing."""
    if not any(map(any, weights)):
        return []
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(row, column) for row, column in zip(rows.tolist(), columns.tolist(), strict=True) if weights[row][column]]

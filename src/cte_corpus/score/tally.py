"""Counts that add up over sentences, and what follows from them: precision, recall, F1, per type, with intervals."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np

    from cte_corpus.score.coded import Coding

Unit = tuple[str, int]
"""A sentence: the id of its document and its place there from 0; -1 is what stands in none."""

RESAMPLES = 1000
"""How often the sentences are drawn again for an interval."""


class Row(NamedTuple):
    """What a sentence adds: of the gold so much is right, of what was predicted so much."""

    type: str
    unit: Unit
    gold_right: float
    gold: float
    pred_right: float
    pred: float


class Figures(NamedTuple):
    """Precision, recall and F1, 0 to 1. None is a share of nothing: there was nothing to find, or nothing was said."""

    precision: float | None
    recall: float | None
    f1: float | None
    gold: float
    pred: float
    right: float
    """What of the gold is right."""


def figures(gold_right: float, gold: float, pred_right: float, pred: float) -> Figures:
    """The figures of sums. F1 is 0 where one side is empty, and None where both are."""
    precision, recall = pred_right / pred if pred else None, gold_right / gold if gold else None
    total = (precision or 0) + (recall or 0)
    f1 = 2 * (precision or 0) * (recall or 0) / total if total else (0.0 if gold or pred else None)
    return Figures(precision, recall, f1, gold, pred, gold_right)


class Tally:
    """The rows of one measure."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = list(rows)

    @property
    def micro(self) -> Figures:
        """All types together."""
        return _summed(self.rows)

    @property
    def types(self) -> dict[str, Figures]:
        """Each type by name: recall of what gold calls so, precision of what was predicted so."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.type, []).append(row)
        return {name: _summed(found[name]) for name in sorted(found)}

    @property
    def macro(self) -> float | None:
        """The mean F1 of the types that either side has; None where there is none."""
        scores = [one.f1 for name, one in self.types.items() if name and one.f1 is not None]
        return sum(scores) / len(scores) if scores else None

    def interval(self, units: Sequence[Unit], seed: int) -> tuple[float, float] | None:
        """The middle 95 % of micro F1 when the sentences are drawn again, with replacement (Efron 1979).

        Draws in which there is nothing to score count for nothing. None where that is so of all.
        """
        import numpy as np

        place = {unit: index for index, unit in enumerate(units)}
        sums = np.zeros((len(units), 4))
        for row in sorted(self.rows):  # as in `_summed`
            sums[place[row.unit]] += row[2:]
        if not sums[:, (1, 3)].any():
            return None
        draws = np.random.default_rng(seed).multinomial(len(units), np.full(len(units), 1 / len(units)), RESAMPLES)
        f1 = _f1(draws @ sums)
        low, high = np.quantile(f1[~np.isnan(f1)], (0.025, 0.975))
        return float(low), float(high)


def _f1(sums: np.ndarray) -> np.ndarray:
    """The F1 of each line of sums, as `figures` has it; NaN for None."""
    import numpy as np

    gold_right, gold, pred_right, pred = sums.T
    precision = np.divide(pred_right, pred, out=np.zeros_like(pred), where=pred > 0)
    recall = np.divide(gold_right, gold, out=np.zeros_like(gold), where=gold > 0)
    total = precision + recall
    f1 = np.divide(2 * precision * recall, total, out=np.zeros_like(total), where=total > 0)
    return np.where((gold > 0) | (pred > 0), f1, np.nan)


def _summed(rows: list[Row]) -> Figures:
    # Sorted, as the sum of fractions depends on their order.
    return figures(*(sum(sorted(part)) for part in list(zip(*rows, strict=True))[2:])) if rows else figures(0, 0, 0, 0)


class Sentences:
    """The sentences of a document as units; what stands between them belongs to the one before."""

    def __init__(self, coding: Coding) -> None:
        self._document = coding.document
        self._starts = [one.start for one in coding.sentences]

    def unit(self, start: int) -> Unit:
        """The unit of what starts at an offset."""
        return self._document, bisect_right(self._starts, start) - 1

    @property
    def units(self) -> list[Unit]:
        """All units of the document."""
        return [(self._document, index) for index in range(-1, len(self._starts))]


def counted(
    golds: Sequence[tuple[str, Unit]], preds: Sequence[tuple[str, Unit]], pairs: Iterable[tuple[int, int]]
) -> list[Row]:
    """The rows of items with their types and units, of which pairs are right."""
    kept = list(pairs)
    right_gold, right_pred = {gold for gold, _ in kept}, {pred for _, pred in kept}
    rows = [Row(*item, float(index in right_gold), 1, 0, 0) for index, item in enumerate(golds)]
    return rows + [Row(*item, 0, 0, float(index in right_pred), 1) for index, item in enumerate(preds)]

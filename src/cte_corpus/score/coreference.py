"""Coreference: MUC, B³, CEAFe and LEA, of sums that belong to the sentence in which a cluster begins.

Each function takes the clusters of both sides as sets of keys; a mention of one side that is one of the other has the
same key there. It gives for each gold cluster and each predicted one how much of it is right, and of how much.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cte_corpus.score.coded import clusters
from cte_corpus.score.matching import assigned
from cte_corpus.score.tally import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cte_corpus.score.coded import Mention
    from cte_corpus.score.pair import Pair

Cluster = frozenset[tuple[str, int]]
Share = tuple[float, float]
"""How much of a cluster is right, and of how much."""
Shares = tuple[list[Share], list[Share]]


def muc(golds: Sequence[Cluster], preds: Sequence[Cluster]) -> Shares:
    """Links that join a cluster (Vilain et al. 1995); a cluster of one mention has none."""

    def side(ones: Sequence[Cluster], others: Sequence[Cluster]) -> list[Share]:
        home = _homes(others)
        found = []
        for one in ones:
            pieces = len({home[key] for key in one if key in home}) + sum(key not in home for key in one)
            found.append((float(len(one) - pieces), float(len(one) - 1)))
        return found

    return side(golds, preds), side(preds, golds)


def b_cubed(golds: Sequence[Cluster], preds: Sequence[Cluster]) -> Shares:
    """For each mention the share of its cluster that is with it on the other side (Bagga and Baldwin 1998)."""

    def side(ones: Sequence[Cluster], others: Sequence[Cluster]) -> list[Share]:
        return [(sum(len(one & other) ** 2 for other in others) / len(one), float(len(one))) for one in ones]

    return side(golds, preds), side(preds, golds)


def ceaf_e(golds: Sequence[Cluster], preds: Sequence[Cluster]) -> Shares:
    """Clusters matched one to one, each pair with 2 · shared / (one + other), φ4 (Luo 2005)."""
    alike = [[2 * len(gold & pred) / (len(gold) + len(pred)) for pred in preds] for gold in golds]
    of_gold, of_pred = [(0.0, 1.0)] * len(golds), [(0.0, 1.0)] * len(preds)
    for gold, pred in assigned(alike):
        of_gold[gold] = of_pred[pred] = (alike[gold][pred], 1.0)
    return of_gold, of_pred


def lea(golds: Sequence[Cluster], preds: Sequence[Cluster]) -> Shares:
    """The share of a cluster's links that are kept, weighted by its size (Moosavi and Strube 2016).

    A cluster of one mention has one link, to itself, which is kept if it is a cluster of one on the other side too.
    """

    def links(size: int) -> float:
        return size * (size - 1) / 2

    def side(ones: Sequence[Cluster], others: Sequence[Cluster]) -> list[Share]:
        found = []
        for one in ones:
            if len(one) == 1:
                kept = float(one in others)
            else:
                kept = sum(links(len(one & other)) for other in others) / links(len(one))
            found.append((len(one) * kept, float(len(one))))
        return found

    return side(golds, preds), side(preds, golds)


MEASURES: dict[str, Callable[[Sequence[Cluster], Sequence[Cluster]], Shares]] = {
    "MUC": muc,
    "B³": b_cubed,
    "CEAFe": ceaf_e,
    "LEA": lea,
}


def rows(pair: Pair) -> dict[str, list[Row]]:
    """Every measure with and without the clusters of one mention."""
    shared = {pred: gold for gold, pred in pair.mentions}
    golds = _clusters(pair.gold.mentions, {index: ("gold", index) for index in range(len(pair.gold.mentions))})
    preds = _clusters(
        pair.pred.mentions,
        {i: ("gold", shared[i]) if i in shared else ("pred", i) for i in range(len(pair.pred.mentions))},
    )
    found = {}
    for suffix, least in (("", 1), (", no singletons", 2)):
        one = [item for item in golds if len(item[1]) >= least]
        other = [item for item in preds if len(item[1]) >= least]
        for name, measure in MEASURES.items():
            of_gold, of_pred = measure([keys for _, keys in one], [keys for _, keys in other])
            units = [pair.sentences.unit(start) for start, _ in one], [pair.sentences.unit(start) for start, _ in other]
            found[f"{name}{suffix}"] = [
                *(Row("", unit, *share, 0, 0) for unit, share in zip(units[0], of_gold, strict=True)),
                *(Row("", unit, 0, 0, *share) for unit, share in zip(units[1], of_pred, strict=True)),
            ]
    return found


def _clusters(mentions: Sequence[Mention], keys: dict[int, tuple[str, int]]) -> list[tuple[int, Cluster]]:
    """The clusters, each with the start of its first mention, in the order of what they hold."""
    grouped = clusters(mentions)
    indexes = defaultdict(list)
    for index, mention in enumerate(mentions):
        indexes[mention.entity].append(index)
    return [
        (places[0].start, frozenset(keys[index] for index in indexes[entity]))
        for places, entity in sorted((sorted(one.place for one in mine), entity) for entity, mine in grouped.items())
    ]


def _homes(sides: Sequence[Cluster]) -> dict[tuple[str, int], int]:
    return {key: index for index, cluster in enumerate(sides) for key in cluster}

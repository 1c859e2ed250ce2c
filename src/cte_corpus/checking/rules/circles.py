"""Levels 2 and 4: steps from one record to the next lead somewhere."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from cte_corpus.checking.rules.doc import Doc, Findings, Found, Record

STEPS = 6
"""So long is a path that is looked for quickly."""


def circles(doc: Doc, rels: Iterable[str], code: str = "CTE211") -> Findings:
    """The findings that relations of some kinds between events run in a circle."""
    told = {item["rel"] for _, item in doc.relations}
    for rel in rels:
        if rel in told:
            steps = [(event["id"], item, "event") for event, item in doc.relations if item["rel"] == rel]
            yield from circle(steps, rel, code)


def circle(edges: list[tuple[str, Record, str]], rel: str, code: str = "CTE211") -> Findings:
    """The finding that steps (id, object with the next one, its key there) lead back to where they started."""
    if {source for source, _, _ in edges}.isdisjoint([holder[key] for _, holder, key in edges]):
        return
    graph: dict[str, list[str]] = {}
    for source, holder, key in edges:
        graph.setdefault(source, []).append(holder[key])
    ids = round_trip(graph)
    if ids:
        steps = set(pairwise(ids))
        holder, key = next((holder, key) for source, holder, key in edges if (source, holder[key]) in steps)
        yield in_circle(code, holder, key, rel, ids)


def round_trip(graph: dict[str, list[str]]) -> list[str]:
    """The ids along a circle, the first of them also at the end; none where no steps lead back."""
    if not _ends(graph):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            ids: list[str] = error.args[1][::-1]
            return ids
    return []


def in_circle(code: str, holder: Record, key: str, rel: str, ids: list[str]) -> Found:
    """The finding that steps run in a circle, at one of them."""
    help_ = "one of these steps is the wrong way round, or does not hold"
    return Found(code, holder, f"`{rel}` runs in a circle: {' -> '.join(ids)}", key, help_)


def _ends(graph: dict[str, list[str]]) -> bool:
    """Whether all paths end within some steps, as mostly; quicker than to sort them."""
    left = graph
    for _ in range(STEPS):
        left = {source: targets for source, targets in left.items() if not left.keys().isdisjoint(targets)}
        if not left:
            return True
    return False

"""The work of a site in parts: one process does them one after the other, or several do, and the bytes are the same."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from cte_corpus.explorer import codes, drawing, entities, front, gather, lists, past, searching
from cte_corpus.explorer.connections import Connections
from cte_corpus.explorer.groups import groups
from cte_corpus.explorer.open_texts import Texts
from cte_corpus.explorer.pages import Pages
from cte_corpus.explorer.spool import Spool
from cte_corpus.scale.workers import workers as processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.explorer.shared import Shared

T = TypeVar("T")

WORTH = 150
"""Documents for which a process more is worth its start."""

CHUNKS = 16
"""Parts of the entities' pages."""


@dataclass(frozen=True)
class Plan:
    """What a process needs to know for its part; it can be pickled."""

    corpus: Corpus
    shared: Shared
    site: Path
    spool: Path
    text: Path | None
    heads: dict[str, str]
    """For each document the first of its company, as `groups.together` gives it."""

    holds: dict[str, int]
    """How many records of each kind there are."""

    processes: int

    def pages(self) -> Pages:
        """Where this process writes pages."""
        return Pages(self.site, self.shared)


@contextmanager
def workers(number: int) -> Iterator[Callable[[Callable[[Any], T], Iterable[Any]], Iterator[T]]]:
    """A `map` that several processes share, or that of this one."""
    with processes(number, module=__name__) as pool:
        yield pool.map if pool else map


def gathered(plan: Plan, share: int) -> Path:
    """Write the pages of every n-th group of documents, and keep in a file what the other pages need of them."""
    pages, texts = plan.pages(), Texts(plan.text)
    path = plan.spool.with_name(f"{plan.spool.name}.{share}")
    spool = Spool(path)
    for number, group in groups(plan.corpus, plan.heads, share, plan.processes):
        seen = gather.views(group)
        known = Connections(group, seen["contested"])
        spool.add(gather.rows(group, known, seen), number)
        drawing.draw(pages, group, known, texts.open(group))
        gc.collect()  # a group and its tables refer to each other, and hold what Python does not count as memory
    spool.close()
    return path


PARTS = ("search", *(f"entities {chunk}" for chunk in range(CHUNKS)), "lists", "codes", "past", "front")
"""The pages that show all documents, the longest work first."""


def drawn(plan: Plan, share: int) -> int:
    """Write every n-th of `PARTS`; how many entries the search has, where that is among them."""
    pages, spool, found = plan.pages(), Spool(plan.spool), 0
    registry, stored = plan.corpus.raw_entities, plan.corpus.stored.raw_entities
    for part in PARTS[share :: plan.processes]:
        name, _, chunk = part.partition(" ")
        if name == "search":
            found = searching.write(pages, spool)
        elif name == "entities":
            entities.draw(pages, spool, registry, stored, slice(int(chunk), None, CHUNKS))
        elif name == "lists":
            entities.draw_list(pages, spool, registry)
            lists.draw(pages, spool)
        elif name == "codes":
            codes.draw(pages, spool)
        elif name == "front":
            front.draw(pages, spool, plan.holds)
            front.draw_network(pages, spool)
        else:
            past.draw(pages, plan.corpus.raw_retired)
    spool.close()
    return found


def do(plan: Plan, spool: Spool) -> int:
    """Write all pages; how many entries the search has."""
    with workers(plan.processes) as work:
        spool.take(work(partial(gathered, plan), range(plan.processes)))
        spool.seal()
        spool.add([*codes.entries(), *entities.entries(spool, plan.corpus.raw_entities)])
        return sum(work(partial(drawn, plan), range(plan.processes)))

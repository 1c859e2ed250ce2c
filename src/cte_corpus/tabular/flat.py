"""The lists inside events as rows, one an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.tabular.arrow_schema import FLAT
from cte_corpus.tabular.derive import Locator, days

if TYPE_CHECKING:
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.tabular.rows import Row, Rows

LISTS = tuple(FLAT)


def collect(corpus: Corpus) -> Rows:
    """The rows of the flat tables."""
    rows: Rows = {name: [] for name in LISTS}
    for raw in corpus.raw_documents:
        locator = Locator(raw["sections"])
        for event in raw["events"]:
            for name in LISTS:
                for position, item in enumerate(event.get(name, ()), 1):
                    head: Row = {"event_id": event["id"], "document_id": event["document"], "position": position}
                    rows[name].append(head | item | locator.place(item.get("span")) | _days(name, event, item))
    return rows


def _days(name: str, event: Row, item: Row) -> Row:
    if name == "times":
        return days(event, item)
    return days(event, item, "as_of") if name == "quantities" else {}

"""The lists inside events as rows, one per item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.tabular.arrow_schema import FLAT
from cte_corpus.tabular.derive import Locator, days, english, names, speakers
from cte_corpus.tabular.reality import macro_role
from cte_corpus.tabular.together import Together

if TYPE_CHECKING:
    from collections.abc import Collection

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.tabular.rows import Named, Row

LISTS = tuple(FLAT)


def collect(corpus: Corpus, wanted: Collection[str]) -> Named:
    """The rows of the flat tables of these names."""
    known = names(corpus.raw_entities)
    others = Together(corpus)
    for _, raw in corpus.pairs():
        others.enter(raw)
        locator = Locator(raw["sections"])
        for event in raw["events"]:
            head: Row = {"event_id": event["id"], "document_id": event["document"]}
            about = {
                "derived_label": english(event["label"]),
                "derived_status": event["status"],
                "derived_said_by": speakers(event, known),
            }
            for name in wanted:
                for position, item in enumerate(event.get(name, ()), 1):
                    other = others.event(item["event"]) if "event" in item else None
                    derived = {
                        "derived_macro_role": macro_role(event, item["role"]) if name == "arguments" else None,
                        "derived_entity_name": known.get(item.get("entity")),
                        "derived_by_name": known.get(item.get("by")),
                        "derived_via_name": known.get(item.get("via")),
                        "derived_event_label": english(other["label"]) if other else None,
                    }
                    derived |= locator.place(item.get("span")) | _days(name, event, item) | about
                    yield name, head | {"position": position} | item | derived


def _days(name: str, event: Row, item: Row) -> Row:
    if name == "times":
        return days(event, item)
    return days(event, item, "as_of") if name == "quantities" else {}

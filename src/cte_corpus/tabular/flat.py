"""The lists inside events as rows, one per item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.tabular.arrow_schema import FLAT
from cte_corpus.tabular.derive import Locator, days, english, names, speakers
from cte_corpus.tabular.reality import macro_role

if TYPE_CHECKING:
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.tabular.rows import Row, Rows

LISTS = tuple(FLAT)


def collect(corpus: Corpus) -> Rows:
    """The rows of the flat tables."""
    rows: Rows = {name: [] for name in LISTS}
    known = names(corpus.raw_entities)
    labels = {event["id"]: english(event["label"]) for raw in corpus.raw_documents for event in raw["events"]}
    for raw in corpus.raw_documents:
        locator = Locator(raw["sections"])
        for event in raw["events"]:
            head: Row = {"event_id": event["id"], "document_id": event["document"]}
            for name in LISTS:
                for position, item in enumerate(event.get(name, ()), 1):
                    derived = (
                        locator.place(item.get("span"))
                        | _days(name, event, item)
                        | {
                            "derived_macro_role": macro_role(event, item["role"]) if name == "arguments" else None,
                            "derived_entity_name": known.get(item.get("entity")),
                            "derived_by_name": known.get(item.get("by")),
                            "derived_via_name": known.get(item.get("via")),
                            "derived_event_label": labels.get(item.get("event")),
                            "derived_label": labels[event["id"]],
                            "derived_status": event["status"],
                            "derived_said_by": speakers(event, known),
                        }
                    )
                    rows[name].append(head | {"position": position} | item | derived)
    return rows


def _days(name: str, event: Row, item: Row) -> Row:
    if name == "times":
        return days(event, item)
    return days(event, item, "as_of") if name == "quantities" else {}

"""Level 5: what only shows when documents and registry are seen together."""

from typing import Any

from cte_corpus.rules.context import Context
from cte_corpus.rules.document import NONE, Doc, Findings, Found, Record
from cte_corpus.rules.reference import entity_references

SYMMETRIC = frozenset({"same-as", "conflicts-with"})


class Seen:
    """What has been seen of the corpus so far; small, whatever the number of documents."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.referenced: set[str] = set()

    def add(self, doc: Doc, corpus: Context) -> Findings:
        """Findings that a further document brings with it."""
        digest = doc.document["text"]["sha256"]
        first = self.texts.setdefault(digest, doc.id)
        if first != doc.id:
            yield Found("CTE501", doc.document["text"], f"the same text is coded as `{first}`", "sha256")
        self.referenced.update([ref for _, _, ref in entity_references(doc)])
        self.referenced.update([item["via"] for _, item in doc.attributions if "via" in item])
        for mention in doc.mentions:
            if "capacity" in mention and "organisation" in mention["capacity"]:
                self.referenced.add(mention["capacity"]["organisation"])
        self.referenced.update([item["entity"] for item in doc.document.get("upstream", NONE) if "entity" in item])
        yield from _symmetry(doc, corpus)


def _symmetry(doc: Doc, corpus: Context) -> Findings:
    pairs = [(event, item) for event, item in doc.relations if item["rel"] in SYMMETRIC]
    if not pairs:
        return
    own = {event["id"]: event for event in doc.events}
    for event, item in pairs:
        document = item["event"].partition(":")[0]
        events = own if document == doc.id else corpus.foreign_events(document)
        if events is None:
            continue  # the other document has findings of its own
        back = [(r["rel"], r["event"]) for r in events.get(item["event"], {}).get("relations", NONE)]
        if (item["rel"], event["id"]) not in back:
            message = f"`{item['event']}` does not say `{item['rel']}` of `{event['id']}`"
            yield Found("CTE505", item, message, "event", "write the relation on both records")


def registry(entities: dict[str, Record], seen: Seen) -> Findings:
    """Findings over the whole registry, once all documents have been seen."""
    used = seen.referenced | {link["entity"] for entity in entities.values() for link in entity.get("links", NONE)}
    names: dict[tuple[str, str, str], Record] = {}
    keys: dict[tuple[str, str], Record] = {}
    for entity in entities.values():
        if entity["id"] not in used:
            yield Found("CTE504", entity, f"no document and no entity refers to `{entity['id']}`", "id")
        for name in entity["names"]:
            if name["use"] == "preferred":
                entity_class = entity["id"].partition(":")[0]
                yield from _twice("CTE503", names, (entity_class, name["lang"], name["text"]), entity, name, "text")
        for item in entity.get("identifiers", NONE):
            if not _shares_list_entry(entity, keys.get((item["scheme"], item["value"]))):
                yield from _twice("CTE502", keys, (item["scheme"], item["value"]), entity, item, "value")


def _shares_list_entry(entity: Record, other: Record | None) -> bool:
    """A list may hold two entities under one entry; then one of them says so."""
    if other is None:
        return False
    pairs = ((entity, other), (other, entity))
    return any(
        link["rel"] == "alias-of" and link["entity"] == b["id"] for a, b in pairs for link in a.get("links", NONE)
    )


def _twice(code: str, seen: dict[Any, Record], key: Any, entity: Record, holder: Record, field: str) -> Findings:
    first = seen.setdefault(key, entity)
    if first is not entity:
        message = f"`{first['id']}` has the same: {' '.join(key[:-1])} {key[-1]}"
        help_ = "one entity a referent: merge them; if a list holds both under one entry, link them `alias-of`"
        yield Found(code, holder, message, field, help_, ((first, "first defined here"),))

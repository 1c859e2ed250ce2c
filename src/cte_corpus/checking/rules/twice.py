"""Levels 3 and 4: nothing is said twice, and nothing refers to itself."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from itertools import pairwise
from typing import Any

from cte_corpus.checking.held_entities import Entities
from cte_corpus.checking.rules.circles import circle, in_circle, round_trip
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record
from cte_corpus.checking.rules.terms import agents, macro, patients

Key = Callable[[Any], Hashable]

DELETE = "delete one of the two, or correct what was meant"
DIRECTED = ("causes", "enables", "implements", "in-response-to", "reports")
"""Relations that lead one way, besides those of CTE211."""

SYMMETRIC = frozenset({"same-as", "conflicts-with"})
APART = frozenset({"place", "theme"})
"""Macro-roles whose filler has no other role in the same event; but a state may act, and be the place."""

PAIR = {"origin", "destination"}
"""Two places that may be one: what moves within a place."""

LINKS = ("member-of", "part-of", "located-in", "successor-of", "series-of", "alias-of", "leads", "works-for")


def _filler(item: Record) -> Hashable:
    text = item.get("text")
    return item["role"], item.get("entity"), item.get("event"), text and text["text"]


def _place(item: Record) -> Hashable:
    span = item.get("span")
    return span and span["start"], item.get("edtf"), item.get("role"), item.get("measure"), item.get("per_item") is None


_NO_TEXT = {"text": ""}

OF_EVENTS: dict[str, Key] = {
    "arguments": _filler,
    "places": lambda item: (item["role"], item["entity"]),
    "times": _place,
    "quantities": _place,
    "conditions": _place,
    "attributions": lambda item: (item["by"], item["act"]),
    "relations": lambda item: (item["rel"], item["event"]),
    "outside": lambda item: (item["verdict"], item["source"]),
    "identifiers": lambda item: (item["scheme"], item["value"]),
    "absent": lambda item: item["field"],
    "evidence": lambda item: item,
}
RARE = frozenset({"conditions", "outside", "identifiers", "absent"})
"""Lists of events that mostly have one item, or none."""

OF_SANCTIONS: dict[str, Key] = {
    "legal_basis": lambda item: item["instrument"],
    "property": _place,
    "conduct_except": lambda item: item["event"],
    "registry": lambda item: (item["list"], item["key"], item["result"]),
    "relations": lambda item: (item["rel"], item["sanction"]),
    "grounds": lambda item: item["lang"],
    "absent": lambda item: item["field"],
    **dict.fromkeys(
        ("programme", "measures", "conduct", "operates_in", "supports", "evidence", "mentions"), lambda item: item
    ),
}
OF_DOCUMENTS: dict[str, Key] = {
    "urls": lambda item: item["url"],
    "upstream": lambda item: (item.get("entity"), item.get("publisher"), item["how"]),
    "gloss": lambda item: item["lang"],
    "absent": lambda item: item["field"],
    "authors": lambda item: item,
}
OF_ENTITIES: dict[str, Key] = {
    "names": lambda item: (item["text"], item["lang"], item["use"] == "adjective"),
    "identifiers": lambda item: (item["scheme"], item["value"]),
    "countries": lambda item: (item["code"], item["role"]),
    "links": lambda item: (item["rel"], item["entity"], item.get("time")),
    "description": lambda item: item["lang"],
}
"""By what the items of a list are told apart."""


def check(doc: Doc) -> Findings:
    """All findings in one document."""
    yield from _lists([doc.document], OF_DOCUMENTS)
    if not _told_once(doc):
        yield from _lists(doc.events, OF_EVENTS)
    yield from _lists(doc.sanctions, OF_SANCTIONS)
    yield from _within(doc)
    yield from _records(doc)
    yield from _itself(doc)
    yield from _both_sides(doc)


def entity(one: Record) -> Findings:
    """What an entity says twice."""
    yield from _lists([one], OF_ENTITIES)


class Links:
    """The links of the entity registry as they come: whether they lead back to where they start."""

    def __init__(self) -> None:
        self._graphs: dict[str, dict[str, list[str]]] = {rel: {} for rel in LINKS}
        self._selves: list[str] = []

    def add(self, key: str, entity: Record) -> None:
        """Add those of an entity."""
        for link in entity.get("links", NONE):
            if link["rel"] in LINKS:
                self._graphs[link["rel"]].setdefault(key, []).append(link["entity"])
            elif link["entity"] == key:
                self._selves.append(key)

    def check(self, known: Entities) -> Findings:
        """All findings in what was added."""
        for rel, graph in self._graphs.items():
            ids = round_trip(graph)
            if ids:
                steps = set(pairwise(ids))
                entity = known[next(key for key, others in graph.items() if any((key, one) in steps for one in others))]
                link = next(
                    one for one in entity["links"] if one["rel"] == rel and (entity["id"], one["entity"]) in steps
                )
                yield in_circle("CTE431", link, "entity", rel, ids)._replace(of=(entity,))
        for entity in map(known.__getitem__, dict.fromkeys(self._selves)):
            for link in entity["links"]:
                if link["entity"] == entity["id"] and link["rel"] not in LINKS:
                    yield _self(link, "entity", entity["id"])._replace(of=(entity,))


def _told_once(doc: Doc) -> bool:
    """Whether no list of an event says anything twice: all of them at once, which is quick and mostly so."""
    fields: tuple[tuple[list[tuple[Record, Record]], Key], ...] = (
        (doc.times, _place), (doc.quantities, _place), (doc.places, OF_EVENTS["places"]),
        (doc.attributions, OF_EVENTS["attributions"]), (doc.relations, OF_EVENTS["relations"]),
    )  # fmt: skip
    fillers = {
        (event["id"], item["role"], item.get("entity") or item.get("event") or item.get("text", _NO_TEXT)["text"])
        for event, item in doc.arguments
    }
    if len(fillers) < len(doc.arguments):
        return False
    for pairs, key in fields:
        if len(pairs) > 1 and len({(event["id"], key(item)) for event, item in pairs}) < len(pairs):
            return False
    for event in doc.events:
        evidence = event["evidence"]
        if len(evidence) > 1 and len(set(evidence)) < len(evidence):
            return False
        for field in RARE & event.keys():
            items, key = event[field], OF_EVENTS[field]
            if len(items) > 1 and len(set(map(key, items))) < len(items):
                return False
    return True


def _lists(records: Iterable[Record], keys: dict[str, Key]) -> Findings:
    for record in records:
        for field, items in record.items():
            if type(items) is list and len(items) > 1 and field in keys:
                yield from _repeated(items, field, keys[field])


def _repeated(items: list[Any], field: str, key: Key) -> Findings:
    told = [key(item) for item in items]
    if len(set(told)) == len(told):
        return
    seen: dict[Hashable, int] = {}
    for index, one in enumerate(told):
        first = seen.setdefault(one, index)
        if first != index:
            yield Found("CTE336", items, f"`{field}` says this twice, first at place {first}", index, DELETE)


def _within(doc: Doc) -> Findings:
    """Ids and codes that stand twice within an item."""
    lists: list[tuple[list[str], str]] = []
    for pairs, field in (
        (doc.arguments, "mentions"), (doc.places, "mentions"), (doc.attributions, "mentions"),
        (doc.attributions, "via_mentions"),
    ):  # fmt: skip
        lists += [(item[field], field) for _, item in pairs if field in item and len(item[field]) > 1]
    lists += [(section["topics"], "topics") for section in doc.sections if "topics" in section]
    lists += [(one["sections"], "sections") for one in doc.document.get("upstream", NONE) if "sections" in one]
    for sanction in doc.sanctions:
        for look in sanction.get("registry", NONE):
            lists += [(look[field], field) for field in ("snapshots", "programme", "linked_to") if field in look]
    for values, field in lists:
        if len(values) > 1 and len(set(values)) < len(values):
            yield from _repeated(values, field, str)


def _records(doc: Doc) -> Findings:
    """Records that say the same under two ids."""
    starts = Counter([event["trigger"]["start"] for event in doc.events])
    together = [event for event in doc.events if starts[event["trigger"]["start"]] > 1]
    kinds: tuple[tuple[list[Record], str, Key], ...] = (
        (doc.mentions, "the words of this mention", lambda one: (one["span"]["start"], one["span"]["end"])),
        (together, "this event", _event),
        (doc.sanctions, "this sanction", lambda one: (one["event"], one["target"])),
    )
    for records, what, key in kinds:
        told: dict[Hashable, Record] = {}
        if len(records) == len(set(map(key, records))):
            continue
        for record in records:
            first = told.setdefault(key(record), record)
            if first is not record:
                message = f"`{first['id']}` has {what} too"
                yield Found("CTE337", record, message, "id", DELETE, ((first, "first here"),))
    yield from _own_words(doc)


def _own_words(doc: Doc) -> Findings:
    """Labels and gists tell records apart, in each language."""
    for records, field in ((doc.events, "label"), (doc.sections, "gist")):
        texts = [text["text"] for record in records for text in record[field]]
        if len(set(texts)) == len(texts):
            continue
        told: dict[str, Record] = {}
        for record in records:
            for text in record[field]:
                first = told.setdefault(text["text"], record)
                if first is not record:
                    message = f"`{first['id']}` has this {field} too"
                    help_ = f"say in the {field} what tells the two apart"
                    yield Found("CTE337", record, message, "id", help_, ((first, "first here"),))
                    break


def _event(event: Record) -> Hashable:
    """By what events are told apart: where it is told, what it is, and who takes part."""
    arguments = frozenset(_filler(item) for item in event.get("arguments", NONE))
    places = frozenset((item["role"], item["entity"]) for item in event.get("places", NONE))
    return event["trigger"]["start"], event["type"], event["status"], event["polarity"], arguments, places


def _itself(doc: Doc) -> Findings:
    edges: dict[str, list[tuple[str, Record, str]]] = {rel: [] for rel in DIRECTED}
    for event, item in doc.relations:
        if item["rel"] in edges:
            edges[item["rel"]].append((event["id"], item, "event"))
        elif item["event"] == event["id"] and item["rel"] in SYMMETRIC:
            yield _self(item, "event", event["id"])
    for rel, steps in edges.items():
        yield from circle(steps, rel, "CTE431")
    told = [
        (event["id"], item, "event") for event, item in doc.arguments if "event" in item and item["role"] != "means"
    ]
    yield from circle(told, "arguments", "CTE431")
    steps = [(owner["id"], time, "anchor") for owner, time in doc.times if "anchor" in time]
    yield from circle(steps, "anchor", "CTE431")
    for sanction in doc.sanctions:
        for field in ("supports", "operates_in"):
            if sanction["target"] in sanction.get(field, NONE):
                yield _self(sanction, field, sanction["target"])
        for item in sanction.get("relations", NONE):
            if item["sanction"] == sanction["id"]:
                yield _self(item, "sanction", sanction["id"])
        for look in sanction.get("registry", NONE):
            if sanction["target"] in look.get("linked_to", NONE):
                yield _self(look, "linked_to", sanction["target"])


def _self(holder: Record, key: str, name: str) -> Found:
    return Found("CTE431", holder, f"`{name}` is connected with itself", key, "name the other one")


def _both_sides(doc: Doc) -> Findings:
    """Who does it is not whom it is done to; and who takes part is not what it is about, nor its place."""
    acting, suffering = agents(), patients()
    taking = [(event["id"], item["entity"]) for event, item in doc.arguments if "entity" in item]
    twice = (
        {event for (event, _), times in Counter(taking).items() if times > 1} if len(set(taking)) < len(taking) else ()
    )
    for event in doc.events:
        if event["id"] not in twice:
            continue  # nobody is in it twice
        items = event["arguments"]
        does = {item["entity"] for item in items if "entity" in item and item["role"] in acting[event["type"]]}
        for item in items:
            if does and item.get("entity") in does and item["role"] in suffering[event["type"]]:
                message = f"`{item['entity']}` does it, and as `{item['role']}` it is done to it"
                yield Found("CTE432", item, message, "entity", "correct one of the two roles")
        yield from _two_roles(event["type"], items)


def _two_roles(kind: str, items: list[Record]) -> Findings:
    told: dict[str, str] = {}
    for item in items:
        if "entity" in item:
            role, first = item["role"], told.setdefault(item["entity"], item["role"])
            macros = {macro(kind, role), macro(kind, first)}
            if role != first and macros & APART and macros != {"agent", "place"} and {role, first} != PAIR:
                message = f"`{item['entity']}` is its `{first}`, and its `{role}`"
                yield Found("CTE432", item, message, "entity", "correct one of the two roles")

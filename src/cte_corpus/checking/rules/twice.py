"""Levels 3 and 4: nothing is said twice, and nothing refers to itself."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from itertools import pairwise
from operator import itemgetter
from typing import Any

from cte_corpus.checking.held_entities import Entities
from cte_corpus.checking.rules.circles import circle, circles, in_circle, round_trip
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


OF_EVENTS: dict[str, Key] = {
    "arguments": _filler,
    "places": itemgetter("role", "entity"),
    "times": _place,
    "quantities": _place,
    "conditions": _place,
    "attributions": itemgetter("by", "act"),
    "relations": itemgetter("rel", "event"),
    "outside": itemgetter("verdict", "source"),
    "identifiers": itemgetter("scheme", "value"),
    "absent": itemgetter("field"),
    "evidence": lambda item: item,
}
RARE = frozenset({"conditions", "outside", "identifiers", "absent"})
"""Lists of events that mostly have one item, or none."""

OF_SANCTIONS: dict[str, Key] = {
    "legal_basis": itemgetter("instrument"),
    "property": _place,
    "conduct_except": itemgetter("event"),
    "registry": itemgetter("list", "key", "result"),
    "relations": itemgetter("rel", "sanction"),
    "grounds": itemgetter("lang"),
    "absent": itemgetter("field"),
    **dict.fromkeys(
        ("programme", "measures", "conduct", "operates_in", "supports", "evidence", "mentions"), lambda item: item
    ),
}
OF_DOCUMENTS: dict[str, Key] = {
    "urls": itemgetter("url"),
    "upstream": lambda item: (item.get("entity"), item.get("publisher"), item["how"]),
    "gloss": itemgetter("lang"),
    "absent": itemgetter("field"),
    "authors": lambda item: item,
}
OF_ENTITIES: dict[str, Key] = {
    "names": lambda item: (item["text"], item["lang"], item["use"] == "adjective"),
    "identifiers": itemgetter("scheme", "value"),
    "countries": lambda item: (item["code"], item["role"]),
    "links": lambda item: (item["rel"], item["entity"], item.get("time")),
    "description": itemgetter("lang"),
}
"""By what the items of a list are told apart."""


def check(doc: Doc) -> Findings:
    """All findings in one document."""
    yield from _lists([doc.document], OF_DOCUMENTS)
    taking = [(event["id"], item["entity"]) for event, item in doc.participants]
    once = len(set(taking)) == len(taking)
    if not _told_once(doc, once):
        yield from _lists(doc.events, OF_EVENTS)
    yield from _lists(doc.sanctions, OF_SANCTIONS)
    yield from _within(doc)
    yield from _records(doc)
    yield from _itself(doc)
    if not once:
        yield from _both_sides(doc, {event for (event, _), times in Counter(taking).items() if times > 1})


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


def _told_once(doc: Doc, once: bool) -> bool:
    """Whether no list of an event says anything twice, as is mostly so: one question for all lists of a name. `once`:
    no event names an entity in two arguments."""
    one_each = (doc.times, doc.quantities, doc.attributions)  # mostly an event has one of them
    several = [pairs for pairs in one_each if len({event["id"] for event, _ in pairs}) < len(pairs)]
    names = [] if once else doc.participants
    fields: tuple[tuple[list[tuple[Record, Record]], Key], ...] = (
        *[(pairs, OF_EVENTS["attributions"] if pairs is doc.attributions else _place) for pairs in several],
        (names, _filler), (doc.worded, _filler), (doc.told, itemgetter("role", "event")),
        (doc.places, OF_EVENTS["places"]), (doc.relations, OF_EVENTS["relations"]),
    )  # fmt: skip
    for pairs, key in fields:
        if len(pairs) > 1 and len({(event["id"], key(item)) for event, item in pairs}) < len(pairs):
            return False
    lists: list[tuple[list[Any], Key]] = [
        (event["evidence"], str) for event in doc.events if len(event["evidence"]) > 1
    ]
    for field in RARE:
        key = OF_EVENTS[field]
        lists += [(event[field], key) for event in doc.events if field in event and len(event[field]) > 1]
    return all(len(set(map(key, items))) == len(items) for items, key in lists)


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
    starts = [event["trigger"]["start"] for event in doc.events]
    together: list[Record] = []
    if len(set(starts)) < len(starts):
        several = {one for one, other in pairwise(sorted(starts)) if one == other}
        together = [event for event, start in zip(doc.events, starts, strict=True) if start in several]
    places = {(start, end) for start, end, _ in doc.extents[: len(doc.mentions)]}
    kinds: tuple[tuple[list[Record], str, Key], ...] = (
        (
            doc.mentions if len(places) < len(doc.mentions) else [],
            "the words of this mention",
            lambda one: (one["span"]["start"], one["span"]["end"]),
        ),
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
    for records, field, own in ((doc.events, "label", doc.labels), (doc.sections, "gist", doc.gists)):
        if len({text["text"] for text in own}) == len(own):
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
    for event, item in doc.relations:
        if item["event"] == event["id"] and item["rel"] in SYMMETRIC:
            yield _self(item, "event", event["id"])
    yield from circles(doc, DIRECTED, "CTE431")
    told = [(event["id"], item, "event") for event, item in doc.told if item["role"] != "means"]
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


def _both_sides(doc: Doc, twice: set[str]) -> Findings:
    """Who does it is not whom it is done to; and who takes part is not what it is about, nor its place. `twice`: the
    events in which somebody is twice."""
    acting, suffering = agents(), patients()
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

"""Level 5 for the entity registry: entities that nobody names, and two that may be one."""

from array import array
from collections.abc import Iterable
from itertools import pairwise

from cte_corpus.checking.held_entities import Entities
from cte_corpus.checking.rules.context import COMPARED
from cte_corpus.checking.rules.corpus import Seen
from cte_corpus.checking.rules.doc import NONE, Findings, Found, Record

ONE_EACH = "if both are one, merge them under one id; else tell them apart"
ALIAS = ", or link them `alias-of` where the list holds both under one entry"


class _Had:
    """What several entities have, and which of them was the first.

    As there may be very many, only hashes are kept while they come: of 64 bits, so that two texts do not have the same.
    """

    def __init__(self) -> None:
        self._hashes, self._places = array("q"), array("q")
        self._first: dict[int, str] = {}

    def add(self, text: str, place: int) -> None:
        """Add what the entity of a place has. Where it has it only if another has it, the place is `~place`."""
        self._hashes.append(hash(text))
        self._places.append(place)

    def settle(self, keys: list[str]) -> set[str]:
        """Once all were added, by the ids of the entities: those that have what another has."""
        several = {one for one, other in pairwise(sorted(self._hashes)) if one == other}
        found = [(one, place) for one, place in zip(self._hashes, self._places, strict=True) if one in several]
        for one, place in found:
            if place >= 0:
                self._first.setdefault(one, keys[place])
        del self._hashes, self._places
        return {keys[max(place, ~place)] for _, place in found}

    def first(self, text: str, key: str) -> str:
        """The first entity that has it, if it is another than the one of an id; else nothing."""
        found = self._first.get(hash(text), key)
        return "" if found == key else found


class _Registry:
    """A registry, and what several entities in it have."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        self._names, self._identifiers, self._points, self._told, self._called = had = [_Had() for _ in range(5)]
        for place, (key, entity) in enumerate(entities.each()):
            own = _class(key)
            for name in entity["names"]:
                if name["use"] == "preferred":
                    self._names.add(f"{own} {name['lang']} {name['text']}", place)
                    self._called.add(f"{own} {name['text']}", place)
                elif name["use"] != "adjective":
                    self._called.add(f"{own} {name['text']}", ~place)
            for item in entity.get("identifiers", NONE):
                self._identifiers.add(f"{item['scheme']} {item['value']}", place)
            if "geo" in entity:
                self._points.add(f"{entity['geo']['lat']} {entity['geo']['lon']}", place)
            for text in entity["description"]:
                self._told.add(text["text"], place)
        keys = list(entities)
        self.several = set().union(*(each.settle(keys) for each in had))
        """The entities that have what another has."""

    def alike(self, key: str, entity: Record) -> Findings:
        """Two places on one point, two kinds in the same words, a name that is the preferred one of another."""
        if "geo" in entity:
            first = self._first(self._points, f"{entity['geo']['lat']} {entity['geo']['lon']}", key)
            if first and not _linked(entity, first):
                message = f"`{first['id']}` lies on the same point"
                help_ = "correct one of the two, or link them where one lies in the other"
                related = ((first, "on the same point"),)
                yield Found("CTE508", entity["geo"], message, "lat", help_, related, of=(entity, first))
        for text in entity["description"]:
            first = self._first(self._told, text["text"], key)
            if first and first["kind"] != entity["kind"]:
                message = f"`{first['id']}`, a {first['kind']}, is described in the same words"
                help_ = "say what tells the two apart"
                yield Found("CTE509", text, message, "text", help_, ((first, "described here"),), of=(entity, first))
        for name in entity["names"]:
            if name["use"] not in ("preferred", "adjective"):
                other = self._first(self._called, f"{_class(key)} {name['text']}", key)
                if other and not _linked(entity, other):
                    message = f"“{name['text']}” is the preferred name of `{other['id']}`"
                    related = ((other, "so called"),)
                    yield Found("CTE509", name, message, "text", ONE_EACH, related, of=(entity, other))

    def twice(self, key: str, entity: Record) -> Findings:
        """A preferred name, or an identifier, that another has."""
        for name in entity["names"]:
            if name["use"] == "preferred":
                first = self._first(self._names, f"{_class(key)} {name['lang']} {name['text']}", key)
                if first:
                    place = _item(first["names"], use="preferred", lang=name["lang"], text=name["text"])
                    message = f"`{first['id']}` has the same preferred name, {name['text']} ({name['lang']})"
                    related = ((place, "first given here"),)
                    yield Found("CTE503", name, message, "text", ONE_EACH, related, of=(entity, first))
        for item in entity.get("identifiers", NONE):
            first = self._first(self._identifiers, f"{item['scheme']} {item['value']}", key)
            if first and not _alias(entity, first):
                place = _item(first["identifiers"], scheme=item["scheme"], value=item["value"])
                message = f"`{first['id']}` has the same {item['scheme']} identifier, {item['value']}"
                related = ((place, "first given here"),)
                yield Found("CTE502", item, message, "value", ONE_EACH + ALIAS, related, of=(entity, first))

    def _first(self, had: _Had, text: str, key: str) -> Record | None:
        first = had.first(text, key)
        return self._entities[first] if first else None


def check(entities: Entities, seen: Seen, schema: tuple[int, ...]) -> Findings:
    """Findings over the whole registry, once all documents have been seen."""
    registry = _Registry(entities)
    lost = {key for key in entities if key not in seen.referenced and key not in entities.linked}
    for key, entity in entities.each([key for key in entities if key in lost or key in registry.several]):
        if schema >= COMPARED:
            yield from registry.alike(key, entity)
        if key in lost:
            message = f"no document and no entity refers to `{key}`"
            help_ = "delete its file, or name it where the text speaks of it"
            yield Found("CTE504", entity, message, "id", help_, of=(entity,))
        yield from registry.twice(key, entity)


def _class(key: str) -> str:
    return key.partition(":")[0]


def _item(items: Iterable[Record], **having: str) -> Record:
    """The first item with these values."""
    return next(item for item in items if having.items() <= item.items())


def _linked(entity: Record, other: Record) -> bool:
    """Whether one of two entities is connected with the other."""
    pairs = ((entity, other), (other, entity))
    return any(link["entity"] == b["id"] for a, b in pairs for link in a.get("links", NONE))


def _alias(entity: Record, other: Record) -> bool:
    """A list may hold two entities under one entry; then one of them says so."""
    pairs = ((entity, other), (other, entity))
    return any(
        link["rel"] == "alias-of" and link["entity"] == b["id"] for a, b in pairs for link in a.get("links", NONE)
    )

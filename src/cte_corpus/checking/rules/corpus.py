"""Level 5: what only shows when documents and the entity registry are seen together."""

from collections.abc import Iterable

from cte_corpus.checking.rules.context import COMPARED, Context
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record

SYMMETRIC = frozenset({"same-as", "conflicts-with"})
ONE_EACH = "if both are one, merge them under one id; else tell them apart"
ALIAS = ", or link them `alias-of` where the list holds both under one entry"


class Seen:
    """What has been seen of the corpus so far; small, whatever the number of documents."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.documents: set[str] = set()
        self.referenced: set[str] = set()

    def again(self, document: str, text: str, named: Iterable[str]) -> bool:
        """Add a document that was judged elsewhere; False, and nothing is added, where it or its text came already."""
        if document in self.documents or text in self.texts:
            return False
        self.texts[text] = document
        self.documents.add(document)
        self.referenced.update(named)
        return True

    def add(self, doc: Doc, corpus: Context) -> Findings:
        """Findings that a further document brings with it."""
        if doc.id in self.documents:
            yield Found("CTE208", doc.document, f"`{doc.id}` stands twice", "id", "keep one of the two")
        self.documents.add(doc.id)
        digest = doc.document["text"]["sha256"]
        first = self.texts.setdefault(digest, doc.id)
        if first != doc.id:
            yield Found(
                "CTE501", doc.document["text"], f"the same text is coded as `{first}`", "sha256", "keep one of the two"
            )
        self.referenced |= doc.entities
        yield from _symmetry(doc, corpus)
        yield from _sanctions(doc, corpus)


def _symmetry(doc: Doc, corpus: Context) -> Findings:
    pairs = [(event, item) for event, item in doc.relations if item["rel"] in SYMMETRIC]
    if not pairs:
        return
    own = doc.by_id
    said: dict[str, set[tuple[str, str]]] = {}
    for event, item in pairs:
        document = item["event"].partition(":")[0]
        events = own if document == doc.id else corpus.foreign("events", document)
        if events is None:
            continue  # the other document has findings of its own
        if item["event"] not in said:
            relations = events.get(item["event"], {}).get("relations", NONE)
            said[item["event"]] = {(back["rel"], back["event"]) for back in relations}
        if (item["rel"], event["id"]) not in said[item["event"]]:
            message = f"`{item['event']}` does not say `{item['rel']}` of `{event['id']}`"
            yield Found("CTE505", item, message, "event", "write the relation on both records")


def _sanctions(doc: Doc, corpus: Context) -> Findings:
    """Related sanctions are of one target, and say so of each other."""
    own = {sanction["id"]: sanction for sanction in doc.sanctions}
    said: dict[str, set[tuple[str, str]]] = {}
    for sanction in doc.sanctions:
        for item in sanction.get("relations", NONE):
            ref = item["sanction"]
            document = ref.partition(":")[0]
            known = own if document == doc.id else corpus.foreign("sanctions", document) or {}
            other = known.get(ref)
            if other is None:
                continue  # there are findings of level 2, here or in the other document
            if ref not in said:
                said[ref] = {(back["rel"], back["sanction"]) for back in other.get("relations", NONE)}
            if other["target"] != sanction["target"]:
                message = f"`{ref}` is of `{other['target']}`, not of `{sanction['target']}`"
                yield Found("CTE507", item, message, "sanction", "name the sanction of the same target")
            elif (item["rel"], sanction["id"]) not in said[ref]:
                message = f"`{ref}` does not say `{item['rel']}` of `{sanction['id']}`"
                yield Found("CTE506", item, message, "sanction", "write the relation on both records")


def linked(entities: Iterable[Record]) -> set[str]:
    """The entities to which others refer."""
    return {link["entity"] for entity in entities for link in entity.get("links", NONE)}


def entity_registry(entities: dict[str, Record], seen: Seen, schema: tuple[int, ...]) -> Findings:
    """Findings over the whole registry, once all documents have been seen."""
    if schema >= COMPARED:
        yield from _alike(entities.values())
    used = seen.referenced | linked(entities.values())
    names: dict[tuple[str, str, str], tuple[Record, Record]] = {}
    keys: dict[tuple[str, str], tuple[Record, Record]] = {}
    for entity in entities.values():
        if entity["id"] not in used:
            message = f"no document and no entity refers to `{entity['id']}`"
            yield Found("CTE504", entity, message, "id", "delete its file, or name it where the text speaks of it")
        for name in entity["names"]:
            if name["use"] == "preferred":
                entity_class = entity["id"].partition(":")[0]
                first, place = names.setdefault((entity_class, name["lang"], name["text"]), (entity, name))
                if first is not entity:
                    message = f"`{first['id']}` has the same preferred name, {name['text']} ({name['lang']})"
                    yield Found("CTE503", name, message, "text", ONE_EACH, ((place, "first given here"),))
        for item in entity.get("identifiers", NONE):
            first, place = keys.setdefault((item["scheme"], item["value"]), (entity, item))
            if first is not entity and not _alias(entity, first):
                message = f"`{first['id']}` has the same {item['scheme']} identifier, {item['value']}"
                yield Found("CTE502", item, message, "value", ONE_EACH + ALIAS, ((place, "first given here"),))


def _alike(entities: Iterable[Record]) -> Findings:
    """Two places on one point, two kinds in the same words, a name that is the preferred one of another."""
    points: dict[tuple[float, float], Record] = {}
    told: dict[str, Record] = {}
    called: dict[tuple[str, str], Record] = {}
    known = list(entities)
    for entity in known:
        for name in entity["names"]:
            if name["use"] == "preferred":
                called.setdefault((entity["id"].partition(":")[0], name["text"]), entity)
    for entity in known:
        if "geo" in entity:
            first = points.setdefault((entity["geo"]["lat"], entity["geo"]["lon"]), entity)
            if first is not entity and not _linked(entity, first):
                message = f"`{first['id']}` lies on the same point"
                help_ = "correct one of the two, or link them where one lies in the other"
                yield Found("CTE508", entity["geo"], message, "lat", help_, ((first, "on the same point"),))
        for text in entity["description"]:
            first = told.setdefault(text["text"], entity)
            if first["kind"] != entity["kind"]:
                message = f"`{first['id']}`, a {first['kind']}, is described in the same words"
                help_ = "say what tells the two apart"
                yield Found("CTE509", text, message, "text", help_, ((first, "described here"),))
        for name in entity["names"]:
            if name["use"] in ("preferred", "adjective"):
                continue
            other = called.get((entity["id"].partition(":")[0], name["text"]), entity)
            if other is not entity and not _linked(entity, other):
                message = f"“{name['text']}” is the preferred name of `{other['id']}`"
                yield Found("CTE509", name, message, "text", ONE_EACH, ((other, "so called"),))


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

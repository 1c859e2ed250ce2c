"""One record as a tree of labelled values, with what it links to and what links to it."""

from collections import Counter
from collections.abc import Callable, Iterator

from cte_corpus.edtf import words
from cte_corpus.show import phrase
from cte_corpus.show.lookup import Lookup, Raw, entity_name, quote
from cte_corpus.show.tree import Line, Tree
from cte_corpus.text.terminal import isolate


def describe(lookup: Lookup, key: str) -> Tree:
    """The record of that id; the id must be known. A document holds its sections, each with its events."""
    kind, record = lookup.records[key]
    parts = tuple(_outline(lookup, record)) if kind == "document" else ()
    return Tree(f"{kind} {key}", tuple(_LINES[kind](lookup, record)), parts)


def _outline(lookup: Lookup, document: Raw) -> Iterator[Tree]:
    events = list(lookup.of("event", document["id"]))
    for section in lookup.of("section", document["id"]):
        heading = f" {quote(section['heading'])}" if "heading" in section else ""
        lines = [*_texts("gist", section["gist"][:1])]
        lines += phrase.told(lookup, [(event, "") for event in events if _within(event["trigger"], section)])
        yield Tree(f"section {section['id']} {section['kind']}{heading}", tuple(lines))


def _document(lookup: Lookup, record: Raw) -> Iterator[Line]:
    key = record["id"]
    yield "title", isolate(record["title"]["text"])
    yield from _texts("gloss", record["gloss"])
    yield "genre", f"{record['genre']}, {record['lang']}-{record['script']}"
    yield "publisher", lookup.call(record["publisher"])
    for author in record.get("authors", ()):
        yield "author", isolate(author)
    if "published" in record:
        yield "published", phrase.date(record["published"])
    for url in record.get("urls", ()):
        yield "address", f"{url['url']} ({url['kind']})"
    rights = record["rights"]
    yield "rights", f"{isolate(rights['holder'])}; {rights['licence']}; text {rights['text']}"
    text = record["text"]
    yield "text", f"{text['length']:,} code points by {text['recipe']}, sha256 {text['sha256']}"
    for upstream in record.get("upstream", ()):
        source = lookup.call(upstream["entity"]) if "entity" in upstream else isolate(upstream["publisher"])
        yield "upstream", f"{upstream['how']} {source} ({upstream['basis']})"
    coders = ", ".join(f"{coder['id']} ({coder['role']}, {coder['date']})" for coder in record["coding"]["coders"])
    yield "coding", f"{record['coding']['status']}, guidelines {record['coding']['guideline']}: {coders}"
    yield from _absent(record)
    yield "holds", phrase.holding(lookup, key)


def _section(lookup: Lookup, record: Raw) -> Iterator[Line]:
    yield "kind", record["kind"]
    if "heading" in record:
        yield "heading", quote(record["heading"])
    if "parent" in record:
        yield "parent", record["parent"]
    yield "offsets", f"{record['start']} to {record['end']}"
    yield from _texts("gist", record["gist"])
    if "vintage" in record:
        yield "vintage", phrase.date(record["vintage"])
    if "topics" in record:
        yield "topics", ", ".join(record["topics"])
    for sentence in record.get("sentences", ()):
        function = f" ({sentence['function']})" if "function" in sentence else ""
        yield "sentence", f"{record['id']}.{sentence['n']}  {sentence['start']} to {sentence['end']}{function}"
    yield from _mentions_within(lookup, record)
    events = [event for event in lookup.of("event", record["document"]) if _within(event["trigger"], record)]
    yield from phrase.told(lookup, [(event, f"{quote(event['trigger'])} ") for event in events])


def _sentence(lookup: Lookup, record: Raw) -> Iterator[Line]:
    yield "section", record["section"]
    yield "offsets", f"{record['start']} to {record['end']}"
    yield "digest", record["digest"]
    if "function" in record:
        yield "function", record["function"]
    yield from _mentions_within(lookup, record)
    events = [event for event in lookup.of("event", record["document"]) if record["id"] in event["evidence"]]
    yield from phrase.told(lookup, [(event, "") for event in events])
    for sanction in lookup.of("sanction", record["document"]):
        if record["id"] in sanction["evidence"]:
            yield "sanction", f"{sanction['id']}: {lookup.call(sanction['target'])}"


def _mention(lookup: Lookup, record: Raw) -> Iterator[Line]:
    span = record["span"]
    yield "words", f"{quote(span)} at {span['start']} to {span['end']} ({record['form']})"
    if "head" in record:
        yield "head", quote(record["head"])
    yield "entity", lookup.call(record["entity"])
    if "capacity" in record:
        capacity = record["capacity"]
        of = f", {lookup.call(capacity['organisation'])}" if "organisation" in capacity else ""
        yield "capacity", isolate(capacity["title"]["text"]) + of
    for section in lookup.of("section", record["document"]):
        if _within(span, section):
            yield "section", section["id"]
    for sentence in lookup.of("sentence", record["document"]):
        if _within(span, sentence):
            yield "sentence", sentence["id"]
    named = []
    for event in lookup.of("event", record["document"]):
        items = [item for part in ("arguments", "places", "attributions") for item in event.get(part, ())]
        roles = [
            item.get("role") or item["act"]
            for item in items
            if record["id"] in (*item.get("mentions", ()), *item.get("via_mentions", ()))
        ]
        if roles:
            named.append((event, f"{', '.join(dict.fromkeys(roles))} of "))
    yield from phrase.told(lookup, named)
    for sanction in lookup.of("sanction", record["document"]):
        if record["id"] in sanction["mentions"]:
            yield "target", f"of {sanction['id']}"


def _event(lookup: Lookup, record: Raw) -> Iterator[Line]:
    yield from _texts("label", record["label"])
    yield "type", ", ".join(record[key] for key in ("type", "mode", "genericity", "nature") if key in record)
    yield "status", f"{record['status']}, {record['polarity']}, {record['prominence']}"
    if "certainty" in record:
        yield "certainty", f"{record['certainty']['degree']} {quote(record['certainty']['span'])}"
    yield "trigger", f"{quote(record['trigger'])} at {record['trigger']['start']} to {record['trigger']['end']}"
    yield "evidence", ", ".join(record["evidence"])
    for time in record.get("times", ()):
        yield phrase.day_role(time["role"]), phrase.date(time)
    for place in record.get("places", ()):
        yield place["role"], phrase.place(lookup, place)
    for argument in record.get("arguments", ()):
        yield argument["role"], phrase.argument(lookup, argument)
    for quantity in record.get("quantities", ()):
        yield quantity["measure"], phrase.quantity(quantity)
    for condition in record.get("conditions", ()):
        yield "condition", f"{isolate(condition['text']['text'])} {quote(condition['span'])}"
    for attribution in record.get("attributions", ()):
        yield "said by", phrase.attribution(lookup, attribution)
    for relation in record.get("relations", ()):
        yield relation["rel"], lookup.call(relation["event"]) + phrase.note(relation)
    for outside in record.get("outside", ()):
        yield "outside", f"{outside['verdict']}: {isolate(outside['note']['text'])} <{outside['source']}>"
    yield from _identifiers(record)
    yield from _absent(record)
    if "note" in record:
        yield "note", isolate(record["note"])
    yield from _pointing_at_event(lookup, record["id"])


def _pointing_at_event(lookup: Lookup, key: str) -> Iterator[Line]:
    documents, are_all = lookup.around(key)
    for event in (event for raw in documents for event in raw["events"]):
        for relation in event.get("relations", ()):
            if relation["event"] == key:
                yield "pointed at by", f"{lookup.call(event['id'])}: {relation['rel']}"
        for argument in event.get("arguments", ()):
            if argument.get("event") == key:
                yield "pointed at by", f"{lookup.call(event['id'])}: {argument['role']}"
    for sanction in (sanction for raw in documents for sanction in raw["sanctions"]):
        if sanction["event"] == key:
            yield "sanction", f"{sanction['id']}: {lookup.call(sanction['target'])}"
        if key in sanction.get("conduct", ()):
            yield "conduct in", f"{sanction['id']}: {lookup.call(sanction['target'])}"
    if not are_all:
        yield "elsewhere", f"not searched; cte sql \"from relations where event = '{key}'\" does"


def _sanction(lookup: Lookup, record: Raw) -> Iterator[Line]:
    yield "target", lookup.call(record["target"])
    yield "authority", lookup.call(record["authority"])
    yield "jurisdiction", lookup.call(record["jurisdiction"])
    yield "event", lookup.call(record["event"])
    if "listed" in record:
        yield "listed", phrase.date(record["listed"])
    if "measures" in record:
        yield "measures", ", ".join(record["measures"])
    for item in record.get("property", ()):
        yield "property", f"{item['kind']}: {quote(item['span'])}"
    for basis in record.get("legal_basis", ()):
        yield "legal basis", f"{lookup.call(basis['instrument'])}: {isolate(basis['ground']['text'])}"
    for programme in record.get("programme", ()):
        yield "programme", isolate(programme)
    yield from _texts("grounds", record["grounds"])
    events = [lookup.records[key][1] for key in record.get("conduct", ()) if key in lookup.records]
    yield from ((f"conduct {told}", what) for told, what in phrase.told(lookup, [(event, "") for event in events]))
    for name, field in (("operates in", "operates_in"), ("supports", "supports")):
        for key in record.get(field, ()):
            yield name, lookup.call(key)
    if "operates_in_told_of" in record:
        yield "told of", f"the {record['operates_in_told_of']}"
    for item in record.get("conduct_except", ()):
        yield "left out", f"{lookup.call(item['event'])}: {isolate(item['reason']['text'])}"
    for relation in record.get("relations", ()):
        yield relation["rel"], lookup.call(relation["sanction"]) + phrase.note(relation)
    for look in record.get("registry", ()):
        yield "registry", phrase.look(lookup, look)
    yield "evidence", ", ".join(record["evidence"])
    yield "mentions", ", ".join(f"{lookup.call(key)} ({key})" for key in record["mentions"])
    yield from _absent(record)


def _entity(lookup: Lookup, record: Raw) -> Iterator[Line]:
    for name in record["names"]:
        yield "name", f"{isolate(name['text'])} ({name['lang']}-{name['script']}, {name['use']})"
    yield from _texts("description", record["description"])
    yield "kind", f"{record['kind']}; privacy: {record['privacy']}"
    yield from _identifiers(record)
    for country in record.get("countries", ()):
        yield "country", f"{country['code']} ({country['role']})"
    if "geo" in record:
        geo = record["geo"]
        yield "geo", f"{geo['lat']}, {geo['lon']} ({geo['precision']})"
    for link in record.get("links", ()):
        yield link["rel"], lookup.call(link["entity"]) + (f", {words(link['time'])}" if "time" in link else "")
    yield from _pointing_at_entity(lookup, record["id"])


def _pointing_at_entity(lookup: Lookup, key: str) -> Iterator[Line]:
    for entity in lookup.naming("entities", key):
        for link in entity.get("links", ()):
            if link["entity"] == key:
                yield "linked from", f"{lookup.call(entity['id'])}: {link['rel']}"
    events: list[tuple[Raw, str]] = []
    sanctions: list[Raw] = []
    for raw in lookup.naming("documents", key):
        document = raw["document"]
        words = Counter(m["span"]["text"] for m in raw["mentions"] if m["entity"] == key)
        if words:
            forms = ", ".join(isolate(f"“{text}”") + (f" ×{n}" if n > 1 else "") for text, n in words.most_common())
            yield "mentions", f"{words.total()} in {document['id']}: {forms}"
        if document["publisher"] == key:
            yield "publishes", document["id"]
        played = ((event, phrase.roles(event, key)) for event in raw["events"])
        events += ((event, f"{', '.join(roles)} of ") for event, roles in played if roles)
        sanctions += (sanction for sanction in raw["sanctions"] if sanction["target"] == key)
    yield from phrase.told(lookup, events, by_day=True)
    for sanction in sanctions:
        listed = f", listed {phrase.date(sanction['listed'])}" if "listed" in sanction else ""
        yield "sanction", f"{sanction['id']} by {entity_name(lookup.records[sanction['authority']][1])}{listed}"


def _texts(name: str, texts: list[Raw]) -> Iterator[Line]:
    for text in texts:
        yield name, isolate(text["text"])


def _identifiers(record: Raw) -> Iterator[Line]:
    for identifier in record.get("identifiers", ()):
        yield "identifier", f"{identifier['scheme']} {identifier['value']} <{identifier['source']}>"


def _absent(record: Raw) -> Iterator[Line]:
    for absent in record.get("absent", ()):
        yield "absent", f"{absent['field']} ({absent['reason']})"


def _mentions_within(lookup: Lookup, record: Raw) -> Iterator[Line]:
    for mention in lookup.of("mention", record["document"]):
        if _within(mention["span"], record):
            yield "mention", f"{quote(mention['span'])} {lookup.call(mention['entity'])}"


def _within(span: Raw, record: Raw) -> bool:
    return bool(record["start"] <= span["start"] < record["end"])


_LINES: dict[str, Callable[[Lookup, Raw], Iterator[Line]]] = {
    "document": _document,
    "section": _section,
    "sentence": _sentence,
    "mention": _mention,
    "event": _event,
    "sanction": _sanction,
    "entity": _entity,
}

"""Level 2: every id is in its place, stands once, and leads somewhere of the right kind."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from cte_corpus.checking.rules.circles import circle, circles
from cte_corpus.checking.rules.context import Context, lost_id, unknown_entity
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record
from cte_corpus.checking.rules.terms import ACTOR_CLASSES, PLACE_CLASSES, class_of

LISTS = (("sections", "s", 2), ("mentions", "m", 3), ("events", "e", 2), ("sanctions", "x", 2))
"""The lists of a document: name, letter of the ids, and their least number of digits."""

MAX_DIGITS = 18
MAX_NUMBER = 10**MAX_DIGITS
"""What stands for any longer number of an id."""

LISTED = 8
"""How many ids a help lists at most."""

NO_GAPS = "number without gaps, or give the missing id a tombstone in retired.json"


def check(doc: Doc, corpus: Context) -> Findings:
    """All findings of level 2 in one document."""
    yield from _own_ids(doc, corpus)
    yield from _entities(doc, corpus)
    yield from _local(doc)
    yield from _events(doc, corpus)
    yield from _sanctions(doc, corpus)
    yield from _figures(doc)
    yield from _mentions_of(doc)
    yield from _cycles(doc)


def _own_ids(doc: Doc, corpus: Context) -> Findings:
    for name, letter, width in LISTS:
        records: list[Record] = getattr(doc, name)
        prefix = f"{doc.id}:{letter}"
        ids = [record["id"] for record in records]
        usual = f"\n{prefix}".join(_numbers(width, len(records)))
        within = [record["document"] for record in records].count(doc.id)
        if ids and ("\n".join(ids) != prefix + usual or within < len(ids)):
            yield from _one_by_one(doc, records, prefix, corpus)
        if corpus.retired and not corpus.retired.isdisjoint(ids):
            for record in records:
                if record["id"] in corpus.retired:
                    yield Found("CTE210", record, f"`{record['id']}` was retired and may not be used again", "id")


@lru_cache(maxsize=4096)
def _numbers(width: int, count: int) -> list[str]:
    """The numbers from 1 as ids write them: `01`, `02` …"""
    return [f"{number:0{width}}" for number in range(1, count + 1)]


def _one_by_one(doc: Doc, records: list[Record], prefix: str, corpus: Context) -> Findings:
    first: dict[str, Record] = {}
    for record in records:
        first.setdefault(record["id"], record)
    ends = _runs({*map(_number, first), *(_number(name) for name in corpus.retired if name.startswith(prefix))})
    previous = 0
    for record in records:
        record_id: str = record["id"]
        if not record_id.startswith(prefix) or record["document"] != doc.id:
            yield from _misplaced(doc, record, prefix)
            previous += 1
            continue
        number = _number(record_id)
        lost = ends.get(previous + 1, previous) + 1
        if first[record_id] is not record:
            related = ((first[record_id], "first defined here"),)
            yield Found("CTE208", record, f"`{record_id}` stands twice", "id", related=related)
        elif number <= previous:
            message = f"`{record_id}` stands after number {previous}"
            yield Found("CTE212", record, message, "id", "`cte fmt` sorts the records")
        elif lost < number:
            name = f"{prefix}{lost:0{3 if prefix.endswith('m') else 2}}"
            message = f"`{name}` is missing before `{record_id}`"
            yield Found("CTE209", record, message, "id", NO_GAPS, slip=lost_id(name))
        previous = number


def _number(record_id: str) -> int:
    """The number at the end of an id, at most MAX_NUMBER: no document has so many records."""
    digits = record_id[len(record_id.rstrip("0123456789")) :].lstrip("0")
    return int(digits or 0) if len(digits) < MAX_DIGITS else MAX_NUMBER


def _runs(numbers: set[int]) -> dict[int, int]:
    """For each number the last of those that follow it without a gap."""
    ends: dict[int, int] = {}
    for number in sorted(numbers, reverse=True):
        ends[number] = ends.get(number + 1, number)
    return ends


def _misplaced(doc: Doc, record: Record, prefix: str) -> Findings:
    if record["document"] != doc.id:
        yield Found("CTE207", record, f"the record stands in `{doc.id}` and says `{record['document']}`", "document")
    if not record["id"].startswith(prefix):
        yield Found("CTE207", record, f"expected an id that starts with `{prefix}`, got `{record['id']}`", "id")


def _entities(doc: Doc, corpus: Context) -> Findings:
    known = corpus.entities
    if not all(map(known.__contains__, doc.entities)):
        for holder, key, ref in _names(doc):
            if ref not in known:
                yield unknown_entity(holder, key, ref, known)
    for _, place in doc.places:
        if class_of(place["entity"]) not in PLACE_CLASSES:
            yield Found("CTE206", place, f"expected a place (gpe or loc), got `{place['entity']}`", "entity")
    for _, item in doc.attributions:
        if class_of(item["by"]) not in ACTOR_CLASSES:
            speakers = ", ".join(sorted(ACTOR_CLASSES))
            yield Found("CTE206", item, f"expected a speaker ({speakers}), got `{item['by']}`", "by")
    if not doc.document["publisher"].startswith("org:"):
        publisher = doc.document["publisher"]
        yield Found("CTE206", doc.document, f"expected an organisation (org), got `{publisher}`", "publisher")


def _names(doc: Doc) -> Iterable[tuple[Any, str | int, str]]:
    """Every place where an entity is named: the object, the key in it, and the id."""
    for mention in doc.mentions:
        yield mention, "entity", mention["entity"]
        if "organisation" in mention.get("capacity", NONE):
            yield mention["capacity"], "organisation", mention["capacity"]["organisation"]
    for _, item in chain(doc.places, doc.arguments):
        if "entity" in item:
            yield item, "entity", item["entity"]
    for _, item in doc.attributions:
        yield from ((item, key, item[key]) for key in ("by", "via") if key in item)
    yield doc.document, "publisher", doc.document["publisher"]
    for item in doc.document.get("upstream", NONE):
        if "entity" in item:
            yield item, "entity", item["entity"]
    for sanction in doc.sanctions:
        for key in ("target", "authority", "jurisdiction"):
            yield sanction, key, sanction[key]
        for key in ("operates_in", "supports"):
            values = sanction.get(key, NONE)
            yield from ((values, index, ref) for index, ref in enumerate(values))
        for basis in sanction.get("legal_basis", NONE):
            yield basis, "instrument", basis["instrument"]
        for look in sanction.get("registry", NONE):
            values = look.get("linked_to", NONE)
            yield from ((values, index, ref) for index, ref in enumerate(values))


def _local(doc: Doc) -> Findings:
    """Sentences, sections and mentions: ids within the document."""
    sentences = doc.sentences
    records = doc.sanctions if doc.evidence <= sentences.keys() else [*doc.events, *doc.sanctions]
    for record in records:
        evidence = record["evidence"]
        for index, ref in enumerate(evidence):
            if ref not in sentences:
                message = f"no sentence `{ref}` in the document"
                slip = f"sentences of {ref.rpartition('.')[0]}"  # a section that lost its sentences is one slip
                yield Found("CTE204", evidence, message, index, near=(ref, sentences), slip=slip)
    sections = {section["id"] for section in doc.sections}
    named: list[tuple[Any, str | int, str]]
    named = [(section, "parent", section["parent"]) for section in doc.sections if "parent" in section]
    for upstream in doc.document.get("upstream", NONE):
        named += [(upstream["sections"], index, ref) for index, ref in enumerate(upstream.get("sections", NONE))]
    for holder, key, ref in named:
        if ref not in sections:
            message = f"no section `{ref}` in the document"
            yield Found("CTE205", holder, message, key, near=(ref, sections), slip=lost_id(ref))
    anchors = {doc.id, *sections, *doc.by_id}
    for _, time in doc.times:
        if "anchor" in time and time["anchor"] not in anchors:
            anchor = time["anchor"]
            yield Found(
                "CTE213",
                time,
                f"`{anchor}` is neither this document nor a section or event of it",
                "anchor",
                "the document stands for its publication date",
                near=(anchor, anchors),
                slip=lost_id(anchor),
            )


def others(doc: Doc) -> list[tuple[Any, str | int]]:
    """Every place where an event that is none of the document is named: the object, and the key in it."""
    own = doc.by_id
    holders: list[tuple[Any, str | int]] = [(item, "event") for _, item in doc.relations if item["event"] not in own]
    holders += [(item, "event") for _, item in doc.told if item["event"] not in own]
    for sanction in doc.sanctions:
        if sanction["event"] not in own:
            holders.append((sanction, "event"))
        conduct = sanction.get("conduct", NONE)
        holders += [(conduct, index) for index, ref in enumerate(conduct) if ref not in own]
        holders += [(item, "event") for item in sanction.get("conduct_except", NONE) if item["event"] not in own]
    return holders


def _events(doc: Doc, corpus: Context) -> Findings:
    own = doc.by_id
    for holder, key in others(doc):
        ref = holder[key]
        document = ref.partition(":")[0]
        events = own if document == doc.id else corpus.foreign("events", document)
        if events is not None and ref not in events:
            yield Found("CTE202", holder, f"no event `{ref}`", key, near=(ref, events), slip=lost_id(ref))


def _sanctions(doc: Doc, corpus: Context) -> Findings:
    """Sanctions that are related to others, in this document or another."""
    own = {sanction["id"]: sanction for sanction in doc.sanctions}
    for sanction in doc.sanctions:
        for item in sanction.get("relations", NONE):
            ref = item["sanction"]
            document = ref.partition(":")[0]
            known = own if document == doc.id else corpus.foreign("sanctions", document)
            if known is not None and ref not in known:
                yield Found("CTE215", item, f"no sanction `{ref}`", "sanction", near=(ref, known), slip=lost_id(ref))


def _figures(doc: Doc) -> Findings:
    """A figure that is a part of another names it by its place in the same list."""
    for event, item in doc.quantities:
        if "within" in item:
            figures = event["quantities"]
            place = item["within"]
            if place > len(figures) or figures[place - 1] is item:
                message = f"expected the place of another figure, 1 to {len(figures)}, got {place}"
                yield Found("CTE216", item, message, "within", "the first figure of the event has place 1")


def _mentions_of(doc: Doc) -> Findings:
    """A value that names an entity is shown by mentions of that entity."""
    entity_of = doc.entity_of
    wrong: list[tuple[list[str], int, str | None]] = []
    for items, key, shown in (
        (doc.arguments, "entity", "mentions"),
        (doc.places, "entity", "mentions"),
        (doc.attributions, "by", "mentions"),
        (doc.attributions, "via", "via_mentions"),
    ):
        doubtful = [
            item for _, item in items if shown in item for ref in item[shown] if entity_of.get(ref, "") != item.get(key)
        ]
        wrong += [
            (item[shown], index, item.get(key))
            for item in {id(item): item for item in doubtful}.values()
            for index, ref in enumerate(item[shown])
            if entity_of.get(ref, "") != item.get(key)
        ]
    for sanction in doc.sanctions:
        target, mentions = sanction["target"], sanction["mentions"]
        wrong += [(mentions, index, target) for index, ref in enumerate(mentions) if entity_of.get(ref) != target]
    if wrong:
        by_id = {mention["id"]: mention for mention in doc.mentions}
        yield from (_wrong_mention(doc, by_id, *place) for place in wrong)


def _wrong_mention(doc: Doc, by_id: dict[str, Record], mentions: list[str], index: int, entity: str | None) -> Found:
    ref = mentions[index]
    if ref not in by_id:
        slip = lost_id(ref) if by_id else f"no mentions in {doc.id}"
        return Found("CTE203", mentions, f"no mention `{ref}` in the document", index, near=(ref, by_id), slip=slip)
    mention = by_id[ref]
    message = f"`{ref}` is a mention of `{mention['entity']}`"
    related, slip = ((mention, "the mention"),), f"entity of {ref}"
    if entity is None:
        message = f"{message}, and what it shows names no entity"
        return Found("CTE214", mentions, message, index, "show a `text` by its `span`", related, slip=slip)

    def own() -> str:
        its = (f"`{other['id']}`" for other in doc.mentions if other["entity"] == entity)
        names = list(islice(its, LISTED + 1))
        more = " …" if len(names) > LISTED else ""
        return f"mentions of `{entity}`: {', '.join(names[:LISTED]) or 'none in this document'}{more}"

    return Found("CTE214", mentions, f"{message}, not of `{entity}`", index, own, related, slip=slip)


def _cycles(doc: Doc) -> Findings:
    yield from circles(doc, ("part-of", "precedes"))
    yield from circle([(section["id"], section, "parent") for section in doc.sections if "parent" in section], "parent")

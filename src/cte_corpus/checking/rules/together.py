"""Level 4: records that belong together say the same: sanctions of one designation, speakers and what they say."""

from cte_corpus import edtf
from cte_corpus.checking.rules.context import Context
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record
from cte_corpus.checking.rules.terms import agents

SHARED = ("authority", "jurisdiction", "measures", "programme")
"""What the sanctions of one designation have in common."""

SCHEMES = {"ofac-sdn": "ofac-sdn", "un-sc": "un-sc"}
"""The scheme of the keys of a list."""

HELD_BY_ANOTHER = frozenset({"occurred", "ongoing", "planned"})
"""What is told as so is not alleged."""


def check(doc: Doc, corpus: Context) -> Findings:
    """All findings in one document. Its dates must be valid."""
    events = doc.by_id
    if doc.sanctions:
        differing = list(_designations(doc, events))
        yield from differing
        for sanction in doc.sanctions:
            yield from _conduct(sanction, events, corpus)
            yield from _keys(sanction, corpus)
            yield from () if differing else _law(sanction, corpus)
    yield from _listed(doc)
    yield from _instruments(doc)
    yield from _attributions(doc)
    yield from _statements(doc, events)
    yield from _relations(doc, events, corpus)


def _designations(doc: Doc, events: dict[str, Record]) -> Findings:
    firsts: dict[str, Record] = {}
    for sanction in doc.sanctions:
        first = firsts.setdefault(sanction["event"], sanction)
        for field in SHARED:
            if sanction.get(field) != first.get(field):
                message = f"`{first['id']}`, of the same designation, has another `{field}`"
                help_ = "a designation has one; code another event where there are two"
                yield Found("CTE433", sanction, message, "event", help_, ((first, "the other"),))
        if sanction.get("listed", {}).get("edtf") != first.get("listed", {}).get("edtf"):
            message = f"`{first['id']}`, of the same designation, is listed on another day"
            yield Found("CTE433", sanction, message, "event", related=((first, "the other"),))
        event = events.get(sanction["event"])
        if event is None or event["type"] != "legal.sanctions_designation":
            continue  # that comes first
        if event["status"] != "occurred" or event["polarity"] != "positive":
            message = f"the designation `{event['id']}` is {event['status']}, {event['polarity']}"
            yield Found("CTE434", sanction, message, "event", related=((event, "the designation"),))
        for field, role in (("authority", "authority"), ("target", "target")):
            named = {
                item["entity"] for item in event.get("arguments", NONE) if item["role"] == role and "entity" in item
            }
            if named and sanction[field] not in named and not all(one.startswith("group:") for one in named):
                message = f"`{sanction[field]}` is no `{role}` of `{event['id']}`: {', '.join(sorted(named))}"
                yield Found("CTE434", sanction, message, field, related=((event, "the designation"),))


def _listed(doc: Doc) -> Findings:
    """Where one of those who are designated has a sanction, all who are named have."""
    coded = {(sanction["event"], sanction["target"]) for sanction in doc.sanctions}
    designations = {event for event, _ in coded}
    for event, item in doc.arguments if coded else NONE:
        if item["role"] == "target" and item.get("entity", "").startswith(("person:", "org:")):
            is_told = event["type"] == "legal.sanctions_designation" and event["status"] == "occurred"
            if is_told and event["id"] in designations and (event["id"], item["entity"]) not in coded:
                message = f"`{item['entity']}` is designated, and no sanction is coded"
                yield Found("CTE434", item, message, "entity", "code the sanction")


def _conduct(sanction: Record, events: dict[str, Record], corpus: Context) -> Findings:
    """What a target is accused of is his, or of the group he is in, and somebody accuses him."""
    target = sanction["target"]
    links = corpus.entities[target].get("links", NONE) if target in corpus.entities else NONE
    own = {target, *(link["entity"] for link in links if link["rel"] in ("member-of", "part-of", "leads"))}
    acting = agents()
    for index, ref in enumerate(sanction.get("conduct", NONE)):
        event = events.get(ref)
        if event is None:
            continue
        arguments = event.get("arguments", NONE)
        does = {item["entity"] for item in arguments if "entity" in item and item["role"] in acting[event["type"]]}
        if does and own.isdisjoint(does) and not any(item.get("entity") in own for item in arguments):
            others = ", ".join(sorted(does))
            message = f"in `{ref}` acts {others}, and not `{target}`"
            slip = f"{others} and {target}"  # whether he belongs to them is one question
            yield Found("CTE435", sanction["conduct"], message, index, related=((event, "the event"),), slip=slip)
        elif "attributions" not in event:
            message = f"nobody says `{ref}`, of which the target is accused"
            yield Found("CTE435", sanction["conduct"], message, index, related=((event, "the event"),))


def _keys(sanction: Record, corpus: Context) -> Findings:
    """The key on a list is the identifier that the target has in it."""
    entity = corpus.entities.get(sanction["target"], {})
    for look in sanction.get("registry", NONE):
        scheme = SCHEMES.get(look["list"])
        known = [item["value"] for item in entity.get("identifiers", NONE) if item["scheme"] == scheme]
        if scheme and look["key"].isdigit() != (scheme == "ofac-sdn"):
            digits = "a number" if scheme == "ofac-sdn" else "no mere number"
            yield Found("CTE436", look, f"a key of this list is {digits}, got {look['key']}", "key")
        elif known and look["key"] not in known:
            message = f"the target has {', '.join(known)} on this list, got {look['key']}"
            yield Found("CTE436", look, message, "key")
        elif not known and scheme and corpus.called.keyed(scheme, look["key"]) - {sanction["target"]}:
            yield Found("CTE436", look, f"{look['key']} on this list is another entity", "key")


def _law(sanction: Record, corpus: Context) -> Findings:
    """The law is that of the state whose body decides, as far as the registry knows it."""
    name, authority = sanction["authority"], corpus.entities.get(sanction["authority"])
    law = corpus.entities.get(sanction["jurisdiction"])
    if not authority or not law:
        return
    wholes = {link["entity"] for link in authority.get("links", NONE) if link["rel"] == "part-of"}
    served = {one["code"] for one in authority.get("countries", NONE) if one["role"] == "government-of"}
    if name.startswith("gpe:"):
        fits = law is authority
    elif served:
        fits = any(one["code"] in served for one in law.get("countries", NONE) if one["role"] == "self")
    else:
        fits = law["id"] in wholes or not any(one.startswith("gpe:") for one in wholes)
    if not fits:
        message = f"`{law['id']}` is not the state of `{name}`"
        yield Found("CTE434", sanction, message, "jurisdiction", "the law is that of the body that decides")


def _instruments(doc: Doc) -> Findings:
    """The law of a listing is named in the text."""
    named = {*doc.entity_of.values()} if doc.sanctions else NONE
    for sanction in doc.sanctions:
        for basis in sanction.get("legal_basis", NONE):
            if basis["instrument"] not in named:
                message = f"`{basis['instrument']}` is nowhere mentioned"
                yield Found("CTE434", basis, message, "instrument", "add the mention, or name the law that was meant")


def _attributions(doc: Doc) -> Findings:
    """What is alleged or denied is said by somebody, who is not the paper itself; and implicit only in his own text."""
    own = {doc.document["publisher"]}
    own.update(item["entity"] for item in doc.document.get("upstream", NONE) if "entity" in item)
    mentioned = {*doc.entity_of.values()}
    article = doc.document["genre"] == "news-article"
    for event in doc.events:
        if event["status"] in ("alleged", "denied") and "attributions" not in event:
            yield Found("CTE437", event, f"{event['status']}, and nobody says so", "status", "add who says it")
    for event, item in doc.attributions:
        by = item["by"]
        if item.get("via") == by:
            yield Found("CTE438", item, f"`{by}` carries its own words", "via", "leave `via` out")
        if article and by == doc.document["publisher"]:
            message = "the paper's own voice has no attribution"
            yield Found("CTE438", item, message, "by", "leave it out", slip=f"voice of {doc.id}")
        elif item.get("implicit"):
            if item["quote"] == "indirect" and "span" not in item:
                message = "no words report it, so it is told in the speaker's own words, and not indirectly"
                yield Found("CTE438", item, message, "quote", "write `none`, or `direct` inside a quotation")
            if by not in own and "span" not in item:
                message = f"implicit, and `{by}` is neither the publisher nor upstream"
                yield Found("CTE438", item, message, "by", "add the words that report it", slip=f"{by} in {doc.id}")
        elif by not in own and by not in mentioned:
            yield Found(
                "CTE438", item, f"`{by}` speaks, and is nowhere mentioned", "by", "add the mention, or correct `by`"
            )
        if item["act"] == "alleges" and event["status"] in HELD_BY_ANOTHER:
            message = f"somebody alleges it, and it is {event['status']}"
            help_ = "what is only alleged is `alleged`"
            if event["status"] == "planned":
                help_ = "the planning is `alleged`, as a deed; what the accused aimed at is `demanded`"
            yield Found("CTE437", item, message, "act", help_, ((event, "the event"),))


def _statements(doc: Doc, events: dict[str, Record]) -> Findings:
    """What somebody says is attributed to him, where it is to anybody."""
    speaking: dict[str, set[str]] = {}
    for event, item in [pair for pair in doc.participants if pair[1]["role"] == "speaker"]:
        speaking.setdefault(event["id"], set()).add(item["entity"])
    for event, item in doc.told if speaking else NONE:
        if item["role"] == "content_event":
            speakers = speaking.get(event["id"])
            if speakers and item["event"] in events:
                said = {one["by"] for one in events[item["event"]].get("attributions", NONE)}
                if not said and set(event["evidence"]).isdisjoint(events[item["event"]]["evidence"]):
                    message = f"`{item['event']}` is told elsewhere, and nobody says it"
                    yield Found("CTE439", item, message, "event", related=((events[item["event"]], "what is said"),))
                elif said and said.isdisjoint(speakers):
                    message = f"`{item['event']}` is attributed to {', '.join(sorted(said))}, and not to the speaker"
                    yield Found("CTE439", item, message, "event", related=((events[item["event"]], "what is said"),))


def _relations(doc: Doc, events: dict[str, Record], corpus: Context) -> Findings:
    """What is the same has the same type, polarity and day; and a statement reports."""
    for event, item in doc.relations:
        if item["rel"] == "reports" and not event["type"].endswith((".statement", ".report", ".claim")):
            message = f"a {event['type']} reports nothing"
            yield Found("CTE440", item, message, "rel", "the statement reports what is said")
        if item["rel"] != "same-as":
            continue
        document = item["event"].partition(":")[0]
        known = events if document == doc.id else corpus.foreign("events", document)
        other = known.get(item["event"]) if known else None
        if other is event:
            continue  # that comes first
        if other and document == doc.id and event.get("attributions") == other.get("attributions"):
            message = f"the document tells `{event['id']}` and `{item['event']}` in one voice: they are one event"
            yield Found("CTE440", item, message, "event", "an event is coded once, however often it is told")
        if other:
            for field in ("type", "polarity"):
                if other[field] != event[field]:
                    message = f"the same, but of another {field}: {event[field]} and {other[field]}"
                    yield Found("CTE440", item, message, "event")
            if not _same_days(event, other):
                yield Found("CTE440", item, "the same, but on other days", "event")


def _same_days(one: Record, other: Record) -> bool:
    """Whether two events may be of one day, as far as their dates tell; where one is no date, that comes first."""
    try:
        return _meet(one, other)
    except ValueError:
        return True


def _meet(one: Record, other: Record) -> bool:
    spans = [
        [edtf.bounds(time["edtf"]) for time in event.get("times", NONE) if time["role"] == "when"]
        for event in (one, other)
    ]
    return not all(spans) or any(
        (a or "") <= (d or "~") and (c or "") <= (b or "~") for a, b in spans[0] for c, d in spans[1]
    )

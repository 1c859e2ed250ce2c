"""Levels 3 and 4 as edition 3 of the guidelines asks: documents of earlier editions are judged without them."""

from bisect import bisect_right

from cte_corpus.checking.rules.context import Context, is_in
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record

FIRST = 3
"""The edition from which on these rules hold."""

DAYS = frozenset({"when", "as-of"})
"""Roles of times that tell a day on which something holds."""

REASONS = frozenset({"not-applicable", "not-coded"})
"""Why what goes on may have no day."""


def holds(doc: Doc) -> bool:
    """Whether a document was coded by edition 3 or a later one."""
    return doc.edition >= FIRST


def check(doc: Doc, corpus: Context) -> Findings:
    """All findings in one document, but for those of its sanctions."""
    if holds(doc):
        yield from _events(doc)
        yield from _mentions(doc)
        yield from _implicit(doc)
        yield from _via(doc)
        yield from _times(doc)
        if not doc.speaks(corpus.languages):
            for records, key in ((doc.events, "label"), (doc.sections, "gist")):
                for record in records:
                    yield from in_each_language(record, key, corpus.languages)


def in_each_language(record: Record, key: str, languages: tuple[str, ...]) -> Findings:
    """Whether own words of a record are in each language of the corpus."""
    given = tuple([text["lang"] for text in record[key]])
    if given == languages:
        return
    if missing := [language for language in languages if not any(is_in(tag, language) for tag in given)]:
        message = f"expected {' and '.join(languages)}, got {', '.join(given)}"
        help_ = f"add the text in {' and '.join(missing)}: it stands alone, and uses the field's words"
        yield Found("CTE430", record[key], message, 0, help_)


def _events(doc: Doc) -> Findings:
    for event in doc.events:
        if "genericity" not in event:
            help_ = "`genericity: specific` for one that is told, `generic` for a kind, a habit or a bare mention"
            yield Found("CTE318", event, "`genericity` is missing: is it specific or generic?", "type", help_)
        if event["status"] == "ongoing" and not _dated(event):
            help_ = "give the day for which it is known to hold (`as-of`), or say in `absent` that none applies"
            yield Found("CTE319", event, "ongoing, and no day is known on which it holds", "status", help_)


def _dated(event: Record) -> bool:
    """Whether what goes on has a day, or a reason for having none."""
    roles = {time["role"] for time in event.get("times", NONE)}
    if not roles.isdisjoint(DAYS) or (event.get("nature") == "duty" and "effective" in roles):
        return True
    return any(item["field"] == "times" and item["reason"] in REASONS for item in event.get("absent", NONE))


def _mentions(doc: Doc) -> Findings:
    """What a mention shows of an event stands in its evidence sentences, or in a heading above them."""
    for mention in doc.mentions:
        if mention["form"] == "nominal" and "head" not in mention and " " in mention["span"]["text"]:
            yield Found("CTE325", mention, f"which word of “{mention['span']['text']}” is its head?", "form")
    where = _where(doc)
    elsewhere = {
        id(item): (event, item)
        for event, item in (*doc.arguments, *doc.places)
        if "mentions" in item
        for ref in item["mentions"]
        if where[ref] not in event["evidence"]
    }
    above = _headings_above(doc) if elsewhere else {}
    for event, item in elsewhere.values():
        evidence = event["evidence"]
        for index, ref in enumerate(item["mentions"]):
            place = where[ref]
            if place not in evidence and not any(place in above[told.rpartition(".")[0]] for told in evidence):
                message = f"`{ref}` stands outside of what tells the event: {', '.join(evidence)}"
                help_ = "name a mention in these sentences, name its sentence as evidence, or write `implicit: true`"
                yield Found("CTE321", item["mentions"], message, index, help_, slip=doc.slip(evidence))


def _where(doc: Doc) -> dict[str, str]:
    """For each mention the sentence in which it stands, or the section whose heading it stands in, by their ids; empty
    where it stands in none."""
    places = [(sentence["start"], sentence["end"], ref) for ref, sentence in doc.sentences.items()]
    headed = [section for section in doc.sections if "heading" in section]
    places += [(section["heading"]["start"], section["heading"]["end"], section["id"]) for section in headed]
    places.sort()
    starts = [place[0] for place in places]
    ends = [place[1] for place in places]
    names = [place[2] for place in places]
    begin = [start for start, _, _ in doc.extents[: len(doc.mentions)]]
    nearest = [bisect_right(starts, start) - 1 for start in begin]
    found = [names[n] if n >= 0 and start < ends[n] else "" for n, start in zip(nearest, begin, strict=True)]
    return dict(zip(doc.entity_of, found, strict=True))


def _headings_above(doc: Doc) -> dict[str, set[str]]:
    """For each section itself and those that it belongs to."""
    parents = {section["id"]: section.get("parent") for section in doc.sections}
    found = {}
    for own in parents:
        chain, section = set(), own
        while section is not None and section not in chain:
            chain.add(section)
            section = parents[section]
        found[own] = chain
    return found


def _implicit(doc: Doc) -> Findings:
    for _, item in doc.arguments:
        if item.get("implicit") and ("mentions" in item or "span" in item):
            yield Found("CTE322", item, "the argument is shown, and said to be `implicit`", "implicit")
    for _, item in doc.attributions:
        if item.get("implicit") and "span" in item:
            yield Found("CTE322", item, "the attribution is shown, and said to be `implicit`", "implicit")


def _via(doc: Doc) -> Findings:
    for _, item in doc.attributions:
        if "via" in item and "via_mentions" not in item and "via_span" not in item:
            yield Found("CTE323", item, f"nothing shows that `{item['via']}` carries the words", "via")


def _times(doc: Doc) -> Findings:
    for _, time in doc.times:
        if time.get("mod") == "or-earlier" and "bound" not in time:
            yield Found("CTE426", time, "`or-earlier` is a bound and no modifier", "mod", "write `bound: or-earlier`")

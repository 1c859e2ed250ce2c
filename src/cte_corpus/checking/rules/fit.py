"""Level 4: days, places, natures and voices that do not fit each other, and values that say from what they follow."""

import re
from functools import cache, lru_cache

from cte_corpus import edtf
from cte_corpus.checking.rules.context import Context
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record
from cte_corpus.checking.rules.meaning import NOW_OR_PAST
from cte_corpus.checking.rules.terms import vocabulary

FIRST = frozenset({"precedes", "causes", "enables"})
"""Relations of what does not begin after the other has ended."""

TOLD = NOW_OR_PAST | {"alleged", "denied"}
"""Statuses of what is not ahead."""

SECOND = frozenset({"in-response-to", "implements"})
"""Relations of what does not end before the other has begun."""

PRECISION = {
    "country": frozenset({"country"}),
    "city": frozenset({"city"}),
    "region": frozenset({"subnational", "supranational"}),
}
"""How exactly a place is given by its kind; of all others, the site itself, or the city or part of a country."""

NEVER = frozenset({"statement", "happening"})
"""Natures that the type alone decides."""

BINDING = frozenset({"ctf", "sec", "dipl", "legal"})
"""Families of types that may be duties."""

LICENCE = re.compile(r"\(*[A-Za-z0-9.-]+\+?\)*(?: (?:AND|OR|WITH) \(*[A-Za-z0-9.-]+\+?\)*)*")
"""The form of an SPDX expression."""

NEWEST = 3
"""The newest edition of the guidelines."""


def check(doc: Doc, corpus: Context) -> Findings:
    """All findings in one document, whose dates must be valid."""
    yield from _relations(doc)
    yield from _after_publication(doc)
    yield from _places(doc, corpus)
    yield from _natures(doc)
    yield from _document(doc)


def _relations(doc: Doc) -> Findings:
    """What precedes or causes another does not come after it; two events are connected in one way."""
    if not doc.relations:
        return
    events = doc.by_id
    rels: dict[tuple[str, str], str] = {}
    once = len({(event["id"], item["event"]) for event, item in doc.relations}) == len(doc.relations)
    for event, item in [pair for pair in doc.relations if "times" in pair[0]] if once else doc.relations:
        first = item["rel"] if once else rels.setdefault((event["id"], item["event"]), item["rel"])
        if first != item["rel"]:
            message = f"`{item['event']}` is connected by `{first}` too"
            yield Found("CTE451", item, message, "rel", "keep the relation that says most")
        other, rel = events.get(item["event"]), item["rel"]
        if other is None or not (rel in FIRST or rel in SECOND) or not ("times" in event and "times" in other):
            continue
        early, late = (event, other) if rel in FIRST else (other, event)
        start, end = _extent(early)[0], _extent(late)[1]
        if start and end and end < start:
            message = f"`{rel}`, but `{early['id']}` begins {start}, when `{late['id']}` was over ({end})"
            yield Found("CTE451", item, message, "rel", "turn the relation round, or correct a date")


def _extent(event: Record) -> tuple[str | None, str | None]:
    """The first and last day on which an event may have been; None where that is not told."""
    days = [edtf.bounds(time["edtf"]) for time in event.get("times", NONE) if time["role"] == "when"]
    firsts, lasts = [first for first, _ in days if first], [last for _, last in days if last]
    return min(firsts) if len(firsts) == len(days) > 0 else None, max(lasts) if len(lasts) == len(days) > 0 else None


def _after_publication(doc: Doc) -> Findings:
    """What holds for a day, and when a passage was written, was before the text was published."""
    published = doc.document.get("published")
    last = edtf.latest(published["edtf"]) if published else None
    if not last:
        return
    held = [(section["vintage"], "edtf") for section in doc.sections if "vintage" in section]
    for event, item in doc.quantities:
        if "as_of" in item and event["status"] in TOLD:
            own = {time["edtf"] for time in event.get("times", NONE)}  # what is after is told there
            held += [] if item["as_of"] in own else [(item, "as_of")]
    for holder, key in held:
        first = edtf.earliest(holder[key])
        if first and first > last:
            message = f"{holder[key]} is after the publication, {doc.document['published']['edtf']}"
            yield Found("CTE451", holder, message, key)


def _places(doc: Doc, corpus: Context) -> Findings:
    for _, place in doc.places:
        if place["basis"] == "inferred" and "note" not in place:
            yield Found("CTE454", place, "an inferred place says from what it follows", "basis", "add a `note`")
        if "precision" in place and place["entity"] in corpus.entities:
            kind, precision = corpus.entities[place["entity"]]["kind"], place["precision"]
            if precision not in PRECISION.get(kind, {"exact", "city", "subnational"}):
                message = f"a {kind} is not given as exactly as {precision}"
                yield Found("CTE452", place, message, "precision", "the precision is that of the place that is named")


@cache
def _decided() -> dict[tuple[str, str | None], str]:
    """What an event is by nature, by type and mode."""
    found: dict[tuple[str, str | None], str] = {}
    for entry in vocabulary()["event_types"]:
        own = entry.get("nature", "happening")
        found[entry["code"], None] = own
        modes = entry.get("mode_natures", {})
        found.update({(entry["code"], mode): modes.get(mode, own) for mode in entry.get("modes", NONE)})
    return found


def _natures(doc: Doc) -> Findings:
    """A nature is coded where type, mode and status do not decide it."""
    for event in doc.events:
        if "nature" not in event:
            continue
        nature, status = event["nature"], event["status"]
        usual = "aim" if status == "demanded" else _decided().get((event["type"], event.get("mode")))
        if nature == usual:
            yield Found("CTE453", event, f"the nature is {nature} in any case", "nature", "leave it out")
        elif nature in NEVER or (nature == "aim" and status == "occurred") or (nature == "duty" and not _binds(event)):
            message = f"a {event['type']} that is {status} is no {nature}"
            yield Found("CTE453", event, message, "nature", "leave it out, or correct the type or the status")


def _binds(event: Record) -> bool:
    """Whether an event may be a duty in force; where one is demanded, that comes first."""
    return event["type"].partition(".")[0] in BINDING and event["status"] in ("ongoing", "demanded")


def _document(doc: Doc) -> Findings:
    document = doc.document
    published = document.get("published")
    if published and published["basis"] == "inferred" and "note" not in published:
        yield Found("CTE454", published, "an inferred date says from what it follows", "basis", "add a `note`")
    for item in document.get("upstream", NONE):
        if ("entity" in item) == ("publisher" in item):
            got = "both" if "entity" in item else "neither"
            message = f"expected `entity`, or `publisher` where it is not in the registry; got {got}"
            yield Found("CTE454", item, message, "how")
    yield from licence(document["rights"], "licence")
    yield from _coding(document["coding"])


def licence(holder: Record, key: str) -> Findings:
    """Whether a licence is named as SPDX names it."""
    if not _is_licence(holder[key]):
        yield Found("CTE455", holder, f"“{holder[key]}” is no SPDX identifier", key, "CC-BY-4.0, or LicenseRef-…")


@lru_cache(maxsize=1024)
def _is_licence(name: str) -> bool:
    return LICENCE.fullmatch(name) is not None


def _coding(coding: Record) -> Findings:
    """The status of the coding follows from who coded; and its edition is one that there is."""
    roles = {coder["role"] for coder in coding["coders"]}
    status = "adjudicated" if "adjudicator" in roles else "double" if "second-coder" in roles else "single"
    if coding["status"] != status:
        message = f"{', '.join(sorted(roles))} make it {status}, got {coding['status']}"
        yield Found("CTE456", coding, message, "status", "correct it, or add who settled the differences")
    number = re.search(r"[0-9]+", coding["guideline"])
    if number and not 1 <= int(number[0][:9]) <= NEWEST:
        message = f"“{coding['guideline']}” names no edition from 1 to {NEWEST}"
        yield Found("CTE456", coding, message, "guideline", "write `edition 3`")
    seen = set()
    for coder in coding["coders"] if len(coding["coders"]) > 1 else NONE:
        if (coder["id"], coder["role"]) in seen:
            yield Found("CTE336", coder, f"`coders` names `{coder['id']}` as {coder['role']} twice", "id")
        seen.add((coder["id"], coder["role"]))

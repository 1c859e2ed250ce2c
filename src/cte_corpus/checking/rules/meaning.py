"""Level 4: values that are well formed make sense: dates, frames, figures, codes of the world."""

import re
from functools import lru_cache
from typing import Any

from cte_corpus import edtf
from cte_corpus.checking.rules.context import Context
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record, Sound
from cte_corpus.checking.rules.terms import class_of, fillers, is_language, known, limits, modes

BOUNDS_OF = {
    "eq": {"value"},
    "approx": {"value"},
    "gt": {"lower"},
    "ge": {"lower"},
    "lt": {"upper"},
    "le": {"upper"},
    "between": {"lower", "upper"},
    "most": set(),
    "some": set(),
    "many": set(),
    "several": set(),
    "range": set(),
}
"""Which of value, lower and upper a comparator takes."""

BOUND_KEYS = frozenset({"value", "lower", "upper"})
DURATION = re.compile(
    r"P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+W)?(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?"
)
_SOUND = Sound[tuple[Any, ...]]()
"""Types of events, with their modes and what fills their roles."""

NOW_OR_PAST = frozenset({"occurred", "ongoing"})


def check(doc: Doc, corpus: Context) -> Findings:
    """All findings of level 4 in one document."""
    dates = list(_dates(doc))
    yield from dates
    if not dates:
        yield from _against_publication(doc)
        yield from _listings(doc)
    yield from _frames(doc)
    yield from _figures(doc)
    yield from _languages(doc, corpus.languages)


def _dates(doc: Doc) -> Findings:
    holders = [time for _, time in doc.times]
    holders += [section["vintage"] for section in doc.sections if "vintage" in section]
    if "published" in doc.document:
        holders.append(doc.document["published"])
    for holder in holders:
        if not _is_date(holder["edtf"]):
            yield from date(holder, "edtf")
        if "bound" in holder and holder.get("mod") == "or-earlier":
            help_ = "keep `bound`; `mod` may say start, mid or end beside it"
            yield Found("CTE426", holder, "`or-earlier` stands beside a bound", "mod", help_)
    for _, item in doc.quantities:
        if "as_of" in item:
            yield from date(item, "as_of")


def date(holder: Record, key: str) -> Findings:
    """Whether a member of a record is a date, and does not end before it starts."""
    try:
        edtf.bounds(holder[key])
    except ValueError as error:
        yield Found("CTE401", holder, str(error), key, "dates are EDTF: 2022-05-11, 2022-05, 2022-05-11/.., 2019~")
    else:
        if edtf.is_reversed(holder[key]):
            yield Found("CTE402", holder, f"{holder[key]} ends before it starts", key, "the earlier date stands first")


@lru_cache(maxsize=65536)
def _is_date(value: str) -> bool:
    return not list(date({"": value}, ""))


def _against_publication(doc: Doc) -> Findings:
    if "published" not in doc.document:
        return
    first, last = edtf.bounds(doc.document["published"]["edtf"])
    for owner, time in doc.times:
        if time.get("role") != "when":
            continue
        start, end = edtf.bounds(time["edtf"])
        status = owner["status"]
        if status in NOW_OR_PAST and last and start and start > last:
            yield Found(
                "CTE403",
                time,
                f"{status}, but dated {time['edtf']}, after the publication ({doc.document['published']['edtf']})",
                "edtf",
                "what lies ahead is `planned`; or was a relative date resolved against the wrong year?",
            )
        elif status == "planned" and first and end and end < first:
            yield Found(
                "CTE404",
                time,
                f"planned, but dated {time['edtf']}, before the publication ({doc.document['published']['edtf']})",
                "edtf",
                "what lies behind is told as done; or was a relative date resolved against the wrong year?",
            )


def _listings(doc: Doc) -> Findings:
    if not doc.sanctions:
        return
    events = doc.by_id
    days: dict[str, list[tuple[str, str]]] = {}
    for sanction in doc.sanctions:
        event = events.get(sanction["event"])
        if event is None or "listed" not in sanction:
            continue
        if event["id"] not in days:
            days[event["id"]] = _ends(event)
        start, end = edtf.bounds(sanction["listed"]["edtf"])
        (last, early), (first, late) = days[event["id"]]
        day = early if start and start > last else late if end and end < first else None
        if day:
            yield Found(
                "CTE415",
                sanction["listed"],
                f"listed {sanction['listed']['edtf']}, but `{event['id']}` is dated {day}",
                "edtf",
                related=((event, "the designation"),),
            )


def _ends(event: Record) -> list[tuple[str, str]]:
    """The day by which all that an event is dated has begun to be over, and the one before which some is not; each
    with its date."""
    dated = [(time["edtf"], *edtf.bounds(time["edtf"])) for time in event.get("times", NONE) if time["role"] == "when"]
    lasts = [(last, date) for date, _, last in dated if last]
    firsts = [(first, date) for date, first, _ in dated if first]
    return [min(lasts, default=("~", "")), max(firsts, default=("", ""))]


def _unusual(doc: Doc) -> list[Record]:
    """The events whose type, mode and fillers of roles were not found to go together before; all where an argument has
    not one filler."""
    more = [pair for pair in doc.told if "entity" in pair[1] or "text" in pair[1]]
    more += [pair for pair in doc.worded if "entity" in pair[1]]
    if more or len(doc.participants) + len(doc.told) + len(doc.worded) != len(doc.arguments):
        return doc.events
    frames = [
        (
            event["type"],
            event.get("mode"),
            "nature" in event and event["status"],
            *[
                (item["role"], class_of(item["entity"]) if "entity" in item else "event" if "event" in item else "text")
                for item in event.get("arguments", NONE)
            ],
        )
        for event in doc.events
    ]
    left: set[tuple[Any, ...]] = set()
    for frame in set(frames) - _SOUND:
        (_SOUND if _is_sound(*frame) else left).add(frame)
    return [event for event, frame in zip(doc.events, frames, strict=True) if frame in left] if left else []


def _is_sound(kind: str, mode: str | None, status: str | bool, *filled: tuple[str, str]) -> bool:
    """Whether an event may be so, whatever else it has; `status`: that of one with a nature."""
    takes, roles = fillers()[kind], [role for role, _ in filled]
    if kind == "other" or status == "demanded" or not (mode is None or mode in modes()[kind]):
        return False
    counted = all(low <= roles.count(role) <= (high or len(roles)) for role, low, high in limits()[kind])
    return counted and all(filler in takes.get(role, NONE) for role, filler in filled)


def _frames(doc: Doc) -> Findings:
    taken, limited, modal = fillers(), limits(), modes()
    for event in _unusual(doc):
        kind = event["type"]
        if event["status"] == "demanded" and event.get("nature") == "duty":
            help_ = "a duty in force is `ongoing`; what somebody asks for has no nature `duty`"
            yield Found("CTE429", event, "a duty in force is not demanded", "status", help_)
        takes = taken[kind]
        arguments = event.get("arguments", NONE)
        for item in arguments:
            entity, other = "entity" in item, "event" in item
            number = entity + other + ("text" in item)
            if number != 1:
                yield Found("CTE406", item, f"expected one of entity, event and text, got {number}", "role")
                continue
            filler = class_of(item["entity"]) if entity else "event" if other else "text"
            if item["role"] not in takes or filler not in takes[item["role"]]:
                yield from _misfit(kind, item, filler)
        roles = [item["role"] for item in arguments]
        for role, low, high in limited[kind]:
            count = roles.count(role)
            if not low <= count <= (high or count):
                yield from _count(event, role, low, high, count)
        if "mode" in event and event["mode"] not in modal[kind]:
            hint = f"its modes: {', '.join(sorted(modal[kind])) or 'none'}"
            yield Found("CTE409", event, f"`{kind}` has no mode `{event['mode']}`", "mode", hint)
        if kind == "other" and "note" not in event:
            yield Found("CTE410", event, "an event of type `other` says in a note what it is", "type", "add a `note`")


def _misfit(kind: str, item: Record, filler: str) -> Findings:
    takes, role = fillers()[kind], item["role"]
    if role not in takes:
        roles = f"its roles: {', '.join(takes)}"
        yield Found("CTE405", item, f"`{kind}` has no role `{role}`", "role", roles, near=(role, takes))
    else:
        listed = ", ".join(takes[role])
        yield Found("CTE407", item, f"`{role}` of `{kind}` takes {listed}; got {filler}", "role")


def _count(event: Record, role: str, low: int, high: int | None, count: int) -> Findings:
    if count >= low:
        yield Found("CTE408", event, f"`{event['type']}` takes at most {high} `{role}`, got {count}", "type")
    elif not any(item["field"] == "arguments" for item in event.get("absent", NONE)):
        help_ = "name it, or say in `absent` that `arguments` are not stated"
        yield Found("CTE408", event, f"`{event['type']}` needs at least {low} `{role}`, got {count}", "type", help_)


def _figures(doc: Doc) -> Findings:
    for _, item in doc.quantities:
        needed = BOUNDS_OF[item["comparator"]]
        given = BOUND_KEYS & item.keys()
        if given != needed:
            takes = " and ".join(sorted(needed)) or "no figure"
            got = " and ".join(sorted(given)) or "none"
            yield Found("CTE411", item, f"`{item['comparator']}` takes {takes}; got {got}", "comparator")
        elif "lower" in given and "upper" in given and item["lower"] > item["upper"]:
            yield Found("CTE412", item, f"the lower bound {item['lower']} is above the upper {item['upper']}", "lower")
        if item["measure"] == "money" and item.get("unit") not in known("currencies"):
            unit = item.get("unit", "none")
            yield Found("CTE413", item, f"a sum of money has an ISO 4217 currency, got {unit}", "unit")
        if "per" in item and not DURATION.fullmatch(item["per"]):
            yield Found("CTE414", item, f"expected an ISO 8601 duration such as P1M, got {item['per']}", "per")


def _languages(doc: Doc, languages: tuple[str, ...]) -> Findings:
    """Languages and scripts exist; own words are in the first language of the corpus first, and once in each."""
    lang = doc.document["lang"]
    if not is_language(lang):
        yield Found("CTE420", doc.document, f"`{lang}` is not a language tag (ISO 639-1, BCP 47)", "lang")
    if doc.document["script"] not in known("scripts"):
        yield Found("CTE421", doc.document, f"`{doc.document['script']}` is not an ISO 15924 script", "script")
    if doc.speaks(languages):
        return
    for records, key in ((doc.events, "label"), (doc.sections, "gist")):
        for record in records:
            given = tuple([text["lang"] for text in record[key]])
            if given != languages and (given[0] != languages[0] or len(set(given)) != len(given)):
                message = f"a {key} has {languages[0]} first, and each language once; got {', '.join(given)}"
                yield Found("CTE422", record[key], message, 0)

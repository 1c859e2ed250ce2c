"""The parts of an event as phrases."""

import re
from collections.abc import Iterable, Iterator

from cte_corpus.edtf import bounds, words
from cte_corpus.show.lookup import ORDER, Lookup, Raw, label, quote, standing
from cte_corpus.text.nouns import count
from cte_corpus.text.terminal import isolate

_PARTS = ("arguments", "places")
_HELD = ("section", "sentence", "mention", "event", "sanction")
_DAYS = {"when": "", "effective": "in effect ", "as-of": "as of ", "announced": "announced ", "deadline": "due "}
"""The roles of days, in the order in which they are shown, and what is said before such a day."""

_MODS = {"start": "early ", "mid": "mid-", "end": "late "}
_BEYOND = {"or-earlier": " or earlier", "or-later": " or later"}
_FIRST_DATE = re.compile("(?=[0-9A-Z]|spring|summer|autumn|winter)")
_PERIODS = {"P1D": "day", "P1W": "week", "P1M": "month", "P1Y": "year"}
_COMPARATORS = {
    "eq": "",
    "approx": "about ",
    "gt": "more than ",
    "ge": "at least ",
    "lt": "less than ",
    "le": "at most ",
    "between": "",
    "most": "most",
    "some": "some",
    "many": "many",
    "several": "several",
    "range": "a range",
}


def holding(lookup: Lookup, document: str) -> str:
    """What a document holds, in numbers."""
    return ", ".join(count(sum(1 for _ in lookup.of(kind, document)), kind) for kind in _HELD)


def note(item: Raw) -> str:
    """The note of a part in brackets, or nothing."""
    return f" [{isolate(item['note'])}]" if "note" in item else ""


def date(dated: Raw) -> str:
    """A date in words, as EDTF, with its basis and the words that show it."""
    basis = f"{dated['basis']} against {dated['anchor']}" if "anchor" in dated else dated["basis"]
    return f"{in_words(dated)} ({dated['edtf']}, {basis}){_shown(dated)}{note(dated)}"


def in_words(dated: Raw) -> str:
    """A date in words, with what EDTF does not say of it: `from late 2017 on, or earlier`."""
    said = words(dated["edtf"])
    if dated.get("mod") in _MODS:
        said = _FIRST_DATE.sub(_MODS[dated["mod"]], said, count=1)
    beyond = "".join(_BEYOND.get(dated.get(key, ""), "") for key in ("mod", "bound"))
    return f"{said},{beyond}" if beyond and said.endswith(" on") else said + beyond


def day_role(role: str) -> str:
    """What a day of that role is called: `when`, `as of`, `in effect`."""
    return _DAYS[role].strip() or role


def place(lookup: Lookup, item: Raw) -> str:
    """A place with its precision, its basis and the words that show it."""
    precision = f"{item['precision']}, " if "precision" in item else ""
    return f"{lookup.call(item['entity'])} {precision}{item['basis']}{_mentioned(lookup, item)}{note(item)}"


def argument(lookup: Lookup, item: Raw) -> str:
    """What fills a role, with the words that show it."""
    filler = isolate(item["text"]["text"]) if "text" in item else lookup.call(item.get("entity") or item["event"])
    implicit = " (implicit)" if item.get("implicit") else ""
    return f"{filler}{implicit}{_mentioned(lookup, item)}{_shown(item)}"


def quantity(item: Raw) -> str:
    """A figure with its bounds: `at least 2,000 USD per month (what is counted) “…”`."""
    figures = " to ".join(f"{item[key]:,}" for key in ("value", "lower", "upper") if key in item)
    unit = f" {item['unit']}" if "unit" in item else ""
    per = f" per {_PERIODS.get(item['per'], item['per'])}" if "per" in item else ""
    per += f" per {isolate(item['per_item']['text'])}" if "per_item" in item else ""
    as_of = f", as of {words(item['as_of'])}" if "as_of" in item else ""
    as_of += f", part of figure {item['within']}" if "within" in item else ""
    of = isolate(item["of"]["text"])
    return f"{_COMPARATORS[item['comparator']]}{figures}{unit}{per}{as_of} ({of}){_shown(item)}"


def attribution(lookup: Lookup, item: Raw) -> str:
    """Who says it, through whom, and the reporting words."""
    shown = f" {quote(item['via_span'])}" if "via_span" in item else ""
    via = f" via {lookup.call(item['via'])}{shown}" if "via" in item else ""
    implicit = " (implicit)" if item.get("implicit") else ""
    return f"{lookup.call(item['by'])} {item['act']}{via}, quoted: {item['quote']}{implicit}{_shown(item)}"


def look(lookup: Lookup, item: Raw) -> str:
    """A dated look into a public list, with its programmes and to whom the list links the target."""
    days = f" ({' and '.join(item['snapshots'])})" if "snapshots" in item else ""
    programme = f", programme {', '.join(item['programme'])}" if "programme" in item else ""
    linked = "".join(f", linked to {lookup.call(key)}" for key in item.get("linked_to", ()))
    return f"{item['list']} {item['key']}: {item['result']}{days}{programme}{linked} <{item['source']}>"


def told(lookup: Lookup, events: Iterable[tuple[Raw, str]], *, by_day: bool = False) -> Iterator[tuple[str, str]]:
    """Events as lines, each under how it stands: what is told as a fact, then what is alleged, feared, or an aim.

    A line has the day, what leads to the event (its trigger, or the parts of an entity in it), what it is, its id, its
    other days with their roles, and who says it.

    Args:
        lookup: The records.
        events: The events, each with what leads to it.
        by_day: Whether each group stands by day, and not as given.
    """
    found = []
    for event, lead in events:
        day, *others = days(event) or ["undated"]
        first = next((_first_day(time["edtf"]) for time in _times(event)), "~") if by_day else ""
        how_sure = f", {event['certainty']['degree']}" if "certainty" in event else ""
        what = f"{lead}{label(event)} ({event['id']}){how_sure}{''.join(f', {other}' for other in others)}"
        found.append((ORDER.index(standing(event)), first, f"{day}: {what}{said_by(lookup, event)}"))
    for place, _, line in sorted(found, key=lambda item: item[:2]):
        yield ORDER[place], line


def roles(event: Raw, entity: str) -> list[str]:
    """The roles of an entity in an event, `via` among them for what it passes on."""
    parts = [(item.get("entity"), item["role"]) for part in _PARTS for item in event.get(part, ())]
    said = event.get("attributions", ())
    parts += [(item["by"], item["act"]) for item in said] + [(item.get("via"), "via") for item in said]
    return list(dict.fromkeys(role for filler, role in parts if filler == entity))


def said_by(lookup: Lookup, event: Raw) -> str:
    """`, said by A and B`; empty where the document says it in its own voice."""
    speakers = lookup.speakers(event)
    return f", said{speakers}" if speakers else ""


def days(event: Raw) -> list[str]:
    """The days of an event in words, that of `when` first: `May 2022`, `in effect 1 June 2022`."""
    return [f"{_DAYS[time['role']]}{in_words(time)}" for time in _times(event)]


def coded_days(event: Raw) -> list[str]:
    """The same days as coded, for programs: `2022-05`, `2022-06-01 effective`."""
    return [
        " ".join([*(time[key] for key in ("edtf", "mod", "bound") if key in time), *_named_role(time)])
        for time in _times(event)
    ]


def _named_role(time: Raw) -> list[str]:
    return [] if time["role"] == "when" else [time["role"]]


def _times(event: Raw) -> list[Raw]:
    order = list(_DAYS)
    return sorted(event.get("times", ()), key=lambda time: (order.index(time["role"]), _first_day(time["edtf"])))


def _first_day(edtf: str) -> str:
    """The first day that a date may mean, to sort by, or its last where it has no first; what has none comes last."""
    first, last = bounds(edtf)
    return first or last or "~"


def _shown(item: Raw) -> str:
    return f" {quote(item['span'])}" if "span" in item else ""


def _mentioned(lookup: Lookup, item: Raw) -> str:
    return "".join(f" {lookup.call(key)}" for key in item.get("mentions", ()))

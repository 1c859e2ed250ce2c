"""The parts of an event as phrases."""

from collections.abc import Iterable, Iterator

from cte_corpus.edtf import bounds
from cte_corpus.show.lookup import ORDER, Lookup, Raw, label, quote, standing
from cte_corpus.text.terminal import isolate

_PARTS = ("arguments", "places")
_HELD = ("section", "sentence", "mention", "event", "sanction")
_DAYS = ("when", "effective", "as-of", "announced", "deadline")
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


def count(number: int, noun: str) -> str:
    """`1 event`, `2 events`, `2 entities`."""
    many = f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else many}"


def holding(lookup: Lookup, document: str) -> str:
    """What a document holds, in numbers."""
    return ", ".join(count(sum(1 for _ in lookup.of(kind, document)), kind) for kind in _HELD)


def note(item: Raw) -> str:
    """The note of a part in brackets, or nothing."""
    return f" [{isolate(item['note'])}]" if "note" in item else ""


def date(dated: Raw) -> str:
    """A date with its basis and the words that show it."""
    basis = f"{dated['basis']} against {dated['anchor']}" if "anchor" in dated else dated["basis"]
    mods = "".join(f" {dated[key]}" for key in ("mod", "bound") if key in dated)
    return f"{dated['edtf']}{mods} ({basis}){_shown(dated)}{note(dated)}"


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
    """A figure with its bounds: `at least 2,000 USD per P1M (what is counted) “…”`."""
    figures = " to ".join(f"{item[key]:,}" for key in ("value", "lower", "upper") if key in item)
    unit = f" {item['unit']}" if "unit" in item else ""
    per = f" per {item['per']}" if "per" in item else ""
    per += f" per {isolate(item['per_item']['text'])}" if "per_item" in item else ""
    as_of = f", as of {item['as_of']}" if "as_of" in item else ""
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
        found.append((ORDER.index(standing(event)), first, day, f"{what}{said_by(lookup, event)}"))
    size = max((len(day) for _, _, day, _ in found), default=0)
    for place, _, day, what in sorted(found, key=lambda item: item[:2]):
        yield ORDER[place], f"{day + ':':<{size + 1}} {what}"


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
    """The days of an event, that of `when` first, the others with their roles: `2022-05`, `2022-06-01 effective`."""
    return [" ".join([*_dated(time), *([] if time["role"] == "when" else [time["role"]])]) for time in _times(event)]


def _dated(time: Raw) -> list[str]:
    return [time[key] for key in ("edtf", "mod", "bound") if key in time]


def _times(event: Raw) -> list[Raw]:
    return sorted(event.get("times", ()), key=lambda time: (_DAYS.index(time["role"]), _first_day(time["edtf"])))


def _first_day(edtf: str) -> str:
    """The first day that a date may mean, to sort by, or its last where it has no first; what has none comes last."""
    first, last = bounds(edtf)
    return first or last or "~"


def _shown(item: Raw) -> str:
    return f" {quote(item['span'])}" if "span" in item else ""


def _mentioned(lookup: Lookup, item: Raw) -> str:
    return "".join(f" {lookup.call(key)}" for key in item.get("mentions", ()))

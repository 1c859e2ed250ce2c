"""Level 3: a date is the one that its span prints, and fits what it was resolved against."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from cte_corpus import edtf
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record
from cte_corpus.text.printed import PrintedDate, printed_date

NEAR = 13
"""Days from its anchor at which a day of the week lies at most."""

MODS = frozenset({"start", "mid", "end"})
_AT_LEAST = {"or-later": "since", "or-earlier": "until"}
"""What is not printed beside `at least` where a bound is coded."""

_PARTS = re.compile(r"(?<![0-9])([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9X])")
_DOUBT = re.compile(r"\b(?:probabl|perhaps|possibl|maybe|likely|may)|ربما|محتمل|يرجح")


def check(doc: Doc) -> Findings:
    """Whether times and listings say what their spans print. All dates of the document must be valid."""
    spans: dict[tuple[int, int], Record] = {}
    for _, time in doc.times:
        span = time.get("span")
        if "anchor" in time:
            yield from _anchored(time, _dates_of(time["anchor"], doc), doc)
        if span is None:
            yield from _wordless(time, doc)
            continue
        first = spans.setdefault((span["start"], span["end"]), time)
        if first is not time and _value(first) != _value(time):
            message = f"“{span['text']}” is coded {_value(first)} elsewhere, and {_value(time)} here"
            yield Found("CTE332", time, message, "edtf", "one printed date has one value", ((first, "the other"),))
        else:
            yield from _printed(time, span["text"])


def _value(time: Record) -> str:
    return " ".join(time[key] for key in ("edtf", "mod", "bound") if key in time)


def _dates_of(anchor: str, doc: Doc) -> list[str]:
    """The dates of what others may be resolved against: this document, a section or event of it."""
    if anchor in doc.by_id:
        return [time["edtf"] for time in doc.by_id[anchor].get("times", NONE)]
    if anchor == doc.id:
        return [doc.document["published"]["edtf"]] if "published" in doc.document else []
    return [one["vintage"]["edtf"] for one in doc.sections if one["id"] == anchor and "vintage" in one]


def _wordless(time: Record, doc: Doc) -> Findings:
    """What words add to a date is shown by them, or taken from the event by which the date was found."""
    if time.get("mod") in MODS:
        known = [one for event, one in doc.times if event["id"] == time.get("anchor")]
        if not any(one.get("mod") == time["mod"] for one in known):
            yield Found("CTE331", time, "`mod` is coded, and no words are shown that say so", "mod")


@lru_cache(maxsize=8192)
def _faults(words: str, value: str, basis: str, mod: str | None, bound: str | None) -> tuple[tuple[str, str], ...]:
    """What a date says otherwise than its words: the field, and how."""
    printed = None if value.startswith("-") or "0000" in value else printed_date(words)
    if printed is None:
        return ()
    if basis == "inferred":
        return () if printed.is_empty else (("basis", "a date is printed: it is stated, or resolved"),)
    stated = basis == "stated"
    return (*_compared(printed, value, stated, mod, bound), *_based(printed, value, stated), *_doubted(words, value))


def _based(printed: PrintedDate, value: str, stated: bool) -> Iterator[tuple[str, str]]:
    """A date is stated where it is printed, and resolved where it is relative."""
    parts = _PARTS.findall(value)
    if not (printed.years or printed.months or printed.days):
        if stated and not printed.is_empty:
            yield "basis", "what is printed is relative: the date is `resolved`, against an `anchor`"
    elif not stated and printed.years and printed.year_offset is None and "X" not in value:
        full = all((printed.months or not month) and (printed.days or not day) for _, month, day in parts)
        if full:
            yield "basis", "the whole date is printed: it is `stated`"
    if printed.years and "X" in value[:4]:
        yield "edtf", f"{', '.join(map(str, sorted(printed.years)))} is printed, and {value} coded"


def _doubted(words: str, value: str) -> Iterator[tuple[str, str]]:
    if ("?" in value or "%" in value) and not _DOUBT.search(words):
        yield "edtf", f"{value} says that it is not sure, and no word does"


def _compared(
    printed: PrintedDate, value: str, stated: bool, mod: str | None, bound: str | None
) -> Iterator[tuple[str, str]]:
    parts = _PARTS.findall(value)
    coded = {name: {int(part[n]) for part in parts if part[n]} for n, name in enumerate(("year", "month", "day"))}
    if "X" not in value and parts:
        for name, given in (("year", printed.years), ("month", printed.months), ("day", printed.days)):
            if given and given != coded[name] and not any(month > 12 for month in coded["month"]):
                told = ", ".join(map(str, sorted(coded[name]))) or f"no {name}"
                yield "edtf", f"the {name} {', '.join(map(str, sorted(given)))} is printed, and {told} coded"
            elif not given and coded[name] and _is_whole(printed, name, stated):
                yield "edtf", f"no {name} is printed, and {', '.join(map(str, sorted(coded[name])))} coded"
    if printed.weekday is not None:
        days = {_weekday(*part) for part in parts if part[2]}
        if printed.weekday not in days:
            yield "edtf", f"{value} is not on the day of the week that is printed"
    yield from _bounding(printed, value, stated)
    said = printed.words & MODS
    if said and mod not in said and not _says(printed, "until") and mod != "or-earlier":
        yield "mod", f"“{' and '.join(sorted(said))}” is printed, and {mod or 'no `mod`'} coded"
    elif (stated or not printed.is_empty) and mod in MODS and not said:
        yield "mod", f"`{mod}` is coded, and no word says so"
    if "at least" in printed.words and not bound:
        yield "edtf", "at least, or earlier or later, is printed, and no `bound` coded"
    elif (stated or not printed.is_empty) and bound and "at least" not in printed.words:
        yield "bound", "a bound is coded, and no word says so"
    elif bound and "at least" in printed.words and printed.words & {_AT_LEAST[bound]}:
        yield "bound", f"“{_AT_LEAST[bound]} at least” is not `{bound}`"


def _is_whole(printed: PrintedDate, name: str, stated: bool) -> bool:
    """Whether the words would print a part of the date if they told it."""
    if printed.is_empty or printed.weekday is not None:
        return False
    return stated or (name == "day" and bool(printed.months) and printed.offset is None)


def _says(printed: PrintedDate, word: str) -> bool:
    return word in printed.words or f"perhaps {word}" in printed.words


def _bounding(printed: PrintedDate, value: str, stated: bool) -> Iterator[tuple[str, str]]:
    """Open ends and marks against the words for them."""
    is_open = {"since": value.endswith(("/..", "/")), "until": value.startswith(("../", "/"))}
    is_open["about"] = value[-1] in "~%" or "~" in value
    for word, coded in is_open.items():
        if word in printed.words and not coded and "/" not in value:
            yield "edtf", f"“{word}” is printed, and {value} does not say so"
        elif coded and (stated or (word != "since" and not printed.is_empty)) and not _says(printed, word):
            yield "edtf", f"{value} says “{word}”, and no word of the span does"


def _weekday(year: str, month: str, day: str) -> int:
    return date(int(year), int(month), int(day)).weekday()


def _printed(time: Record, words: str) -> Findings:
    bound = time.get("bound") or ("or-earlier" if time.get("mod") == "or-earlier" else None)
    for key, message in _faults(words, time["edtf"], time["basis"], time.get("mod"), bound):
        yield Found(
            "CTE331", time, f"“{words}”: {message}", key, "read the span again, or take in the words that say it"
        )


def _anchored(time: Record, dates: list[str], doc: Doc) -> Findings:
    """A date that is relative to another fits that."""
    anchor = time["anchor"]
    if not dates:
        message = f"`{anchor}` has no date against which this could be resolved"
        yield Found("CTE333", time, message, "anchor", slip=f"no date of {anchor}")
        return
    words = time["span"]["text"] if "span" in time else ""
    if not words and time.get("role") == "as-of" and time["edtf"] not in dates:
        message = f"no words tell this day, and it is not that of `{anchor}`: {', '.join(dates)}"
        help_ = "what holds at the time of its anchor has the same date; or is that of the anchor wrong?"
        yield Found("CTE333", time, message, "edtf", help_, slip=f"date of {anchor}")
        return
    if not words and time.get("role") == "as-of" and "bound" in time:
        if not any(one.get("bound") == time["bound"] for event, one in doc.times if event["id"] == anchor):
            yield Found("CTE333", time, f"no words tell this bound, and `{anchor}` does not have it", "bound")
        return
    why = _off(words, time["edtf"], tuple(dates), ":" in anchor)
    if why:
        message = f"{why}: {time['edtf']}, but `{anchor}` is dated {', '.join(dates)}"
        yield Found("CTE333", time, message, "edtf", slip=f"date of {anchor}")


@lru_cache(maxsize=8192)
def _off(words: str, value: str, dates: tuple[str, ...], own: bool) -> str:
    """In what a date does not fit its anchor; empty where it does, or where that cannot be told."""
    printed = printed_date(words) if words else None
    if words and printed is None:
        return ""
    first, last = edtf.bounds(value)
    bounds = [edtf.bounds(one) for one in dates]
    meets = any((first or "") <= (b or "~") and (a or "") <= (last or "~") for a, b in bounds)
    if printed is None or (printed.is_empty and own):
        return "" if meets else "no day of it is one of its anchor's"
    if printed.offset == 0 and not meets:
        return "“today” is the day of the anchor"
    if first is None or any(None in one for one in bounds):
        return ""
    low, high = min(a for a, _ in bounds if a), max(b for _, b in bounds if b)
    if printed.year_offset is not None and not low[:4] <= f"{int(first[:4]) - printed.year_offset:04}" <= high[:4]:
        return "it is not the year that the words name"
    if printed.weekday is not None or printed.offset is not None:
        if _days(first, high) > NEAR or _days(low, first) > NEAR:
            return "a day that is named by itself lies near"
    elif not printed.years and printed.months and not int(low[:4]) - 1 <= int(first[:4]) <= int(high[:4]) + 1:
        return "a month without a year lies near"
    return ""


def _days(start: str, end: str) -> int:
    return 0 if "0000" in (start[:4], end[:4]) else (date.fromisoformat(start) - date.fromisoformat(end)).days

"""Dates in EDTF (ISO 8601-2:2019), levels 0 and 1 without clock times, and one-of sets `[a..b]`, `[a,b]`.

Source: the EDTF specification of the Library of Congress, 4 February 2019. Days are ISO strings, so that they sort,
and stay text in every table.
"""

import re
from calendar import monthrange
from functools import lru_cache

Bounds = tuple[str | None, str | None]
"""Earliest and latest day that a date may mean; None where that end is open or unknown."""

_DATE = re.compile(r"(-?)([0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]XXX|XXXX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?")
LONGEST = 1000
"""Characters of the longest date; no text gives one that is nearly as long."""

_LONG_YEAR = re.compile(r"Y-?[1-9][0-9]{4,}")
# Northern seasons, as the specification leaves the hemisphere to the reader: first and last month.
_SEASONS = {"21": ("03", "05"), "22": ("06", "08"), "23": ("09", "11"), "24": ("12", "02")}


@lru_cache(maxsize=65536)
def bounds(edtf: str) -> Bounds:
    """The earliest and latest day of a date, interval or one-of set.

    Raises:
        ValueError: it is not EDTF of the levels supported; the message says what is wrong.
    """
    if len(edtf) > LONGEST:
        raise ValueError(f"a date has at most {LONGEST:,} characters, got {len(edtf):,}")
    if edtf.startswith("["):
        return _one_of(edtf)
    if "/" in edtf:
        return _interval(edtf)
    return _date(edtf)


@lru_cache(maxsize=65536)
def is_reversed(edtf: str) -> bool:
    """Whether an interval, or a range of a set, ends before it starts. The date must be valid.

    Years outside 0000 to 9999 have no days to compare.
    """
    ranges = [edtf.partition("/")]
    if edtf.startswith("["):
        ranges = [part.strip().partition("..") for part in edtf[1:-1].split(",")]
    return any(
        (_date(start)[0] or "") > (_date(end)[1] or "~")
        for start, _, end in ranges
        if start not in ("", "..") and end not in ("", "..")
    )


def _interval(edtf: str) -> Bounds:
    start, _, end = edtf.partition("/")
    if "/" in end:
        raise ValueError(f"an interval has one slash: {edtf!r}")
    if start in ("", "..") and end in ("", ".."):
        raise ValueError(f"an interval has at least one end: {edtf!r}")
    earliest = None if start in ("", "..") else _date(start)[0]
    latest = None if end in ("", "..") else _date(end)[1]
    return earliest, latest


def _one_of(edtf: str) -> Bounds:
    if not edtf.endswith("]") or len(edtf) < 3:
        raise ValueError(f"a one-of set ends with a bracket: {edtf!r}")
    ranges = []
    for part in edtf[1:-1].split(","):
        start, dots, end = part.strip().partition("..")
        if not start and not end:
            raise ValueError(f"an empty member in {edtf!r}")
        first = _date(start) if start else (None, None)
        last = (_date(end) if end else (None, None)) if dots else first
        ranges.append((first[0], last[1]))
    starts = [start for start, _ in ranges if start is not None]
    ends = [end for _, end in ranges if end is not None]
    return (min(starts) if len(starts) == len(ranges) else None, max(ends) if len(ends) == len(ranges) else None)


def _date(text: str) -> Bounds:
    if _LONG_YEAR.fullmatch(text):
        return None, None
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date such as 2022, 2022-05, 2022-05-11, 201X, 2022-05-XX or 2022~")
    sign, year, month, day = match.groups()
    if sign or year == "XXXX":
        return None, None
    first, last = year.replace("X", "0"), year.replace("X", "9")
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError(f"a day without a month in {text!r}")
        return f"{first}-01-01", f"{last}-12-31"
    if "X" in year:
        raise ValueError(f"a month in an unspecified year in {text!r}: that is level 2")
    if month in _SEASONS:
        return _season(text, year, month, day)
    if not 1 <= int(month) <= 12:
        raise ValueError(f"there is no month {month} in {text!r}")
    days = monthrange(int(year) or 4, int(month))[1]
    if day is None or day == "XX":
        return f"{year}-{month}-01", f"{year}-{month}-{days}"
    if not 1 <= int(day) <= days:
        raise ValueError(f"there is no day {day} in month {year}-{month}")
    return f"{year}-{month}-{day}", f"{year}-{month}-{day}"


def _season(text: str, year: str, season: str, day: str | None) -> Bounds:
    if day is not None:
        raise ValueError(f"a season has no day: {text!r}")
    first, last = _SEASONS[season]
    end_year = int(year) + (last < first)
    if end_year > 9999:
        raise ValueError(f"{text!r} ends in a year of five digits, whose days would not sort")
    return f"{year}-{first}-01", f"{end_year:04}-{last}-{monthrange(end_year, int(last))[1]}"

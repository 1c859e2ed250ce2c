"""Dates in EDTF (ISO 8601-2:2019), levels 0 and 1 without clock times, and one-of sets `[a..b]`, `[a,b]`.

Source: the EDTF specification of the Library of Congress, 4 February 2019. Days are ISO strings, so that they sort,
and stay text in every table.
"""

import re
from calendar import monthrange
from functools import lru_cache
from typing import Literal

Bounds = tuple[str | None, str | None]
"""Earliest and latest day that a date may mean; None where that end is open or unknown."""

_DATE = re.compile(r"(-?)([0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]XXX|XXXX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?")
LONGEST = 1000
"""Characters of the longest date; no text gives one that is nearly as long."""

_LONG_YEAR = re.compile(r"Y-?[1-9][0-9]{4,}")
# Northern seasons, as the specification leaves the hemisphere to the reader: first and last month.
_SEASONS = {"21": ("03", "05"), "22": ("06", "08"), "23": ("09", "11"), "24": ("12", "02")}

_TERMS = {
    "en": {
        "between": "between {} and {}",
        "to": "{} to {}",
        "by": "by {}",
        "since": "from {} on",
        "from": "from {}, until when is not known",
        "earlier": "{} or earlier",
        "later": "{} or later",
        "or": " or ",
        "?": "possibly {}",
        "~": "about {}",
        "%": "possibly about {}",
        "day": "a day in {}",
        "month": "a month in {}",
        "year": "a year from {} to {}",
        "unknown": "an unknown year",
        "bc": "{} BC",
        "months": "January,February,March,April,May,June,July,August,September,October,November,December",
        "seasons": "spring,summer,autumn,winter",
    },
    "ar": {
        "between": "بين {} و{}",
        "to": "من {} إلى {}",
        "by": "بحلول {}",
        "since": "ابتداءً من {}",
        "from": "من {} حتى موعد غير معروف",
        "earlier": "{} أو قبل ذلك",
        "later": "{} أو بعد ذلك",
        "or": " أو ",
        "?": "ربما {}",
        "~": "نحو {}",
        "%": "ربما نحو {}",
        "day": "يوم ما في {}",
        "month": "شهر ما في {}",
        "year": "عام ما من {} إلى {}",
        "unknown": "عام غير معروف",
        "bc": "{} ق.م.",
        "months": "كانون الثاني/يناير,شباط/فبراير,آذار/مارس,نيسان/أبريل,أيار/مايو,حزيران/يونيو,تموز/يوليو,آب/أغسطس,"
        "أيلول/سبتمبر,تشرين الأول/أكتوبر,تشرين الثاني/نوفمبر,كانون الأول/ديسمبر",
        "seasons": "ربيع,صيف,خريف,شتاء",
    },
}
"""The words of dates by language; `{}` stands for a date."""


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


def earliest(edtf: str) -> str | None:
    """The first day that a date may mean, ISO; None where that end is open or unknown.

    Raises:
        ValueError: it is not EDTF of the levels supported.
    """
    return bounds(edtf)[0]


def latest(edtf: str) -> str | None:
    """The last day that a date may mean, ISO; None where that end is open or unknown.

    Raises:
        ValueError: it is not EDTF of the levels supported.
    """
    return bounds(edtf)[1]


def is_uncertain(edtf: str) -> bool:
    """Whether the date says that something of it is not known for sure.

    That is a mark (`2019?`, `2019~`, `2019%`), digits that are not given (`201X`, `2022-05-XX`), one of several dates
    (`[2022-05-09..2022-05-11]`), or an unknown end (`2019/`). A coarse date (`2019`), a stretch of time and an open end
    (`2014/..`) are not uncertain.

    Raises:
        ValueError: it is not EDTF of the levels supported.
    """
    bounds(edtf)
    return bool(re.search(r"[?~%X\[]|^/|/$", edtf))


@lru_cache(maxsize=65536)
def words(edtf: str, lang: Literal["en", "ar"] = "en") -> str:
    """The date in words, English or Arabic: `between 9 and 11 May 2022`, `by March 2019`, «بحلول آذار/مارس 2019».

    Arabic months have both their names: that of the Levant, and that of Egypt and the Gulf.

    Raises:
        ValueError: it is not EDTF of the levels supported, or there are no words in that language.
    """
    if lang not in _TERMS:
        raise ValueError(f"there are words in {' and '.join(_TERMS)}, not in {lang!r}")
    bounds(edtf)
    terms = _TERMS[lang]
    if edtf.startswith("["):
        return terms["or"].join(_range(part.strip(), "..", "between", terms) for part in edtf[1:-1].split(","))
    return _range(edtf, "/", "to", terms)


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
    if sign and year == "0000":
        raise ValueError(f"the year 0 has no sign: {text!r}")
    if sign or year == "XXXX":
        _judge(text, month, day)
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


def _judge(text: str, month: str | None, day: str | None) -> None:
    """Month and day of a year that has no days to compare; 29 February may be.

    Raises:
        ValueError: there is no such month or day.
    """
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError(f"a day without a month in {text!r}")
    elif month in _SEASONS:
        if day is not None:
            raise ValueError(f"a season has no day: {text!r}")
    elif not 1 <= int(month) <= 12:
        raise ValueError(f"there is no month {month} in {text!r}")
    elif day not in (None, "XX") and not 1 <= int(day) <= monthrange(4, int(month))[1]:
        raise ValueError(f"there is no day {day} in month {month} in {text!r}")


def _season(text: str, year: str, season: str, day: str | None) -> Bounds:
    if day is not None:
        raise ValueError(f"a season has no day: {text!r}")
    first, last = _SEASONS[season]
    end_year = int(year) + (last < first)
    if end_year > 9999:
        raise ValueError(f"{text!r} ends in a year of five digits, whose days would not sort")
    return f"{year}-{first}-01", f"{end_year:04}-{last}-{monthrange(end_year, int(last))[1]}"


def _range(text: str, mark: str, closed: str, terms: dict[str, str]) -> str:
    """A date, or two of them with a mark between, in words; `closed` is the term where both ends are given."""
    start, found, end = text.partition(mark)
    if not found:
        return _one(text, terms)
    if start in ("", ".."):
        return terms["by" if mark == "/" else "earlier"].format(_one(end, terms))
    if end in ("", ".."):
        known = "from" if end == "" else "since"
        return terms[known if mark == "/" else "later"].format(_one(start, terms))
    last = _one(end, terms)
    shared = next((size for size in (7, 4) if len(start) == len(end) > size and start[:size] == end[:size]), 0)
    first = _one(start, terms)
    if shared and start.replace("-", "").isdigit() and end.replace("-", "").isdigit():  # the month or year stands once
        first = first.removesuffix(" " + _one(end[:shared], terms))
    return terms[closed].format(first, last)


def _one(text: str, terms: dict[str, str]) -> str:
    """A single date in words."""
    if text[-1] in "?~%":
        return terms[text[-1]].format(_one(text[:-1], terms))
    match = _DATE.fullmatch(text)
    if not match:  # a year of more than four digits
        return _year(int(text[1:]), terms)
    sign, year, month, day = match.groups()
    if "X" in year:
        span = terms["year"].format(year.replace("X", "0"), year.replace("X", "9"))
        return terms["unknown"] if year == "XXXX" else span
    found = _year(int(sign + year), terms)
    if month == "XX":
        return terms["day" if day else "month"].format(found)
    if month in _SEASONS:
        return f"{terms['seasons'].split(',')[int(month) - 21]} {found}"
    if month:
        found = f"{terms['months'].split(',')[int(month) - 1]} {found}"
    if day == "XX":
        return terms["day"].format(found)
    return f"{int(day)} {found}" if day else found


def _year(number: int, terms: dict[str, str]) -> str:
    return str(number) if number > 0 else terms["bc"].format(1 - number)

"""Absolute dates of a text, as EDTF. Relative ones ("Monday", "this year") are the reader's: they need an anchor."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from cte_corpus.edtf import bounds
from cte_corpus.text.fold import fold
from cte_corpus.text.near import Telling, stretches


class Date(NamedTuple):
    """A date as printed; offsets are code points of the reference text."""

    start: int
    end: int
    edtf: str
    """Empty where the year is not printed."""

    note: str = ""
    """What is missing, or doubtful."""

    is_particular: bool = False
    """Whether it is a date of birth, or one of a passport: particulars are never coded."""


_MONTHS = (
    "january jan يناير كانون_الثاني",
    "february feb فبراير شباط",
    "march mar مارس اذار",
    "april apr ابريل نيسان افريل",
    "may مايو ايار ماي",
    "june jun يونيو حزيران جوان",
    "july jul يوليو تموز يوليوز جويليه جويلية",
    "august aug اغسطس اب غشت اوت",
    "september sept sep سبتمبر ايلول شتنبر",
    "october oct اكتوبر تشرين_الاول",
    "november nov نوفمبر تشرين_الثاني نونبر",
    "december dec ديسمبر كانون_الاول دجنبر",
)
"""The names of each month, folded: English, Arabic of the east, of Egypt and the Gulf, and of the Maghreb."""

MONTHS = {name.replace("_", " "): n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
"""The number of each name of a month, folded."""

_SHORT = {"jan", "feb", "mar", "apr", "jun", "aug", "sept", "sep", "oct", "nov", "dec"}
NAMES = "|".join(
    sorted((name.replace(" ", r"\s") + (r"\.?" if name in _SHORT else "") for name in MONTHS), key=len, reverse=True)
)
"""The names as a pattern."""

_MONTH = rf"(?:{NAMES})(?!\w)(?:\s?[/(]\s?(?:{NAMES})(?!\w)\)?)?"
AROUND = 64
"""Code points of the longest words between the digits of a date, or before them."""

DIGITS = Telling(r"\d[\d\s-]*")
"""Digits; blanks and hyphens may stand between them."""

_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_LAST = rf"(?:\s?(?:-|و|and|to|الي|حتي)\s?(?P<last>{_DAY}))?"
_DAYS = rf"(?P<day>{_DAY}){_LAST}"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_YEAR_WORD = r"(?:(?:من|ال)?\s?(?:عام|سنه|العام)\s)?"
_START = r"(?<![\w/.])(?<![^\W\d]-)(?<!\d-)[وف]?[بكل]?"
_PART = r"(?:(?:early|mid|late|اوائل|مطلع|بدايه|منتصف|اواسط|اواخر)[\s-])"
_BEGUN = rf"(?<![\w/.-])[وف]?[بكل]?(?P<part>{_PART})"
_END = r"(?:(?<=\dst|\dnd|\drd|\dth)|(?![\w/]|[.,-]\d|,?\s(?:1[89]|20)\d\d))"
"""A space that was lost after an ordinal does not matter."""

_YEARS = Telling(r"\d{4}")
_MONTHS_SAID = Telling(r"(?!)", (name.partition(" ")[0] for name in MONTHS))
"""Words with a year, and words with the name of a month, or its beginning."""

# Patterns as text: `re` compiles one when it is first used, and keeps it. Who only needs the names waits for none.
_PATTERNS = (
    rf"{_BEGUN}(?:the\syear\s|عام\s|سنه\s)?{_YEAR}(?![\w%]|\s?[-–/]\s?\d|[.,]\d)",
    rf"{_BEGUN}(?:شهر\s)?(?P<month>{_MONTH}),?\s(?:of\s|من\s)?{_YEAR_WORD}{_YEAR}{_END}",
    rf"(?<![\w/.-])(?P<year>\d{{4}})-(?P<number>0[1-9]|1[0-2])-(?P<day>\d\d){_END}",
    rf"(?<![\w/.,-]){_DAYS}\s(?:of\s|من\s)?(?P<month>{_MONTH})(?:,?\s(?:من\s)?{_YEAR_WORD}{_YEAR})?{_END}",
    rf"{_START}(?P<month>{_MONTH})\s{_DAYS}(?:,?\s{_YEAR})?{_END}",
    rf"{_START}(?P<month>{_MONTH}),?\s(?:of\s|من\s)?{_YEAR_WORD}{_YEAR}{_END}",
    rf"(?<!\w)(?P<lead>[وف]?(?:عام|سنه|عامي|العام|year|in|since|until|by|before|after|around|about|circa|from"
    rf"|during|end of|late as|recently as|early as|as of|throughout)\s"
    rf"(?:(?:the\syear|at\sleast|about|around|حوالي|نحو)\s)?){_YEAR}"
    r"(?!\w|\s?(?:[-–/]\s?\d|[%$]|[.,]\d))",
)
_NUMERIC = (
    r"(?<![\w./-])(?:(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)|((?:19|20)\d\d)([/.])(\d{1,2})\6(\d{1,2}))"
    r"(?![\w/-]|\.\d)"
)
_OF_PERSON = (
    r"(?:\bd\.?o\.?b\.?|\bborn|\bbirth|\bissued|\bexpir\w+|مواليد|الميلاد|ولد)[\s:]*"
    r"(?:on|in|في|circa|approximately)?\s?$"
)
"""Before a date of birth, or one of a passport."""

_UNITS = r"(?:(?:يوم|عام|سنه|شهر|the year|at least|early|late|mid)[\s-])*"
_AS_OF = r"\bas of\s$"
_SINCE = rf"(?:\bsince|\bfrom|منذ|اعتبار\w+ من|ابتداء\w* من|بدءا من)\s{_UNITS}$"
_UNTIL = rf"(?:\buntil|\btill|\bb(?:efore|y) the end of|حتي|لغايه|(?:قبل|بحلول) نهايه)\s{_UNITS}$"
_ABOUT = rf"(?:\babout|\baround|\bcirca|\bapproximately|نحو|حوالي|قرابه)\s{_UNITS}$"


def dates(text: str) -> list[Date]:
    """The absolute dates of a reference text, in its order; words that bound a date are part of it."""
    folded = fold(text)
    found: list[Date] = []
    taken: set[int] = set()
    years, months = (stretches(folded.text, telling, AROUND) for telling in (_YEARS, _MONTHS_SAID))
    for pattern in map(re.compile, _PATTERNS):
        for match in _all(pattern, folded.text, months if "month" in pattern.groupindex else years):
            first, last = _extent(match)
            place = range(first, last)
            printed = text[folded.back(first) : folded.back_end(last)]
            if not taken.isdisjoint(place) or "may" in printed:  # "may" is a verb
                continue
            taken.update(place)
            edtf = _edtf(match)
            if edtf is None:
                continue
            date, more = _bounded(edtf, folded.text[max(0, first - 40) : first])
            note = "" if edtf else "the year is not printed"
            is_particular = _is_of_person(folded.text, first)
            found.append(Date(folded.back(first - more), folded.back_end(last), date, note, is_particular))
    for match in _all(re.compile(_NUMERIC), folded.text, years):
        if taken.isdisjoint(range(*match.span())):
            is_particular = _is_of_person(folded.text, match.start())
            start, end = folded.back(match.start()), folded.back_end(match.end())
            found.append(Date(start, end, "", _doubt(match), is_particular))
    return sorted(found)


def _all(pattern: re.Pattern[str], text: str, near: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    return chain.from_iterable(pattern.finditer(text, start, end) for start, end in near)


def _is_of_person(text: str, first: int) -> bool:
    """Whether a date that begins there is one of birth, or of a passport."""
    return bool(re.compile(_OF_PERSON).search(text, max(0, first - 24), first))


def _doubt(match: re.Match[str]) -> str:
    """What a date in digits alone may mean: which number is the month differs from country to country."""
    first, second, year = (match[1], match[3], match[4]) if match[1] else (match[7], match[8], match[5])
    readings = [(year, second, first), (year, first, second)]
    found = []
    for year, month, day in readings:
        edtf = f"{year}-{int(month):02}-{int(day):02}"
        try:
            bounds(edtf)
        except ValueError:
            continue
        found.append(edtf)
    return f"doubtful, digits alone: {' or '.join(dict.fromkeys(found)) or 'no day that exists'}"


def _extent(match: re.Match[str]) -> tuple[int, int]:
    """Where the date itself stands, without proclitics and words before a bare year."""
    groups = [match.start(name) for name in ("part", "day", "month", "year") if _group(match, name)]
    return min(groups), match.end()


def _group(match: re.Match[str], name: str) -> str:
    return (match[name] or "") if name in match.re.groupindex else ""


def _edtf(match: re.Match[str]) -> str | None:
    """The date in EDTF, empty without a year, None if there is no such day."""
    year, day, last = (_group(match, name) for name in ("year", "day", "last"))
    month = int(_group(match, "number") or 0) or _month(_group(match, "month"))
    if not year:
        return ""
    if _group(match, "month") and not month:
        return None
    one = year if not month else f"{year}-{month:02}"
    days = [f"{one}-{int(re.sub(r'[^0-9]', '', part)):02}" for part in (day, last) if part]
    edtf = "/".join(days) or one
    try:
        bounds(edtf)
    except ValueError:
        return None
    return edtf


def _month(name: str) -> int | None:
    """The number of a month by its name; of a double name both must mean the same, else it is none."""
    numbers = {MONTHS.get(part.strip(" ().").replace("\n", " ")) for part in re.split("[/(]", name) if part.strip()}
    return numbers.pop() if len(numbers) == 1 else None


def _bounded(edtf: str, before: str) -> tuple[str, int]:
    """The date as the words before it bound it, and the characters of these words."""
    if edtf and "/" not in edtf:
        for words, form in ((_AS_OF, "{}"), (_SINCE, "{}/.."), (_UNTIL, "../{}"), (_ABOUT, "{}~")):
            match = re.search(words, before)
            if match:
                return form.format(edtf), len(match[0])
    return edtf, 0

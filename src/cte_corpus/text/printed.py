"""What the words of a quoted span say of a date: its parts, and the words that bound it.

It reads what `dates` reads, and also what is relative, as the span itself is known to be a date.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from cte_corpus.text.dates import MONTHS, NAMES
from cte_corpus.text.fold import fold


class PrintedDate(NamedTuple):
    """The parts of a date that are printed, and what the words beside them say."""

    years: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]
    weekday: int | None
    """0 for Monday."""

    offset: int | None
    """Days from the anchor: 0 for "today"."""

    year_offset: int | None
    """Years from that of the anchor: 0 for "this year"."""

    words: frozenset[str]
    """What bounds it: `since`, `until`, `about`, `start`, `mid`, `end`, `at least`; `perhaps since` and the like."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the date itself was read."""
        return not (self.years or self.months or self.days) and self.weekday is self.offset is self.year_offset is None


_WEEKDAYS = (
    "monday الاثنين",
    "tuesday الثلاثاء",
    "wednesday الاربعاء",
    "thursday الخميس",
    "friday الجمعه",
    "saturday السبت",
    "sunday الاحد",
)
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_OFFSETS = {"today": 0, "tonight": 0, "اليوم": 0, "yesterday": -1, "امس": -1, "tomorrow": 1, "غدا": 1}
_YEAR_OFFSETS = (
    (0, r"\bthis year\b|\b(?:العام|السنه)\s(?:الجاري|الحالي|الجاريه|الحاليه)|هذا العام|هذه السنه"),
    (-1, r"\blast year\b|\b(?:العام|السنه)\s(?:الماضي|الفائت|المنصرم|الماضيه)"),
    (1, r"\bnext year\b|\b(?:العام|السنه)\s(?:المقبل|القادم|المقبله|القادمه)"),
)
_WORDS = {
    "since": r"\bsince\b|\bonwards?\b|منذ|اعتبارا من|ابتداء من|بدءا من|فصاعدا",
    "perhaps since": r"\b(?:from|beginning|starting|as of|after)\b|\bمن\b|بعد",
    "until": r"\b(?:until|till)\b|حتي|لغايه",
    "perhaps until": r"\b(?:before|by|up to|through|no later than)\b|قبل|بحلول",
    "about": r"\b(?:about|around|circa|approximately|roughly)\b|نحو|حوالي|قرابه",
    "perhaps about": r"\b(?:spring|summer|autumn|fall|winter)\b|ربيع|صيف|خريف|شتاء",
    "start": r"\b(?:early|beginning|start)\b|اوائل|مطلع|بدايه|بدايات|مستهل",
    "mid": r"\b(?:mid|middle)\b|منتصف|اواسط",
    "end": r"\b(?:late|end)\b|اواخر|نهايه|نهايات",
    "at least": r"\bat least\b|or earlier|or later|no later than|علي الاقل|لا يقل|او قبل|او بعد",
}
_MATCHES = {name: re.compile(pattern) for name, pattern in _WORDS.items()}
_MONTH = re.compile(rf"(?<!\w)[وف]?[بكل]?(?P<name>{NAMES})(?!\w)")
_YEAR = re.compile(r"(?<![\d,.])(?:1[89]|20)\d\d(?![\d%]|[,.]\d)")
_DAY = re.compile(r"(?<![\d:./-])[وف]?[بكل]?([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:./%]|\s?[ap]\.?m\b)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_OTHER = re.compile(
    r"\d[/.]\d|هجري|\dه|(?:19|20)\d0s|century|\bال?قرن|\bال?عقد\b|quarter|\bال?ربع\b|\bto\b.*\d{4}|\d{4}\s?-\s?\d"
)
"""Forms that are read otherwise, or not at all: dates in digits alone, other calendars, decades, ranges."""


@lru_cache(maxsize=8192)
def printed_date(words: str) -> PrintedDate | None:
    """What a span says of its date; None where the reader cannot tell."""
    text = fold(words).text.strip()
    iso = _ISO.search(text)
    if iso:
        year, month, day = (frozenset([int(part)]) for part in iso.groups())
        return PrintedDate(year, month, day, None, None, None, _said(text))
    if _OTHER.search(text):
        return None
    years = frozenset(map(int, _YEAR.findall(text)))
    months = frozenset(MONTHS[" ".join(match["name"].rstrip(".").split())] for match in _MONTH.finditer(text))
    days = frozenset(map(int, _DAY.findall(text))) if months else frozenset()
    weekday = next(
        (number for name, number in _WEEKDAY.items() if re.search(rf"(?<!\w)\w?\w?{name}(?!\w)", text)), None
    )
    offset = next((number for name, number in _OFFSETS.items() if re.search(rf"(?<!\w){name}(?!\w)", text)), None)
    year_offset = next((number for number, pattern in _YEAR_OFFSETS if re.search(pattern, text)), None)
    return PrintedDate(years, months, days, weekday, offset, year_offset, _said(text))


def _said(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _MATCHES.items() if pattern.search(text))

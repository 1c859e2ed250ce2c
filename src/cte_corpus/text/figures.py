"""Figures of a text with the words that bound them: "more than 80", "at least two million dollars".

A figure that looks right and is wrong is worse than none: of years, telephone numbers, numbers of lists, rooms and
committees, and of digits that may be grouped in several ways, none is read.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cte_corpus.text import numbers
from cte_corpus.text.dates import AROUND, DIGITS, NAMES
from cte_corpus.text.fold import Form, fold
from cte_corpus.text.near import Telling, stretches


class Figure(NamedTuple):
    """A figure as printed, with its comparator; offsets are code points of the reference text."""

    start: int
    end: int
    comparator: str
    """`many` where it has no number: "tens of millions"."""

    value: int | float | None = None
    lower: int | float | None = None
    upper: int | float | None = None
    unit: str = ""
    """ISO 4217 code or `percent`, where printed."""

    counted: str = ""
    """The word after it, for the reader: what is counted is his to say."""


class _Number(NamedTuple):
    """A number in the folded text."""

    start: int
    """Of its currency sign, where it has one."""

    first: int
    """Of the number itself."""

    end: int
    value: int | float
    unit: str
    is_bare: bool
    """Whether it is digits alone, ungrouped, without currency or unit."""


_BEFORE = (
    ("ge", r"at least|no (?:less|fewer) than|not (?:less|fewer) than|a minimum of|ما لا يقل عن|لا يقل عن|لا تقل عن"
     r"|علي الاقل"),
    ("le", r"up to|at most|no more than|not more than|as many as|a maximum of|ما لا يزيد (?:عن|علي)|لا يزيد (?:عن|علي)"
     r"|لا يتجاوز|لا تتجاوز|علي الاكثر|ما لا يتجاوز"),
    ("gt", r"more than|over|above|exceeding|upwards of|in excess of|اكثر من|ازيد من|ما يزيد (?:عن|علي)|يزيد (?:عن|علي)"
     r"|تزيد (?:عن|علي)|ما يفوق|يفوق|تفوق|ما يتجاوز|يتجاوز|تتجاوز|ما ينيف (?:عن|علي)"),
    ("lt", r"less than|fewer than|under|below|اقل من|ما دون|دون"),
    ("approx", r"about|around|approximately|some|nearly|almost|roughly|close to|an estimated|نحو|حوالي|زهاء|قرابه|قرابة"
     r"|ما يقرب من|ما يقارب|يقارب|تقارب|ما يناهز|يناهز|تقريبا"),
)  # fmt: skip
_AFTER = (
    ("ge", r"or more|at least|علي الاقل|او اكثر|فاكثر"),
    ("le", r"or less|or fewer|at most|علي الاكثر|كحد اقصي|او اقل"),
    ("approx", r"or so|approximately|تقريبا"),
)
_CURRENCY = {"$": "USD", "€": "EUR", "£": "GBP", "usd": "USD", "eur": "EUR", "gbp": "GBP"}
_UNIT = {
    **dict.fromkeys(("%", "percent", "per cent", "بالميه", "بالمايه", "في الميه", "في المايه", "٪"), "percent"),
    **dict.fromkeys(("dollars", "us dollars", "u.s. dollars", "دولار", "دولارات", "دولارا", "دولار امريكي"), "USD"),
    **dict.fromkeys(("euros", "euro", "يورو"), "EUR"),
}
# Patterns that few texts need are text: `re` compiles one when it is first used, and keeps it.

COINS = (
    r"(?i:\s(?:afghani|crown|dinar|dirham|dollar|euro|franc|krona|krone|lira|naira|peso|pound|rand|rial|riyal|r(?:o)?uble|rupee"
    r"|rupiah|shilling|yen|yuan)s?\b)"
)
"""After an adjective of a country, the money that has its name from it."""

_UNITS = numbers.any_of(_UNIT)
_NUMBER = re.compile(
    r"(?<![\w.,/:'])(?<![^\W\d]-)(?:[وف]?[بكل]?)(?P<article>ال\s?)?"
    r"(?P<money>(?:u\.?s\.?\s?)?[$€£]|(?:usd|eur|gbp)\s)?(?P<percent>[%٪]\s?)?"
    rf"(?P<number>{numbers.PATTERN})"
)
_TAIL = re.compile(rf"(?:\s?(?P<unit>{_UNITS})(?!\w))?(?![\w/]|[.,:'´]\d|:\s|-\d{{4}}|{numbers.HALF}|\s?[ap]\.?m\b)")
_BOUND = re.compile(
    r"(?<!\w)(?:[وف]?[بكل]?)(?:ال)?(?P<words>" + "|".join(words for _, words in _BEFORE) + r")\s(?:and\s)?$"
)
_OF_YEAR = "|".join(words for code, words in _BEFORE if code in ("ge", "approx"))
_BETWEEN = re.compile(r"(?<!\w)[وف]?(?:between|from|ما بين|بين)\s$")
_FOLLOWING = re.compile(r"\s(?:(?P<noun>\w+)\s)?(?P<after>" + "|".join(words for _, words in _AFTER) + r")(?!\w)")
_AND = re.compile(r"\s?(?:-|and\s|to\s|و|الي\s)\s?(?:u\.?s\.?\s?)?[$€£]?(?:ال)?")
_COUNTED = re.compile(r"\s(\w[\w'-]*)")
_NUMBERED = re.compile(
    r"(?:\b(?:order|act of|resolutions?|article|title|section|question|no\.|number|page|rule|chapter|room|suite|box"
    r"|passport|decree|law|flight|route|unit|flat|apartment|floor|building|unscr)|\be\.o\.?\)?|قرار|القرارين|رقم|الماده|البند|الفصل):?\s(?:\d+(?:,|,?\s(?:and|or|و))\s)*$"
)
"""Words after which a number is part of a name."""

_BODY = re.compile(r"\s(?:(?:al qaida|sanctions|counter-terrorism)\s)?(?:committee|resolution|regime|list\b)")
"""Words before which a number is part of a name."""

_NONE = (
    r"(?<!\w)\d{1,2}\)|\(\d{3}\)\s?\d{3}-\d{4}|\+\d[\d\s-]{6,}\d|(?<![\w-])\d{3}-\d{4}(?!\w)"
    rf"|(?:{NAMES})\s\d{{1,2}},?\s(?:19|20)\d\d|\d{{1,2}}\s(?:{NAMES}),?\s(?:19|20)\d\d"
    r"|(?<![\d.,])\d{7,}(?![\d.,])|(?<!\d)-\d+-(?!\d)|\d+(?:-\d+){2,}|(?<!\d)(?:19|20)\d\d-\d{1,4}(?!\d)"
    r"|(?<![\w.,])\d{1,3}(?:\s\d{3})+(?![\d-])|(?<![\w.,])\d{1,3}(?:'\d{3})+"
)
"""Numbers of a list, telephone and serial numbers, days, spans of years, digits grouped by spaces or apostrophes."""

_ITEM = r"(?m:^\W*\d{1,3}[.)]\s)"
_MANY = (
    r"(?<!\w)(?:(?:tens|dozens|scores|hundreds|thousands|millions|billions)(?:\sof\s(?:thousands|millions|billions))?"
    r"(?:\sof\s(?P<unit>dollars|u\.s\. dollars|us dollars|euros))?"
    r"|[وف]?[بكل]?(?:عشرات|ميات)\s(?:الالاف|الملايين|المليارات))(?!\w)"
)
_MANY_WORDS = {"tens", "dozens", "scores", "hundreds", "thousands", "millions", "billions", "عشرات", "ميات"}
_SAYS_MANY = Telling(r"(?!)", _MANY_WORDS)
_NEAR = 24
"""Code points of the longest words before a number that belong to it, as its currency."""

_SAYS_NUMBER = Telling(r"\d", numbers.WORDS)
_SAYS_ANY = Telling(r"\d", numbers.WORDS | _MANY_WORDS)


def figures(text: str, taken: Iterable[tuple[int, int]] = (), *, every: bool = False) -> list[Figure]:
    """The figures of a reference text, in its order.

    Args:
        text: The reference text.
        taken: Places (start, end) in which a number is no figure: dates, and names such as "resolution 2462".
        every: Whether to read years, serial numbers and the like as well: the text is known to hold a figure, or is
            asked for a number whatever it means. What has no number is left out.
    """
    folded = fold(text)
    if not any(_SAYS_ANY.places(folded.text)):
        return []
    barred = [(folded.forth(start), folded.forth(end)) for start, end in taken]
    if not every:
        near = stretches(folded.text, DIGITS, AROUND)
        items = re.finditer(_ITEM, text) if near else ()
        barred += [(folded.forth(match.start()), folded.forth(match.end())) for match in items]
        barred += [match.span() for start, end in near for match in re.compile(_NONE).finditer(folded.text, start, end)]
    found = []
    waiting = [one for one in _numbers(folded.text) if not any(start <= one.first < end for start, end in barred)]
    while waiting:
        one = waiting.pop(0)
        other = waiting[0] if waiting and _is_range(folded.text, one, waiting[0]) else None
        if other:
            waiting.pop(0)
        if every or not _is_year(folded.text, one, other):
            found.append(_figure(one, other, folded))
    found += [
        Figure(
            folded.back(match.start()), folded.back_end(match.end()), "many", unit=_UNIT.get(match["unit"] or "", "")
        )
        for first, last in ([] if every else stretches(folded.text, _SAYS_MANY, AROUND))
        for match in re.compile(_MANY).finditer(folded.text, first, last)
    ]
    return sorted(found, key=lambda figure: figure[:2])


def _numbers(text: str) -> Iterator[_Number]:
    """The numbers of a folded text; what is joined by "and" and is no one number is several."""
    place = 0
    for start, last in stretches(text, _SAYS_NUMBER, _NEAR):
        place = max(place, start)
        while match := _NUMBER.search(text, place, last):
            number, place = _number(text, match)
            if number:
                yield number


def _number(text: str, match: re.Match[str]) -> tuple[_Number | None, int]:
    """A number, if it is one, and where to go on."""
    first, end = match.span("number")
    is_between = bool(
        _BETWEEN.search(text, max(0, match.start() - 12), match.start("money") if match["money"] else first)
    )
    ends = _ends(text, first, end, is_between)
    values = {place: numbers.value(text[first:place]) for place in ends}
    end = next((place for place in ends if values[place] is not None), ends[-1])
    value = values[end]
    tail = _TAIL.match(text, end)
    if value is None or tail is None or _is_name(text, match, end):
        return None, end
    unit = _CURRENCY.get((match["money"] or " ").strip().removeprefix("u.s.").removeprefix("us").strip(), "")
    unit = unit or ("percent" if match["percent"] else "") or _UNIT.get(tail["unit"] or "", "")
    start = min(at for at in (match.start("money"), match.start("percent"), first) if at >= 0)
    is_bare = not unit and text[first:end].isdigit()
    return _Number(start, first, tail.end(), value, unit, is_bare), tail.end()


def _ends(text: str, first: int, end: int, is_between: bool) -> list[int]:
    """Where a number may end: with all its words, or before one of its "and"s; after "between" there are two."""
    ands = [first + match.start() for match in re.finditer(r"\sand\s|\sو", text[first:end])]
    return [*reversed(ands), end] if is_between and ands else [end, *reversed(ands)]


def _is_name(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a number is part of a name: of an order, a resolution, a committee, Arabic Monday."""
    first = match.start("number")
    if match["article"] and match["number"].startswith("اثن"):
        return True
    return bool(_NUMBERED.search(text, max(0, first - 40), first)) or bool(_BODY.match(text, end))


def _is_range(text: str, one: _Number, other: _Number) -> bool:
    """Whether two numbers bound one figure: "between 5 and 10", "5-10", "5 to 10"."""
    link = _AND.fullmatch(text, one.end, other.first)
    if link is None or other.value <= one.value:
        return False
    said = link[0].strip()
    return said.startswith(("-", "to", "الي")) or bool(_BETWEEN.search(text, max(0, one.start - 12), one.start))


def _is_year(text: str, one: _Number, other: _Number | None) -> bool:
    """Whether a number looks like a year, or two like years, unless "more than" or the like stands before it."""
    if not (one.is_bare and 1900 <= one.value < 2100):
        return False
    if other:
        return other.is_bare and other.value < 2100
    bound = _BOUND.search(text, max(0, one.start - 32), one.start)
    return not bound or bool(re.fullmatch(_OF_YEAR, bound["words"]))


def _figure(one: _Number, other: _Number | None, folded: Form) -> Figure:
    text = folded.text
    if other:
        between = _BETWEEN.search(text, max(0, one.start - 12), one.start)
        low = one.value
        if text[one.first : one.end].isdigit() and (scale := _scale(text[other.first : other.end])):
            low = one.value * scale if one.value * scale < other.value else one.value
        place = folded.back(between.start() if between else one.start), folded.back_end(other.end)
        unit = other.unit or one.unit
        return Figure(*place, "between", lower=low, upper=other.value, unit=unit, counted=_counted(text, other.end))
    bound = _BOUND.search(text, max(0, one.start - 32), one.start)
    start, end = bound.start("words") if bound else one.start, one.end
    comparator = next((code for code, words in _BEFORE if bound and re.fullmatch(words, bound["words"])), "eq")
    following = _FOLLOWING.match(text, end)
    if following and comparator == "eq":
        comparator = next(code for code, words in _AFTER if re.fullmatch(words, following["after"]))
        end = following.end()
    place = folded.back(start), folded.back_end(end)
    lower = one.value if comparator in ("gt", "ge") else None
    upper = one.value if comparator in ("lt", "le") else None
    value = one.value if comparator in ("eq", "approx") else None
    return Figure(*place, comparator, value, lower, upper, one.unit, _counted(text, end))


def _scale(words: str) -> int:
    """The scale of a number in digits with one, which it shares with a number before it: "3 to 5 million"."""
    return next((by for name, by in numbers.SCALES.items() if words[:1].isdigit() and f" {name}" in f"{words} "), 0)


def _counted(text: str, end: int) -> str:
    counted = _COUNTED.match(text, end)
    return counted[1] if counted else ""

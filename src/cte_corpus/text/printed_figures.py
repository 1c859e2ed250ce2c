"""What the words of a quoted span say of a figure: its numbers, what bounds them, its unit, its rate, a hedge."""

import re
from functools import lru_cache
from typing import NamedTuple

from cte_corpus.text.figures import figures
from cte_corpus.text.fold import fold


class PrintedFigure(NamedTuple):
    """What is printed of a figure; each part is empty where the reader does not see it."""

    numbers: frozenset[int | float]
    comparator: str
    """`eq` where no word bounds the number; empty without a number."""

    unit: str
    """ISO 4217 code or `percent`."""

    per: str
    """Of a rate the period, as an ISO 8601 duration."""

    hedges: frozenset[str]
    """`most`, `some`, `many`, `several`, `range`."""


_FIRST_TO_TWENTIETH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
    "اول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر",
    "اولي ثانيه ثالثه رابعه خامسه سادسه سابعه ثامنه تاسعه عاشره",
)
_ORDINALS = {word: n for words in _FIRST_TO_TWENTIETH for n, word in enumerate(words.split(), 1)} | {
    "one": 1,
    "once": 1,
    "twice": 2,
    "واحد": 1,
    "واحده": 1,
}
_ORDINAL = re.compile(
    rf"(?<!\w)(?:[وفبكل]?ال|[وفبكل])?(?P<word>{'|'.join(_ORDINALS)})(?!\w)|(?<!\w)(?P<n>\d{{1,9}})(?:st|nd|rd|th)\b"
)
_RATES = {
    "P1D": r"\b(?:per|an?|each|every) day\b|\bdaily\b|يوميا|(?:في|كل) ال?يوم",
    "P1W": r"\b(?:per|an?|each|every) week\b|\bweekly\b|اسبوعيا|(?:في|كل) ال?اسبوع",
    "P1M": r"\b(?:per|an?|each|every) month\b|\bmonthly\b|شهريا|(?:في|كل) ال?شهر",
    "P1Y": r"\b(?:per|an?|each|every) year\b|\b(?:yearly|annually|annual)\b|سنويا|(?:في|كل) ال?(?:سنه|عام)",
}
_HEDGES = {
    "most": r"\b(?:most|majority|largely|mostly|mainly|bulk)\b|معظم|اغلب|غالبيه|النسبه الكبري|الجزء الاكبر",
    "some": r"\b(?:some|in part|partly|occasionally|sometimes)\b|بعض",
    "many": r"\b(?:many|numerous|dozens?|hundreds|thousands)\b|عديد|كثير|عشرات|مئات|الاف",
    "several": r"\b(?:several|multiple|various)\b|\bعده\b",
    "range": r"\b(?:a range|variety)\b|مختلف|طيف",
}
_RATE = {period: re.compile(pattern) for period, pattern in _RATES.items()}
_HEDGE = {code: re.compile(pattern) for code, pattern in _HEDGES.items()}


@lru_cache(maxsize=8192)
def printed_figure(words: str) -> PrintedFigure:
    """What a span says of its figure."""
    found = figures(words, every=True)
    numbers = {number for one in found for number in (one.value, one.lower, one.upper) if number is not None}
    folded = fold(words)
    text = folded.text
    for match in _ORDINAL.finditer(text):
        if not any(one.start <= folded.back(match.start()) < one.end for one in found):  # "one million" is no one
            numbers.add(int(match["n"]) if match["n"] else _ORDINALS[match["word"]])
    comparator = "eq" if numbers else ""
    if len(found) == 1:
        comparator = found[0].comparator
    elif len(found) > 1:
        comparator = ""
    unit = next((one.unit for one in found if one.unit), "")
    per = next((period for period, pattern in _RATE.items() if pattern.search(text)), "")
    hedges = frozenset(code for code, pattern in _HEDGE.items() if pattern.search(text))
    return PrintedFigure(frozenset(numbers), comparator, unit, per, hedges)

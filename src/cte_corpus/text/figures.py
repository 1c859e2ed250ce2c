"""Figures of a text with the words that bound them: "more than 80", "at least two million dollars"."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cte_corpus.text.fold import Form, fold


class Figure(NamedTuple):
    """A figure as printed, with its comparator; offsets are code points of the reference text."""

    start: int
    end: int
    comparator: str
    value: int | float | None = None
    lower: int | float | None = None
    upper: int | float | None = None
    unit: str = ""
    """ISO 4217 code or `percent`, where printed."""

    counted: str = ""
    """The word after it, for the reader: what is counted is his to say."""


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
_SMALL = {
    **{word: n for n, words in enumerate(
        ("two اثنان اثنين اثنتان اثنتين", "three ثلاثه ثلاثة ثلاث", "four اربعه اربعة اربع", "five خمسه خمسة خمس",
         "six سته ستة ست", "seven سبعه سبعة سبع", "eight ثمانيه ثمانية ثماني", "nine تسعه تسعة تسع",
         "ten عشره عشرة عشر", "eleven", "twelve"), 2) for word in words.split()},
    **{word: 10 * n for n, words in enumerate(
        ("twenty عشرون عشرين", "thirty ثلاثون ثلاثين", "forty اربعون اربعين", "fifty خمسون خمسين", "sixty ستون ستين",
         "seventy سبعون سبعين", "eighty ثمانون ثمانين", "ninety تسعون تسعين"), 2) for word in words.split()},
}  # fmt: skip
_SCALE = {
    **dict.fromkeys(("hundred", "مئه", "مئة", "مائه", "مائة"), 10**2),
    **dict.fromkeys(("thousand", "الف", "الاف"), 10**3),
    **dict.fromkeys(("million", "مليون", "ملايين"), 10**6),
    **dict.fromkeys(("billion", "bn", "مليار", "مليارات", "بليون"), 10**9),
}
_CURRENCY = {"$": "USD", "€": "EUR", "£": "GBP"}
_UNIT = {
    **dict.fromkeys(
        ("%", "percent", "per cent", "بالمئه", "بالمئة", "بالمائه", "بالمائة", "في المئه", "في المئة", "٪"), "percent"
    ),
    **dict.fromkeys(("dollars", "us dollars", "u.s. dollars", "دولار", "دولارات", "دولارا", "دولار امريكي"), "USD"),
    **dict.fromkeys(("euros", "euro", "يورو"), "EUR"),
}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_DIGITS = r"\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?|\d+(?:[.٫]\d+)?"


def _number(n: int) -> str:
    """The pattern of a number with its currency sign and scale, in groups that carry `n`."""
    words = rf"(?:{_any(_SMALL)})(?!\w)"
    scale = rf"(?:[\s-](?P<scale{n}>{_any(_SCALE)})(?!\w))?"
    return rf"(?P<money{n}>[$€£])?(?P<number{n}>{_DIGITS}|{words}){scale}"


_PATTERN = re.compile(
    r"(?<![\w.,/$€£:-])(?:[وف]?[بكل]?)"
    r"(?:(?P<between>(?:between|from|ما بين|بين)\s)"
    r"|(?:(?:ال)?(?P<before>" + "|".join(words for _, words in _BEFORE) + r")\s))?"
    r"(?:and\s)?(?P<article>ال\s?)?" + _number(1)
    + r"(?:\s?(?:-|and\s|to\s|و|الي\s)\s?" + _number(2) + r")?"
    rf"(?:\s?(?P<unit>{_any(_UNIT)})(?!\w))?(?![\w/]|[.,:]\d|-\d)"
)  # fmt: skip
_NUMBERED = re.compile(
    r"(?:\b(?:order|act of|resolutions?|article|title|section|question|no\.|number|page|rule|chapter)|\be\.o\.\)?"
    r"|قرار|القرارين|رقم|الماده|البند|الفصل)\s$"
)
"""Words after which a number is part of a name."""

_FOLLOWING = re.compile(r"\s(?P<after>" + "|".join(words for _, words in _AFTER) + r")(?!\w)")
_COUNTED = re.compile(r"\s(\w[\w'-]*)")


def figures(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Figure]:
    """The figures of a reference text, in its order.

    Args:
        text: The reference text.
        taken: Places (start, end) in which a number is no figure: dates, and names such as "resolution 2462".
    """
    folded = fold(text)
    barred = [(folded.forth(start), folded.forth(end)) for start, end in taken]
    found = []
    for match in _PATTERN.finditer(folded.text):
        first = match.start("number1")
        if any(start <= first < end for start, end in barred):
            continue
        figure = _figure(match, folded)
        if figure:
            found.append(figure)
    return found


def _figure(match: re.Match[str], folded: Form) -> Figure | None:
    """One figure, or None where a number is part of a name (an order, a resolution, Arabic Monday)."""
    if _NUMBERED.search(folded.text[max(0, match.start("number1") - 20) : match.start("number1")]):
        return None
    if match["article"] and match["number1"].startswith("اثن"):
        return None  # Monday
    one = _value(match, 1)
    two = _value(match, 2) if match["number2"] else None
    if match["scale2"] and not match["scale1"]:
        one *= _SCALE[match["scale2"]]
    first = min(place for place in map(match.start, ("between", "before", "money1", "number1")) if place >= 0)
    last = match.end()
    comparator = next(
        (code for code, words in _BEFORE if match["before"] and re.fullmatch(words, match["before"])), "eq"
    )
    if two is not None and (two <= one or comparator != "eq"):
        last, two = match.end("scale1") if match["scale1"] else match.end("number1"), None
    following = _FOLLOWING.match(folded.text, last)
    if following and comparator == "eq" and two is None:
        comparator = next(code for code, words in _AFTER if re.fullmatch(words, following["after"]))
        last = following.end()
    if match["between"] and two is None:
        first = match.start("money1") if match["money1"] else match.start("number1")
    unit = _CURRENCY.get(match["money1"] or "", "") or _UNIT.get(match["unit"] or "", "")
    counted = _COUNTED.match(folded.text, last)
    place = folded.back(first), folded.back_end(last)
    word = counted[1] if counted else ""
    if two is not None:
        return Figure(*place, "between", lower=one, upper=two, unit=unit, counted=word)
    lower = one if comparator in ("gt", "ge") else None
    upper = one if comparator in ("lt", "le") else None
    value = one if comparator in ("eq", "approx") else None
    return Figure(*place, comparator, value, lower, upper, unit, word)


def _value(match: re.Match[str], n: int) -> int | float:
    word = match[f"number{n}"]
    plain = re.sub("[,٬]", "", word).replace("٫", ".")
    number: int | float = _SMALL[word] if word in _SMALL else float(plain) if "." in plain else int(plain)
    value = number * _SCALE.get(match[f"scale{n}"] or "", 1)
    return int(value) if value == int(value) else value

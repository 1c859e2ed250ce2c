"""Numbers in digits and in words, English and Arabic: "12.5 million", "twenty-five", خمسة وعشرين ألف.

What cannot be told for sure is none: a comma or a full stop may divide thousands or decimals.
"""

import re
from collections.abc import Iterable

Number = int | float

_ONES = {
    word: n
    for n, words in enumerate(
        (
            "one", "two اثنان اثنين اثنتان اثنتين", "three ثلاثه ثلاث", "four اربعه اربع", "five خمسه خمس",
            "six سته ست", "seven سبعه سبع", "eight ثمانيه ثماني ثمان", "nine تسعه تسع",
        ), 1,
    )
    for word in words.split()
}  # fmt: skip
_UNITS = {"احد": 1, "احدي": 1, "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2, **_ONES}
"""Of a number between eleven and nineteen in Arabic, the first word."""

_TEENS = {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16}
_TEENS |= {"seventeen": 17, "eighteen": 18, "nineteen": 19}
_TEN = {"عشره": 10, "عشر": 10}
_TENS = {
    word: 10 * n
    for n, words in enumerate(
        (
            "twenty عشرون عشرين", "thirty ثلاثون ثلاثين", "forty اربعون اربعين", "fifty خمسون خمسين", "sixty ستون ستين",
            "seventy سبعون سبعين", "eighty ثمانون ثمانين", "ninety تسعون تسعين",
        ), 2,
    )
    for word in words.split()
}  # fmt: skip
_HUNDRED = ("ميه", "مايه")
_HUNDREDS = {
    **dict.fromkeys(_HUNDRED, 100),
    **dict.fromkeys(("ميتان", "ميتين", "مايتان", "مايتين", "ميتا", "مايتا"), 200),
    **{
        stem + word: 100 * n
        for n, stem in enumerate(("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), 3)
        for word in _HUNDRED
    },
}
"""Folded: what carries a hamza is its bare letter."""

SCALES = {
    **dict.fromkeys(("thousand", "الف", "الفا", "الاف"), 10**3),
    **dict.fromkeys(("million", "مليون", "مليونا", "ملايين"), 10**6),
    **dict.fromkeys(("billion", "bn", "مليار", "مليارا", "مليارات", "بليون"), 10**9),
}
"""What a scale multiplies by, by its words."""

_TWICE = {
    **dict.fromkeys(("الفان", "الفين", "الفا"), 2 * 10**3),
    **dict.fromkeys(("مليونان", "مليونين", "مليوني"), 2 * 10**6),
    **dict.fromkeys(("ملياران", "مليارين", "ملياري"), 2 * 10**9),
}
_FIGURES = r"\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?|\d+(?:[.٫]\d+)?"

MOST_DIGITS = 30
"""Of a number; what has more is none that anybody means, and thousands of them cannot be read."""


def any_of(words: Iterable[str]) -> str:
    """A pattern of one of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


WORDS = frozenset({"hundred", *_ONES, *_UNITS, *_TEENS, *_TEN, *_TENS, *_HUNDREDS, *SCALES, *_TWICE})
"""Words of which each number that has no digits has one; and there is none but "and" between them."""

_WORD = any_of(WORDS)
_FIRST = any_of({*_ONES, *_UNITS, *_TEENS, *_TEN, *_TENS, *_HUNDREDS, *_TWICE} - {"one"})
_LINK = r"(?:\s|-|\sand\s|\sو\s?)"
_LATER = rf"(?:{_WORD})(?!\w)|(?<=و)(?:{_FIGURES})\s(?:{any_of(SCALES)})(?!\w)"
_ALONE = r"one\s(?:hundred|thousand|million|billion)|(?:الف|مليون|مليار)(?=\sو\s?\w)"
_START = rf"(?:{_FIGURES})(?!\w)|(?:{_FIRST}|{_ALONE})(?!\w)"
PATTERN = rf"(?:{_START})(?:{_LINK}(?:{_LATER}))*"
"""A number with all its words, in folded text."""

HALF = r"(?:\sand a half|\sو\s?(?:نصف|ربع|ثلث)|\s(?:and\s)?a\s(?:quarter|third))(?!\w)"
"""What after a number makes it another one."""

_TOKEN = re.compile(rf"(?P<and>\sand\s|\sو\s?)|(?P<figures>{_FIGURES})|(?P<word>{_WORD})|(?P<gap>[\s-])")
_DOUBTFUL = re.compile(r"\d{1,3}(?:\.\d{3})+|0\d.*")
"""Digits that other languages, and some writers of these, group by full stops; and digits that name something."""


def value(words: str) -> Number | None:
    """The number that folded words say; None where they say none, or several, or it cannot be told which.

    Args:
        words: Words that `PATTERN` matches.
    """
    total: Number = 0
    group: Number = 0
    last = ""  # the kind of the word before
    scale: Number = 10**12
    joined = False
    for match in _TOKEN.finditer(words):
        word = match[0]
        if match["gap"]:
            continue
        if match["and"]:
            joined = True
            continue
        found = _kind(word, last)
        if found is None:
            return None
        kind, number = found
        arabic = "\u0600" <= word[-1] <= "\u06ff"
        if kind == "scale":
            if number >= scale or (last == "" and word not in SCALES):
                return None
            if last in ("", "scale") and not group:
                group = 1 if last == "" or joined else 0
            if not group:
                return None
            total, group, scale = total + group * number, 0, int(number)
        elif kind == "twice":
            if number >= scale or group:
                return None
            total, scale = total + number, number // 2
        elif kind == "times":
            if not 0 < group < 10:
                return None
            group *= 100
        elif not _fits(kind, last, group, joined, arabic):
            return None
        else:
            group += number
        last, joined = kind, False
    result = total + group
    return int(result) if result == int(result) else round(result, 6)


def _kind(word: str, last: str) -> tuple[str, Number] | None:
    """What a word is in a number."""
    if word[0].isdigit():
        if _DOUBTFUL.fullmatch(word):
            return None
        plain = re.sub("[,٬]", "", word).replace("٫", ".")
        if len(plain.partition(".")[0]) > MOST_DIGITS:
            return None
        return "figures", float(plain) if "." in plain else int(plain)
    if word == "hundred" or (word in _HUNDRED and last == "one"):
        return "times", 100
    if word in SCALES and not (word == "الفا" and last == ""):
        return "scale", SCALES[word]
    for kind, words in (
        ("one", _UNITS), ("teen", _TEENS), ("ten", _TEN), ("tens", _TENS), ("hundreds", _HUNDREDS), ("twice", _TWICE),
    ):  # fmt: skip
        if word in words:
            return kind, words[word]
    return None


def _fits(kind: str, last: str, group: Number, joined: bool, arabic: bool) -> bool:
    """Whether a word may stand after what a group of up to three digits has so far."""
    if last in ("", "scale", "twice"):
        return last == "" or joined or not arabic
    if arabic:
        if kind == "tens":
            return joined and last in ("one", "hundreds", "times")
        if kind == "ten":
            return last == "one" and not joined and group % 100 < 10
        return joined and kind in ("one", "teen", "ten") and last in ("hundreds", "times")
    if last == "times":
        return kind in ("one", "teen", "tens")
    return last == "tens" and kind == "one" and not joined

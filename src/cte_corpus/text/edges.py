"""Whether a place begins and ends with words, or cuts one; what Arabic writes together with a word may stay out."""

import re
import unicodedata
from functools import lru_cache

_PROCLITIC = re.compile(r"(?:[وف]?(?:[بكلس]|ال|لل)?|[وف]?[بك]ال|ا|ت|ي|ن)")
_ENCLITIC = re.compile(r"(?:ها|هم|هن|ه|ك|كم|نا|ي|ني|هما|ات|ين|ون|ة|ا|ً)")


def cuts_word(text: str, start: int, end: int) -> bool:
    """Whether a place of a text, in code points, begins or ends inside a word."""
    return _inside(text, start, _PROCLITIC, before=True) or _inside(text, end, _ENCLITIC, before=False)


def _inside(text: str, place: int, allowed: re.Pattern[str], *, before: bool) -> bool:
    """Whether a place lies inside a word, and not between it and what Arabic writes before or after it."""
    if place <= 0 or not in_word(text[place - 1 : place + 1]):
        return False
    if max(text[place - 1], text[place]) < "\u0590":
        return True
    first = last = place
    while first > 0 and is_letter(text[first - 1]):
        first -= 1
    while last < len(text) and is_letter(text[last]):
        last += 1
    return not allowed.fullmatch(text[first:place] if before else text[place:last])


@lru_cache(maxsize=65536)
def in_word(pair: str) -> bool:
    """Whether what stands around a place, two characters or fewer at an end of the text, is of one word."""
    if len(pair) < 2 or not (is_letter(pair[0]) and is_letter(pair[1])):
        return False
    return not (pair[0].islower() and pair[1].isupper())  # two words without a blank


def is_letter(char: str) -> bool:
    """Whether a character is part of a word: a letter, a digit or a mark on one."""
    return char.isalnum() or unicodedata.category(char) == "Mn"

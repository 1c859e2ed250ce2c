"""Whether a place begins and ends with words, or cuts one; what Arabic writes together with a word may stay out."""

import re
import unicodedata
from functools import cache

from cte_corpus.text.narrow import COMMON, OTHER, narrow

_PROCLITIC = re.compile(r"(?:[وف]?(?:[بكلس]|ال|لل)?|[وف]?[بك]ال|ا|ت|ي|ن)")
_ENCLITIC = re.compile(r"(?:ها|هم|هن|ه|ك|كم|نا|ي|ني|هما|ات|ين|ون|ة|ا|ً)")


def cuts_word(text: str, start: int, end: int) -> bool:
    """Whether a place of a text, in code points, begins or ends inside a word."""
    return _inside(text, start, _PROCLITIC, before=True) or _inside(text, end, _ENCLITIC, before=False)


def _inside(text: str, place: int, allowed: re.Pattern[str], *, before: bool) -> bool:
    """Whether a place lies inside a word, and not between it and what Arabic writes before or after it."""
    if not 0 < place < len(text) or not (is_letter(text[place - 1]) and is_letter(text[place])):
        return False
    if text[place - 1].islower() and text[place].isupper():
        return False  # two words without a blank
    if max(text[place - 1], text[place]) < "\u0590":
        return True
    first = last = place
    while first > 0 and is_letter(text[first - 1]):
        first -= 1
    while last < len(text) and is_letter(text[last]):
        last += 1
    return not allowed.fullmatch(text[first:place] if before else text[place:last])


def insides(text: str) -> bytes:
    """For each place of a text 1 if it may lie inside a word, else 0; one more for its end."""
    data = narrow(text).translate(_letters())
    number = int.from_bytes(data, "big")
    return (number & number >> 8).to_bytes(len(data), "big") + b"\0"


@cache
def _letters() -> bytes:
    return bytes(byte == OTHER[0] or is_letter(char) for byte, char in enumerate(COMMON))


def is_letter(char: str) -> bool:
    """Whether a character is part of a word: a letter, a digit or a mark on one."""
    return char.isalnum() or unicodedata.category(char) == "Mn"

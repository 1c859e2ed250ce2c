"""The words of a text, folded: compatibility forms, case, marks, tatweel, format characters and punctuation dropped."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from cte_corpus.text.narrow import OTHER, narrow, table, widen


class Word(NamedTuple):
    """A word of a text, folded, with its place in code points."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1)  # several rules look at one text
def words(text: str) -> list[Word]:
    """The words of a text, folded, in order. What is written with a hyphen or apostrophe is several words."""
    return located(text)


def located(text: str) -> list[Word]:
    """As `words`, without remembering."""
    signs = text.translate(_SIGNS)
    if _SEVERAL in signs:
        return _words(text)
    return [Word(m[0].replace(_NOTHING, ""), *m.span()) for m in _WORD.finditer(signs)]


def _words(text: str) -> list[Word]:
    """As `words`, one character after the other: one may stand for the end of a word and the beginning of another."""
    found = []
    letters = ""
    start = end = 0
    for place, char in enumerate(text):
        for letter in char.translate(LETTERS):
            if letter == " ":
                if letters:
                    found.append(Word(letters, start, end))
                    letters = ""
            else:
                if not letters:
                    start = place
                letters += letter
                end = place + 1
    if letters:
        found.append(Word(letters, start, end))
    return found


def folded(text: str) -> list[str]:
    """The words of a text, folded, without their places."""
    return folded_text(text).split()


def folded_text(text: str) -> str:
    """The words of a text, folded, with blanks between them: what each character adds, one after the other."""
    data = narrow(text).translate(*_NARROW)
    return text.translate(LETTERS) if OTHER in data else widen(data)


def letters(text: str) -> bytes | None:
    """A byte for each character: a sign for a letter of a word, a blank for what parts words; None where a character
    adds nothing, or several, so that this does not tell."""
    data = narrow(text)
    signs = data.translate(_NARROW.to)
    return None if OTHER in signs or len(data.translate(None, _NARROW.dropped)) < len(data) else signs


class _Letters(dict[int, str]):
    """A translation table, filled as characters come: what a character adds to a word; a space where it parts two."""

    def __missing__(self, code: int) -> str:
        letters = ""
        for part in unicodedata.normalize("NFKD", chr(code).casefold()).casefold():
            category = unicodedata.category(part)
            if category[0] in "LN" and part != "ـ":
                letters += part
            elif category[0] in "PSZC" and category != "Cf":
                letters += " "
        self[code] = letters
        return letters


class _Signs(dict[int, str]):
    """As `_Letters`, but one sign for each character, so that places stay: also for nothing, and for several."""

    def __missing__(self, code: int) -> str:
        letters = chr(code).translate(LETTERS)
        self[code] = (
            _NOTHING if not letters else " " if letters.isspace() else letters if len(letters) == 1 else _SEVERAL
        )
        return self[code]


_NOTHING, _SEVERAL = "\0", "\1"
_WORD = re.compile(r"[^ \0](?:\0*[^ \0])*")
LETTERS = _Letters()
"""What each character adds to a word."""

_SIGNS = _Signs()
_NARROW = table(lambda char: char.translate(LETTERS))
"""What common characters add to a word, which is found faster in bytes."""

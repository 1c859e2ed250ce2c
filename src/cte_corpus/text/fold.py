"""Folding for matching: two spellings of one text become the same, and a match leads back to the original.

Folded away are compatibility forms (NFKC), bidi controls and other invisible characters, tatweel, harakat, the variants
of alef and yeh, the script of digits, the shape of quotes and dashes, and case. Offsets never count in folded text.
"""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_INVISIBLE = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_TATWEEL = "\u0640"
_HARAKAT = "".join(
    char for char in map(chr, (*range(0x600, 0x700), *range(0x8CA, 0x900))) if unicodedata.category(char) == "Mn"
)
_DIGITS = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"
_FORMS = {"ا": "أإآٱ", "ي": "ىی", '"': "“”„‟«»", "'": "‘’‚‛‹›`", "-": "‐‑‒–—―−"}

_TABLE = str.maketrans(
    {
        **dict.fromkeys(_INVISIBLE + _TATWEEL + _HARAKAT, ""),
        **{digit: str(value) for digits in _DIGITS for value, digit in enumerate(digits)},
        **{variant: form for form, variants in _FORMS.items() for variant in variants},
    }
)


class Folded(NamedTuple):
    """A folded text; `starts` and `ends` say for each of its code points where the original of it starts and ends."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the original that a match [start:end], not empty, stands for.

        Marks go with the letter that bears them; invisible characters and tatweel around a match stay outside.
        """
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold a text, with the way back."""
    pieces = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        piece = folded(text[start:end])
        pieces.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
    return Folded("".join(pieces), starts, ends)


def folded(text: str) -> str:
    """The folded text alone."""
    return unicodedata.normalize("NFKC", text).translate(_TABLE).casefold()


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text where normalisation does not join: a letter with its marks, the parts of a syllable."""
    start = 0
    for place in range(1, len(text)):
        before, char = text[start:place], text[place]
        if (before[-1] < "\u0300" and char < "\u0300") or _parted(before, char):
            yield start, place
            start = place
    if text:
        yield start, len(text)


def _parted(before: str, char: str) -> bool:
    """Whether the normal form of two stretches is that of the one and that of the other."""
    if unicodedata.combining(unicodedata.normalize("NFKD", char)[0]):
        return False
    parts = unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", char)
    return unicodedata.normalize("NFKC", before + char) == parts

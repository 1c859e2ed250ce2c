"""Finding sentences in a copy by their digests: as they stand, or after changes that keep every character's place."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from cte_corpus.text.view import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 2000
"""Sentences longer than this are not searched for from boundary to boundary; it keeps the search linear."""

MOST_ENDS = 24
"""How many boundaries after a beginning are tried as the sentence's end."""

BOUNDARY = re.compile(r"(?<=[.!?…؟۔:;؛])[\"'”’»)\]*]*\s+|(?<=[\"'”’»)\]])\s+|\s*\n\s*")
"""Where a sentence may end and the next begin."""

_DOUBLE = re.compile(r'["“”„«»]')
_SINGLE = re.compile(r"['‘’‚`´]")
_DASH = re.compile(r"[-‐‑‒–—―−]")
_DIGIT = re.compile(r"[0-9٠-٩۰-۹]")
_ASCII_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ARABIC_DIGITS = str.maketrans("0123456789۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩")


def boundaries(text: str) -> list[tuple[int, int]]:
    """Where a sentence may end and the next begin, with the ends of the text."""
    gaps = [(0, 0)]
    for match in BOUNDARY.finditer(text):
        gaps.append((match.end() - len(_trailing(match[0])), match.end()))
    gaps.append((len(text), len(text)))
    return gaps


def _trailing(gap: str) -> str:
    return gap[len(gap.rstrip()) :] if gap.strip() else gap


def search(text: str, gaps: list[tuple[int, int]], wanted: dict[int, set[str]]) -> Iterator[tuple[str, int, int]]:
    """The stretches from boundary to boundary that have a wanted digest, as digest, start, end.

    Args:
        text: Where to look.
        gaps: Its boundaries, as `boundaries` gives them.
        wanted: Length of a sentence in code points -> digests of the sentences so long.
    """
    for index, (_, start) in enumerate(gaps):
        for end, _ in gaps[index + 1 : index + 1 + MOST_ENDS]:
            size = end - start
            if size > LONGEST:
                break
            if size in wanted:
                found = digest(text[start:end])
                if found in wanted[size]:
                    yield found, start, end


def by_length(sentences: Iterable[tuple[int, int, str]]) -> dict[int, set[str]]:
    """What `search` wants, from sentences as start, end, digest."""
    wanted: dict[int, set[str]] = defaultdict(set)
    for start, end, value in sentences:
        wanted[end - start].add(value)
    return dict(wanted)


def verify(text: str, wanted: set[str]) -> str:
    """The wanted digest that a text has: as it is, or with quotation marks, dashes and digits of another kind."""
    for variant in _variants(text):
        found = digest(variant)
        if found in wanted:
            return found
    return ""


def digests(text: str) -> set[str]:
    """The digests of a text with quotation marks, dashes and digits of every kind."""
    return {digest(variant) for variant in _variants(text)}


def _variants(text: str) -> Iterator[str]:
    """The text, and the ways in which other typesetters would write it with as many characters."""
    found = [text]
    for options in (_doubles, _singles, _dashes, _digits):
        found = list(dict.fromkeys(new for old in found for new in options(old)))
    yield from found


def plain(text: str) -> str:
    """The text with straight quotation marks, hyphens for dashes, and ASCII digits; as many characters."""
    return _DASH.sub("-", _SINGLE.sub("'", _DOUBLE.sub('"', text))).translate(_ASCII_DIGITS)


def _doubles(text: str) -> tuple[str, ...]:
    if not _DOUBLE.search(text):
        return (text,)
    return (text, _DOUBLE.sub('"', text), _paired(text, "“”"), _paired(text, "«»"))


def _paired(text: str, marks: str) -> str:
    """Opening marks after white space or at the start, closing ones elsewhere."""
    return _DOUBLE.sub(lambda match: marks[not _opens(text, match.start())], text)


def _singles(text: str) -> tuple[str, ...]:
    if not _SINGLE.search(text):
        return (text,)
    curly = _SINGLE.sub(lambda match: "’‘"[_opens(text, match.start())], text)
    return (text, _SINGLE.sub("'", text), _SINGLE.sub("’", text), curly)


def _opens(text: str, place: int) -> bool:
    return place == 0 or text[place - 1].isspace() or text[place - 1] in "([\"'“‘«"


def _dashes(text: str) -> tuple[str, ...]:
    return (text, *(_DASH.sub(dash, text) for dash in "-–—")) if _DASH.search(text) else (text,)


def _digits(text: str) -> tuple[str, ...]:
    if not _DIGIT.search(text):
        return (text,)
    return (text, text.translate(_ASCII_DIGITS), text.translate(_ARABIC_DIGITS))

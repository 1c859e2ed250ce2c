"""The guard against shipped prose: no run of more than 12 words or 80 characters of a source.

Words are compared folded (compatibility forms, case, marks, tatweel and punctuation dropped), so that other quotation
marks or white space hide nothing. Characters of a run are counted in the folded words, with one space between two.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MAX_WORDS = 12
MAX_CHARS = 80

CLITIC = 1
"""Longest gap, besides white space and punctuation, that does not break a chain: an attached و, ف, ب, ك or ل."""

_WORD = re.compile(r"[^\W_](?:[\w\u0300-\u036f\u064b-\u065f\u0670]|_)*")
_GLUE = 3
"""Longest gap between two spans that may hold no word; without the text it is taken to hold none."""


class Word(NamedTuple):
    """A word of a text, folded, with its place in code points."""

    text: str
    start: int
    end: int


class Run(NamedTuple):
    """A stretch of text that is too long to ship: its place, words and folded characters."""

    start: int
    end: int
    words: int
    chars: int


def words(text: str) -> list[Word]:
    """The words of a text, folded, in order."""
    return [Word(_fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def too_long(text: str) -> bool:
    """Whether a single quotation is over the limits, counted as printed."""
    return len(text) > MAX_CHARS or len(words(text)) > MAX_WORDS


class SourceIndex:
    """All runs of a source that just pass the limits, for looking up other texts."""

    def __init__(self, text: str) -> None:
        self._runs = {key for _, _, key in _windows(words(text))}

    def __contains__(self, run: str) -> bool:
        return run in self._runs


def shared_runs(text: str, source: SourceIndex) -> Iterator[Run]:
    """The places of a text that repeat a run of the source over the limits."""
    own = words(text)
    for first, last, key in _windows(own):
        if key in source:
            yield Run(own[first].start, own[last].end, last - first + 1, len(key))


def chains(spans: Iterable[tuple[int, int, str]], text: str | None = None) -> Iterator[Run]:
    """Neighbouring spans of one document that add up to a run over the limits.

    Args:
        spans: (start, end, text) in code points of the reference text; they may nest and overlap.
        text: The reference text. With it a gap breaks a chain where it holds a word longer than a clitic; without it,
            where it is longer than 3 code points.
    """
    start = end = -1
    parts: list[tuple[int, int, str]] = []
    size = 0
    for span in sorted(spans):
        if span[1] <= end:
            continue
        gap = span[0] - end
        if gap > 0 and (gap > _GLUE if text is None else _breaks(text, end, span[0])):
            if end - start > size_limit(size):
                yield from _over(parts)
            parts = []
            start, size = span[0], 0
        elif start < 0:
            start = span[0]
        parts.append(span)
        size += 1
        end = span[1]
    if end - start > size_limit(size):
        yield from _over(parts)


def size_limit(count: int) -> int:
    """Up to this length no chain of so many spans can pass a limit: 12 words are 24 characters or more."""
    return 2 * MAX_WORDS if count else 0


def _breaks(text: str, start: int, end: int) -> bool:
    return any(match.end() - match.start() > CLITIC for match in _WORD.finditer(text, start, end))


def _over(parts: list[tuple[int, int, str]]) -> Iterator[Run]:
    """Count the words that the parts of one chain cover, each once."""
    total = chars = 0
    position = parts[0][0]
    for start, _, text in parts:
        fresh = words(text[max(0, position - start) :])
        total += len(fresh)
        chars += sum(len(word.text) + 1 for word in fresh)
        position = max(position, start + len(text))
    if len(parts) > 1 and (total > MAX_WORDS or chars - 1 > MAX_CHARS):
        yield Run(parts[0][0], position, total, chars - 1)


def _windows(own: list[Word]) -> Iterator[tuple[int, int, str]]:
    """At each word the shortest run from it that passes a limit: first and last index, and the words joined."""
    for first in range(len(own)):
        length = -1
        for last in range(first, min(first + MAX_WORDS + 1, len(own))):
            length += len(own[last].text) + 1
            if length > MAX_CHARS or last - first == MAX_WORDS:
                yield first, last, " ".join(word.text for word in own[first : last + 1])
                break


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if unicodedata.category(char)[0] != "M" and char != "ـ")

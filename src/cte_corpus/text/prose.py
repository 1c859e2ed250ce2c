"""The guard against shipped prose: no run of more than 12 words or 80 characters of a source.

Words are compared folded (compatibility forms, case, marks, tatweel, format characters and punctuation dropped), so
that other quotation marks or white space hide nothing. Characters of a run are counted in the folded words, with one
space between two.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from cte_corpus.text.folded_words import folded, folded_text, words

MAX_WORDS = 12
MAX_CHARS = 80

SHORTEST = 2 * MAX_WORDS + 1
"""Code points of the shortest text over a limit: 13 words of one letter."""


class Run(NamedTuple):
    """A stretch of text that is too long to ship: its place in code points, its words and folded characters."""

    start: int
    end: int
    words: int
    chars: int


@lru_cache(maxsize=8192)
def too_long(text: str) -> bool:
    """Whether a single span is over the limits; its characters are counted as printed."""
    return len(text) > MAX_CHARS or (len(text) >= SHORTEST and len(folded(text)) > MAX_WORDS)


class SourceIndex:
    """All runs of a source that just pass the limits, for looking up other texts."""

    def __init__(self, text: str) -> None:
        self._text = folded_text(text)
        self._folded = self._text.split()

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._folded)

    @cached_property
    def _runs(self) -> frozenset[str]:
        return frozenset(run for _, _, run in _windows(self._folded))

    def __contains__(self, run: str) -> bool:
        return run in self._runs

    def may_hold_any(self, texts: Sequence[str]) -> bool:
        """As `may_hold`, of all texts at once; a yes may be wrong.

        A run of five words or more has three in a row of which the first is one of every third of its text; one of
        fewer words has a long one.
        """
        if not _ASCII.search(self._text):
            texts = [text for text in texts if not text.isascii()]
        lines = folded_text(_BETWEEN.join(texts)).split(_BETWEEN)
        if texts and len(lines) > len(texts):
            return True
        long = [line for line in lines if len(line) > MAX_CHARS or line.count(" ") >= MAX_WORDS]
        own, theirs = f" {_BETWEEN} ".join(long).split(), self._folded
        if own and max(map(len, theirs), default=0) >= _LONG and max(map(len, own)) >= _LONG:
            return True
        known = set(_threes(theirs, 1))
        met = {3 * place: three for place, three in enumerate(_threes(own, 3)) if three in known}
        if not met:
            return False
        wanted = set(met.values())
        places: dict[tuple[str, str, str], list[int]] = {}
        for place, three in enumerate(_threes(theirs, 1)):
            if three in wanted:
                places.setdefault(three, []).append(place)
        pairs = [(place, at) for place, three in islice(met.items(), _MANY) for at in places[three][:_MANY]]
        return len(pairs) >= _MANY or any(_passes(own, place, theirs, at) for place, at in pairs)

    def may_hold(self, text: str) -> bool:
        """Whether so many words of a text that follow each other are words of the source that a run may be there."""
        size = chars = 0
        own = folded(text)
        if len(own) <= MAX_WORDS and len(text) <= MAX_CHARS:
            return False
        for word in own:
            size, chars = (size + 1, chars + len(word) + 1) if word in self._words else (0, 0)
            if size > MAX_WORDS or chars - 1 > MAX_CHARS:
                return True
        return False


def shared_runs(text: str, source: SourceIndex) -> Iterator[Run]:
    """The places of a text that repeat a run of the source over the limits, each as long as it goes."""
    if not source.may_hold(text):
        return
    joined: list[tuple[int, int]] = []
    for first, last, run in _windows(folded(text)):
        if run in source:
            if joined and first <= joined[-1][1]:
                joined[-1] = (joined[-1][0], last)
            else:
                joined.append((first, last))
    own = words(text) if joined else []
    for first, last in joined:
        covered = own[first : last + 1]
        yield Run(covered[0].start, covered[-1].end, *counted([word.text for word in covered]))


def counted(folded: list[str]) -> tuple[int, int]:
    """The words and characters of a run."""
    return len(folded), sum(map(len, folded)) + len(folded) - 1


def is_over(words: int, chars: int) -> bool:
    """Whether a run of so many words and folded characters passes a limit."""
    return words > MAX_WORDS or chars > MAX_CHARS


def _threes(words: list[str], step: int) -> Iterator[tuple[str, str, str]]:
    """Each word, or each so many, with the two after it."""
    return zip(words[::step], words[1::step], words[2::step], strict=False)


def _passes(own: list[str], place: int, theirs: list[str], at: int) -> bool:
    """Whether the words that are the same around two places pass a limit."""
    first, last = 0, 3
    while first < min(place, at, MAX_WORDS) and own[place - first - 1] == theirs[at - first - 1]:
        first += 1
    ends = min(len(own) - place, len(theirs) - at, last + MAX_WORDS)
    while last < ends and own[place + last] == theirs[at + last]:
        last += 1
    return is_over(*counted(own[place - first : place + last]))


def _windows(folded: list[str]) -> Iterator[tuple[int, int, str]]:
    """At each word the shortest run from it that passes a limit: first and last index, and the words joined."""
    for first in range(len(folded)):
        length = -1
        for last in range(first, min(first + MAX_WORDS + 1, len(folded))):
            length += len(folded[last]) + 1
            if length > MAX_CHARS or last - first == MAX_WORDS:
                yield first, last, " ".join(folded[first : last + 1])
                break


_BETWEEN = "betweentwotexts"
"""A word that no source has. If one has it, runs are taken to be longer than they are, and looked at again."""

_ASCII = re.compile(rf"[!-~][ -~]{{{SHORTEST - 1}}}")
"""What a text has that may share a run with one in ASCII."""

_LONG = 20
"""Letters of the longest of four words, or fewer, that pass the limit of characters, at least."""

_MANY = 2_000
"""Pairs of places that are compared."""

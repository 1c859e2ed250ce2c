"""The guard against shipped prose: no run of more than 12 words or 80 characters of a source.

Words are compared folded (compatibility forms, case, marks, tatweel, format characters and punctuation dropped), so
that other quotation marks or white space hide nothing. Characters of a run are counted in the folded words, with one
space between two.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import NamedTuple

MAX_WORDS = 12
MAX_CHARS = 80

SHORTEST = 2 * MAX_WORDS + 1
"""Code points of the shortest text over a limit: 13 words of one letter."""


EDGE = 4
"""Code points at the end of a span in which its last letter is looked for, before marks that are none."""

_SHORTEST_UNSEEN = MAX_CHARS // 2
"""Without the reference text a chain is looked into from this length on: no prose has 13 words in 40 code points."""


class Word(NamedTuple):
    """A word of a text, folded, with its place in code points."""

    text: str
    start: int
    end: int


class Run(NamedTuple):
    """A stretch of text that is too long to ship: its place in code points, its words and folded characters."""

    start: int
    end: int
    words: int
    chars: int


@lru_cache(maxsize=1)  # several rules look at one text
def words(text: str) -> list[Word]:
    """The words of a text, folded, in order. What is written with a hyphen or apostrophe is several words."""
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
        for letter in char.translate(_LETTERS):
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


def _folded(text: str) -> list[str]:
    """The words of a text, folded, without their places."""
    return text.translate(_LETTERS).split()


def too_long(text: str) -> bool:
    """Whether a single span is over the limits; its characters are counted as printed."""
    return len(text) > MAX_CHARS or (len(text) >= SHORTEST and len(_folded(text)) > MAX_WORDS)


class SourceIndex:
    """All runs of a source that just pass the limits, for looking up other texts."""

    def __init__(self, text: str) -> None:
        self._folded = [word.text for word in words(text)]
        self._words = frozenset(self._folded)

    @cached_property
    def _runs(self) -> frozenset[str]:
        return frozenset(run for _, _, run in _windows(self._folded))

    def __contains__(self, run: str) -> bool:
        return run in self._runs

    def may_hold(self, text: str) -> bool:
        """Whether so many words of a text that follow each other are words of the source that a run may be there."""
        size = chars = 0
        folded = _folded(text)
        if len(folded) <= MAX_WORDS and len(text) <= MAX_CHARS:
            return False
        for word in folded:
            size, chars = (size + 1, chars + len(word) + 1) if word in self._words else (0, 0)
            if size > MAX_WORDS or chars - 1 > MAX_CHARS:
                return True
        return False


def shared_runs(text: str, source: SourceIndex) -> Iterator[Run]:
    """The places of a text that repeat a run of the source over the limits, each as long as it goes."""
    if not source.may_hold(text):
        return
    joined: list[tuple[int, int]] = []
    for first, last, run in _windows(_folded(text)):
        if run in source:
            if joined and first <= joined[-1][1]:
                joined[-1] = (joined[-1][0], last)
            else:
                joined.append((first, last))
    own = words(text) if joined else []
    for first, last in joined:
        covered = own[first : last + 1]
        yield Run(covered[0].start, covered[-1].end, *_size([word.text for word in covered]))


def chains(spans: Iterable[tuple[int, int, str]], text: str | None = None, edges: Iterable[int] = ()) -> Iterator[Run]:
    """Neighbouring spans of one document that add up to a run over the limits.

    Spans chain where no whole word lies between them: white space, punctuation and the uncovered part of a word, such
    as an attached و, do not keep them apart. A single span over the limits is no chain.

    Args:
        spans: (start, end, text) in code points of the reference text, in any order; they may nest and overlap.
        text: The reference text. Without it a gap counts only where it surely holds no whole word, as it is too short
            for one with a character on each side that parts it from its neighbours; words are counted in the texts of
            the spans, and a chain of fewer than 40 code points passes. So what is a chain then is one with the text.
        edges: Where one passage of the text ends and another begins: no chain goes on there.
    """
    own = None if text is None else words(text)
    shortest = SHORTEST if own else _SHORTEST_UNSEEN
    ordered = sorted(spans)
    ends = list(accumulate([span[1] for span in ordered], max))
    bounds = sorted(edges)
    cuts = []
    before = ordered[0] if ordered else (0, 0, "")  # the span that ends last
    for place, span in enumerate(ordered[1:], 1):
        end = before[1]
        if span[0] > end:
            parted = _parted(before[2], span[0] - end, span[2]) if own is None else _whole_word(own, end, span[0])
            if parted or bisect_left(bounds, end) < bisect_right(bounds, span[0]):
                cuts.append(place)
        elif span[0] == end and bisect_left(bounds, end) < bisect_right(bounds, end):
            cuts.append(place)
        before = span if span[1] > end else before
    for first, last in pairwise([0, *cuts, len(ordered)]):
        if first < last and ends[last - 1] - ordered[first][0] >= shortest:
            yield from _judge(ordered[first:last], ends[last - 1], own)


def _parted(before: str, gap: int, after: str) -> bool:
    """Whether a word of its own may lie in a gap of so many code points between two spans, as far as they tell."""
    ends = before[-EDGE:].translate(_LETTERS)[-1:].strip(), after[:EDGE].translate(_LETTERS)[:1].strip()
    return gap > sum(map(bool, ends))  # a word needs a sign between it and a letter


def _whole_word(own: list[Word], start: int, end: int) -> bool:
    """Whether a word of the text lies wholly in [start:end]."""
    place = bisect_left(own, start, key=_start)
    return place < len(own) and own[place].end <= end


def _judge(chain: list[tuple[int, int, str]], end: int, own: list[Word] | None) -> Iterator[Run]:
    """The run that a chain adds up to, if it is over a limit and not one span alone."""
    start = chain[0][0]
    if any(span[0] == start and span[1] == end for span in chain):
        return
    if own is None:
        folded = _folded(_joined(chain))
    else:
        covered = own[bisect_right(own, start, key=_end) : bisect_left(own, end, key=_start)]
        folded = [word.text for word in covered]
    size, chars = _size(folded)
    if size > MAX_WORDS or chars > MAX_CHARS:
        yield Run(start, end, size, chars)


def _joined(chain: list[tuple[int, int, str]]) -> str:
    """The text that the spans of a chain cover, each character once, with a space for each gap."""
    pieces = []
    position = chain[0][0]
    for start, _, text in chain:
        if start > position:
            pieces.append(" ")
        pieces.append(text[max(0, position - start) :])
        position = max(position, start + len(text))
    return "".join(pieces)


def _size(folded: list[str]) -> tuple[int, int]:
    """The words and characters of a run."""
    return len(folded), sum(map(len, folded)) + len(folded) - 1


def _windows(folded: list[str]) -> Iterator[tuple[int, int, str]]:
    """At each word the shortest run from it that passes a limit: first and last index, and the words joined."""
    for first in range(len(folded)):
        length = -1
        for last in range(first, min(first + MAX_WORDS + 1, len(folded))):
            length += len(folded[last]) + 1
            if length > MAX_CHARS or last - first == MAX_WORDS:
                yield first, last, " ".join(folded[first : last + 1])
                break


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
        letters = chr(code).translate(_LETTERS)
        self[code] = (
            _NOTHING if not letters else " " if letters.isspace() else letters if len(letters) == 1 else _SEVERAL
        )
        return self[code]


_NOTHING, _SEVERAL = "\0", "\1"
_WORD = re.compile(r"[^ \0](?:\0*[^ \0])*")
_LETTERS = _Letters()
_SIGNS = _Signs()
_start = attrgetter("start")
_end = attrgetter("end")

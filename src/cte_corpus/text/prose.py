"""The guard against shipped prose: no run of more than 12 words or 80 characters of a source.

Words are compared folded (compatibility forms, case, marks, tatweel, format characters and punctuation dropped), so
that other quotation marks or white space hide nothing. Characters of a run are counted in the folded words, with one
space between two.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from cte_corpus.text.folded_words import LETTERS, Word, folded, folded_text, located, words

MAX_WORDS = 12
MAX_CHARS = 80

SHORTEST = 2 * MAX_WORDS + 1
"""Code points of the shortest text over a limit: 13 words of one letter."""


EDGE = 4
"""Code points at the end of a span in which its last letter is looked for, before marks that are none."""

_SHORTEST_UNSEEN = MAX_CHARS // 2
"""Without the reference text a chain is looked into from this length on: no prose has 13 words in 40 code points."""

_WORDLESS = 2
"""Code points of the longest gap that surely holds no word: one needs a sign between it and the letter on each side."""


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
    ordered = sorted(spans)
    bounds = sorted(edges)
    if text is not None:
        yield from _linked(ordered, bounds, text)
        return
    for near in _near(ordered):
        if _is_over(*_size(folded(_joined(near)))):  # else no part of it is
            yield from _linked(near, bounds, text)


def _near(ordered: list[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    """Of spans in order those that may be a chain without the text: long enough, and with gaps that hold no word."""
    first = start = last = 0
    for place, (begin, end, _) in enumerate(ordered):
        if begin > last + _WORDLESS:
            if last - start >= _SHORTEST_UNSEEN:
                yield ordered[first:place]
            first, start = place, begin
        if end > last:
            last = end
    if last - start >= _SHORTEST_UNSEEN:
        yield ordered[first:]


def _linked(ordered: list[tuple[int, int, str]], bounds: list[int], text: str | None) -> Iterator[Run]:
    """The runs that spans in order add up to, where bounds part them."""
    shortest = _SHORTEST_UNSEEN if text is None else SHORTEST
    ends = list(accumulate([span[1] for span in ordered], max))
    cuts = []
    before = ordered[0] if ordered else (0, 0, "")  # the span that ends last
    for place, span in enumerate(ordered[1:], 1):
        end = before[1]
        if span[0] > end:
            gap = span[0] - end
            parted = _whole_word(text, end, span[0]) if text is not None else _parted(before[2], gap, span[2])
            if parted or bisect_left(bounds, end) < bisect_right(bounds, span[0]):
                cuts.append(place)
        elif span[0] == end and bisect_left(bounds, end) < bisect_right(bounds, end):
            cuts.append(place)
        before = span if span[1] > end else before
    for first, last in pairwise([0, *cuts, len(ordered)]):
        if first < last and ends[last - 1] - ordered[first][0] >= shortest:
            yield from _judge(ordered[first:last], ends[last - 1], text)


def _parted(before: str, gap: int, after: str) -> bool:
    """Whether a word of its own may lie in a gap of so many code points between two spans, as far as they tell."""
    ends = before[-EDGE:].translate(LETTERS)[-1:].strip(), after[:EDGE].translate(LETTERS)[:1].strip()
    return gap > sum(map(bool, ends))  # a word needs a sign between it and a letter


def _whole_word(text: str, start: int, end: int) -> bool:
    """Whether a word of the text lies wholly in [start:end]."""
    if _PLAIN_WORD.search(text, start, end):
        return True
    if _NO_WORD.fullmatch(text, start, end):
        return False
    around, shift = _around(text, start, end)
    return any(start <= word.start + shift and word.end + shift <= end for word in around)


def _around(text: str, start: int, end: int) -> tuple[list[Word], int]:
    """The words of the text around [start:end], and by how much their places are shifted.

    They are those between white space; where that is far, of the whole text.
    """
    first, last = start, end
    while 0 < first <= len(text) and first > start - _FAR and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and last < end + _FAR and not text[last].isspace():
        last += 1
    if first == start - _FAR or last == end + _FAR:
        return words(text), 0
    return located(text[first:last]), first


def _judge(chain: list[tuple[int, int, str]], end: int, text: str | None) -> Iterator[Run]:
    """The run that a chain adds up to, if it is over a limit and not one span alone."""
    start = chain[0][0]
    if any(span[0] == start and span[1] == end for span in chain):
        return
    if text is None:
        own = folded(_joined(chain))
    else:
        around, shift = _around(text, start, end)
        own = [word.text for word in around if word.end + shift > start and word.start + shift < end]
    size, chars = _size(own)
    if _is_over(size, chars):
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


def _is_over(size: int, chars: int) -> bool:
    return size > MAX_WORDS or chars > MAX_CHARS


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
    return _is_over(*_size(own[place - first : place + last]))


def _windows(folded: list[str]) -> Iterator[tuple[int, int, str]]:
    """At each word the shortest run from it that passes a limit: first and last index, and the words joined."""
    for first in range(len(folded)):
        length = -1
        for last in range(first, min(first + MAX_WORDS + 1, len(folded))):
            length += len(folded[last]) + 1
            if length > MAX_CHARS or last - first == MAX_WORDS:
                yield first, last, " ".join(folded[first : last + 1])
                break


_APART = r"""[\s.,:;!?،؛؟()"]"""
_PLAIN_WORD = re.compile(rf"{_APART}[A-Za-z0-9\u0621-\u063a\u0641-\u064a]+{_APART}")
_NO_WORD = re.compile(f"{_APART}*")
"""A common word by itself, and what surely is none."""

_BETWEEN = "betweentwotexts"
"""A word that no source has. If one has it, runs are taken to be longer than they are, and looked at again."""

_ASCII = re.compile(rf"[!-~][ -~]{{{SHORTEST - 1}}}")
"""What a text has that may share a run with one in ASCII."""

_LONG = 20
"""Letters of the longest of four words, or fewer, that pass the limit of characters, at least."""

_MANY = 2_000
"""Pairs of places that are compared."""

_FAR = 100
"""Code points from a place in which white space is looked for."""

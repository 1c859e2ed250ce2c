"""The guard against shipped prose: no run of more than 12 words or 80 characters of a source.

Words are compared folded (compatibility forms, case, marks, tatweel, format characters and punctuation dropped), so
that other quotation marks or white space hide nothing. Characters of a run are counted in the folded words, with one
space between two.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

MAX_WORDS = 12
MAX_CHARS = 80

GLUE = 3
"""Without the reference text, a gap between two spans of at most so many code points is taken to hold no whole word:
a comma, a space and an attached و."""

SHORTEST = 2 * MAX_WORDS + 1
"""Code points of the shortest text over a limit: 13 words of one letter."""


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
    return _located(text)


def _located(text: str) -> list[Word]:
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
    if len(text) > _LONG:
        plain = text.lower()
        for char, letters in _COMMON:
            plain = plain.replace(char, letters)
        if _PLAIN.fullmatch(plain):
            return plain.split()
    return text.translate(_LETTERS).split()


def too_long(text: str) -> bool:
    """Whether a single span is over the limits; its characters are counted as printed."""
    return len(text) > MAX_CHARS or (len(text) >= SHORTEST and len(_folded(text)) > MAX_WORDS)


class SourceIndex:
    """All runs of a source that just pass the limits, for looking up other texts."""

    def __init__(self, text: str) -> None:
        self._folded = _folded(text)
        self._words = frozenset(self._folded)

    @cached_property
    def _runs(self) -> frozenset[str]:
        return frozenset(run for _, _, run in _windows(self._folded))

    def __contains__(self, run: str) -> bool:
        return run in self._runs

    def may_hold_any(self, texts: Sequence[str]) -> bool:
        """As `may_hold`, of all texts at once; a yes may be wrong."""
        known = self._words
        words = _folded(f" {_BETWEEN} ".join(texts))
        runs = "".join([f"{word} " if word in known else "\n" for word in words]).split("\n")
        long = [run for run in runs if len(run) > SHORTEST]
        return any(len(run) > MAX_CHARS or run.count(" ") > MAX_WORDS for run in long)

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


def chains(spans: Iterable[tuple[int, int, str]], text: str | None = None) -> Iterator[Run]:
    """Neighbouring spans of one document that add up to a run over the limits.

    Spans chain where no whole word lies between them: white space, punctuation and the uncovered part of a word, such
    as an attached و, do not keep them apart. A single span over the limits is no chain.

    Args:
        spans: (start, end, text) in code points of the reference text, in any order; they may nest and overlap.
        text: The reference text. Without it, a gap counts as one without a word if it is at most 3 code points long
            (so an uncovered word of one letter goes unseen, and so does a longer row of prefixes), words are counted in
            the texts of the spans, and a chain of fewer than 40 code points passes.
    """
    shortest = _SHORTEST_UNSEEN if text is None else SHORTEST
    ordered = sorted(spans)
    ends = list(accumulate([span[1] for span in ordered], max))
    cuts = [
        place
        for place, (end, span) in enumerate(zip(ends, ordered[1:], strict=False), 1)
        if span[0] - end > GLUE or (text is not None and span[0] > end)
        if text is None or _whole_word(text, end, span[0])
    ]
    for first, last in pairwise([0, *cuts, len(ordered)]):
        if first < last and ends[last - 1] - ordered[first][0] >= shortest:
            yield from _judge(ordered[first:last], ends[last - 1], text)


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
    return _located(text[first:last]), first


def _judge(chain: list[tuple[int, int, str]], end: int, text: str | None) -> Iterator[Run]:
    """The run that a chain adds up to, if it is over a limit and not one span alone."""
    start = chain[0][0]
    if any(span[0] == start and span[1] == end for span in chain):
        return
    if text is None:
        folded = _folded(_joined(chain))
    else:
        around, shift = _around(text, start, end)
        folded = [word.text for word in around if word.end + shift > start and word.start + shift < end]
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
_APART = r"""[\s.,:;!?،؛؟()"]"""
_PLAIN_WORD = re.compile(rf"{_APART}[A-Za-z0-9\u0621-\u063a\u0641-\u064a]+{_APART}")
_NO_WORD = re.compile(f"{_APART}*")
"""A common word by itself, and what surely is none."""

_BETWEEN = "betweentwotexts"
"""A word that no source has. If one has it, runs are taken to be longer than they are, and looked at again."""

_FAR = 100
"""Code points from a place in which white space is looked for."""

_WORD = re.compile(r"[^ \0](?:\0*[^ \0])*")
_LETTERS = _Letters()
_SIGNS = _Signs()
_COMMON = tuple(
    (char, char.translate(_LETTERS))
    for char in "أإآؤئ،؛؟٪ـ\n.,:;!?'\"()[]/%$-–—“”‘’«»" + "".join(map(chr, range(0x64B, 0x653)))
)
"""What common characters add to a word. In a long text they are replaced one after the other, which is faster."""

_PLAIN = re.compile("[a-z0-9 \u0621\u0627-\u063a\u0641-\u064a]*")
"""Characters that stay what they are."""

_LONG = 400

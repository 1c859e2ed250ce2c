"""Spans of one document that touch: together they may ship a run of the source's prose that none of them is alone."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from cte_corpus.text.folded_words import LETTERS, Word, folded, letters, located, words
from cte_corpus.text.prose import MAX_CHARS, SHORTEST, Run, counted, is_over

EDGE = 4
"""Code points at the end of a span in which its last letter is looked for, before marks that are none."""

_SHORTEST_UNSEEN = MAX_CHARS // 2
"""Without the reference text a chain is looked into from this length on: no prose has 13 words in 40 code points."""

_WORDLESS = 2
"""Code points of the longest gap that surely holds no word: one needs a sign between it and the letter on each side."""

_FAR = 100
"""Code points from a place in which white space is looked for."""

_APART = r"""[\s.,:;!?،؛؟()"]"""
_PLAIN_WORD = re.compile(rf"{_APART}[A-Za-z0-9\u0621-\u063a\u0641-\u064a]+{_APART}")
_NO_WORD = re.compile(f"{_APART}*")
"""A common word by itself, and what surely is none."""

_UNCOVERED = bytes(byte if byte == ord(" ") else ord("l") for byte in range(256))
_CHAIN = re.compile(rb"(?<![lc])l*+c[lc]*+(?: ++l*+c[lc]*+)*+")
"""Words, each covered somewhere, with none between them that is not; `c` is covered, `l` a letter that is not."""


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
        for near in _doubtful(ordered, text):
            yield from _linked(near, bounds, text)
        return
    for near in _near(ordered):
        if is_over(*counted(folded(_joined(near)))):  # else no part of it is
            yield from _linked(near, bounds, text)


def _doubtful(ordered: list[tuple[int, int, str]], text: str) -> list[list[tuple[int, int, str]]]:
    """Of spans in order those that may be a chain in a text: in bytes it is quick to see which are not."""
    signs = letters(text)
    if signs is None or not all(start < end <= len(signs) for start, end, _ in ordered):
        return [ordered]
    covered = bytearray(signs.translate(_UNCOVERED))
    for start, end, _ in ordered:
        covered[start:end] = b"c" * (end - start)
    found = []
    for match in _CHAIN.finditer(covered):
        start, end = match.span()
        if end - start >= SHORTEST and is_over(len(signs[start:end].split()), end - start):
            found.append(ordered[bisect_left(ordered, (start,)) : bisect_left(ordered, (end,))])
    return found


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
    size, chars = counted(own)
    if is_over(size, chars):
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

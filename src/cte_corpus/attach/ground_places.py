"""Where words stand in a text: letter for letter, in another typography, or edited. All offsets are code points."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cte_corpus.attach import likeness
from cte_corpus.attach.known import Piece, Unit
from cte_corpus.attach.seeds import REACH, proposals
from cte_corpus.scale.workers import batches
from cte_corpus.text.fold import fold, fold_short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.scale.workers import Workers

QUOTES = 50
"""How many edited quotes another process gets at a time."""

MANY = 1_000
"""Places of one quote that are listed."""

LONGEST = 2_000
"""A quote of more folded characters is found as it stands, but not if it was edited."""

_WORD = re.compile(r"[^\W_]+")
_DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u2010]\s*\n\s*(?=[^\W\d_])")
_HYPHENED = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_PUNCTUATION = re.compile(r"[\W_]+"), re.compile(r"[\W_]+\Z")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that put no space between words, or write particles on to them: a word may begin anywhere."""

_SIGN = re.compile(r"\d+|[²³¹⁰-⁹₀-₉¼-¾⅐-⅟①-⓿❶-➓]")
_FIGURE = re.compile(r"\d[.,٫٬]?\Z"), re.compile(r"[.,٫٬]?\d")

Extent = tuple[int, int]


class Near(NamedTuple):
    """A place with edited words: how alike they are, and what differs."""

    start: int
    end: int
    score: float
    differs: str


class Tried(NamedTuple):
    """An edited quote, folded, and where in the folded text it may begin."""

    quote: str
    form: str
    starts: list[int]


class Batch(NamedTuple):
    """Edited quotes of a text, for another process."""

    text: str
    tried: list[Tried]

    def __str__(self) -> str:
        return f"the quotes from “{self.tried[0].quote[:40]}” to “{self.tried[-1].quote[:40]}”"


class Source:
    """A text in which quotes are looked up."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._form = fold(text)
        self._lines = [match.end() for match in re.finditer("\n", text)]
        self._words: dict[str, list[int]] = defaultdict(list)
        for match in _WORD.finditer(self._form.text):
            self._words[match[0]].append(match.start())

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return bisect_right(self._lines, offset) + 1

    def places(self, quote: str) -> tuple[list[Extent], list[Extent], list[Extent]]:
        """Where a quote stands: letter for letter, in another typography, and only as part of other words or figures.

        White space, format characters, composition, and a hyphen at the end of a line do not count as letters. Up to
        `MANY` places of each kind.
        """
        wanted, exact, figures = fold_short(quote), plain(quote), _signs(quote)
        kinds: tuple[list[Extent], list[Extent], list[Extent]] = ([], [], [])
        for form in dict.fromkeys((wanted, _HYPHENED.sub("", wanted))):
            for spot in self._spots(form):
                if max(map(len, kinds)) >= MANY:
                    break
                extent = self._extent(spot, spot + len(form))
                words = self.text[slice(*extent)]
                if self._is_cut(spot, spot + len(form)) or (figures and _signs(words) != figures):
                    kinds[2].append(self._widened(extent))
                else:
                    kinds[exact not in (plain(words), plain(words, "-"))].append(extent)
            if any(kinds):
                break
        return kinds

    def near(self, quotes: Iterable[str], workers: Workers | None = None) -> dict[str, list[Near]]:
        """The places of edited quotes, the likeliest first; quotes that nothing is like are left out.

        Args:
            quotes: The quotes.
            workers: Other processes that compare them.

        Raises:
            CteError: rapidfuzz is not installed.
        """
        wanted = {quote: fold_short(quote) for quote in quotes}
        wanted = {quote: form for quote, form in wanted.items() if len(form) <= LONGEST}
        keys: dict[str, int] = {}
        units = [_unit(form, keys) for form in wanted.values()]
        found = {}
        proposed = proposals(units, self._form.text, set(), apart=True) if units else []
        pairs = zip(wanted.items(), proposed, strict=True)
        tried = [Tried(quote, form, starts) for (quote, form), starts in pairs]
        if workers is None:
            compared: Iterable[list[Near]] = map(self.like, tried)
        else:
            each = (Batch(self.text, batch) for batch in batches(tried, QUOTES))
            compared = chain.from_iterable(workers.map(compare, each))
        for one, near in zip(tried, compared, strict=True):
            if near:
                found[one.quote] = near
        return found

    def like(self, tried: Tried) -> list[Near]:
        """What is like an edited quote where it may stand, the likeliest first."""
        slack = len(tried.form) // 3 + 20
        extents = ((start - slack, start + len(tried.form) + slack) for start in tried.starts)
        near = [one for extent in extents if (one := self._like(tried.quote, tried.form, *extent))]
        return sorted(dict.fromkeys(near), key=lambda one: (-one.score, one.start))

    def near_in(self, quote: str, extent: Extent) -> Near | None:
        """The edited quote within a place, if something there is like it."""
        form = fold_short(quote)
        if len(form) > LONGEST:
            return None
        return self._like(quote, form, self._form.forth(extent[0]), self._form.forth(extent[1]))

    def paragraph(self, extent: Extent) -> Extent:
        """The paragraph around a place, from one blank line to the next."""
        start, end = self.text.rfind("\n\n", 0, extent[0]), self.text.find("\n\n", extent[1])
        return start + 2 if start >= 0 else 0, end if end >= 0 else len(self.text)

    def _spots(self, form: str) -> Iterable[int]:
        """Where a folded text stands in the folded text, by its rarest word that must be whole there."""
        rarest, inner = None, None
        for match in _WORD.finditer(form):
            is_inner = match.start() > 0 and match.end() < len(form)
            if is_inner or match[0].isascii():
                option = self._words.get(match[0], []), match.start()
                rarest = min(rarest or option, option, key=lambda one: len(one[0]))
                if is_inner:
                    inner = min(inner or option, option, key=lambda one: len(one[0]))
        for starts, before in filter(None, (rarest, inner)):
            found = [at - before for at in starts if at >= before and self._form.text.startswith(form, at - before)]
            if found:
                return found
        return () if inner else self._all(form)

    def _all(self, form: str) -> Iterable[int]:
        spot = self._form.text.find(form)
        while spot >= 0:
            yield spot
            spot = self._form.text.find(form, spot + 1)

    def _extent(self, start: int, end: int) -> Extent:
        return self._form.back(start), likeness.after_marks(self.text, self._form.back_end(end))

    def _is_cut(self, start: int, end: int) -> bool:
        """Whether a place of the folded text begins or ends within a word or a figure."""
        text = self._form.text
        for at in (start, end):
            around = text[max(0, at - 1) : at + 1]
            if 0 < at < len(text) and around.isalnum() and not _UNSPACED.search(around):
                if likeness.whole_words(text, start, end) != (start, end):
                    return True
                break
        if text[start].isdigit() and _FIGURE[0].search(text, max(0, start - 2), start):
            return True
        return text[end - 1].isdigit() and bool(_FIGURE[1].match(text, end))

    def _widened(self, extent: Extent) -> Extent:
        """The whole words and figures of which a place is a part."""
        start, end = extent
        while start and self.text[start - 1].isalnum() and self.text[start].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end].isalnum() and self.text[end - 1].isalnum():
            end += 1
        if match := re.search(r"(?:\d+[.,٫٬])+\Z", self.text[max(0, start - 40) : start]):
            start -= len(match[0]) if self.text[start].isdigit() else 0
        if match := re.match(r"(?:[.,٫٬]\d+)+", self.text[end : end + 40]):
            end += len(match[0]) if self.text[end - 1].isdigit() else 0
        return start, end

    def _like(self, quote: str, form: str, low: int, high: int) -> Near | None:
        """What is most like a quote in a stretch of the folded text, in whole words."""
        text = self._form.text
        low, high = max(0, low), min(len(text), high)
        found = likeness.near_match(form, text[low:high])
        if found is None:
            return None
        begins, ends = _edges(text, low, high)
        start, end = low + found[0], low + found[1]
        for _ in range(2):
            end = max(_near(ends, end), key=lambda at: (_alike(form, text[start:at]), -abs(at - end)), default=end)
            start = max(
                _near(begins, start), key=lambda at: (_alike(form, text[at:end]), -abs(at - start)), default=start
            )
        if start >= end:
            return None
        lead, trail = _PUNCTUATION[0].match(form), _PUNCTUATION[1].search(form)
        if trail and text.startswith(trail[0], end):
            end += len(trail[0])
        if lead and text.endswith(lead[0], 0, start):
            start -= len(lead[0])
        extent = likeness.whole_words(self.text, *self._extent(start, end))
        score, differs = likeness.compare(quote, self.text[slice(*extent)])
        return Near(*extent, round(score, 3), differs) if score >= likeness.LIKE else None


@lru_cache(maxsize=1)
def _source(text: str) -> Source:
    return Source(text)


def compare(batch: Batch) -> list[list[Near]]:
    """What in a text is like each of some quotes."""
    return list(map(_source(batch.text).like, batch.tried))


def _alike(form: str, words: str) -> float:
    return likeness.ratio(form, words)


def _edges(text: str, low: int, high: int) -> tuple[list[int], list[int]]:
    words = list(_WORD.finditer(text, low, high))
    return [word.start() for word in words], [word.end() for word in words]


def _near(edges: list[int], at: int) -> list[int]:
    """The edges of words around a place, those next to it."""
    index = bisect_right(edges, at)
    return edges[max(0, index - 3) : index + 3]


def _unit(form: str, keys: dict[str, int]) -> Unit:
    """A quote as what is placed: its words, each at its known distance from the start."""
    unit = Unit(0, len(form), "", size=len(form), gap=REACH + 1)
    for match in _WORD.finditer(form):
        unit.pieces.append(Piece(*match.span(), match[0], match[0], keys.setdefault(match[0], len(keys))))
        unit.offsets.append(match.start())
    return unit


def plain(text: str, divided: str = "") -> str:
    """A text as NFC, with white space as one space, without format characters and line ends in words.

    Args:
        text: The text.
        divided: What a hyphen at the end of a line within a word becomes.
    """
    if "\n" in text:
        text = _DIVIDED.sub(divided, text)
    text = unicodedata.normalize("NFC", text)
    if not text.isascii():
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return " ".join(text.split())


def _signs(text: str) -> list[str]:
    """The figures of a text by their digits; a raised digit, a fraction or a numeral in a circle is one of its own."""
    return [fold_short(found) if found.isdecimal() else found for found in _SIGN.findall(text)]

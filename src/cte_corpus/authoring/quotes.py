"""From a quote to its place in the text. Nothing is guessed: a quote that is absent, or stands twice, is refused.

A quote is found by its characters (white space and composition of characters do not count); where it is not, by the
match-only folding, which also forgives case, harakat, tatweel, kinds of quotation marks and digits. Of several places
those inside of other words count only where `nth` counts them: "one" is not meant in "money".
"""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Any, NamedTuple

from cte_corpus.text.edges import cuts_word
from cte_corpus.text.fold import fold
from cte_corpus.text.view import plain_1

Place = tuple[int, int]

SHOWN = 8
"""Places that a message lists."""

LOOKS = 100_000
"""Stretches of the text that are compared with quotes that it does not hold, in all; after that no nearest is named."""

_WORD = re.compile(r"\w[\w'’-]*")

AROUND = 24
"""Code points of context that a message shows on each side."""


class QuoteError(ValueError):
    """A quote that leads to no one place; the message lists the places where it could be."""


class Quote(NamedTuple):
    """What a draft may hold in place of a span."""

    quote: str
    nth: int | None = None
    """Which of several places, from 1, in text order."""

    context: str | None = None
    """A few more words around the quote, itself among them."""

    inside: str | None = None
    """Id of the sentence or section in which to look, as `s02.1`."""


class Found(NamedTuple):
    """A place, and whether it was found by folding only."""

    span: dict[str, Any]
    loose: bool


def read(value: object) -> Quote:
    """The quote that a draft's value means: a string, or an object with `quote` and `nth`, `context` or `in`.

    Raises:
        QuoteError: it is neither.
    """
    if isinstance(value, str) and value.strip():
        return Quote(value)
    if isinstance(value, dict):
        quote, nth, context, inside = (value.get(key) for key in ("quote", "nth", "context", "in"))
        strings = all(item is None or isinstance(item, str) for item in (context, inside))
        if isinstance(quote, str) and quote.strip() and strings and (nth is None or (type(nth) is int and nth > 0)):
            unknown = sorted(set(value) - {"quote", "nth", "context", "in"})
            if not unknown:
                return Quote(quote, nth, context, inside)
            raise QuoteError(f"a quote has no `{unknown[0]}`; it has quote, nth, context, in")
    raise QuoteError("expected a quote: a string, or {quote: …} with nth (from 1), context or in")


def quoting(text: str, place: Place, scope: Iterable[Place]) -> str | dict[str, Any]:
    """A quote that leads to a place: with `nth`, if its words stand more than once in the scope.

    Raises:
        QuoteError: it begins inside another place of its words, which is not counted apart.
    """
    words = text[slice(*place)].split()
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    starts = sorted({match.start() for extent in scope for match in pattern.finditer(text, *extent)})
    if place[0] not in starts:
        raise QuoteError(f"{_shown(' '.join(words))} at {place[0]} begins inside another place of the same words")
    return " ".join(words) if len(starts) < 2 else {"quote": " ".join(words), "nth": starts.index(place[0]) + 1}


class Source:
    """A reference text in which quotes are looked up; all offsets are code points of it."""

    def __init__(self, text: str, names: Sequence[tuple[str, int, int]] = ()) -> None:
        self.text = text
        self.names = names
        """Name, start and end of each sentence and section, for messages; the first that holds a place names it."""

        self._folded = fold(text)
        self._looks = LOOKS

    def find(self, quote: Quote, scope: Sequence[Place]) -> Found:
        """The one place of a quote in some stretches of the text.

        Raises:
            QuoteError: there is none, or there are several and nothing says which.
        """
        for loose in (False, True):
            places = self._places(quote.quote, scope, loose)
            if quote.context is not None:
                around = self._places(quote.context, scope, loose)
                places = [one for one in places if any(a <= one[0] and one[1] <= b for a, b in around)]
            if places:
                return Found(self._chosen(quote, places), loose)
        raise QuoteError(self._absent(quote, scope))

    def _chosen(self, quote: Quote, places: list[Place]) -> dict[str, Any]:
        if quote.nth is None and len(places) > 1:
            whole = [place for place in places if not cuts_word(self.text, *place)]
            places = whole if len(whole) == 1 else places
        if quote.nth is None and len(places) > 1:
            listed = self._listed(places)
            raise QuoteError(f"{_shown(quote.quote)} stands in {len(places)} places; say which by `nth`:{listed}")
        if quote.nth is not None and quote.nth > len(places):
            listed = self._listed(places)
            raise QuoteError(f"there is no {_shown(quote.quote)} number {quote.nth}, only {len(places)}:{listed}")
        start, end = places[(quote.nth or 1) - 1]
        return {"start": start, "end": end, "text": self.text[start:end]}

    def _places(self, words: str, scope: Sequence[Place], loose: bool) -> list[Place]:
        pattern = r"\s+".join(map(re.escape, (fold(words).text if loose else plain_1(words)).split()))
        if not pattern:
            return []
        if loose:
            form = self._folded
            matches = (match.span() for match in re.finditer(pattern, form.text))
            found = [(form.back(start), form.back_end(end)) for start, end in matches]
        else:
            look = re.compile(pattern)
            found = sorted({match.span() for extent in scope for match in look.finditer(self.text, *extent)})
        return [one for one in found if any(start <= one[0] and one[1] <= end for start, end in scope)]

    def _absent(self, quote: Quote, scope: Sequence[Place]) -> str:
        whole = [(0, len(self.text))]
        elsewhere = self._places(quote.quote, whole, False) or self._places(quote.quote, whole, True)
        missing = f"{_shown(quote.quote)} does not stand"
        if quote.context is not None and self._places(quote.quote, scope, True):
            return f"{missing} in the context {_shown(quote.context)}, but:{self._listed(elsewhere)}"
        if elsewhere:
            return f"{missing} there, but:{self._listed(elsewhere)}"
        near = self._nearest(quote.quote, scope) or self._nearest(quote.quote, whole)
        return f"{missing} there, nor anywhere in the text" + (f"; nearest:{self._listed(near)}" if near else "")

    def _nearest(self, words: str, scope: Iterable[Place]) -> list[Place]:
        """The stretches of as many words that are most like a quote, if any is much like it."""
        wanted = fold(words).text
        size = len(_WORD.findall(wanted))
        scored = []
        for start, end in scope:
            tokens = [(start + m.start(), start + m.end()) for m in _WORD.finditer(self.text[start:end])]
            pairs = zip(tokens, tokens[max(0, size - 1) :], strict=False)
            for first, last in islice(pairs, self._looks):
                self._looks -= 1
                matcher = SequenceMatcher(None, fold(self.text[first[0] : last[1]]).text, wanted, autojunk=False)
                if matcher.quick_ratio() > 0.7 and (ratio := matcher.ratio()) > 0.7:
                    scored.append((-ratio, (first[0], last[1])))
        return sorted(place for _, place in sorted(scored)[:3])

    def _listed(self, places: list[Place]) -> str:
        lines = [f"\n    {n}. {self._where(place)}" for n, place in enumerate(places[:SHOWN], 1)]
        more = len(places) - SHOWN
        return "".join(lines) + (f"\n    and {more} more" if more > 0 else "")

    def _where(self, place: Place) -> str:
        start, end = place
        name = next((name for name, first, last in self.names if first <= start and end <= last), "")
        before = self.text[max(0, start - AROUND) : start].replace("\n", " ")
        after = self.text[end : end + AROUND].replace("\n", " ")
        within = self.text[start:end].replace("\n", " ")
        return f"{f'{name}, ' if name else ''}{start}-{end}: …{before}⟦{within}⟧{after}…"


def _shown(words: str) -> str:
    return f"“{words}”"

"""Anybody's quotes and values against a text: where each stands, and how surely. No corpus is needed."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cte_corpus.attach import ground_claims, ground_words
from cte_corpus.attach.ground_places import MANY, Extent, Near, Source
from cte_corpus.attach.grounded import Grounded, Grounding, Spot
from cte_corpus.attach.likeness import TYPOGRAPHY, differing, ratio
from cte_corpus.errors import CteError
from cte_corpus.text import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cte_corpus.attach.ground_claims import Claim
    from cte_corpus.attach.ground_words import Agreement
    from cte_corpus.attach.grounded import Status
    from cte_corpus.scale.workers import Workers


def ground(
    text: str | Path,
    claims: Path | Iterable[str | Mapping[str, Any]],
    *,
    column: str | None = None,
    workers: Workers | None = None,
) -> Grounding:
    """Say of each claim where it stands in a text. All offsets are code points of the text.

    `exact`: letter for letter, at one place, or at the one that the claim's offsets or context name; `moved`: letter
    for letter, but not at the claim's offsets, or out of its order; `loose`: in another typography, or edited, and
    `differs` says in what; `ambiguous`: at several places, and nothing says which; `absent`: nowhere.

    Args:
        text: The text, or the Path of a file with it, in any encoding of the web. It is taken as it is; only of HTML
            the text is taken.
        claims: The Path of a file, or strings and mappings: `{"quote": …}` or `{"value": …, "quote": …, "context": …}`,
            and what langextract, GLiNER and spaCy write. docs/grounding.md shows each.
        column: The column of a CSV file in which the quotes are.
        workers: Other processes that compare edited quotes: see `cte_corpus.scale.workers`.

    Raises:
        CteError: text or claims cannot be read, and where; or words were edited, and the extra `attach`, which finds
            them, is not installed.
    """
    from cte_corpus.text import sources
    from cte_corpus.text.html import is_html

    source = sources.Source(text if isinstance(text, str) else "")
    if isinstance(text, Path):
        source = sources.read_file(text)
    elif is_html(text):
        source = sources.of_text(text)
    _judge(source.text, str(text) if isinstance(text, Path) else "the text")
    listed = ground_claims.read(claims, column)
    for claim in listed:
        for part in (claim.quote, claim.context, claim.value):
            if isinstance(part, str):
                _judge(part, claim.where)
    return _Work(source.text, listed, workers).grounding(source.doubt)


def _judge(text: str, where: str) -> None:
    try:
        limits.judge(text)
    except ValueError as error:
        raise CteError(f"{where}: {error}", "give less at a time") from None


SHORT = 60
"""Words of which a quote is only a part are told up to so many code points."""


class _Work:
    def __init__(self, text: str, claims: list[Claim], workers: Workers | None) -> None:
        self.text = text
        self.source = Source(text)
        self.beside = ground_words.Beside(text)
        self.claims = claims
        wanted = dict.fromkeys(claim.words for claim in claims)
        wanted.update(dict.fromkeys(claim.context for claim in claims if claim.context))
        self.stands = {quote: self.source.places(quote) for quote in wanted}
        edited = [quote for quote, places in self.stands.items() if not any(places[:2])]
        self.near: dict[str, list[Near]] = self.source.near(edited, workers)

    def grounding(self, doubt: str = "") -> Grounding:
        """Every claim with its place."""
        found = [self._one(claim) for claim in self.claims]
        return Grounding(self.text, self._in_order(found), doubt)

    def _one(self, claim: Claim) -> Grounded:
        exact, folded, cut = self.stands[claim.words]
        places = exact or folded
        if not places:
            return self._edited(claim, cut)
        differs = "" if exact else TYPOGRAPHY
        if claim.context:
            places, said = self._in_context(claim, claim.context, places)
            if said:
                return self._result(claim, "loose", places, said, warns=self._warnings(claim, places))
        at = (claim.start, claim.end)
        if at in places:
            return self._result(claim, "loose" if differs else "exact", [at], differs)
        if len(places) > 1:
            return self._result(claim, "ambiguous", places, differs)
        status: Status = "loose" if differs else "exact" if claim.start is None else "moved"
        return self._result(claim, status, places, differs)

    def _warnings(self, claim: Claim, places: list[Extent]) -> list[str]:
        if not claim.context or not places or not (near := self.near.get(claim.context)):
            return []
        return ground_words.edited(claim.context, self.text[near[0].start : near[0].end])

    def _in_context(self, claim: Claim, context: str, places: list[Extent]) -> tuple[list[Extent], str]:
        """The places that stand in the claim's context, or all of them and what is wrong with it."""
        exact, folded, _ = self.stands[context]
        around = exact or folded
        holds = any(Source(context).places(claim.words)[:2])
        if around:
            frames = around if holds else [self.source.paragraph(one) for one in around]
            inside = [one for one in places if _is_in(one, frames)]
            return (inside, "") if inside else (places, "the quote does not stand in the context")
        near = self.near.get(context, [])
        inside = [one for one in places if _is_in(one, [(item.start, item.end) for item in near[:1]])]
        return (inside, f"context: {near[0].differs}") if inside else (places, "the context is not in the text")

    def _edited(self, claim: Claim, cut: list[Extent]) -> Grounded:
        """A claim whose quote stands nowhere as it is: as a part of other words, edited, or as a value in figures."""
        places = [] if claim.quote or claim.value is None else ground_words.places_of(claim.value, self.text)[:MANY]
        if places:
            differs = f"{self.text[slice(*places[0])]} for {claim.words}"
            return self._result(claim, "loose" if len(places) == 1 else "ambiguous", places, differs, edited=False)
        if cut:
            words = self.text[slice(*cut[0])]
            differs = f"{words} for {claim.words}" if len(words) <= SHORT else differing(claim.words, words)
            return self._result(claim, "loose", cut, differs, score=ratio(claim.words, words))
        near = self.near.get(claim.words, [])
        if not near and claim.context:
            frames = [place for places in self.stands[claim.context][:2] for place in places[:1]]
            near = [one for frame in frames if (one := self.source.near_in(claim.words, frame))]
        if not near:
            return Grounded(claim, "absent", value=_value(claim, ""))
        best = [(one.start, one.end) for one in near if one.score == near[0].score]
        return self._result(claim, "loose", best, near[0].differs, score=near[0].score)

    def _result(
        self,
        claim: Claim,
        status: Status,
        places: list[Extent],
        differs: str = "",
        *,
        score: float = 1.0,
        warns: list[str] | None = None,
        edited: bool = True,
    ) -> Grounded:
        spots = tuple(Spot(start, end, self.source.line(start)) for start, end in places)
        said = list(warns or ())
        if status == "loose" and edited:
            said += ground_words.edited(claim.words, self.text[slice(*places[0])])
        if len(places) == 1:
            said += self.beside.near(*places[0])
        value = _value(claim, self.text[slice(*places[0])])
        return Grounded(claim, status, spots, round(score, 3), differs, tuple(dict.fromkeys(said)), value)

    def _in_order(self, found: list[Grounded]) -> tuple[Grounded, ...]:
        """The claims with an order: those of the longest run that keeps it stay `exact`, the others have `moved`."""
        placed = [i for i, one in enumerate(found) if one.claim.order is not None and one.status == "exact"]
        placed.sort(key=lambda index: (found[index].claim.order, index))
        kept = _longest_run([found[index].spots[0].start for index in placed])
        for position, index in enumerate(placed):
            if position not in kept:
                found[index] = found[index]._replace(status="moved")
        return tuple(found)


def _value(claim: Claim, words: str) -> Agreement:
    """Whether the claim's own quote says its value; without a quote, whether the words of the text do."""
    return ground_words.agreement(claim.value, claim.quote or words)


def _is_in(place: Extent, frames: list[Extent]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in frames)


def _longest_run(starts: list[int]) -> set[int]:
    """The indexes of a longest subsequence that does not fall."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, start in enumerate(starts):
        at = bisect_left(tails, start + 1)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [start]
        ends[at : at + 1] = [index]
    run: set[int] = set()
    link = ends[-1] if ends else -1
    while link >= 0:
        run.add(link)
        link = before[link]
    return run

"""When two spans are the same: letter for letter, overlapping, or but for Arabic proclitics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.score.coded import Place

Match = Literal["exact", "overlap", "proclitics"]

MATCHES: tuple[Match, ...] = get_args(Match)

HALF = 0.5
"""The Jaccard index, shared characters of all that either covers, from which two spans overlap."""

PROCLITICS = frozenset(
    conjunction + rest
    for conjunction in ("", "و", "ف")
    for rest in ("", "ب", "ك", "ل", "ال", "بال", "كال", "لل", "س")
    if conjunction + rest
)
"""What is written together with the Arabic word that follows: conjunctions, prepositions, article, future particle."""

_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
"""Vowel signs, and the stroke that only lengthens a word."""


def jaccard(one: Place, other: Place) -> float:
    """Characters in both of those in either, 0 to 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def same(one: Place, other: Place, match: Match) -> bool:
    """Whether two places count as the same. A place without words, or nowhere, is the same only by its offsets."""
    if one.start < 0 or other.start < 0:
        return False
    if one[:2] == other[:2]:
        return True
    if match == "overlap":
        return jaccard(one, other) >= HALF
    if match == "proclitics" and one.end == other.end:
        longer, shorter = sorted((one, other))
        return _MARKS.sub("", longer.text[: shorter.start - longer.start]) in PROCLITICS
    return False


def any_same(ones: Iterable[Place], others: Iterable[Place], match: Match) -> bool:
    """Whether a place of the first is the same as one of the second."""
    kept = tuple(others)
    return any(same(one, other, match) for one in ones for other in kept)

"""What can turn what a quote says around: negations, figures, and the value that it is said to hold."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Literal

from cte_corpus.attach.ground_places import Source
from cte_corpus.text.dates import dates
from cte_corpus.text.figures import Figure, figures
from cte_corpus.text.fold import fold, fold_short

if TYPE_CHECKING:
    from cte_corpus.attach.ground_claims import Value

Agreement = Literal["", "agrees", "differs"]

BEFORE, AFTER = 4, 3
"""So many words before and after a place, in its sentence, are looked through for a negation."""

AROUND = 60
"""Code points on each side of a place in which a negation is looked for."""

_NEGATION = re.compile(
    r"(?<![^\W_])(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|non"
    r"|(?:are|ca|could|did|does|do|had|has|have|is|might|must|need|should|was|were|wo|would)n't"
    r"|[اوف]{0,2}(?:لا|لم|لن|لما|ليس|ليست|ليسوا|لسنا|غير|دون|بدون|بلا|عدم|بعدم|لعدم|كلا|ما))(?![^\W_])"
)
"""Words that negate, folded: English, and Arabic with its conjunctions. Arabic `ما` has other uses, too."""

_UNSURE = re.compile("[وف]?(?:ما|لما)")
"""Negations that as often are none: they count where words were edited, not where they only stand near."""

_ENDS = re.compile(r"[.!?؟;؛\n]")
_DATE = re.compile(r"\d{4}-\d\d")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def edited(quote: str, words: str) -> list[str]:
    """What of the differences between a quote and the words that stand there may turn it around."""
    found = []
    claimed, there = (Counter(_NEGATION.findall(fold_short(text))) for text in (quote, words))
    found += [f"negation: “{word}” is in the quote, not in the text" for word in claimed - there]
    found += [f"negation: “{word}” is in the text, not in the quote" for word in there - claimed]
    said, printed = (Counter(map(_amount, figures(text, every=True))) for text in (quote, words))
    if said != printed:
        numbers = [", ".join(map(_shown, one)) or "none" for one in (printed - said, said - printed)]
        found.append(f"figures: {numbers[0]} in the text, {numbers[1]} in the quote")
    return found


class Beside:
    """The negations and figures of a text, to tell what stands beside a place."""

    def __init__(self, text: str) -> None:
        self._text = text
        form = fold(text)
        found = _NEGATION.finditer(form.text)
        self._negations = [
            (form.back(match.start()), form.back_end(match.end()), match[0])
            for match in found
            if not _UNSURE.fullmatch(match[0])
        ]
        self._figures = [(figure.start, figure.end) for figure in figures(text, every=True)]

    def near(self, start: int, end: int) -> list[str]:
        """What stands just beside a place and may turn it around: a negation, or more of the figure at its edge."""
        first = bisect_left(self._negations, (start - AROUND,))
        last = bisect_left(self._negations, (end + AROUND,))
        said = []
        for begin, finish, word in self._negations[first:last]:
            if (finish <= start and self._is_close(finish, start, BEFORE)) or (
                end <= begin and self._is_close(end, begin, AFTER)
            ):
                said.append(f"negation near: “{word}”")
        for at in (start, end):
            index = bisect_left(self._figures, (at,)) - 1
            if index >= 0 and self._figures[index][1] > at:
                said.append(f"figure: the text has “{' '.join(self._text[slice(*self._figures[index])].split())}”")
        return list(dict.fromkeys(said))

    def _is_close(self, start: int, end: int, words: int) -> bool:
        """Whether fewer than so many words, and no end of a sentence, stand between two places."""
        between = self._text[start:end]
        return not _ENDS.search(between) and len(_WORD.findall(between)) < words


def agreement(value: Value | None, quote: str) -> Agreement:
    """Whether a quote says a value: as a figure, as a date, or in its own words.

    A number agrees with a figure of that value, printed in any way and with any bound; a date with the same date.
    """
    if value is None:
        return ""
    if isinstance(value, str) and any(Source(quote).places(value)[:2]):
        return "agrees"
    return "agrees" if places_of(value, quote) else "differs"


def places_of(value: Value, text: str) -> list[tuple[int, int]]:
    """Where a text has a value in any writing: a figure or a date, each read whole. A day is also in its month."""
    if not isinstance(value, str):
        return [(one.start, one.end) for one in figures(text, every=True) if value in _bounds(one)]
    whole = 0, len(value := value.strip())
    day = value if _DATE.fullmatch(value) else ""
    day = next((one.edtf for one in dates(value) if (one.start, one.end) == whole), day)
    if day:
        return [(one.start, one.end) for one in dates(text) if one.edtf == day or one.edtf.startswith(f"{day}-")]
    wanted = [(_bounds(one), one.unit) for one in figures(value, every=True) if (one.start, one.end) == whole]
    return [
        (one.start, one.end)
        for one in figures(text, every=True)
        if any(bounds == _bounds(one) and unit in ("", one.unit) for bounds, unit in wanted)
    ]


Amount = tuple[str, tuple[int | float, ...], str]


def _amount(figure: Figure) -> Amount:
    return figure.comparator, _bounds(figure), figure.unit


def _bounds(figure: Figure) -> tuple[int | float, ...]:
    return tuple(one for one in (figure.value, figure.lower, figure.upper) if one is not None)


def _shown(amount: Amount) -> str:
    comparator, bounds, unit = amount
    sign = {"eq": "", "approx": "~", "gt": ">", "ge": "≥", "lt": "<", "le": "≤"}.get(comparator, "")
    return f"{sign}{' to '.join(f'{one:,}' for one in bounds)}{f' {unit}' if unit else ''}"

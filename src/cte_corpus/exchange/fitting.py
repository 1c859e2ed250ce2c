"""Marks of a tool in the reference text: by their offsets where these hold, else by their words, as `cte ground`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from cte_corpus.attach.ground import ground
from cte_corpus.attach.ground_claims import MOST

if TYPE_CHECKING:
    from cte_corpus.attach.grounded import Grounded
    from cte_corpus.exchange.annotated import Annotated, Mark
    from cte_corpus.exchange.loss import Loss

AROUND = 40
"""Code points on each side of a mark that tell its place in another form of the text."""

_WHY = {
    "absent": "the words do not stand in the text",
    "ambiguous": "the words stand in several places of the text, and nothing says which",
    "loose": "the words stand in the text only in a changed form",
}


def fitted(found: Annotated, text: str, loss: Loss) -> Annotated:
    """A tool's annotations with offsets in the reference text; what has no sure place in it is told, and left out.

    Args:
        found: What was read; its own text may be another form of the reference text, or missing.
        text: The reference text.
        loss: Where to tell what has no place.

    Raises:
        CteError: words were edited, and the extra `attach`, which finds them, is not installed.
    """
    same = found.text == text
    moved = _moved(found.text, text) if not same else None
    placed: dict[str, Mark] = {}
    open_ = []
    for mark in found.marks:
        words = mark.words or _slice(found.text, mark)
        at = mark if moved is None else _mapped(mark, moved)
        there = _slice(text, at)
        if (
            words
            and (there == words if moved is None else there.split() == words.split())
            and (mark.words or found.text)
        ):
            placed[mark.id] = at
        elif words and any(map(str.isalnum, words)):
            open_.append(mark._replace(words=words))
        elif not words and not mark.words and same and 0 <= mark.start < mark.end <= len(text):
            placed[mark.id] = mark
        else:
            why = "there is no letter or digit to look for" if words else "the offsets are outside the text, or no span"
            loss.add("span", why, mark.where)
    for first in range(0, len(open_), MOST):
        _ground(open_[first : first + MOST], found.text, text, placed, loss)
    marks = tuple(placed[mark.id] for mark in found.marks if mark.id in placed)
    links = []
    for link in found.links:
        if link.source in placed and link.target in placed:
            links.append(link)
        else:
            loss.add("link", "one end has no place in the text", link.where)
    return found._replace(text=text, marks=marks, links=tuple(links))


def _ground(marks: list[Mark], own: str, text: str, placed: dict[str, Mark], loss: Loss) -> None:
    """Look marks up by their words and what stands around them, and then by their words alone."""
    claims = [_claim(mark, own) for mark in marks]
    answers = list(ground(text, claims)) if claims else []
    again = [n for n, answer in enumerate(answers) if "context" in claims[n] and not _is_sure(answer)]
    if again:
        alone = [{key: value for key, value in claims[n].items() if key != "context"} for n in again]
        for n, answer in zip(again, ground(text, alone), strict=True):
            answers[n] = answer
    for mark, answer in zip(marks, answers, strict=True):
        if _is_sure(answer):
            placed[mark.id] = mark._replace(start=answer.spots[0].start, end=answer.spots[0].end)
        else:
            loss.add("span", _WHY.get(answer.status, _WHY["ambiguous"]), mark.where or mark.words)


def _is_sure(answer: Grounded) -> bool:
    return answer.found and len(answer.spots) == 1


def _claim(mark: Mark, own: str) -> dict[str, Any]:
    claim: dict[str, Any] = {"quote": mark.words}
    context = mark.context
    if not context and mark.start >= 0 and own[mark.start : mark.end] == mark.words:
        before, after = own[max(0, mark.start - AROUND) : mark.start], own[mark.end : mark.end + AROUND]
        context = before[before.find(" ") + 1 :] + mark.words + after[: after.rfind(" ") + 1]  # whole words
    if context and context != mark.words:
        claim["context"] = context
    if 0 <= mark.start < mark.end:
        claim |= {"start": mark.start, "end": mark.end}
    return claim


def _slice(text: str, mark: Mark) -> str:
    return text[mark.start : mark.end] if 0 <= mark.start < mark.end <= len(text) else ""


def _moved(own: str, text: str) -> list[int] | None:
    """Where each code point of a text stands in the reference text, if they differ in white space and nothing else."""
    if not own or unicodedata.normalize("NFC", own) != own:
        return None
    there = [match.start() for match in re.finditer(r"\S", text)]
    here = [match.start() for match in re.finditer(r"\S", own)]
    if len(here) != len(there) or any(own[a] != text[b] for a, b in zip(here, there, strict=True)):
        return None
    places, index = [], 0
    for at in range(len(own)):
        if index < len(here) and here[index] < at:
            index += 1
        places.append(there[index] if index < len(there) else len(text))
    return [*places, len(text)]


def _mapped(mark: Mark, places: list[int]) -> Mark:
    """A mark at its place in the reference text, from its first to its last character that is no white space."""
    if not 0 <= mark.start < mark.end < len(places):
        return mark
    return mark._replace(start=places[mark.start], end=places[mark.end - 1] + 1)

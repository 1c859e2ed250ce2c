"""Spans as tags of tokens: the tokens of a text, and BIO tags under a stated policy."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cte_corpus.tabular.marks import Mark, Tell

Policy = Literal["expand", "strict", "split-clitics"]

POLICIES: tuple[Policy, ...] = get_args(Policy)
"""What becomes of a span that begins or ends inside a word.

`expand` tags the whole word. `strict` leaves the span out. `split-clitics` cuts Arabic words before it tags, and then
expands.
"""

JOINERS = "\u200c\u200d"

_VOWELS = "[\u064b-\u0652\u0670]*"
_CLITICS = re.compile(f"([وف]{_VOWELS})?([بكلس]{_VOWELS})?(ا{_VOWELS}ل{_VOWELS}|(?<=ل)ل{_VOWELS})?")
"""Conjunction, preposition or future particle, article: each may be written together with the word that follows."""

STEM = 2
"""So many code points at least are left of a word that is cut."""


class Token(NamedTuple):
    """A token: code points, 0-based and half-open, in the text."""

    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None, *, split: bool = False) -> list[Token]:
    """The tokens of a text, or of a part of it.

    A token is a run of letters and digits, or one other character that is seen; marks, such as Arabic vowel signs, and
    joiners belong to the character before them. White space and what is not seen is in none.

    Args:
        text: The text.
        start: Where to begin, in code points.
        end: Where to end; without it, at the end of the text.
        split: Cut off what may be a conjunction, preposition or article at the beginning of an Arabic word, each as a
            token. It looks at letters alone, so that it also cuts words that merely begin like that: any text is cut
            in the same way, whatever spans it has.
    """
    found: list[Token] = []
    last, in_word = -1, False  # where the last token ends, if nothing came between, and whether it is a word
    for at in range(start, len(text) if end is None else end):
        character = text[at]
        kind = unicodedata.category(character)
        if at == last and (kind[0] == "M" or character in JOINERS):
            pass
        elif character.isalnum() or character == "_" or kind[0] == "M":
            if not (at == last and in_word):
                found.append(Token(at, at))
            in_word = True
        elif kind[0] in "ZC" and kind not in ("Co", "Cs"):
            continue
        else:
            found.append(Token(at, at))
            in_word = False
        last = at + 1
        found[-1] = Token(found[-1].start, last)
    return [part for token in found for part in _cut(text, token)] if split else found


def _cut(text: str, token: Token) -> list[Token]:
    parts, start = [], token.start
    found = _CLITICS.match(text, token.start, token.end)
    for end in (found.end(group) for group in (1, 2, 3) if found and found[group]):
        if token.end - end < STEM:
            break
        parts.append(Token(start, end))
        start = end
    return [*parts, Token(start, token.end)]


def tags(tokens: Sequence[Token], marks: Sequence[Mark], policy: Policy, tell: Tell) -> list[str]:
    """A BIO tag for each token: `B-person`, `I-person`, `O`.

    Where spans share a token, the longest is tagged; of equally long ones the first, and of equal ones that of the
    first id. It is told which are left out, and which are tagged with letters that are not theirs.

    Args:
        tokens: The tokens, in order.
        marks: The spans, each within what the tokens cover.
        policy: What becomes of a span that begins or ends inside a token.
        tell: Is told what is lost.
    """
    found = ["O"] * len(tokens)
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start, mark.id)):
        covered = [at for at, token in enumerate(tokens) if token.start < mark.end and mark.start < token.end]
        if not covered:
            tell(mark.kind, "no token is covered", mark.id)
            continue
        first, last = covered[0], covered[-1]
        inside = tokens[first].start < mark.start or mark.end < tokens[last].end
        if inside and policy == "strict":
            tell(mark.kind, "an edge lies inside a token, and the policy is strict", mark.id)
        elif any(found[at] != "O" for at in covered):
            tell(
                mark.kind,
                "a longer span, or one that comes before, has the same token: a token has one tag",
                mark.id,
            )
        else:
            if inside:
                tell(f"edge of {mark.kind}", "a token goes on beyond the edge, and all of the token is tagged", mark.id)
            found[first : last + 1] = [f"B-{mark.label}"] + [f"I-{mark.label}"] * (last - first)
    return found

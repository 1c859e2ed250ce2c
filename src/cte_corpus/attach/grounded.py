"""What became of claims about a text: the answer to each, and all of them as rows, text and HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, overload

from cte_corpus.attach.likeness import TYPOGRAPHY
from cte_corpus.show.tree import Tree, html
from cte_corpus.text.terminal import isolate

if TYPE_CHECKING:
    from cte_corpus.attach.ground_claims import Claim
    from cte_corpus.attach.ground_words import Agreement

Status = Literal["exact", "moved", "loose", "ambiguous", "absent"]

STATUSES: tuple[Status, ...] = ("exact", "moved", "loose", "ambiguous", "absent")

SHOWN = 200
"""Answers of a kind that a notebook shows."""


class Spot(NamedTuple):
    """A place: code points of the text, 0-based and half-open, and the line of its start, from 1."""

    start: int
    end: int
    line: int


class Grounded(NamedTuple):
    """A claim, and where it stands."""

    claim: Claim
    status: Status
    spots: tuple[Spot, ...] = ()
    """Its place; if it is `ambiguous`, or edited and equally like several, all of them."""
    score: float = 0.0
    """How alike the words are, 0 to 1."""
    differs: str = ""
    """What differs: `typography` (case, marks, forms of letters), or words: `45 for 40, not missing`."""
    warnings: tuple[str, ...] = ()
    """Negations and figures that differ, or stand beside the place."""
    value: Agreement = ""
    """Whether the quote says the value that is claimed."""

    @property
    def found(self) -> bool:
        """Whether the words of the claim stand in the text, in whatever typography, and say its value."""
        if self.value == "differs" or self.status == "absent":
            return False
        as_value = not self.claim.quote and self.value == "agrees"
        return self.status == "moved" or self.differs in ("", TYPOGRAPHY) or as_value

    def row(self) -> dict[str, Any]:
        """The answer as JSON has it. `start`, `end` and `line` are None unless there is one place."""
        start, end, line = self.spots[0] if len(self.spots) == 1 else (None, None, None)
        claim = self.claim
        return {
            "where": claim.where,
            "id": claim.id,
            "label": claim.label,
            "quote": claim.quote or None,
            "value": claim.value,
            "found": self.found,
            "status": self.status,
            "start": start,
            "end": end,
            "line": line,
            "score": self.score,
            "differs": self.differs,
            "warnings": list(self.warnings),
            "value_agrees": {"": None, "agrees": True, "differs": False}[self.value],
            "places": [spot._asdict() for spot in self.spots],
        }


class Grounding(Sequence[Grounded]):
    """The answers in the order of the claims; `text` is what their offsets refer to.

    `doubt` says in words why the encoding of the text's file may be wrong; it is empty where all is well.
    """

    def __init__(self, text: str, answers: Sequence[Grounded], doubt: str = "") -> None:
        self.text = text
        self.doubt = doubt
        self._answers = tuple(answers)

    @overload
    def __getitem__(self, index: int) -> Grounded: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Grounded]: ...

    def __getitem__(self, index: int | slice) -> Grounded | Sequence[Grounded]:
        return self._answers[index]

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def ok(self) -> bool:
        """Whether everything was found."""
        return all(one.found for one in self)

    @property
    def missing(self) -> tuple[Grounded, ...]:
        """The answers to claims that were not found as they are: absent, edited, or with a value that differs."""
        return tuple(one for one in self if not one.found)

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each status."""
        counted = Counter(one.status for one in self)
        return {status: counted[status] for status in STATUSES}

    def text_of(self, answer: Grounded) -> str | None:
        """The words of the text at the first place of an answer; None where it is absent."""
        return self.text[answer.spots[0].start : answer.spots[0].end] if answer.spots else None

    def __str__(self) -> str:
        parts = [f"{number:,} {status}" for status, number in self.counts.items() if number]
        return f"{len(self):,} claims: {', '.join(parts)}; {len(self.missing):,} not found as they are"

    def __repr__(self) -> str:
        return f"<Grounding: {self}>"

    def _repr_html_(self) -> str:
        """The answers as a notebook shows them: what was not found first, the rest folded by status."""
        groups = [("not found as they are", self.missing)]
        groups += [(status, tuple(one for one in self if one.status == status and one.found)) for status in STATUSES]
        parts = [Tree(name, tuple(map(self._line, group[:SHOWN]))) for name, group in groups if group]
        return html(Tree(str(self), (("text", f"{len(self.text):,} code points"),), tuple(parts)))

    def _line(self, one: Grounded) -> tuple[str, str]:
        value = isolate(one.claim.words)
        if one.value == "differs":
            value += f"; does not say {isolate(str(one.claim.value))}"
        value += "".join(f"; {isolate(part)}" for part in (one.differs, *one.warnings) if part)
        return f"{one.status}, line {one.spots[0].line}" if one.spots else one.status, value

"""Scores with their signature, as text, as JSON and as Python values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cte_corpus.score.tally import Tally, Unit

VERSION = 1
"""Of the definitions. A change by which any figure could change is another version."""


class Scores:
    """Measures by name, and the signature that says whether two figures compare.

    `signature` names the definitions, the gold standard with version and digest, and every choice; figures compare
    where it is the same. `measures` maps a name to its `Tally`. `notes` says in words what is to be known: quotes that
    could not be anchored, documents that were not predicted. `alphas`, of an agreement, are Krippendorff's α of the
    attributes of events that both have.
    """

    def __init__(
        self,
        signature: str,
        measures: dict[str, Tally],
        units: Sequence[Unit],
        seed: int,
        notes: Sequence[str] = (),
        unanchored: dict[str, int] | None = None,
        alphas: dict[str, float | None] | None = None,
    ) -> None:
        self.signature = signature
        self.measures = measures
        self.notes = tuple(notes)
        self.unanchored = unanchored or {}
        self.alphas = alphas or {}
        self._units = units
        self._seed = seed

    def __getitem__(self, name: str) -> Tally:
        return self.measures[name]

    def rows(self, types: bool = False) -> list[dict[str, Any]]:
        """A row for each measure, with `types` also for each of its types.

        Shares are from 0 to 1, and None where there is nothing of which they would be a share. `low` and `high` are
        the 95 % interval of F1, `macro` the mean F1 of the types.
        """
        found = []
        for name, tally in self.measures.items():
            low, high = tally.interval(self._units, self._seed) or (None, None)
            one = {"measure": name, "type": None, **tally.micro._asdict()}
            found.append({**one, "low": low, "high": high, "macro": tally.macro})
            if types:
                found += [
                    {"measure": name, "type": kind, **one._asdict(), "low": None, "high": None, "macro": None}
                    for kind, one in tally.types.items()
                    if kind
                ]
        return found

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON has it."""
        found: dict[str, Any] = {"signature": self.signature, "notes": list(self.notes)}
        if self.unanchored:
            found["unanchored"] = self.unanchored
        if self.alphas:
            found["alphas"] = self.alphas
        return found | {"scores": self.rows(types=True)}

    def table(self, types: bool = False) -> str:
        """The scores as a Markdown table, with notes and signature."""
        lines = ["| measure | gold | predicted | right | P | R | F1 | 95 % | macro |", f"|---{'|---:' * 8}|"]
        for row in self.rows(types):
            name = f"· {row['type']}" if row["type"] else row["measure"]
            between = "" if row["low"] is None else f"{row['low']:.3f}–{row['high']:.3f}"
            counts = " | ".join(_number(row[key]) for key in ("gold", "pred", "right"))
            shares = " | ".join(_share(row[key]) for key in ("precision", "recall", "f1"))
            macro = "" if row["type"] else _share(row["macro"])
            lines.append(f"| {name} | {counts} | {shares} | {between} | {macro} |")
        for name, alpha in self.alphas.items():
            lines.append(f"α, {name} of matched events: {_share(alpha)}")
        return "\n".join([*lines, *self.notes, self.signature])

    def __str__(self) -> str:
        return self.table()

    def __repr__(self) -> str:
        return f"<Scores {self.signature}: {len(self.measures)} measures>"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"

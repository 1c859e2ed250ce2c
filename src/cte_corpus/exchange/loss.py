"""What an export or import leaves out, and why: every one says so, on the terminal and in a file beside the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

from cte_corpus.text.nouns import count

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".loss.json"


class Row(TypedDict):
    """All things of one kind that are left out for one reason."""

    kind: str
    count: int
    why: str
    ids: list[str]


class Loss:
    """Collects what is left out, while a format is written or read."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[str]] = {}

    def add(self, kind: str, why: str, *ids: str) -> None:
        """Tell what is left out.

        Args:
            kind: What it is, in the singular: `mention`, `field of events`, ``annotation `PER` ``.
            why: The reason, as words that can follow a colon, and hold for one and for many.
            ids: The ids of the records, or where in a file the things stand; one for each. None adds nothing.
        """
        if ids:
            self._found.setdefault((kind, why), []).extend(ids)

    def rows(self) -> list[Row]:
        """One row per kind and reason, in the order in which they were first told."""
        return [
            {"kind": kind, "count": len(ids), "why": why, "ids": list(ids)} for (kind, why), ids in self._found.items()
        ]

    def lines(self) -> list[str]:
        """What the terminal is told: a line per kind and reason."""
        return [f"left out: {count(row['count'], row['kind'])}: {row['why']}" for row in self.rows()]

    def encoded(self) -> bytes:
        """The rows as JSON; an empty list where nothing is left out."""
        return (json.dumps(self.rows(), ensure_ascii=False, indent=2) + "\n").encode()


def beside(target: Path) -> Path:
    """Where the loss of a file or folder is written: `corpus.graphml.loss.json`."""
    return target.with_name(target.name + SUFFIX)

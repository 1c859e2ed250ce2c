"""What a rule may know beyond its document: the registry, retired ids, and ids of other documents."""

from difflib import get_close_matches
from typing import Any, Protocol

from cte_corpus.rules.document import Record


class Context(Protocol):
    """The corpus around a document."""

    entities: dict[str, Record]
    """The registry: id -> entity."""

    retired: frozenset[str]
    """Ids that have a tombstone."""

    def foreign_events(self, document: str) -> dict[str, Record] | None:
        """The events of another document by id, empty if there is none; None if its own findings come first."""


def nearest(word: str, known: Any) -> str:
    """A hint with the nearest known value, or an empty string."""
    close = get_close_matches(word, list(known), 1, 0.6)
    return f"did you mean `{close[0]}`?" if close else ""

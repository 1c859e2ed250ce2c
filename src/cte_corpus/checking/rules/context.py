"""What a rule may know beyond its document: the registry, retired ids, and ids of other documents."""

from typing import Any, Protocol

from cte_corpus.checking.rules.doc import Record


class Context(Protocol):
    """The corpus around a document."""

    entities: dict[str, Record]
    """The registry: id -> entity."""

    retired: frozenset[str]
    """Ids that have a tombstone."""

    def foreign(self, part: str, document: str) -> dict[str, Record] | None:
        """The `events` or `sanctions` of another document by id, empty if there is none of it; None if its own findings
        come first."""


def nearest(word: str, known: Any) -> str:
    """A hint with the nearest known value, or an empty string. Of ids the part after the colon is compared."""
    head, _, tail = word.rpartition(":")
    tails: dict[str, str] = {}
    for name in sorted(known, key=lambda name: (name.rpartition(":")[0] != head, name)):
        tails.setdefault(name.rpartition(":")[2], name)
    from difflib import get_close_matches

    close = get_close_matches(tail, tails, 1, 0.6)
    return f"did you mean `{tails[close[0]]}`?" if close else ""

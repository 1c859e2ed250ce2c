"""What a rule may know beyond its document: the registry, retired ids, and ids of other documents."""

from collections.abc import Collection
from typing import Any, Protocol

from cte_corpus.checking.rules.doc import Found, Record


class Context(Protocol):
    """The corpus around a document."""

    entities: dict[str, Record]
    """The registry: id -> entity."""

    retired: frozenset[str]
    """Ids that have a tombstone."""

    def foreign_events(self, document: str) -> dict[str, Record] | None:
        """The events of another document by id, empty if there is none; None if its own findings come first."""


def lost_id(name: str) -> str:
    """The slip of which findings are that meet an id which nothing has: one id was changed, or lost."""
    return f"no {name}"


def unknown_entity(holder: object, key: str | int, ref: str, known: Collection[str]) -> Found:
    """The finding that an entity is not in the registry."""
    message = f"no entity `{ref}` in the registry"
    return Found("CTE201", holder, message, key, lambda: nearest(ref, known), slip=lost_id(ref))


LONGEST = 200
"""Characters of the longest word for which a near one is looked for."""


def nearest(word: str, known: Any) -> str:
    """A hint with the nearest known value, or an empty string. Of ids the part after the colon is compared."""
    if len(word) > LONGEST:
        return ""
    head, _, tail = word.rpartition(":")
    tails: dict[str, str] = {}
    for name in sorted(known, key=lambda name: (name.rpartition(":")[0] != head, name)):
        tails.setdefault(name.rpartition(":")[2], name)
    from difflib import get_close_matches

    close = get_close_matches(tail, tails, 1, 0.6)
    return f"did you mean `{tails[close[0]]}`?" if close else ""

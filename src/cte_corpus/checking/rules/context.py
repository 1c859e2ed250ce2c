"""What a rule may know beyond its document: the entity registry, retired ids, and ids of other documents."""

from typing import Protocol

from cte_corpus.checking.rules.doc import Record


class Context(Protocol):
    """The corpus around a document."""

    entities: dict[str, Record]
    """The entity registry: id -> entity."""

    retired: frozenset[str]
    """Ids that have a tombstone."""

    def foreign(self, part: str, document: str) -> dict[str, Record] | None:
        """The `events` or `sanctions` of another document by id, empty if there is none of it; None if its own findings
        come first."""

"""What a rule may know beyond its document: the entity registry, retired ids, and ids of other documents."""

from collections.abc import Collection
from typing import Protocol

from cte_corpus.checking.held_entities import Entities
from cte_corpus.checking.rules.called import Called
from cte_corpus.checking.rules.doc import Found, Record


class Context(Protocol):
    """The corpus around a document."""

    entities: Entities
    """The entity registry."""

    @property
    def called(self) -> Called:
        """The names of the entities."""

    languages: tuple[str, ...]
    """The languages in which its own words are, the first of them first."""

    schema: tuple[int, ...]
    """The version of the schemas that the corpus follows."""

    retired: frozenset[str]
    """Ids that have a tombstone."""

    def foreign(self, part: str, document: str) -> dict[str, Record] | None:
        """The `events` or `sanctions` of another document by id, empty if there is none of it; None if its own findings
        come first."""


LANGUAGES = ("en", "ar")
"""The languages of a corpus that names none."""

COMPARED = (1, 1)
"""The version of the schemas from which on values are compared with their words and records with each other: an older
corpus was released without, and is judged as it was then."""


def is_in(tag: str, language: str) -> bool:
    """Whether a text of a language tag is in a language: `en-GB` is `en`."""
    return f"{tag}-".startswith(f"{language}-")


def lost_id(name: str) -> str:
    """The slip of which findings are that meet an id which nothing has: one id was changed, or lost."""
    return f"no {name}"


def unknown_entity(holder: object, key: str | int, ref: str, known: Collection[str]) -> Found:
    """The finding that an entity is not in the entity registry."""
    message = f"no entity `{ref}` in the entity registry"
    return Found("CTE201", holder, message, key, near=(ref, known), slip=lost_id(ref))

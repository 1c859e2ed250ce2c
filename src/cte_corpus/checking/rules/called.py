"""Who in the entity registry is called by some words, folded, or by an identifier; and by what words somebody is."""

import re
from collections.abc import Iterator
from functools import lru_cache

from cte_corpus.checking.held_entities import Entities
from cte_corpus.checking.rules.doc import NONE, Record
from cte_corpus.text.fold import fold

_NOBODY: set[str] = set()
MOST = 2048
"""Entities of which the words are kept."""


class Called:
    """The names of the entities of a corpus; folded when they are first asked for."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        self._holders: dict[int, str | set[str]] | None = None
        """By the hash of a name the id, or several: names, with a set for each, would take seven times as much."""

        self._keyed: dict[tuple[str, str], set[str]] | None = None
        self._words: dict[str, set[str]] = {}

    def holders(self, folded: str) -> set[str]:
        """The entities that have a name which is folded to this."""
        if self._holders is None:
            self._holders = {}
            for key, entity in self._all():
                for name in entity["names"]:
                    words = hash(folded_words(name["text"]))
                    others = self._holders.setdefault(words, key)
                    if isinstance(others, set):
                        others.add(key)
                    elif others != key:
                        self._holders[words] = {others, key}
        found = self._holders.get(hash(folded), _NOBODY)
        return {found} if isinstance(found, str) else found

    def keyed(self, scheme: str, value: str) -> set[str]:
        """The entities that have an identifier."""
        if self._keyed is None:
            self._keyed = {}
            for key, entity in self._all():
                for item in entity.get("identifiers", NONE):
                    self._keyed.setdefault((item["scheme"], item["value"]), set()).add(key)
        return self._keyed.get((scheme, value), set())

    def own_words(self, entity: str) -> set[str]:
        """Every word of the names of an entity; none where there is no such entity."""
        if entity not in self._words:
            if len(self._words) >= MOST:
                self._words.clear()
            names = self._entities[entity]["names"] if entity in self._entities else ()
            self._words[entity] = {word for name in names for word in bare(folded_words(name["text"]))}
        return self._words[entity]

    def _all(self) -> Iterator[tuple[str, Record]]:
        return self._entities.each()


@lru_cache(maxsize=16384)
def folded_words(words: str) -> str:
    """Words as names are compared."""
    return " ".join(fold(words).text.split())


def bare(folded: str) -> set[str]:
    """Words, each also without what Arabic writes before it."""
    words = re.split(r"[\s'-]+", folded)
    return {bare for word in words for bare in (word, word[1:], re.sub(r"^[وفبكل]?(?:ال)?", "", word)) if bare}

"""Who in the entity registry is called by some words, folded, or by an identifier; and by what words somebody is."""

import re
from collections.abc import Iterator
from functools import lru_cache

from cte_corpus.checking.held_entities import Entities
from cte_corpus.checking.rules.doc import NONE, Record, Sound
from cte_corpus.text.fold import fold

Mention = tuple[str, str, str, bool]
"""How a text names an entity: its id, the words, their form, and whether they have a head."""

_WORD = re.compile(r"\w+")
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
        self._forms: dict[str, list[tuple[str, str]]] = {}
        self._fitting = Sound[Mention]()

    def all_fit(self, mentions: list[Mention]) -> bool:
        """Whether it is known of all these that the words name the entity, as the same have in other documents."""
        return self._fitting.issuperset(mentions)

    def fits(self, mention: Mention) -> None:
        """Remember that the words name the entity."""
        self._fitting.add(mention)

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

    def forms(self, entity: str) -> list[tuple[str, str]]:
        """The names of an entity as a folded text has them, each with its first word; none where there is no entity."""
        if entity not in self._forms:
            if len(self._forms) >= MOST:
                self._forms.clear()
            names = self._entities[entity]["names"] if entity in self._entities else ()
            self._forms[entity] = [_form(name["text"]) for name in names]
        return self._forms[entity]

    def _all(self) -> Iterator[tuple[str, Record]]:
        return self._entities.each()


@lru_cache(maxsize=16384)
def _form(name: str) -> tuple[str, str]:
    """A name as a folded text has it, and its first word."""
    form = fold(name).text
    return form, (_WORD.findall(form) or [""])[0]


@lru_cache(maxsize=16384)
def folded_words(words: str) -> str:
    """Words as names are compared."""
    return " ".join(fold(words).text.split())


def bare(folded: str) -> set[str]:
    """Words, each also without what Arabic writes before it."""
    words = re.split(r"[\s'-]+", folded)
    return {bare for word in words for bare in (word, word[1:], re.sub(r"^[وفبكل]?(?:ال)?", "", word)) if bare}

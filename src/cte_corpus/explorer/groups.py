"""Documents in groups that refer to each other, each group a small corpus: none but one is in memory at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from cte_corpus.corpus.as_of import used
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Raw = dict[str, Any]

SIZE = 50
"""Documents of a group, unless more of them refer to each other."""


class Group(Corpus):
    """Some documents of a corpus, with the entities that they use."""

    def __init__(self, whole: Corpus, pairs: list[tuple[Raw, Raw]]) -> None:
        super().__init__(whole.path)
        self._documents = [current for _, current in pairs]
        named = used(self._documents, whole.raw_entities)
        self._entities = [entity for entity in whole.raw_entities if entity["id"] in named]
        self.stored = Stored(whole.path)
        # what is cached of the stored records is set: nothing reads the whole corpus again
        self.stored.info = whole.stored.info
        self.stored.raw_documents = [stored for stored, _ in pairs]
        self.stored.raw_entities = [entity for entity in whole.stored.raw_entities if entity["id"] in named]

    @property
    def _is_read(self) -> bool:
        return True

    @property
    def raw_documents(self) -> list[Raw]:
        """The decoded documents of the group."""
        return self._documents

    @property
    def raw_entities(self) -> list[Raw]:
        """The decoded entities that they use."""
        return self._entities


def together(links: Mapping[str, set[str]]) -> dict[str, str]:
    """For each document the first of those that it is connected with, however far."""
    head = {key: key for key in links}

    def find(key: str) -> str:
        while head[key] != key:
            head[key] = head[head[key]]
            key = head[key]
        return key

    for key, others in links.items():
        for other in others & head.keys():
            one, two = sorted((find(key), find(other)))
            head[two] = one
    return {key: find(key) for key in links}


def groups(whole: Corpus, heads: Mapping[str, str], share: int = 0, of: int = 1) -> Iterator[tuple[int, Group]]:
    """The documents in groups with their numbers, each connected document with its whole company.

    Args:
        whole: The corpus.
        heads: As `together` gives it.
        share: Which of the groups: every n-th, from this number on.
        of: The n.
    """
    sizes = Counter(heads.values())
    waiting: dict[str, list[tuple[Raw, Raw]]] = defaultdict(list)
    ready: list[tuple[Raw, Raw]] = []
    number = 0
    for pair in whole.each_document():
        head = heads[pair[1]["document"]["id"]]
        waiting[head].append(pair)
        if len(waiting[head]) == sizes[head]:
            ready += waiting.pop(head)
            if len(ready) >= SIZE:
                if number % of == share:
                    yield number, Group(whole, ready)
                ready = []
                number += 1
    if ready and number % of == share:
        yield number, Group(whole, ready)

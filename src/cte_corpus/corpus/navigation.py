"""From one record of a corpus to others, and how a notebook shows them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection

    from cte_corpus.records.base import Model
    from cte_corpus.show.lookup import Lookup

    M = TypeVar("M", bound=Model)


class Navigation:
    """What the records of a corpus know of it: see `cte_corpus.records.base.Home`."""

    def __init__(self, corpus: Any) -> None:
        self._corpus = corpus  # a `Corpus`, which imports this module

    def find(self, model: type[M], key: str) -> M:
        """The record of that model and id.

        Raises:
            UnknownIdError: there is none.
        """
        found: M = getattr(self._corpus, _MAPPINGS[model.__name__])[key]
        return found

    def naming(self, kind: str, entity: str) -> tuple[Any, ...]:
        """The `mentions`, `events` or `sanctions` that name an entity, in the order of the corpus."""
        records = getattr(self._corpus, kind)
        return tuple(records[key] for key in self._naming[kind].get(entity, ()))

    def html(self, key: str) -> str:
        """A record as HTML."""
        from cte_corpus.show import tree
        from cte_corpus.show.describe import describe

        return tree.html(describe(self._lookup, key))

    def html_list(self, kind: str, keys: Collection[str]) -> str:
        """The first of several records as HTML."""
        from cte_corpus.show import listed, tree

        return tree.html(listed.records(self._lookup, kind, keys, len(keys)))

    def html_corpus(self) -> str:
        """The corpus as HTML."""
        from cte_corpus.show import listed, tree

        corpus = self._corpus
        lines = [("path", str(corpus.path)), ("schema", corpus.info.schema_version)]
        if corpus.left_out is not None:
            lines += [("as of", str(corpus.as_of)), ("left out", str(corpus.left_out))]
        return tree.html(listed.corpus(self._lookup, f"{corpus.info.title}, version {corpus.version}", lines))

    @cached_property
    def _lookup(self) -> Lookup:
        from cte_corpus.show.lookup import Lookup

        return Lookup(self._corpus)

    @cached_property
    def _naming(self) -> dict[str, dict[str, list[str]]]:
        """Kind -> entity -> the ids of the records that name it."""
        found: dict[str, dict[str, list[str]]] = {"mentions": {}, "events": {}, "sanctions": {}}
        for raw in self._corpus.raw_documents:
            for mention in raw["mentions"]:
                found["mentions"].setdefault(mention["entity"], []).append(mention["id"])
            for sanction in raw["sanctions"]:
                found["sanctions"].setdefault(sanction["target"], []).append(sanction["id"])
            for event in raw["events"]:
                items = [item for part in _PARTS for item in event.get(part, ())]
                named = [item[field] for item in items for field in ("entity", "by", "via") if field in item]
                for entity in dict.fromkeys(named):
                    found["events"].setdefault(entity, []).append(event["id"])
        return found


_PARTS = ("arguments", "places", "attributions")
_MAPPINGS = {
    "Document": "documents",
    "Section": "sections",
    "Sentence": "sentences",
    "Mention": "mentions",
    "Event": "events",
    "Sanction": "sanctions",
    "Entity": "entities",
}

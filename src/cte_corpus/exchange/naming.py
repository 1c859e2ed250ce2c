"""Which entity a mention from a tool means: by an identifier, by the names of the entity registry, or a new one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cte_corpus.authoring.propose import mentions
from cte_corpus.text.fold import fold_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cte_corpus.exchange.annotated import Mark, Raw


class Naming:
    """Finds the entities of mentions. What the entity registry does not know gets an id that is not in it yet."""

    def __init__(self, text: str, registry: Sequence[Raw], names: Iterable[tuple[str, str]]) -> None:
        """Take the text, the entity registry, and names that other documents print, each with the id of its entity.

        Raises:
            CteError: the matcher is not installed.
        """
        self.text = text
        self.known = {entity["id"] for entity in registry}
        self.places = {(found.start, found.end): found.entities for found in mentions(text, registry, names)}
        self.identifiers = {
            f"{one['scheme']}:{one['value']}".lower(): entity["id"]
            for entity in registry
            for one in entity.get("identifiers", ())
        }
        self.new: dict[tuple[str, str], str] = {}

    def entities(
        self,
        wanted: Iterable[tuple[Mark, str, str]],
        same: Iterable[tuple[str, str]],
        known: Mapping[str, str],
    ) -> dict[str, tuple[str, ...]]:
        """For each mark the ids of the entities that it may mean; one, where that is plain.

        Args:
            wanted: Marks, each with the class of its entity and what the file says that it is; empty if nothing.
            same: Pairs of ids of marks that mean one entity.
            known: The entities of marks that stand for mentions of the corpus.
        """
        listed = list(wanted)
        told = {mark.id: self._known(mark, kind, identifier) for mark, kind, identifier in listed}
        told |= {name: (entity,) for name, entity in known.items()}
        groups = _groups(same)
        found = {}
        for mark, kind, _ in listed:
            others = [told[name] for name in groups.get(mark.id, ()) if told.get(name)]
            found[mark.id] = told[mark.id] or (others[0] if others else (self._new(mark, kind, groups),))
        return found

    def _known(self, mark: Mark, kind: str, identifier: str) -> tuple[str, ...]:
        if identifier in self.known:
            return (identifier,)
        if identifier.lower() in self.identifiers:
            return (self.identifiers[identifier.lower()],)
        if re.fullmatch(r"[a-z]+:[a-z0-9]+(?:-[a-z0-9]+)*", identifier) and identifier.startswith(f"{kind}:"):
            return (identifier,)  # an id of ours whose entity is still to come
        entities = self.places.get((mark.start, mark.end), ())
        return tuple(one for one in entities if one.startswith(f"{kind}:")) or entities

    def _new(self, mark: Mark, kind: str, groups: Mapping[str, tuple[str, ...]]) -> str:
        """An id for an entity that is not in the registry: by its words, where they are Latin letters."""
        first = min(groups.get(mark.id, (mark.id,)))
        key = (kind, first if mark.id in groups else fold_short(self.text[mark.start : mark.end]))
        if key not in self.new:
            words = unicodedata.normalize("NFKD", self.text[mark.start : mark.end]).encode("ascii", "ignore").decode()
            slug = "-".join(re.findall("[a-z0-9]+", words.lower()))[:60].strip("-") or f"unnamed-{len(self.new) + 1}"
            taken = {*self.known, *self.new.values()}
            number = next(n for n in range(1, len(taken) + 2) if f"{kind}:{slug}{_suffix(n)}" not in taken)
            self.new[key] = f"{kind}:{slug}{_suffix(number)}"
        return self.new[key]


def _suffix(number: int) -> str:
    return f"-{number}" if number > 1 else ""


def _groups(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """What is one with what, over any number of steps."""
    groups: dict[str, set[str]] = {}
    for pair in pairs:
        joined = {*pair}.union(*(groups.get(name, {name}) for name in pair))
        for name in joined:
            groups[name] = joined
    return {name: tuple(sorted(group)) for name, group in groups.items()}

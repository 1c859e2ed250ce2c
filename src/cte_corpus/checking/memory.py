"""What a run remembers of the last one: it recalls verdicts that still hold, and keeps those that it comes to."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from cte_corpus.checking.basis import digest
from cte_corpus.checking.foreign import Foreign
from cte_corpus.checking.held_entities import Entities
from cte_corpus.checking.rules.called import Called, Mention, folded_words
from cte_corpus.checking.rules.doc import Doc, Record
from cte_corpus.checking.verdicts import Handed, Registry, Verdict, Verdicts
from cte_corpus.store import packed
from cte_corpus.store.bundles import Bundle
from cte_corpus.store.packed import Source

WHOLE = "*"
"""Stands for all entities, where a rule looked through them."""

NAME = "="
"""Stands before a folded name, where a rule looked who is called so."""

KEY = "#"
"""Stands before a scheme and an identifier, where a rule looked who has it."""


DIGEST = 32
"""Bytes of a digest, in hex digits."""


class Watched(Entities):
    """The entity registry, which notes what was looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()
        self._digests = bytearray()
        """One after the other, each of `DIGEST` bytes."""

        self.called = CalledHere(self)

    def add(self, entity: Record, source: Source) -> None:
        """Add an entity with its bytes."""
        super().add(entity, source)
        self._digests += digest(source.data).encode()

    def around(self, asked: Iterable[str]) -> str:
        """Digest of the entities of some ids, and of there being none."""
        ids = super().__iter__() if WHOLE in asked else asked
        return digest(*(part for key in sorted(ids) for part in (key.encode(), self._is(key))))

    def _is(self, key: str) -> bytes:
        """Digest of an entity, or who has a name."""
        if key.startswith(NAME):
            return " ".join(sorted(super(CalledHere, self.called).holders(key.removeprefix(NAME)))).encode()
        if key.startswith(KEY):
            scheme, _, value = key.removeprefix(KEY).partition(" ")
            return " ".join(sorted(super(CalledHere, self.called).keyed(scheme, value))).encode()
        place = self._places.get(key)
        return b"" if place is None else bytes(self._digests[place * DIGEST : (place + 1) * DIGEST])

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Record:
        self.asked.add(key)
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[str]:
        self.asked.add(WHOLE)
        return super().__iter__()

    def each(self, keys: Iterable[str] | None = None) -> Iterator[tuple[str, Record]]:
        """Ids with their entities."""
        self.asked.add(WHOLE)
        return super().each(keys)


class CalledHere(Called):
    """The names of the entities, which notes which were looked up."""

    def __init__(self, entities: Watched) -> None:
        super().__init__(entities)
        self._watched = entities

    def holders(self, folded: str) -> set[str]:
        """The entities that have a name which is folded to this."""
        self._watched.asked.add(NAME + folded)
        return super().holders(folded)

    def all_fit(self, mentions: list[Mention]) -> bool:
        """Whether it is known of all these that the words name the entity."""
        self._watched.asked.update([NAME + folded_words(words) for _, words, _, _ in mentions])
        return super().all_fit(mentions)

    def keyed(self, scheme: str, value: str) -> set[str]:
        """The entities that have an identifier."""
        self._watched.asked.add(f"{KEY}{scheme} {value}")
        return super().keyed(scheme, value)

    def own_words(self, entity: str) -> set[str]:
        """Every word of the names of an entity."""
        self._watched.asked.add(entity)
        return super().own_words(entity)

    def forms(self, entity: str) -> list[tuple[str, str]]:
        """The names of an entity as a folded text has them."""
        self._watched.asked.add(entity)
        return super().forms(entity)

    def _all(self) -> Iterator[tuple[str, Record]]:
        return Entities.each(self._watched)  # that all are folded says nothing of the document


class Memory:
    """The verdicts on a corpus, and what was looked at since a document was begun."""

    def __init__(self, verdicts: Verdicts | Handed, abroad: Foreign, keeps: bool) -> None:
        """Begin with what is remembered.

        Args:
            verdicts: What is remembered.
            abroad: The records of other documents.
            keeps: Whether verdicts are kept: not where some rules are left out.
        """
        self._verdicts = verdicts
        self._abroad = abroad
        self._keeps = keeps
        self.entities = Watched()
        self.lists: set[tuple[str, str]] = set()
        """Lists of other documents that were looked at: list, document."""

        self._registry = ""
        self._read, self._files, self._counted = sha256(), 0, 0

    def registry(self, sources: Iterable[Source]) -> Registry | None:
        """The entity registry, if it was found clean with the same bytes."""
        known = self._verdicts.registry
        if known is None:
            return None
        for source in sources:
            self._entity(source)
        self.entities_end()
        return known if known.source == self._registry else None

    def add_entity(self, entity: Record, source: Source) -> None:
        """Add an entity that was read."""
        self._entity(source)
        self.entities.add(entity, source)

    def entities_end(self) -> None:
        """All entities were read."""
        self.entities.asked.clear()
        self._registry, self._files = self._read.hexdigest()[:32], self._counted
        self._read, self._counted = sha256(), 0

    def keep_registry(self, unnamed: Iterable[str]) -> None:
        """Remember that the entity registry is clean."""
        if self._keeps:
            unnamed_ = tuple(sorted(unnamed))
            self._verdicts.registry = Registry(
                self._verdicts.rules, self._verdicts.day, self._registry, len(self.entities), self._files, unnamed_
            )

    def recall(self, bundle: Bundle, text: Source | None, need_entities: Callable[[], None]) -> Verdict | None:
        """The verdict on a document if it still holds.

        Args:
            bundle: The document.
            text: Its source text, where it is checked with it.
            need_entities: Called before entities are looked at.
        """
        verdict = self._verdicts.of(id_of(bundle))
        if verdict is None or verdict.source != _digest(bundle) or (text and verdict.text != of_text(text)):
            return None
        if verdict.registry != self._registry:
            need_entities()
            if verdict.around != self.entities.around(verdict.asked):
                return None
        if any(self._abroad.digest(part, document) != seen for part, document, seen in verdict.abroad):
            return None
        return verdict

    def begin(self) -> None:
        """A document is judged from here on."""
        self.entities.asked.clear()
        self.lists.clear()

    def verdict(self, doc: Doc, bundle: Bundle, text: Source | None, records: int) -> Verdict:
        """The verdict on a document that was found clean, with what it rests on."""
        asked = sorted(self.entities.asked | doc.entities)
        return Verdict(
            id=doc.id,
            source=_digest(bundle),
            text="" if text is None else of_text(text),
            coded=doc.document["text"]["sha256"],
            records=records,
            named=tuple(sorted(doc.entities)),
            registry=self._registry,
            asked=tuple(asked),
            around=self.entities.around(asked),
            abroad=tuple((*key, self._abroad.digest(*key)) for key in sorted(self.lists)),
        )

    def known(self, documents: Iterable[str]) -> tuple[Verdict, ...]:
        """What is remembered of documents, whether it still holds or not. They are asked for in the order of ids."""
        return tuple(filter(None, map(self._verdicts.of, documents)))

    def keep(self, verdict: Verdict) -> None:
        """Remember a document that is clean."""
        if self._keeps:
            self._verdicts.keep(verdict)

    def finish(self) -> None:
        """Put the new verdicts in the place of the old ones."""
        if self._keeps:
            self._verdicts.finish()

    def close(self) -> None:
        """Leave nothing behind."""
        self._verdicts.close()

    def _entity(self, source: Source) -> None:
        self._read.update(digest(_name(source), source.data).encode())
        self._counted += source.line <= 1


def id_of(bundle: Bundle) -> str:
    """The id of a document that was not decoded; empty where it has none."""
    return bundle.id or packed.id_of(bundle.sources["bundle"].data) or ""


def _digest(bundle: Bundle) -> str:
    return digest(*(part for source in bundle.sources.values() for part in (_name(source), source.data)))


def of_text(text: Source) -> str:
    """Digest of a source text, and of the end of its name, by which some are read otherwise."""
    return digest(text.path.rpartition(".")[2].lower().encode(), text.data)


def _name(source: Source) -> bytes:
    """What a file is called, with its folder; a line of a packed file is called nothing."""
    return b"" if source.line else "/".join(source.path.split("/")[-2:]).encode("utf-8", "surrogateescape")

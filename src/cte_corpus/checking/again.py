"""A check that judges only what changed since the last one, or rests on what did."""

from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.checking import engine
from cte_corpus.checking.basis import digest
from cte_corpus.checking.diagnose import Unit
from cte_corpus.checking.engine import Checker, Wanted
from cte_corpus.checking.memory import Memory, id_of
from cte_corpus.checking.noted import Others, no_others
from cte_corpus.checking.result import Result
from cte_corpus.checking.rules.called import Called
from cte_corpus.checking.rules.doc import Found, Record
from cte_corpus.checking.source_texts import Texts
from cte_corpus.checking.verdicts import Kept, Top, Verdicts
from cte_corpus.errors import CteError
from cte_corpus.store import bundles, layout
from cte_corpus.store.bundles import Bundle
from cte_corpus.store.packed import Source
from cte_corpus.store.version import numbers

if TYPE_CHECKING:
    from cte_corpus.checking.verdicts import Registry

TOPS = ("corpus", "retired")

NOT_NAMED = "CTE504"
"""The one finding about entities that rests on the documents."""


def run(
    path: str | Path | None = None,
    *,
    cache: Path,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
    text: str | Path | None = None,
) -> Result:
    """Check as `cte_corpus.checking.engine.run` does, and find the same. A single document is judged in any case.

    Args:
        path: As there; so are `select`, `ignore` and `text`.
        cache: A folder in which to remember what was found clean.

    Raises:
        CteError: as there.
    """
    if path is not None and layout.is_document(Path(path)):
        return engine.run(path, select=select, ignore=ignore, text=text)
    keeps = select is None and not ignore  # else nobody knows what the others would have found
    make = partial(CheckerAgain, cache=cache, keeps=keeps)
    return engine.run(path, select=select, ignore=ignore, text=text, make=make)


class CheckerAgain(Checker):
    """A checker with the verdicts of the last run; it finds what one without them finds."""

    def __init__(self, root: Path, texts: Texts | None, wanted: Wanted, *, cache: Path, keeps: bool) -> None:
        super().__init__(root, texts, wanted)
        self._cache = cache
        self._keeps = keeps
        self._known: Registry | None = None
        """The entity registry as it is remembered, as long as nothing of it had to be read."""

        self._recalled = 0
        """How many documents were not judged again."""

        self._found = 0
        """How many findings there were so far."""

        self._is_clean = False
        """Whether the entities that were read had none."""

    @cached_property
    def _kept(self) -> Kept:
        return Kept(self.root, self._cache)

    @cached_property
    def _memory(self) -> Memory:
        """What is remembered; known once the retired ids are."""
        beside = f"{self.schema} {self.languages} {' '.join(sorted(self.retired))}"
        return Memory(Verdicts(self._kept, beside), self._foreign, self._keeps)

    @property
    def called(self) -> Called:
        """The names of the entities; that they were looked up is noted."""
        return self._memory.entities.called

    def check(self, only: Path | None) -> None:
        """Check the corpus, and remember what was found clean."""
        super().check(only)
        self._memory.finish()

    def close(self) -> None:
        """Close what was opened."""
        super().close()
        if "_memory" in self.__dict__:
            self._memory.close()

    def result(self) -> Result:
        """The findings in the order of their places."""
        return super().result()._replace(recalled=self._recalled)

    def foreign(self, part: str, document: str) -> dict[str, Record] | None:
        """The records of a list of another document; that they were looked at is noted."""
        self._memory.lists.add((part, document))
        return super().foreign(part, document)

    def prepare(self) -> None:
        """Read what lies around the documents; the entities only where they have changed."""
        self._corpus_files()
        self.entities = self._memory.entities
        try:
            self._known = self._memory.registry(self._placed(bundles.entities(self.root)))
        except OSError:
            self._known = None  # what cannot be read is told where it is judged
        if self._known is None:
            self._read_entities()
        else:
            self._counts["entities"] = self._known.entities
            self._counts["records"] += self._known.entities
            self._counts["files"] += self._known.files

    def _tops(self) -> tuple[Unit | None, Unit | None]:
        known, before = self._kept.top, self._found
        try:
            sources = [bundles.top(self.root, f"{kind}.json") for kind in TOPS]
        except OSError:
            return super()._tops()  # which says what is wrong
        source = digest(*(item.data for item in sources))
        if known and known.source == source and all(layout.may_stand(self.root, name) for name in known.standing):
            for kind, item in zip(TOPS, sources, strict=True):
                self._counts["files"] += 1
                self._places.note(item, kind, self.noted)
            first, second = ([(item, orjson.loads(item.data))] for item in sources)
            self.schema = numbers(first[0][1]["schema_version"])
            return first, second
        about, retired = super()._tops()
        if self._keeps and about and retired and self._found == before:
            tombstones = retired[0][1]["records"]
            ids = {record["id"] for record in tombstones}
            named = {record["replaced_by"] for record in tombstones if "replaced_by" in record}
            self._kept.top = Top(self._kept.rules, source, sorted(named - ids))
        return about, retired

    def _read_entities(self) -> None:
        before = self._found
        self._entity_registry()
        self._memory.entities_end()
        self._is_clean = self._found == before and self._complete

    def _need_entities(self) -> None:
        """Read the entities if they were not, as a rule may look at any of them; they are counted already."""
        if self._known is not None:
            counts, self._known = dict(self._counts), None
            self._read_entities()
            self._counts = counts

    def _add_entity(self, entity: Record, source: Source) -> None:
        self._memory.add_entity(entity, source)

    def _whole_registry(self) -> None:
        if self._known is not None and self._seen.referenced.issuperset(self._known.unnamed):
            return
        self._need_entities()
        from cte_corpus.checking.rules import alike

        codes: set[str] = set()
        self._report_entities(_noting(alike.check(self.entities, self._seen, self.schema), codes))
        if self._is_clean and codes <= {NOT_NAMED}:
            self._memory.keep_registry(self.entities.keys() - self.entities.linked)

    def _is_sound(self, bundle: Bundle) -> bool:
        if not bundle.is_whole:
            self._need_entities()
            return super()._is_sound(bundle)
        text = self._text(bundle)
        if self.texts is None or text is not None:
            verdict = self._memory.recall(bundle, text, self._need_entities)
            if verdict and self._seen.again(verdict.id, verdict.coded, verdict.named):
                self._counts["records"] += verdict.records
                self._counts["files"] += sum(source.line <= 1 for source in bundle.sources.values())
                self._memory.keep(verdict)
                self._recalled += 1
                for kind, source in bundle.sources.items():
                    self._places.note(source, kind, self.noted)
                return True
        self._need_entities()
        before, records = self._found, self._counts["records"]
        self._memory.begin()
        doc = self._judge(bundle)
        if doc and self._found == before and not self._unsure:
            self._memory.keep(self._memory.verdict(doc, bundle, text, self._counts["records"] - records))
        return doc is not None

    def _text(self, bundle: Bundle) -> Source | None:
        """The source text of a document, if it can be had; why it cannot is said where it is needed."""
        if self.texts is None:
            return None
        try:
            return self.texts.of(id_of(bundle))
        except (OSError, CteError):
            return None

    def _placed(self, entities: Iterable[Source]) -> Iterator[Source]:
        """The entities, of which only is looked whether the schema that they name is there."""
        for source in entities:
            self._places.note(source, "entity", self.noted)
            yield source

    def _report(self, unit: Unit, found: Any, others: Others = no_others) -> bool:
        return super()._report(unit, self._counted(found), others)

    def _counted(self, found: Iterable[Any]) -> Iterator[Any]:
        for item in found:
            self._found += 1
            yield item


def _noting(found: Iterable[Found], codes: set[str]) -> Iterator[Found]:
    """The findings; their codes are noted."""
    for item in found:
        codes.add(item.code)
        yield item

"""The checker: reads a corpus once, one document at a time, and lets the levels of rules judge it.

Levels gate each other: a file that does not parse gets no schema findings, a record that breaks the schema no reference
findings. What spans documents is judged where all could be. Only what has findings is searched for lines and columns.
Rules are imported where they judge: where nothing has changed since the last check, none does.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from errno import EINVAL
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from cte_corpus.checking import there
from cte_corpus.checking.diagnose import Unit, unreadable
from cte_corpus.checking.foreign import Foreign
from cte_corpus.checking.held_entities import Entities
from cte_corpus.checking.noted import Noted, Others, is_wanted, no_others
from cte_corpus.checking.result import Result
from cte_corpus.checking.rules import corpus as whole
from cte_corpus.checking.rules.called import Called
from cte_corpus.checking.rules.context import COMPARED, LANGUAGES
from cte_corpus.checking.rules.doc import Doc, Found, Record, assemble
from cte_corpus.checking.schema_places import Places
from cte_corpus.checking.source_texts import Texts
from cte_corpus.errors import CteError
from cte_corpus.store import bundles, layout
from cte_corpus.store.bundles import Bundle
from cte_corpus.store.collector import resting
from cte_corpus.store.packed import Source
from cte_corpus.store.version import numbers

Wanted = Callable[[str], bool]
T = TypeVar("T")
LAYOUT = "CTE012"
"""The one rule that costs more than all others, in a tree; ignored, it is not computed."""

MOST_BROKEN = 1_000
"""Lines of a packed file that may be no records before the rest of it is left alone."""


def run(
    path: str | Path | None = None,
    *,
    version: str | None = None,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
    text: str | Path | None = None,
    make: "Callable[[Path, Texts | None, Wanted], Checker] | None" = None,
) -> Result:
    """Check a corpus tree, a packed corpus, or one document folder of a tree; the bundled corpus by default.

    Args:
        path: What to check; the root of a repository stands for the corpus in its `data/`.
        version: The release to check, instead of a path; as `Corpus(version=…)` finds it.
        select: Codes to report; all if None.
        ignore: Codes not to report.
        text: A folder with the source texts, each named by its document's id, for the checks that need them; of one
            document also the text itself.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: there is nothing to check at `path`, a version is given too, or there is no text at `text`.
    """
    if version is not None:
        from cte_corpus.published import versions

        if path is not None:
            raise CteError(f"a corpus is given, and version {version} too", "leave one of them out")
        path = versions.locate(version)
    target = layout.data_dir() if path is None else Path(path)
    only = layout.real(target) if layout.is_document(target) else None
    root = only.parent.parent if only else layout.real(layout.corpus_dir(target, ", or give one document's folder"))
    texts = None if text is None else Texts(Path(text), of_one=only is not None)
    checker = (make or Checker)(root, texts, partial(is_wanted, select, ignore))
    with resting(), closing(checker):
        checker.check(only)
    return checker.result()


class Checker:
    """One run over one corpus; also the context in which the rules work."""

    needs_documents = True
    """Whether a corpus without any is refused, as one that was named by mistake."""

    def __init__(self, root: Path, texts: Texts | None = None, wanted: Wanted = lambda code: True) -> None:
        self.root, self.texts, self.wanted = root, texts, wanted
        self.entities = Entities()
        self.schema = numbers(layout.SCHEMA_VERSION)
        self.languages: tuple[str, ...] = LANGUAGES
        self.retired: frozenset[str] = frozenset()
        self.noted = Noted(wanted)
        self._seen = whole.Seen()
        self._complete = True
        self._broken: Counter[str] = Counter()  # lines or folders that are no records, by what holds them
        self._unsure: set[str] = set()  # codes that cannot be judged, as what they rest on could not be read
        self.doc: Doc | None = None
        self._unjudged: Counter[str] = Counter()
        self._counts = {"documents": 0, "entities": 0, "records": 0, "files": 0}
        self._foreign, self._places = Foreign(root), Places(root)

    @cached_property
    def called(self) -> Called:
        return Called(self.entities)

    def check(self, only: Path | None) -> None:
        """Check the whole corpus, or one document of it with the entity registry around it."""
        self.prepare()
        self._documents(only)
        if self.needs_documents and not self._counts["documents"] and self._complete:
            raise CteError(
                f"no document in {self.root}", "a check of nothing is no success; give a folder that holds documents"
            )
        if self._complete and not only:
            self._whole_registry()

    def prepare(self) -> None:
        """Read, and judge, what lies around the documents."""
        self._corpus_files()
        self._entity_registry()

    def _documents(self, only: Path | None) -> None:
        found = [bundles.document(only, self.unreadable)] if only else bundles.documents(self.root, self.unreadable)
        for bundle in self._sound(found):
            self._judge_document(bundle)

    def close(self) -> None:
        """Close what was opened."""
        self._foreign.close()

    def result(self) -> Result:
        """The findings in the order of their places."""
        return Result(self.noted.result(), **self._counts, unjudged=tuple(self._unjudged.items()))

    def foreign(self, part: str, document: str) -> dict[str, Record] | None:
        """The records of a list of another document by id; None where its own findings come first."""
        return self._foreign.of(part, document)

    def _corpus_files(self) -> None:
        for code, path, message, help_ in there.strays(self.root):
            self.noted.at(path, code, message, help_)
        about, retired = self._tops()
        if about:
            self.languages = tuple(about[0][1].get("languages", LANGUAGES))
        if retired:
            self.retired = frozenset(record["id"] for record in retired[0][1]["records"])
        else:
            self._unsure.add("CTE209")

    def _tops(self) -> tuple[Unit | None, Unit | None]:
        """What the corpus says of itself, and its tombstones; None where a finding stands in the way."""
        from cte_corpus.checking.rules import top

        about, retired = self._top("corpus"), self._top("retired")
        if about and not self._report(about, top.schemas(about[0][1])):  # else it is judged by the newest
            self.schema = numbers(about[0][1]["schema_version"])
        if about and self.schema >= COMPARED:
            self._report(about, top.about(about[0][1]))
            if retired:
                self._report(retired, top.retired(retired[0][1]["records"], about[0][1]["version"], self.root))
        return about, retired

    def _top(self, kind: str) -> Unit | None:
        """A file at the top of the corpus, or None where a finding stands in the way."""
        try:
            return self._read(bundles.top(self.root, f"{kind}.json"), kind)
        except FileNotFoundError as error:
            self.noted.at(str(error.filename), "CTE015", f"{kind}.json is missing", there.EMPTY)
        except OSError as error:
            self.unreadable(error)
        return None

    def unreadable(self, error: OSError, where: str = "corpus") -> None:
        """Note that something could not be read, and that the corpus cannot be judged as a whole."""
        self._complete = False
        self.noted.at(str(error.filename), *unreadable(error, where))

    def _sound(self, items: Iterable[T]) -> Iterator[T]:
        """The items, of a packed file only as long as most of its lines are records."""
        for item in items:
            yield item
            for path, number in self._broken.items():
                if number >= MOST_BROKEN:
                    self._broken.clear()
                    what = "folders" if Path(path).is_dir() else "lines"
                    self.unreadable(OSError(EINVAL, f"{number:,} of its {what} are no records", path))
                    return

    def _entity_registry(self) -> None:
        complete, self._complete = self._complete, True
        for item in self._sound(bundles.entities(self.root, self.unreadable)):
            unit = self._read(item, "entity")
            if unit is None:
                self._complete = False
                continue
            entity: Record = unit[0][1]
            self._counts["records"] += 1
            if entity["id"] in self.entities:
                first = self.entities.pair(entity["id"])
                self._report([first, *unit], [there.twice(entity, first[1])])
                continue
            self._report(unit, there.elsewhere(entity, item))
            self._counts["entities"] += 1
            self._add_entity(entity, item)
        if not self._complete:
            self._unsure.add("CTE201")
        self._complete &= complete
        self._judge_entities()

    def _judge_entities(self) -> None:
        from cte_corpus.checking.rules import entities

        self._report_entities(entities.check(self))

    def _add_entity(self, entity: Record, source: Source) -> None:
        self.entities.add(entity, source)

    def _whole_registry(self) -> None:
        from cte_corpus.checking.rules import alike

        self._report_entities(alike.check(self.entities, self._seen, self.schema))

    def _report_entities(self, found: Iterable[Found]) -> None:
        self._report([self.entities.pair(key) for key in islice(self.entities, 1)], found, self.entities.units)

    def _judge_document(self, bundle: Bundle) -> None:
        """Judge one document; note whether it gets past the levels on which the corpus rules rest."""
        self._counts["documents"] += 1
        for code, path, message, help_ in there.of_document(bundle):
            self.noted.at(path, code, message, help_)
        if there.is_none(bundle):
            self._broken[f"{self.root}/documents"] += 1
        self._complete &= self._is_sound(bundle)

    def _is_sound(self, bundle: Bundle) -> bool:
        return self._judge(bundle) is not None

    def _judge(self, bundle: Bundle) -> Doc | None:
        """Judge what is in a document; None if it did not get that far."""
        from cte_corpus.checking.rules import document, reference

        units = [self._read(item, kind) for kind, item in bundle.sources.items()]
        if not bundle.is_whole or None in units:
            self._unjudged["what records say"] += 1
            return None
        unit: Unit = [pair for each in units if each for pair in each]
        doc = self.doc = assemble(dict(zip(bundle.sources, (value for _, value in unit), strict=True)))
        if bundle.id and doc.id != bundle.id:
            self._report(unit, [there.misnamed(doc.document, bundle.id)])
            return None
        self._counts["records"] += 1 + sum(map(len, (doc.sections, doc.mentions, doc.events, doc.sanctions)))
        if self._report(unit, reference.check(doc, self)):
            self._unjudged["spans, dates, figures and all beyond ids"] += 1
            return None
        self.noted.standing = doc.standing()
        self._report(unit, chain(document.check(doc, self), self._source(doc)))
        self._report(unit, self._seen.add(doc, self))
        self.noted.standing = {}
        self._unjudged.update(doc.unjudged)
        return doc

    def _source(self, doc: Doc) -> Iterable[Found]:
        """The findings that need the source text, if there is one."""
        if self.texts is None:
            return ()
        from cte_corpus.checking.rules import source

        try:
            return self.texts.take(doc) or source.check(doc, self)
        except OSError as error:
            self.unreadable(error, "folder with the texts")
            return ()

    def _read(self, item: Source, kind: str) -> Unit | None:
        """Levels 0 and 1 of one file or line: the decoded value with its bytes, or None if a finding stops it."""
        from cte_corpus.checking.rules import file, schema

        self._counts["files"] += item.line <= 1
        self._places.note(item, kind, self.noted)
        value, compact, found = file.read(item.data)
        unit: Unit = [(item, value)]
        if found:
            self._report(unit, found)
            self._broken[item.path] += bool(item.line)
            return None
        self._report(unit, file.characters(item.data, value))
        if self._report(unit, schema.check(value, kind)):
            self._broken[item.path] += bool(item.line)
            return None
        if self.wanted(LAYOUT):
            self._report(unit, file.layout(item, value, kind, compact))
        return unit

    def _report(self, unit: Unit, found: Any, others: Others = no_others) -> bool:
        """Note findings; whether there were any that stop what rests on the unit."""
        return self.noted.add(unit, (item for item in found if item.code not in self._unsure), others)

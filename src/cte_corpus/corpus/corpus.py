"""The corpus in Python: records by id and by document, read on first use, validated on access."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

from cte_corpus.corpus import migrate, parts, whence
from cte_corpus.corpus.mapping import Records
from cte_corpus.corpus.navigation import Navigation
from cte_corpus.errors import CteError
from cte_corpus.records.coded import CodedDocument, CodedDocuments, Raw
from cte_corpus.store.by_id import ById
from cte_corpus.store.layout import corpus_dir
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cte_corpus.attach.attached import AttachedCorpus
    from cte_corpus.corpus.as_of import LeftOut
    from cte_corpus.records import CorpusInfo, Document, Entity, Event, Mention, Sanction, Section
    from cte_corpus.records.section import Sentence
    from cte_corpus.scale.workers import Workers
    from cte_corpus.text.sources import Source


class Corpus(CodedDocuments[CodedDocument]):
    """A corpus: the bundled one, any release of it, or what lies at `path`: a tree, a packed folder, or a release pack.

    The root of a repository stands for the corpus in its `data/`. A release is taken from the package where it is the
    bundled one; otherwise it is downloaded once, verified and kept in a cache: see `cte_corpus.published.versions`. A
    pack may also be an archive, by its path or address.

    `version` says which release of the corpus is read, `as_of` which of its documents: those that were published by
    that day, as a reader of that day could have had them, in the coding of that release. What leads to the others goes
    with them: see `left_out`.

    Nothing is read until it is asked for. `documents`, `sections`, `sentences`, `mentions`, `events`, `sanctions` and
    `entities` map an id to its record, in the order of documents and then of the text. Iterating over the corpus gives
    one `CodedDocument` after the other, and `corpus[id]` that of an id. Records of an older schema version are read as
    the current models have them. A pickled corpus is its path and version: whoever loads it reads it anew.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: `path` is no corpus, or `version` is not the version found there; or the release cannot be
            downloaded, or is not what it should be; or `as_of` is no day, as `2022-05-15`.
    """

    def __init__(self, path: str | Path | None = None, *, version: str | None = None, as_of: str | None = None) -> None:
        self.as_of = None if as_of is None else whence.day(as_of)
        """The day by which its documents were published, ISO; None where all are read."""
        self.path = corpus_dir(whence.folder(path, version))
        self.stored = Stored(self.path)
        """The records as they are stored, not migrated."""
        if version is not None and version != self.version:
            raise CteError(f"{self.path} is version {self.version}, not {version}", "leave the path or the version out")

    @classmethod
    def of(cls, corpus: Corpus | str | Path | None, version: str | None = None) -> Corpus:
        """The corpus itself, or the one at a path, or a release; with none of them the bundled one."""
        if not isinstance(corpus, Corpus):
            return cls(corpus, version=version)
        if version is not None:
            raise CteError(f"a corpus is given, and version {version} too", "leave one of them out")
        return corpus

    @property
    def version(self) -> str:
        """Version of the data."""
        return str(self.stored.info["version"])

    @cached_property
    def info(self) -> CorpusInfo:
        """What the corpus is: title, licences, maintainers."""
        from cte_corpus.records import CorpusInfo

        return CorpusInfo.model_validate(self.raw_info)

    @cached_property
    def documents(self) -> Records[Document]:
        """Documents by id."""
        from cte_corpus.records import Document

        return Records("document", self._by_id(parts.document), Document, self._navigation)

    @cached_property
    def sections(self) -> Records[Section]:
        """Sections by id."""
        from cte_corpus.records import Section

        return Records("section", self._by_id(partial(parts.listed, "sections")), Section, self._navigation)

    @cached_property
    def sentences(self) -> Records[Sentence]:
        """Sentences by id: the section's with `.n`."""
        from cte_corpus.records.section import Sentence

        return Records("sentence", self._by_id(parts.sentences), Sentence, self._navigation)

    @cached_property
    def mentions(self) -> Records[Mention]:
        """Mentions by id."""
        from cte_corpus.records import Mention

        return Records("mention", self._by_id(partial(parts.listed, "mentions")), Mention, self._navigation)

    @cached_property
    def events(self) -> Records[Event]:
        """Events by id."""
        from cte_corpus.records import Event

        return Records("event", self._by_id(partial(parts.listed, "events")), Event, self._navigation)

    @cached_property
    def sanctions(self) -> Records[Sanction]:
        """Sanctions by id."""
        from cte_corpus.records import Sanction

        return Records("sanction", self._by_id(partial(parts.listed, "sanctions")), Sanction, self._navigation)

    @cached_property
    def entities(self) -> Records[Entity]:
        """Entities by id."""
        from cte_corpus.records import Entity

        def near(key: str) -> dict[str, Raw]:
            found = self.raw_entity(key)
            return {key: found} if found else {}

        raw = ById(near, lambda: {raw["id"]: raw for raw in self.raw_entities})
        return Records("entity", raw, Entity, self._navigation)

    def document(self, key: str) -> CodedDocument:
        """One document with its records.

        Raises:
            UnknownIdError: there is no such document; it is a KeyError, and names the nearest.
        """
        self.documents.raw(key)
        return CodedDocument(self._by_document[key], self._navigation)

    def find(self, words: str) -> tuple[str, ...]:
        """The ids of the records that hold all the words: see `cte_corpus.corpus.search.find`."""
        from cte_corpus.corpus.search import find

        return tuple(key for _, key in find(self, words))

    def attach(
        self,
        copy: str | Path | Source,
        document: str | None = None,
        threshold: float = 0.0,
        workers: Workers | None = None,
    ) -> AttachedCorpus:
        """Put every record back into a copy of its text: see `cte_corpus.attach.attached`.

        Args:
            copy: A text, a file, or a folder with files called `<document>.txt`, `.md` or `.html`; or a source
                that was read, by `cte_corpus.attach.fetch.fetch` or `cte_corpus.text.sources`.
            document: Id of the document of which a text or file is a copy, where there are several.
            threshold: What is not proven and has a lower score, 0 to 1, is lost.
            workers: Other processes that place the copies of a folder: see `cte_corpus.scale.workers`.

        Raises:
            CteError: it cannot be told of which document this is a copy, or an extra is missing that it needs.
            UnknownIdError: there is no such document.
        """
        from cte_corpus.attach.attached import attach_copies

        if document is not None:
            self.documents.raw(document)
        return attach_copies(self._by_document, copy, document, threshold, self._navigation, workers)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), self.path.absolute(), version=self.version, as_of=self.as_of), ()

    def __repr__(self) -> str:
        as_of = f" as of {self.as_of}" if self.as_of else ""
        return f"<Corpus {self.stored.info['name']} {self.version}{as_of}: {self.path}>"

    def _repr_html_(self) -> str:
        """The corpus as a notebook shows it."""
        return self._navigation.html_corpus()

    @cached_property
    def raw_info(self) -> Raw:
        """The decoded `corpus.json`."""
        return self._current("corpus", [self.stored.info])[0]

    @property
    def raw_documents(self) -> list[Raw]:
        """The decoded documents in the order of their ids, each with its lists; sections stand as in the text."""
        return self._restricted[0] if self.as_of else self._all_documents

    def pairs(self) -> Iterator[tuple[Raw, Raw]]:
        """As `each_document`, in the order of the ids, and as of the day."""
        if self._is_read or not self.stored.is_sorted:
            stored = {raw["document"]["id"]: raw for raw in self.stored.raw_documents}
            return ((stored[raw["document"]["id"]], raw) for raw in self.raw_documents)
        return self.each_document()

    def one_by_one(self) -> Iterator[Raw]:
        """The decoded documents as the current models take them, in the order of their ids; none is kept."""
        return (raw for _, raw in self.pairs())

    def raw_document(self, key: str) -> Raw | None:
        """The decoded document of an id, read without the others; None where it is not found so."""
        if self._is_read:
            return self._read.get(key)
        found = self.stored.document(key)
        return found and self._document(found)

    def raw_entity(self, key: str) -> Raw | None:
        """The decoded entity of an id, read without the others; None where all have to be read to find it."""
        found = None if self._is_read else self.stored.entity(key)
        return found and self._current("entity", [found])[0]

    def each_naming(self, kind: Literal["documents", "entities"], key: str) -> Iterator[Raw]:
        """The decoded documents or entities in which an id may stand, one after the other."""
        if self._is_read:
            yield from self.raw_entities if kind == "entities" else self.raw_documents
        elif kind == "entities":
            yield from (self._current("entity", [raw])[0] for raw in self.stored.each_entity(key))
        else:
            yield from map(self._document, self.stored.each_document(key))

    def has_more_than(self, number: int) -> bool:
        """Whether there are more documents."""
        return len(self) > number if self._is_read else self.stored.has_more_than(number)

    @property
    def _is_read(self) -> bool:
        """Whether all documents were read, or have to be."""
        return self.as_of is not None or "_all_documents" in self.__dict__

    @cached_property
    def _read(self) -> dict[str, Raw]:
        return {raw["document"]["id"]: raw for raw in self.raw_documents}

    def each_document(self) -> Iterator[tuple[Raw, Raw]]:
        """One document after the other, as it is stored and as the current models take it; none is kept in memory."""
        return ((raw, self._document(raw)) for raw in self.stored.each_document())

    @property
    def raw_entities(self) -> list[Raw]:
        """The decoded entities in the order of their ids."""
        return self._restricted[1] if self.as_of else self._all_entities

    @property
    def left_out(self) -> LeftOut | None:
        """What is left out as of a day, and in words by `str()`; None where no day was given."""
        return self._restricted[2] if self.as_of else None

    @cached_property
    def raw_retired(self) -> list[Raw]:
        """The decoded tombstones of retired ids, in the order of the ids."""
        return self._current("retired", self.stored.raw_retired)

    @cached_property
    def _all_documents(self) -> list[Raw]:
        return [parts.in_text_order(raw) for raw in self._current("document", self.stored.raw_documents)]

    @cached_property
    def _all_entities(self) -> list[Raw]:
        return self._current("entity", self.stored.raw_entities)

    @cached_property
    def _restricted(self) -> tuple[list[Raw], list[Raw], LeftOut]:
        from cte_corpus.corpus.as_of import restricted

        return restricted(self._all_documents, self._all_entities, str(self.as_of))

    @cached_property
    def _navigation(self) -> Navigation:
        return Navigation(self)

    @cached_property
    def _by_document(self) -> ById[Raw]:
        def near(key: str) -> dict[str, Raw]:
            found = self.raw_document(key)
            return {key: found} if found else {}

        return ById(near, lambda: self._read)

    def _by_id(self, records: Callable[[Raw], Iterator[tuple[str, Raw]]]) -> ById[Raw]:
        """What `records` takes out of documents, by id; an id begins with that of its document."""

        def near(key: str) -> dict[str, Raw]:
            found = self._by_document.get(key.partition(":")[0])
            return dict(records(found)) if found else {}

        return ById(near, lambda: {key: one for raw in self.raw_documents for key, one in records(raw)})

    def _document(self, raw: Raw) -> Raw:
        return parts.in_text_order(self._current("document", [raw])[0])

    def _current(self, kind: migrate.Kind, records: list[Raw]) -> list[Raw]:
        return migrate.current(kind, records, str(self.stored.info["schema_version"]), self.version)

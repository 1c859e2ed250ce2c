"""The corpus in Python: records by id and by document, read on first use, validated on access."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cte_corpus.corpus import migrate
from cte_corpus.corpus.mapping import Records
from cte_corpus.corpus.navigation import Navigation
from cte_corpus.errors import CteError
from cte_corpus.records.coded import CodedDocument, CodedDocuments, Raw
from cte_corpus.store.layout import corpus_dir, data_dir, is_archive
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        self.as_of = None if as_of is None else _day(as_of)
        """The day by which its documents were published, ISO; None where all are read."""

        self.path = corpus_dir(_folder(path, version))
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

        return Records(
            "document", {key: raw["document"] for key, raw in self._by_document.items()}, Document, self._navigation
        )

    @cached_property
    def sections(self) -> Records[Section]:
        """Sections by id."""
        from cte_corpus.records import Section

        return Records("section", self._listed("sections"), Section, self._navigation)

    @cached_property
    def sentences(self) -> Records[Sentence]:
        """Sentences by id: the section's with `.n`."""
        from cte_corpus.records.section import Sentence

        found = {
            f"{section['id']}.{sentence['n']}": sentence
            for section in self._listed("sections").values()
            for sentence in section.get("sentences", ())
        }
        return Records("sentence", found, Sentence, self._navigation)

    @cached_property
    def mentions(self) -> Records[Mention]:
        """Mentions by id."""
        from cte_corpus.records import Mention

        return Records("mention", self._listed("mentions"), Mention, self._navigation)

    @cached_property
    def events(self) -> Records[Event]:
        """Events by id."""
        from cte_corpus.records import Event

        return Records("event", self._listed("events"), Event, self._navigation)

    @cached_property
    def sanctions(self) -> Records[Sanction]:
        """Sanctions by id."""
        from cte_corpus.records import Sanction

        return Records("sanction", self._listed("sanctions"), Sanction, self._navigation)

    @cached_property
    def entities(self) -> Records[Entity]:
        """Entities by id."""
        from cte_corpus.records import Entity

        return Records("entity", {raw["id"]: raw for raw in self.raw_entities}, Entity, self._navigation)

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

    def each_document(self) -> Iterator[tuple[Raw, Raw]]:
        """One document after the other, as it is stored and as the current models take it; none is kept in memory."""
        for raw in self.stored.each_document():
            yield raw, _in_text_order(self._current("document", [raw])[0])

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
        return [_in_text_order(raw) for raw in self._current("document", self.stored.raw_documents)]

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
    def _by_document(self) -> dict[str, Raw]:
        return {raw["document"]["id"]: raw for raw in self.raw_documents}

    def _listed(self, part: str) -> dict[str, Raw]:
        return {record["id"]: record for raw in self.raw_documents for record in raw[part]}

    def _current(self, kind: migrate.Kind, records: list[Raw]) -> list[Raw]:
        """The stored records as the current models take them."""
        for step in migrate.steps(str(self.stored.info["schema_version"]), self.version):
            records = [step(kind, record) for record in records]
        return records


def _day(as_of: str) -> str:
    from cte_corpus.corpus.as_of import day

    return day(as_of)


def _folder(path: str | Path | None, version: str | None) -> Path:
    """Where the corpus lies; what brings a release is imported where one is named."""
    if path is not None and not is_archive(path):
        return Path(path)
    if path is None and version is None:
        return data_dir()
    from cte_corpus.published import versions

    return versions.open_pack(path) if path is not None else versions.locate(str(version))


def _in_text_order(raw: Raw) -> Raw:
    """A section that was found later has a later id, and its place in the text all the same."""
    sections = raw["sections"]
    if not all(isinstance(section.get("order"), int) for section in sections):
        return raw  # whoever reads it says what is wrong
    return raw | {"sections": sorted(sections, key=lambda section: section["order"])}

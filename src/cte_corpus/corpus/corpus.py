"""The corpus in Python: records by id and by document, read on first use, validated on access."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cte_corpus.corpus import migrate
from cte_corpus.corpus.mapping import Records
from cte_corpus.errors import CteError
from cte_corpus.published import versions
from cte_corpus.records.coded import CodedDocument, Raw
from cte_corpus.store.layout import data_dir, is_corpus
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.attach.attached import AttachedCorpus
    from cte_corpus.records import CorpusInfo, Document, Entity, Event, Mention, Sanction, Section
    from cte_corpus.records.section import Sentence


class Corpus:
    """A corpus: the bundled one, any release of it, or what lies at `path`: a tree, a packed folder, or a release pack.

    A release is taken from the package where it is the bundled one; otherwise it is downloaded once, verified and kept
    in a cache: see `cte_corpus.published.versions`. A pack may also be an archive, by its path or address.

    Nothing is read until it is asked for. `documents`, `sections`, `sentences`, `mentions`, `events`, `sanctions` and
    `entities` map an id to its record, in the order of documents and then of the text; iterating over the corpus gives
    one `CodedDocument` after the other. Records of an older schema version are read as the current models have them.

    Raises:
        CteError: `path` is no corpus, or `version` is not the version found there; or the release is not known, cannot
            be downloaded, or is not what it should be.
    """

    def __init__(self, path: str | Path | None = None, *, version: str | None = None) -> None:
        if path is None:
            self.path = data_dir() if version is None else versions.locate(version)
        else:
            self.path = versions.open_pack(path) if versions.is_archive(path) else Path(path)
        if not is_corpus(self.path):
            raise CteError(
                f"no corpus at {self.path}",
                "a corpus is a folder with corpus.json and either documents/ or documents.jsonl",
            )
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

        return Records("document", {key: raw["document"] for key, raw in self._by_document.items()}, Document)

    @cached_property
    def sections(self) -> Records[Section]:
        """Sections by id."""
        from cte_corpus.records import Section

        return Records("section", self._listed("sections"), Section)

    @cached_property
    def sentences(self) -> Records[Sentence]:
        """Sentences by id: the section's with `.n`."""
        from cte_corpus.records.section import Sentence

        found = {
            f"{section['id']}.{sentence['n']}": sentence
            for section in self._listed("sections").values()
            for sentence in section.get("sentences", ())
        }
        return Records("sentence", found, Sentence)

    @cached_property
    def mentions(self) -> Records[Mention]:
        """Mentions by id."""
        from cte_corpus.records import Mention

        return Records("mention", self._listed("mentions"), Mention)

    @cached_property
    def events(self) -> Records[Event]:
        """Events by id."""
        from cte_corpus.records import Event

        return Records("event", self._listed("events"), Event)

    @cached_property
    def sanctions(self) -> Records[Sanction]:
        """Sanctions by id."""
        from cte_corpus.records import Sanction

        return Records("sanction", self._listed("sanctions"), Sanction)

    @cached_property
    def entities(self) -> Records[Entity]:
        """Entities by id."""
        from cte_corpus.records import Entity

        return Records("entity", {raw["id"]: raw for raw in self.raw_entities}, Entity)

    def document(self, key: str) -> CodedDocument:
        """One document with its records.

        Raises:
            UnknownIdError: there is no such document; it is a KeyError, and names the nearest.
        """
        self.documents.raw(key)
        return CodedDocument(self._by_document[key])

    def attach(self, copy: str | Path, document: str | None = None, threshold: float = 0.0) -> AttachedCorpus:
        """Put every record back into a copy of its text: see `cte_corpus.attach.attached`.

        Args:
            copy: A text, a file, or a folder with files called `<document>.txt`, `.md` or `.html`.
            document: Id of the document of which a text or file is a copy, where there are several.
            threshold: What is not proven and has a lower score, 0 to 1, is lost.

        Raises:
            CteError: it cannot be told of which document this is a copy, or an extra is missing that it needs.
            UnknownIdError: there is no such document.
        """
        from cte_corpus.attach.attached import attach_copies

        if document is not None:
            self.documents.raw(document)
        return attach_copies(self._by_document, copy, document, threshold)

    def __iter__(self) -> Iterator[CodedDocument]:
        return (CodedDocument(raw) for raw in self.raw_documents)

    def __len__(self) -> int:
        """Number of documents."""
        return len(self.raw_documents)

    def __repr__(self) -> str:
        return f"<Corpus {self.stored.info['name']} {self.version}: {self.path}>"

    @cached_property
    def raw_info(self) -> Raw:
        """The decoded `corpus.json`."""
        return self._current("corpus", [self.stored.info])[0]

    @cached_property
    def raw_documents(self) -> list[Raw]:
        """The decoded documents, each with its lists, in the order of their ids."""
        return self._current("document", self.stored.raw_documents)

    @cached_property
    def raw_entities(self) -> list[Raw]:
        """The decoded entities in the order of their ids."""
        return self._current("entity", self.stored.raw_entities)

    @cached_property
    def raw_retired(self) -> list[Raw]:
        """The decoded tombstones of retired ids, in the order of the ids."""
        return self._current("retired", self.stored.raw_retired)

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

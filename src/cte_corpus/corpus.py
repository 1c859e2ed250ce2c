"""The corpus in Python: records by id and by document, read on first use, validated on access."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from cte_corpus.coded import CodedDocument, Raw
from cte_corpus.errors import CteError
from cte_corpus.mapping import Records
from cte_corpus.store import bundles
from cte_corpus.store.layout import PARTS, data_dir, is_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.attached import AttachedCorpus
    from cte_corpus.records import CorpusInfo, Document, Entity, Event, Mention, Sanction, Section
    from cte_corpus.records.section import Sentence


class Corpus:
    """A corpus: the bundled one, or the tree or packed folder at `path`.

    Nothing is read until it is asked for. `documents`, `sections`, `sentences`, `mentions`, `events`, `sanctions` and
    `entities` map an id to its record, in the order of documents and then of the text; iterating over the corpus gives
    one `CodedDocument` after the other.

    Raises:
        CteError: `path` is no corpus, or `version` is not the version found there.
    """

    def __init__(self, path: str | Path | None = None, *, version: str | None = None) -> None:
        self.path = data_dir() if path is None else Path(path)
        if not is_corpus(self.path):
            raise CteError(
                f"no corpus at {self.path}",
                "a corpus is a folder with corpus.json and either documents/ or documents.jsonl",
            )
        if version is not None and version != self.version:
            raise CteError(
                f"version {version} of the corpus is not here; this is {self.version}",
                f"leave the version out, or install the release that carries it: pip install cte-corpus=={version}",
            )

    @classmethod
    def of(cls, corpus: Corpus | str | Path | None) -> Corpus:
        """The corpus itself, or the one at a path; None is the bundled one."""
        return corpus if isinstance(corpus, Corpus) else cls(corpus)

    @property
    def version(self) -> str:
        """Version of the data."""
        return str(self._info["version"])

    @cached_property
    def info(self) -> CorpusInfo:
        """What the corpus is: title, licences, maintainers."""
        from cte_corpus.records import CorpusInfo

        return CorpusInfo.model_validate(self._info)

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

    def attach(self, copy: str | Path, document: str | None = None) -> AttachedCorpus:
        """Put every record back into a copy of its text: see `cte_corpus.attached`.

        Args:
            copy: A text, a file, or a folder with files called `<document>.txt`, `.md` or `.html`.
            document: Id of the document of which a text or file is a copy, where there are several.

        Raises:
            CteError: it cannot be told of which document this is a copy, or an extra is missing that it needs.
            UnknownIdError: there is no such document.
        """
        from cte_corpus.attached import attach_copies

        if document is not None:
            self.documents.raw(document)
        return attach_copies(self._by_document, copy, document)

    def __iter__(self) -> Iterator[CodedDocument]:
        return (CodedDocument(raw) for raw in self.raw_documents)

    def __len__(self) -> int:
        """Number of documents."""
        return len(self.raw_documents)

    def __repr__(self) -> str:
        return f"<Corpus {self._info['name']} {self.version}: {self.path}>"

    @cached_property
    def raw_documents(self) -> list[Raw]:
        """The decoded documents, each with its lists, in the order of their ids."""
        found = [_decode_document(bundle) for bundle in bundles.documents(self.path)]
        return sorted(found, key=lambda raw: str(raw["document"]["id"]))

    @cached_property
    def raw_entities(self) -> list[Raw]:
        """The decoded entities in the order of their ids."""
        found = [_decode(source.data, source.path, source.line) for source in bundles.entities(self.path)]
        return sorted(found, key=lambda raw: str(raw["id"]))

    @cached_property
    def _by_document(self) -> dict[str, Raw]:
        return {raw["document"]["id"]: raw for raw in self.raw_documents}

    @cached_property
    def _info(self) -> Raw:
        path = self.path / "corpus.json"
        return _decode(path.read_bytes(), str(path))

    def _listed(self, part: str) -> dict[str, Raw]:
        return {record["id"]: record for raw in self.raw_documents for record in raw[part]}


def _decode_document(bundle: bundles.Bundle) -> Raw:
    if bundle.missing:
        raise CteError(f"{bundle.missing[0]} is missing", "run `cte check` for all that is wrong")
    parts = {name: _decode(source.data, source.path, source.line) for name, source in bundle.sources.items()}
    if "bundle" in parts:
        return parts["bundle"]
    for part in PARTS[1:]:
        if not isinstance(parts[part].get("records"), list):
            raise CteError(
                f"{bundle.sources[part].path} has no list `records`", "run `cte check` for all that is wrong"
            )
    return {part: parts[part] if part == "document" else parts[part]["records"] for part in PARTS}


def _decode(data: bytes, path: str, line: int = 0) -> Raw:
    """A decoded file or line without its `$schema`."""
    try:
        raw: Raw = orjson.loads(data)
        raw.pop("$schema", None)
    except (orjson.JSONDecodeError, AttributeError) as error:
        where = f"{path}:{line}" if line else path
        raise CteError(f"{where} is not a JSON object: {error}", "run `cte check` for all that is wrong") from error
    return raw

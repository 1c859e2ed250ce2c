"""What is compared: a corpus in any form, a document folder by itself, or quotes that a system wrote."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cte_corpus.compare.sides import folder
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.score.coded import intact
from cte_corpus.store import strict
from cte_corpus.store.digests import LISTED, root_digest
from cte_corpus.store.layout import corpus_in, corpus_of, is_document

if TYPE_CHECKING:
    from collections.abc import Iterator

Raw = dict[str, Any]

KINDS = "a corpus folder, a document of one, a pack's folder or .tar, a version, `installed`, or quotes to be scored"

CLAIMS = frozenset({".jsonl", ".json", ".csv", ".tsv"})
"""How the names of files with quotes end."""


class Side:
    """One coding: its documents as decoded records, its version and digest."""

    def __init__(self, name: str, corpus: Corpus | Alone, document: str | None = None) -> None:
        self.name = name
        self.only = document
        """The document to which it is limited."""
        self._corpus = corpus

    @cached_property
    def documents(self) -> dict[str, Raw]:
        """The decoded documents by id, each with its lists."""
        with intact(self.name):
            found = {raw["document"]["id"]: raw for raw in self._corpus.raw_documents}
        if self.only is not None:
            if self.only not in found:
                from cte_corpus.text.suggest import hint

                raise CteError(f"{self.name}: there is no document {self.only!r}", hint(self.only, found))
            found = {self.only: found[self.only]}
        return found

    @cached_property
    def signature(self) -> str:
        """Version and root digest, by which anybody sees whether it is the same."""
        stored = self._corpus.stored if isinstance(self._corpus, Corpus) else self._corpus
        with intact(self.name):
            return f"{self._corpus.version}#{root_digest(stored)[:12]}"


class Alone:
    """A document folder that lies in no corpus, as a second coder hands it over."""

    version = "none"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.raw_entities: list[Raw] = []
        self.raw_retired: list[Raw] = []

    @cached_property
    def raw_documents(self) -> list[Raw]:
        """The one document."""
        found: Raw = {"document": _read(self.path / "document.json")}
        for part in LISTED:
            found[part] = _read(self.path / f"{part}.json")["records"]
        return [found]

    def one_by_one(self) -> Iterator[Raw]:
        """The one document."""
        return iter(self.raw_documents)


def _read(path: Path) -> Raw:
    try:
        found: Raw = strict.loads(path.read_bytes())
        with intact(str(path)):
            if path.name != "document.json":
                list(found["records"])
    except strict.JsonError as error:
        raise CteError(f"{path}: {error.message}", "run `cte check` on it") from None
    return found


def side(given: Corpus | str | Path, document: str | None = None) -> Side:
    """The coding that is meant by a corpus, a path, an address or a version.

    Args:
        given: A corpus, or the path of one, of a checkout, of one of its documents, of a document folder that lies in
            no corpus, or of a pack; or the address of a pack, a version such as 1.0.0, or `installed`.
        document: Only the document of that id.

    Raises:
        CteError: there is no such coding or document.
    """
    if isinstance(given, Corpus):
        return Side(str(given.path), given, document)
    path = Path(given)
    if is_document(path):
        name = path.resolve().name
        if document not in (None, name):
            raise CteError(
                f"{given}: this is the document {name}, and no {document!r}", "give the corpus, or leave it out"
            )
        return Side(str(given), Corpus(corpus_of(path)), name)
    if (path / "document.json").is_file():
        return Side(str(given), Alone(path), document)
    return Side(str(given), Corpus(folder(str(given), KINDS)), document)


def claims(given: Corpus | str | Path, document: str | None, known: list[str]) -> dict[str, Path]:
    """The files with quotes that are meant, by the document of which they are; none where it is a coding.

    Args:
        given: A file, or a folder of files named by their documents' ids.
        document: Of which document a file is.
        known: The documents that can be meant.

    Raises:
        CteError: it cannot be told of which document a file is, or files of one document are two.
    """
    if isinstance(given, Corpus):
        return {}
    path = Path(given)
    if path.is_file() and path.suffix.lower() in CLAIMS:
        named = document or (path.stem if path.stem in known else known[0] if len(known) == 1 else None)
        if named is None:
            raise CteError(f"{path}: of which document are these quotes?", "name it by --document, or in the file name")
        return {named: path}
    if not path.is_dir() or corpus_in(path) or (path / "document.json").is_file():
        return {}
    files = sorted(one for one in path.iterdir() if one.suffix.lower() in CLAIMS and not one.name.startswith("."))
    found: dict[str, Path] = {}
    for file in files:
        if file.stem in found:
            raise CteError(f"{path}: two files with quotes of {file.stem}", "keep one of them")
        if document is None or file.stem == document:
            found[file.stem] = file
    return found

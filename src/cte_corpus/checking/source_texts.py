"""The source texts with which documents are checked."""

import os
from pathlib import Path

from cte_corpus.checking.rules.doc import Doc, Found
from cte_corpus.errors import CteError
from cte_corpus.store import layout
from cte_corpus.store.inside import Folder
from cte_corpus.store.packed import Source

MAX_TEXT = 8 * 1024 * 1024
"""Bytes of the longest source text: some ten novels."""


class Texts:
    """A folder of source texts, each named by its document's id; of one document also its text alone."""

    def __init__(self, path: Path, of_one: bool) -> None:
        """Look what there is.

        Raises:
            CteError: there is no folder at the path, nor, where one document is checked, a file.
            OSError: the folder cannot be read.
        """
        self.path = path
        self._is_file = of_one and path.is_file()
        if not self._is_file and not path.is_dir():
            raise CteError(f"no folder with texts at {path}", "one document is checked with its text as well")
        real = Path(os.path.realpath(path))  # a link that the user names may lead anywhere
        self._folder = Folder(real.parent) if self._is_file else Folder(path)
        self._names = {} if self._is_file else layout.source_texts(path)
        self._alone = real.name

    def take(self, doc: Doc) -> list[Found]:
        """Give a document its reference text, or say why it has none.

        Raises:
            OSError: as of `of`.
        """
        from cte_corpus.text.sources import PAGES, suffix_of  # nobody waits for these who only looks for a change
        from cte_corpus.text.view import reference_text

        found = self.of(doc.id)
        if found is None:
            help_ = "what needs the text was not checked in this document"
            return [Found("CTE317", doc.document, f"no text named {doc.id}.txt or .md in {self.path}", "id", help_)]
        try:
            doc.source = b"" if suffix_of(found.path) in PAGES else found.data  # a page is no file that was coded
            doc.text = reference_text(found.data, doc.document["text"]["recipe"], found.path)
        except ValueError as error:
            return [Found("CTE311", doc.document["text"], f"{found.path}: {error}", "recipe")]
        return []

    def of(self, document: str) -> Source | None:
        """The text of a document, None if there is none.

        Raises:
            CteError: there are two.
            OSError: it cannot be read, is too large, or is a link that leads out of the folder.
        """
        name = self._alone if self._is_file else layout.source_text(self._names, document, self.path)
        if name is None:
            return None
        path = self.path if self._is_file else self.path / name
        return Source(str(path), self._folder.read(name, MAX_TEXT))

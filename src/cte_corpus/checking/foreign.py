"""The records of other documents, to which a document may refer."""

from collections import OrderedDict
from functools import cached_property
from pathlib import Path

from cte_corpus.checking.basis import digest
from cte_corpus.checking.rules.doc import Record
from cte_corpus.store import bundles, layout
from cte_corpus.store.packed import Lines, Source

KEPT = 1_000
"""Lists that are kept at a time: documents that refer to each other mostly lie close."""

UNREADABLE = "?"
"""In place of a digest."""


class Foreign:
    """Lists of the documents of a corpus, each read when it is asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: OrderedDict[tuple[str, str], dict[str, Record] | None] = OrderedDict()
        self._digests: dict[tuple[str, str], str] = {}

    def of(self, part: str, document: str) -> dict[str, Record] | None:
        """The records of a list (`events`, `sanctions`) of a document by id, empty if there is no such document; None
        where its own findings come first."""
        key = (part, document)
        if key in self._known:
            self._known.move_to_end(key)
        else:
            self._known[key] = self._read(part, document)
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        return self._known[key]

    def close(self) -> None:
        """Close what was opened."""
        if "_lines" in self.__dict__:
            self._lines.close()

    def digest(self, part: str, document: str) -> str:
        """Digest of the bytes in which a list of a document stands: empty if there is no such document, and like no
        digest if it cannot be read."""
        key = (part, document)
        if key not in self._digests:
            if len(self._digests) >= KEPT:
                self._digests.clear()
            try:
                source = self._source(part, document)
                self._digests[key] = "" if source is None else digest(source.data)
            except OSError:
                self._digests[key] = UNREADABLE
        return self._digests[key]

    def _read(self, part: str, document: str) -> dict[str, Record] | None:
        from cte_corpus.checking.rules import schema  # nobody who only compares digests waits for these
        from cte_corpus.store import strict

        try:
            source = self._source(part, document)
            if source is None:
                return {}
            records = strict.loads(source.data)[part if self._is_packed else "records"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not schema.validator(part).is_valid({"records": records}):
            return None
        return {record["id"]: record for record in records}

    def _source(self, part: str, document: str) -> Source | None:
        """The file, or the line, in which a list stands; None if there is no such document."""
        if self._is_packed:
            return self._lines.of(document)
        return bundles.part(self._root, document, part)

    @cached_property
    def _is_packed(self) -> bool:
        return layout.is_packed(self._root)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._root)

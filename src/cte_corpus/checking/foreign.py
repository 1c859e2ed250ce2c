"""The records of other documents, to which a document may refer."""

from collections import OrderedDict
from functools import cached_property
from pathlib import Path

from cte_corpus.checking.rules import schema
from cte_corpus.checking.rules.doc import Record
from cte_corpus.store import bundles, layout, strict
from cte_corpus.store.packed import Lines

KEPT = 1_000
"""Lists that are kept at a time: documents that refer to each other mostly lie close."""


class Foreign:
    """Lists of the documents of a corpus, each read when it is asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: OrderedDict[tuple[str, str], dict[str, Record] | None] = OrderedDict()

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

    def _read(self, part: str, document: str) -> dict[str, Record] | None:
        read = self._packed if layout.is_packed(self._root) else self._records
        try:
            records = read(part, document)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not schema.validator(part).is_valid({"records": records}):
            return None
        return {record["id"]: record for record in records}

    def _records(self, part: str, document: str) -> list[Record]:
        source = bundles.part(self._root, document, part)
        if source is None:
            return []
        records: list[Record] = strict.loads(source.data)["records"]
        return records

    def _packed(self, part: str, document: str) -> list[Record]:
        source = self._lines.of(document)
        if source is None:
            return []
        records: list[Record] = strict.loads(source.data)[part]
        return records

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._root)

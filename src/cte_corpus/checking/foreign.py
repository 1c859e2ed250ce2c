"""The events of other documents, to which a document may refer."""

from pathlib import Path

import orjson

from cte_corpus.checking.rules import schema
from cte_corpus.checking.rules.doc import Record
from cte_corpus.store import bundles, layout, strict


class ForeignEvents:
    """Events of the documents of a corpus, each document read when it is first asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, dict[str, Record] | None] = {}

    def of(self, document: str) -> dict[str, Record] | None:
        """The events of a document by id, empty if there is none; None where its own findings come first."""
        if document not in self._known:
            self._known[document] = self._read(document)
        return self._known[document]

    def _read(self, document: str) -> dict[str, Record] | None:
        try:
            records = self._packed(document) if layout.is_packed(self._root) else self._records(document)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not schema.validator("events").is_valid({"records": records}):
            return None
        return {record["id"]: record for record in records}

    def _records(self, document: str) -> list[Record]:
        source = bundles.part(self._root, document, "events")
        if source is None:
            return []
        records: list[Record] = strict.loads(source.data)["records"]
        return records

    def _packed(self, document: str) -> list[Record]:
        name = orjson.dumps(document)
        for line in bundles.documents(self._root):
            data = line.sources["bundle"].data
            if name in data:
                value = strict.loads(data)
                if value["document"]["id"] == document:
                    records: list[Record] = value["events"]
                    return records
        return []

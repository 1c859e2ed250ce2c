"""The records of other documents, to which a document may refer."""

from pathlib import Path

import orjson

from cte_corpus.checking.rules import schema
from cte_corpus.checking.rules.doc import Record
from cte_corpus.store import bundles, layout, strict


class Foreign:
    """Lists of the documents of a corpus, each read when it is first asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[tuple[str, str], dict[str, Record] | None] = {}

    def of(self, part: str, document: str) -> dict[str, Record] | None:
        """The records of a list (`events`, `sanctions`) of a document by id, empty if there is no such document; None
        where its own findings come first."""
        if (part, document) not in self._known:
            self._known[part, document] = self._read(part, document)
        return self._known[part, document]

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
        name = orjson.dumps(document)
        for line in bundles.documents(self._root):
            data = line.sources["bundle"].data
            if name in data:
                value = strict.loads(data)
                if value["document"]["id"] == document:
                    records: list[Record] = value[part]
                    return records
        return []

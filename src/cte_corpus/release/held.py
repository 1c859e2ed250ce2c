"""The Parquet files of a pack, held against its records."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.published import archive
from cte_corpus.store import layout
from cte_corpus.store.digests import of_document
from cte_corpus.tabular.in_parquet import mapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from cte_corpus.published.pack import Manifest
    from cte_corpus.store.stored import Raw

BATCH = 4_096
"""Rows of a file that are read at a time."""


def differences(root: Path, schemas: Path, manifest: Manifest) -> Iterator[str]:
    """Where the Parquet files of a pack do not say what the records say, or its manifest counts otherwise.

    Args:
        root: The folder of the pack.
        schemas: The folder of its schemas.
        manifest: Its manifest.
    """
    from pyarrow import ArrowException

    from cte_corpus.tabular import arrow
    from cte_corpus.tabular.arrow_schema import record_schemas

    same = _contents(schemas) == _contents(layout.schema_dir())
    corpus, columns = Corpus(root), record_schemas()
    counts: Counter[str] = Counter()
    most = archive.MOST_BARE + 4 * sum(len(orjson.dumps(raw)) for raw in corpus.raw_entities)
    for raw in corpus.one_by_one():
        counts.update(_tables(raw))
        most += 4 * len(orjson.dumps(raw))
    counts["entities"] = len(corpus.raw_entities)
    found: dict[str, InParquet] = {}
    for name in sorted(manifest.records.keys() | columns.keys()):
        paths = [root / file.path for file in manifest.files if file.path.startswith(f"data/{name}/")]
        if name not in columns or not paths:
            yield f"{name}: no such record type" if paths else f"{name}: no Parquet file"
            continue
        try:
            rows = InParquet(paths)
        except (ArrowException, OSError) as error:
            yield f"{name}: {error}"
            continue
        if rows.size > most:
            yield f"{name}: its columns come to {rows.size:,} bytes, and what the records say to far less"
            continue
        if manifest.records.get(name) != counts[name]:
            yield f"{name}: the manifest counts {manifest.records.get(name)}, there are {counts[name]}"
        if same and rows.schema != columns[name]:
            yield f"{name}: the columns are not those of the record type"
        elif rows.count != counts[name]:
            yield f"{name}: {rows.count} rows instead of {counts[name]}"
        else:
            found[name] = rows
    for name, expected in arrow.from_records(corpus, found.keys()):
        if name in found:
            try:
                yield from _differences(name, found[name].next(expected.num_rows), expected, same)
            except (ArrowException, OSError) as error:
                yield f"{name}: {error}"
                del found[name]


def _tables(document: Raw) -> Iterator[str]:
    """The table of each row that a document makes."""
    yield from (table for table, _ in of_document(document))
    for section in document["sections"]:
        yield from ("sentences" for _ in section.get("sentences", ()))


def _differences(name: str, found: pa.Table, expected: pa.RecordBatch, same: bool) -> Iterator[str]:
    """Where rows differ. With other schemas than this package's, only what the records themselves say is held."""
    import pyarrow as pa

    if not same or not found.equals(pa.Table.from_batches([expected])):
        for row, other in zip(found.to_pylist(), expected.to_pylist(), strict=True):
            if _said(row, same) != _said(other, same):
                yield f"{name}: {other.get('id')} differs from its record"


class InParquet:
    """The rows of a table in Parquet files, in their order."""

    def __init__(self, paths: list[Path]) -> None:
        from pyarrow import parquet

        self._files = [parquet.ParquetFile(mapped(path)) for path in paths]
        self.schema = self._files[0].schema_arrow
        self.count = sum(file.metadata.num_rows for file in self._files)
        groups = ((file.metadata, group) for file in self._files for group in range(file.metadata.num_row_groups))
        self.size = sum(metadata.row_group(group).total_byte_size for metadata, group in groups)
        """Bytes to which its columns come, as the footers say."""
        self._batches = chain.from_iterable(file.iter_batches(BATCH) for file in self._files)
        self._left: pa.Table | None = None

    def next(self, rows: int) -> pa.Table:
        """So many rows more; fewer at the end."""
        import pyarrow as pa

        parts = [] if self._left is None else [self._left]
        while sum(part.num_rows for part in parts) < rows and (batch := next(self._batches, None)) is not None:
            parts.append(pa.Table.from_batches([batch]))
        table = pa.concat_tables(parts) if parts else self.schema.empty_table()
        self._left = table.slice(rows)
        return table.slice(0, rows)


def _said(row: Any, derived: bool) -> Any:
    """What a row says, without the nulls; and without what is derived, unless wanted."""
    if isinstance(row, dict):
        return {
            key: _said(value, derived)
            for key, value in row.items()
            if value is not None and (derived or not key.startswith("derived_"))
        }
    return [_said(item, derived) for item in row] if isinstance(row, list) else row


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}

"""The records of a pack as files: packed JSON Lines and Parquet, in bytes that follow from the records and pyarrow."""

from __future__ import annotations

from contextlib import ExitStack
from io import BytesIO
from itertools import pairwise
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import orjson

from cte_corpus.checking.rules.file import order
from cte_corpus.store import canonical
from cte_corpus.store.layout import schema_folder
from cte_corpus.tabular.in_parquet import mapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from cte_corpus.store.stored import Raw, Stored

TOOLS = {
    "pyarrow": "26.0.1",
    "orjson": "3.13.0",
    "datasets": "5.2.0",
    "huggingface-hub": "2.4.0",
    "PyYAML": "6.0.4",
}
"""What releases are built with: another pyarrow may compress the same records to other bytes, another orjson write the
same number otherwise, another version of the others the YAML of the card or the citation. The extra `release` installs
these."""

SHARD_BYTES = 256 * 2**20
"""How much of a table goes into one Parquet file at most, as Arrow holds it in memory."""

ROWS = 2**16
"""Rows of a Parquet row group at most."""

LEVEL, FAST, SMALL = 19, 12, 8 * 2**20
"""Of zstd: packs are written once and read often. What has more than so many bytes is packed with the second: level 19
takes twelve times as long for 7 % of the bytes. Releases so far are smaller, and keep theirs."""

PACKED_BYTES = 16 * 2**20
"""Bytes of JSON Lines in one file at most, before they are compressed: as much as is read to find one document."""


def packed(stored: Stored) -> Iterator[tuple[str, bytes]]:
    """A packed corpus as paths and bytes: two JSON files, and documents and entities one per line, compressed."""
    folder = schema_folder(str(stored.info["schema_version"]))
    for kind, value in (("corpus", stored.info), ("retired", {"records": stored.raw_retired})):
        schema = {"$schema": f"schemas/{folder}/{kind}.schema.json"}
        yield f"{kind}.json", canonical.dumps(schema | value, order(kind))
    yield from _compressed("documents", stored.one_by_one())
    yield from _compressed("entities", stored.raw_entities)


def _compressed(kind: str, records: Iterable[Raw]) -> Iterator[tuple[str, bytes]]:
    """Records as one file, or as shards of equal size where they are too much for one."""
    import pyarrow as pa

    with TemporaryFile() as file:
        ends, start = [0], 0
        for record in records:
            file.write(orjson.dumps(record) + b"\n")
            if file.tell() - start > PACKED_BYTES and start < ends[-1]:
                start = ends[-1]
                ends.append(start)
            ends[-1] = file.tell()
        codec = pa.Codec("zstd", compression_level=LEVEL if ends[-1] <= SMALL else FAST)
        file.seek(0)
        for number, (first, last) in enumerate(pairwise([0, *ends])):
            name = kind if len(ends) == 1 else f"{kind}-{number:05d}-of-{len(ends):05d}"
            yield f"{name}.jsonl.zst", codec.compress(file.read(last - first), asbytes=True)


class Spool:
    """Tables that are written to a folder piece by piece, and read from there as Parquet files."""

    def __init__(self, folder: Path, schemas: Mapping[str, pa.Schema], pieces: Iterable[tuple[str, pa.RecordBatch]]):
        """Write all pieces.

        Raises:
            CteError: a record is invalid.
            OSError: the folder cannot be written.
        """
        import pyarrow as pa

        self._folder = folder
        self.schemas = schemas
        self.rows = dict.fromkeys(schemas, 0)
        self.memory = dict.fromkeys(schemas, 0)
        """Bytes of each table in memory."""

        with ExitStack() as opened:
            files = {
                name: opened.enter_context(pa.ipc.new_file(opened.enter_context((folder / name).open("wb")), schema))
                for name, schema in schemas.items()
            }
            for name, batch in pieces:
                files[name].write_batch(batch)
                self.rows[name] += batch.num_rows
                self.memory[name] += batch.nbytes

    def clear(self) -> None:
        """Delete the folder."""
        for name in self.schemas:
            (self._folder / name).unlink()
        self._folder.rmdir()

    def parquet(self, name: str, limit: int = SHARD_BYTES) -> Iterator[tuple[str, bytes, int]]:
        """A table as Parquet files: path in the pack, bytes, rows.

        Args:
            name: Of the table.
            limit: Bytes of the table in memory above which it is cut into shards of as many rows each, give or take
                one.
        """
        import pyarrow as pa

        rows, size = self.rows[name], self.memory[name]
        count = max(1, min(rows, -(-size // limit)))
        for number in range(count):
            start, end = rows * number // count, rows * (number + 1) // count
            whole = pa.ipc.open_file(mapped(self._folder / name)).read_all()  # again for each, so that none stays
            content = _parquet(whole.slice(start, end - start), LEVEL if size <= SMALL else FAST)
            del whole
            yield f"data/{name}/{name}-{number:05d}-of-{count:05d}.parquet", content, end - start


def _parquet(table: pa.Table, level: int) -> bytes:
    from pyarrow import parquet

    out = BytesIO()
    parquet.write_table(
        table,
        out,
        version="2.6",
        data_page_version="1.0",
        row_group_size=ROWS,
        use_dictionary=True,
        compression="zstd",
        compression_level=level,
        write_statistics=True,
        write_page_index=True,
        store_schema=True,
    )
    return out.getvalue()

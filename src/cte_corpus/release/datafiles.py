"""The records of a pack as files: packed JSON Lines and Parquet, in bytes that follow from the records and pyarrow."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import orjson

from cte_corpus.checking.rules.file import order
from cte_corpus.store import canonical
from cte_corpus.store.layout import schema_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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

LEVEL = 19
"""Of zstd: packs are written once and read often."""


def packed(stored: Stored) -> Iterator[tuple[str, bytes]]:
    """A packed corpus as paths and bytes: two JSON files, and one document or entity per line, compressed."""
    folder = schema_folder(str(stored.info["schema_version"]))
    for kind, value in (("corpus", stored.info), ("retired", {"records": stored.raw_retired})):
        schema = {"$schema": f"schemas/{folder}/{kind}.schema.json"}
        yield f"{kind}.json", canonical.dumps(schema | value, order(kind))
    yield "documents.jsonl.zst", _compressed(stored.raw_documents)
    yield "entities.jsonl.zst", _compressed(stored.raw_entities)


def _compressed(records: Iterable[Raw]) -> bytes:
    import pyarrow as pa

    data = b"".join(orjson.dumps(record) + b"\n" for record in records)
    compressed: bytes = pa.Codec("zstd", compression_level=LEVEL).compress(data, asbytes=True)
    return compressed


def parquet(name: str, table: pa.Table, limit: int = SHARD_BYTES) -> Iterator[tuple[str, bytes, int]]:
    """A table as Parquet files: path in the pack, bytes, rows.

    Args:
        name: Of the table.
        table: Its rows.
        limit: Bytes of the table in memory above which it is cut into shards of as many rows each, give or take one.
    """
    from pyarrow import parquet

    rows = table.num_rows
    count = max(1, min(rows, -(-table.nbytes // limit)))
    for number in range(count):
        start, end = rows * number // count, rows * (number + 1) // count
        shard = table.slice(start, end - start)
        out = BytesIO()
        parquet.write_table(
            shard,
            out,
            version="2.6",
            data_page_version="1.0",
            row_group_size=ROWS,
            use_dictionary=True,
            compression="zstd",
            compression_level=LEVEL,
            write_statistics=True,
            write_page_index=True,
            store_schema=True,
        )
        yield f"data/{name}/{name}-{number:05d}-of-{count:05d}.parquet", out.getvalue(), shard.num_rows

"""The records of a pack as files: packed JSON Lines and Parquet, in bytes that follow from the records and pyarrow."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import orjson

from cte_corpus.rules.file import order
from cte_corpus.store import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from cte_corpus.stored import Raw, Stored

PYARROW = "26.0.1"
"""The pyarrow with which releases are built: another one may compress the same records to other bytes."""

SHARD_BYTES = 256 * 2**20
"""How much of a table goes into one Parquet file at most, as Arrow holds it in memory."""

ROWS = 2**16
"""Rows of a Parquet row group at most."""

LEVEL = 19
"""Of zstd: packs are written once and read often."""


def packed(stored: Stored) -> Iterator[tuple[str, bytes]]:
    """A packed corpus as paths and bytes: two JSON files, and one document or entity a line, compressed."""
    for kind, value in (("corpus", stored.info), ("retired", {"records": stored.raw_retired})):
        schema = {"$schema": f"schemas/v1/{kind}.schema.json"}
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
        limit: Bytes of the table in memory above which it is cut into shards of equally many rows.
    """
    from pyarrow import parquet

    count = max(1, -(-table.nbytes // limit))
    step = -(-table.num_rows // count)
    for number in range(count):
        shard = table.slice(number * step, step)
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

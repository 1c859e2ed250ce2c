"""Parquet: a folder with a file for each table, in which lists stay lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.store.files import write as write_file

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

SUFFIX = ""
"""What is written is a folder."""


def write(tables: dict[str, pa.Table], target: Path) -> None:
    """Write `<table>.parquet` into a folder, each file atomically.

    Raises:
        OSError: the folder cannot be made or written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    target.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink)
        write_file(target / f"{name}.parquet", sink.getvalue().to_pybytes())

"""Parquet: a folder with a file for each table, in which lists stay lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.exchange.sheets import of

if TYPE_CHECKING:
    import pyarrow as pa

    from cte_corpus.exchange.job import Job

SUFFIX = ""
"""What is written is a folder."""


OPTIONS = ()


def export(job: Job) -> dict[str, bytes]:
    """The flat tables as files.

    Raises:
        CteError: as `sheets` does.
    """
    return files(of(job))


def files(tables: dict[str, pa.Table]) -> dict[str, bytes]:
    """`<table>.parquet` for each table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found = {}
    for name, table in tables.items():
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink)
        found[f"{name}.parquet"] = sink.getvalue().to_pybytes()
    return found

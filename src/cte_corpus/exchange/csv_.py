"""CSV: a folder with a file for each table, UTF-8 with a byte order mark.

With the mark Excel reads Arabic right; without it, it takes the bytes for those of the computer's code page. What else
reads CSV skips the mark by itself, or is told to.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from cte_corpus.exchange.plain import cell, is_formula
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
    """`<table>.csv` for each table; a cell that could be a formula gets an apostrophe."""
    found = {}
    for name, table in tables.items():
        text = io.StringIO()
        writer = csv.writer(text)  # with its own line end, or a cell with a carriage return would not be quoted
        writer.writerow(table.column_names)
        for row in table.to_pylist():
            writer.writerow([_guarded(cell(value)) for value in row.values()])
        found[f"{name}.csv"] = text.getvalue().encode("utf-8-sig")
    return found


def _guarded(value: Any) -> Any:
    return f"'{value}" if is_formula(value) else value

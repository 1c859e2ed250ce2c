"""CSV: a folder with a file for each table, UTF-8 with a byte order mark.

With the mark Excel reads Arabic right; without it, it takes the bytes for those of the computer's code page. What else
reads CSV skips the mark by itself, or is told to.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from cte_corpus.exchange.plain import cell, is_formula
from cte_corpus.store.files import write as write_file

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

SUFFIX = ""
"""What is written is a folder."""


def write(tables: dict[str, pa.Table], target: Path) -> None:
    """Write `<table>.csv` into a folder, each file atomically; a cell that could be a formula gets an apostrophe.

    Raises:
        OSError: the folder cannot be made or written.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        text = io.StringIO()
        writer = csv.writer(text)  # with its own line end, or a cell with a carriage return would not be quoted
        writer.writerow(table.column_names)
        for row in table.to_pylist():
            writer.writerow([_guarded(cell(value)) for value in row.values()])
        write_file(target / f"{name}.csv", text.getvalue().encode("utf-8-sig"))


def _guarded(value: Any) -> Any:
    return f"'{value}" if is_formula(value) else value

"""XLSX: one workbook with a sheet for each table. No cell is a formula or a link, whatever its text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError, need
from cte_corpus.exchange.plain import cell, is_formula
from cte_corpus.exchange.sheets import of

if TYPE_CHECKING:
    import pyarrow as pa

    from cte_corpus.exchange.job import Job

SUFFIX = ".xlsx"
OPTIONS = ()

ROWS, CHARACTERS = 1_048_576, 32_767
"""What a sheet and a cell can hold."""

WIDEST = 60
"""Columns are made as wide as their longest cell, up to so many characters."""


def export(job: Job) -> bytes:
    """The flat tables as a workbook.

    Raises:
        CteError: as `sheets` and `workbook` do.
    """
    return workbook(of(job))


def workbook(tables: dict[str, pa.Table]) -> bytes:
    """The workbook. The same tables give the same bytes.

    Raises:
        CteError: XlsxWriter is not installed, or a sheet or cell cannot hold what it should.
    """
    need("xlsxwriter", "XlsxWriter", "export")
    from datetime import datetime

    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # else the clock's, and every file would differ
        head = book.add_format({"bold": True})
        quoted = book.add_format({"quote_prefix": True})  # stays text when somebody edits the cell
        rtl = book.add_format({"reading_order": 2})
        for name, table in tables.items():
            if table.num_rows >= ROWS:
                raise CteError(f"{name} has {table.num_rows} rows; a sheet holds {ROWS - 1}", "export csv or parquet")
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, table.num_rows, table.num_columns - 1)
            for number, (column, values) in enumerate(zip(table.column_names, table.columns, strict=True)):
                cells = [cell(value) for value in values.to_pylist()]
                widest = max(map(len, (column, *map(str, cells))), default=0)
                sheet.set_column(number, number, min(widest, WIDEST) + 2, rtl if column.endswith("_ar") else None)
                sheet.write_string(0, number, column, head)
                for row, value in enumerate(cells, 1):
                    _write(sheet, row, number, value, quoted if is_formula(value) else None, f"{name}.{column}")
    return data.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, form: Any, where: str) -> None:
    if isinstance(value, str):
        if len(value) > CHARACTERS:
            raise CteError(f"{where} has a cell of {len(value)} characters; a sheet's holds {CHARACTERS}", "export csv")
        sheet.write_string(row, column, value, form)
    elif value is not None:
        sheet.write_number(row, column, value)

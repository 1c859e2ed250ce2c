"""`cte sql`: a query over the records."""

from pathlib import Path
from typing import Any

import click

from cte_corpus.cli import options
from cte_corpus.cli.reading import reading
from cte_corpus.errors import CteError

LIMIT = 60
"""Cells of a result are cut to so many characters for people; CSV and JSON cut nothing."""

COLUMNS = """
select table_name as view, column_name as "column", data_type as type
from duckdb_columns() where not internal order by table_oid, column_index
"""


@click.command(
    epilog="""\b
Examples:
  cte sql
  cte sql "select type, count(*) as events from events group by all order by 2 desc"
  cte sql "select event_id, edtf, span.text from times where basis = 'resolved'"
  cte sql "select authority_name, target_name, legal_grounds, sentences from designations"
  cte sql "select * from contested"
  cte sql "select * from quantities" -o csv > figures.csv"""
)
@click.argument("query", required=False)
@options.corpus()
@options.output(
    ["table", "csv", "json"],
    default="table",
    more=f"A table cuts cells to {LIMIT} characters, and becomes a list where the terminal is narrower than it; csv "
    "and json hold all.",
)
def command(query: str | None, path: Path | None, output: str) -> None:
    """Ask a corpus in SQL, over the same tables as `load_dataset`.

    QUERY is run by DuckDB; without one the views and their columns are listed. Every record type is a view, and so is
    each list inside events (arguments, times, places, quantities, attributions, relations). `clusters` has one row an
    event, however many documents tell it; `designations`, `participation` and `contested` answer what is often
    asked. `end`, `order` and `by` are words of SQL: put the
    columns of these names in double quotes.
    """
    if query is None:
        _print(*_run(COLUMNS, path), output, 0)
    else:
        _print(*_run(query, path), output, LIMIT)


def _run(query: str, path: Path | None) -> tuple[list[str], list[tuple[Any, ...]]]:
    from cte_corpus.tabular.database import connect

    with reading(path):
        database = connect(path)
    with database as connection:
        import duckdb

        try:
            result = connection.sql(query)
            return (result.columns, result.fetchall()) if result is not None else ([], [])
        except duckdb.Error as error:
            raise CteError(f"DuckDB: {error}", "`cte sql` without a query lists the views and columns") from error


def _print(names: list[str], rows: list[tuple[Any, ...]], output: str, limit: int) -> None:
    if output == "json":
        import orjson

        records = [dict(zip(names, row, strict=True)) for row in rows]
        try:
            click.echo(orjson.dumps(records, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str))
        except TypeError as error:
            raise CteError(f"the rows do not fit into JSON: {error}", "cast the column, or print csv") from error
    elif output == "csv":
        click.echo(_csv(names, rows), nl=False)
    elif names:
        from cte_corpus.terminal import columns, fitted

        cells = [[_flat(value) for value in row] for row in rows]
        click.echo(fitted(names, cells, limit=limit, fit=columns()))


def _csv(names: list[str], rows: list[tuple[Any, ...]]) -> str:
    import csv
    import io

    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[_flat(value) for value in row] for row in rows])
    return target.getvalue()


def _flat(value: Any) -> Any:
    """A nested value as JSON; others as they are."""
    if not isinstance(value, (dict, list)):
        return value
    import orjson

    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()

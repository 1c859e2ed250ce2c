"""The tables in DuckDB, with the views of `views.sql`; and what a query may reach."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import need
from cte_corpus.tabular import arrow
from cte_corpus.tabular.crosswalk import meanings
from cte_corpus.text.fold import fold_short

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb
    import pyarrow as pa

TABLES = (*arrow.RECORD_TYPES, *arrow.FLAT, arrow.MERGED, "codes")
"""The names of the tables; `views.sql` makes views over them."""

MEMORY = 2_000
"""Megabytes that queries may use beside the tables."""

CLOSED = (
    "temp_directory = ''",  # what does not fit is refused, not written into the folder that one is in
    "enable_external_access = false",
    "autoload_known_extensions = false",
    "autoinstall_known_extensions = false",
    "memory_limit = '{memory}MB'",
    "lock_configuration = true",  # last: from here on no query changes any of them
)
"""Settings of a connection that reads and writes nothing but its own tables."""


def connect(
    corpus: Corpus | str | Path | None = None, *, version: str | None = None, files: bool = False
) -> duckdb.DuckDBPyConnection:
    """A DuckDB database in memory: `tables()`, `flat_tables()` and `merged_events()`, `codes` (what the codes
    mean), and the views of `views.sql`.

    Queries reach nothing else: no file is read or written, no address opened, no extension loaded, no setting changed,
    and memory is bounded. Results still leave by Python: `.df()`, `.arrow()`, `.pl()`; and `register` brings a table
    in. Cursors of the connection see the same tables, so that each thread can have its own.

    Args:
        corpus: The corpus, or its path; None is the bundled one.
        version: The release whose tables they are, as `Corpus(version=…)` finds it.
        files: Whether queries may read and write files, load extensions and change settings, as DuckDB lets them.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: DuckDB is not installed, or there is no corpus.
    """
    need("duckdb", "DuckDB", "sql")
    import duckdb

    source = Corpus.of(corpus, version)
    connection = duckdb.connect()
    tables = arrow.tables(source) | arrow.flat_tables(source) | {arrow.MERGED: arrow.merged_events(source)}
    tables["codes"] = _codes()
    for name, table in tables.items():
        connection.register("given", table)  # seen by this connection alone; a table of the database by all cursors
        connection.execute(f"create table {name} as from given")
        connection.unregister("given")
    connection.create_function("fold", fold_short, ["VARCHAR"], "VARCHAR")
    connection.execute(_views())
    if not files:
        memory = MEMORY + 2 * sum(table.nbytes for table in tables.values()) // 1_000_000
        for setting in CLOSED:
            connection.execute(f"set {setting.format(memory=memory)}")
    return connection


def _codes() -> pa.Table:
    """What the codes of the vocabulary mean."""
    import pyarrow as pa

    rows = [(name, *entry) for name, found in meanings().items() for entry in found.items()]
    return pa.table(list(map(pa.array, zip(*rows, strict=True))), names=["list", "code", "meaning"])


def _views() -> str:
    return resources.files(__package__).joinpath("views.sql").read_text(encoding="utf-8")

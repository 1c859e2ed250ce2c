"""The records in DuckDB."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.tabular import arrow
from cte_corpus.text.fold import fold_short

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

TABLES = (*arrow.RECORD_TYPES, *arrow.FLAT, arrow.MERGED)
"""The names of the tables; `views.sql` makes views over them."""


def connect(corpus: Corpus | str | Path | None = None, *, version: str | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB database in memory: `tables()`, `flat_tables()` and `merged_events()`, and the views of `views.sql`.

    With `version`, they are those of that release, as `Corpus(version=…)` finds it.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: DuckDB is not installed, or there is no corpus.
    """
    try:
        import duckdb
    except ImportError as error:
        raise CteError("DuckDB is not installed", 'install it with: pip install "cte-corpus[sql]"') from error
    source = Corpus.of(corpus, version)
    connection = duckdb.connect()
    tables = arrow.tables(source) | arrow.flat_tables(source) | {arrow.MERGED: arrow.merged_events(source)}
    for name, table in tables.items():
        connection.register(name, table)
    connection.create_function("fold", fold_short, ["VARCHAR"], "VARCHAR")
    connection.execute(files(__package__).joinpath("views.sql").read_text(encoding="utf-8"))
    return connection

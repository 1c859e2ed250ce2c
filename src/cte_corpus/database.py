"""The records as DuckDB views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus import arrow
from cte_corpus.corpus import Corpus
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

VIEWS = (*arrow.RECORD_TYPES, *arrow.FLAT)
"""The names of the views."""


def connect(corpus: Corpus | str | Path | None = None, *, version: str | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB database in memory with a view for every table of `tables()` and `flat_tables()`.

    With `version`, they are those of that release, as `Corpus(version=…)` finds it.

    Raises:
        CteError: DuckDB is not installed, or there is no corpus or no such release.
    """
    try:
        import duckdb
    except ImportError as error:
        raise CteError("DuckDB is not installed", 'install it with: pip install "cte-corpus[sql]"') from error
    source = Corpus.of(corpus, version)
    connection = duckdb.connect()
    for name, table in (arrow.tables(source) | arrow.flat_tables(source)).items():
        connection.register(name, table)
    return connection

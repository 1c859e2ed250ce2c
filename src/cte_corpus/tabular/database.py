"""The tables in DuckDB, with the views of `views.sql`; and what a query may reach."""

from __future__ import annotations

import re
from contextlib import closing
from importlib import resources
from typing import TYPE_CHECKING

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import need
from cte_corpus.store.collector import resting
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
    corpus: Corpus | str | Path | None = None,
    *,
    version: str | None = None,
    files: bool = False,
    query: str | None = None,
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
        query: The one query that will be asked: tables that neither it nor a view in it names stay empty.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: DuckDB is not installed, or there is no corpus.
    """
    need("duckdb", "DuckDB", "sql")
    import duckdb

    source = Corpus.of(corpus, version)
    connection = duckdb.connect()
    for name, schema in {name: schema for _, of_kind in arrow.KINDS for name, schema in of_kind().items()}.items():
        _insert(connection, f"create table {name} as", schema.empty_table())
    _insert(connection, "create table codes as", _codes())
    size = 0
    with resting(), closing(arrow.pieces(source, TABLES if query is None else _named(query))) as pieces:
        for name, batch in pieces:
            _insert(connection, f"insert into {name}", batch)
            size += batch.nbytes
    connection.create_function("fold", fold_short, ["VARCHAR"], "VARCHAR")
    connection.execute(_views())
    if not files:
        memory = MEMORY + 2 * size // 1_000_000
        for setting in CLOSED:
            connection.execute(f"set {setting.format(memory=memory)}")
    return connection


def _insert(connection: duckdb.DuckDBPyConnection, what: str, rows: pa.Table | pa.RecordBatch) -> None:
    connection.register("given", rows)  # seen by this connection alone; a table of the database by all cursors
    connection.execute(f"{what} from given")
    connection.unregister("given")


def _named(query: str) -> set[str]:
    """The tables that a query may read, by itself or by views and macros; all where it names none of them."""
    bodies = {name.lower(): body for name, body in _CREATED.findall(_views())}
    found: set[str] = set()
    waiting = {query}
    while waiting:
        words = set(_NAME.findall(waiting.pop().lower()))
        waiting |= {bodies[name] for name in (words & bodies.keys()) - found}
        found |= words & {*TABLES, *bodies}
    return found & set(TABLES) or set(TABLES)


_CREATED = re.compile(r"create (?:view|macro) (\w+)(.*?);$", re.DOTALL | re.MULTILINE)
_NAME = re.compile(r"\w+")


def _codes() -> pa.Table:
    """What the codes of the vocabulary mean."""
    import pyarrow as pa

    rows = [(name, *entry) for name, found in meanings().items() for entry in found.items()]
    return pa.table(list(map(pa.array, zip(*rows, strict=True))), names=["list", "code", "meaning"])


def _views() -> str:
    return resources.files(__package__).joinpath("views.sql").read_text(encoding="utf-8")

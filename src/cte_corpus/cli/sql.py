"""`cte sql`: a query over the records."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import corpus_as_of, reading
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    import duckdb

    from cte_corpus.corpus.corpus import Corpus

ROWS = 10_000
"""Rows of a table that a terminal is shown; in a pipe nothing is left out."""

BATCH = 1_000
"""Rows in memory at a time."""

Row = tuple[Any, ...]

NAMES = """
select * from (
  select table_name as name, comment as "what it is for", table_oid as place from duckdb_tables() where not internal
  union all select view_name, comment, view_oid from duckdb_views() where not internal
) order by place
"""

COLUMNS = "select column_name, data_type from duckdb_columns() where table_name = ? order by column_index"


@click.command(
    epilog="""\b
Examples:
  cte sql                          the tables and views, and what each is for
  cte sql participation            the columns of one, and what they mean
  cte sql "select type, count(*) as events from events group by all order by 2 desc"
  cte sql "select event_id, edtf, span.text from times where basis = 'resolved'"
  cte sql "select authority_name, target_name, legal_grounds, sentences from designations"
  cte sql "select * from contested"
  cte sql "select type, id from events where status = 'alleged' limit 3" --evidence --text copies/
  cte sql "select * from quantities" -o csv > figures.csv
  cte sql --files "copy events to 'events.parquet'\""""
)
@click.argument("query", required=False)
@options.corpus()
@options.as_of()
@options.output(
    ["table", "csv", "json"],
    default="table",
    more="In a terminal a table wraps what is long, is a list of columns and values where it would be too wide, and "
    f"ends after {ROWS:,} rows. In a pipe, in csv and in json nothing is cut.",
)
@click.option(
    "--evidence",
    is_flag=True,
    help="Print the sentences and quoted words behind the records that the rows name; of a table, after the rows.",
)
@options.text()
@click.option("--files", is_flag=True, help="Let the query read and write files, open addresses and load extensions.")
def command(
    query: str | None,
    path: Path | None,
    as_of: str | None,
    output: str,
    evidence: bool,
    text: Path | None,
    files: bool,
) -> None:
    """Ask a corpus in SQL, over the same tables as `load_dataset`.

    QUERY is run by DuckDB. Without one the tables and views are listed with their rows and what each is for; the name
    of one alone lists its columns and what they mean. Every record type is a table, and so is each list inside
    events (arguments, times, places, quantities, attributions, relations). `clusters` has one row per event, however
    many documents tell it; `incidents`, `designations`, `participation` and `contested` answer what is often asked;
    `codes` says what a code means. `end`, `order` and `by` are words of SQL: put the columns of these names in double
    quotes.

    A query reaches these tables and nothing else: no file, no address, no extension, unless --files is given; and its
    memory is bounded.

    With --evidence an id of an event, a sanction, a mention or a sentence, alone or in a list, leads to its sentences,
    and with --text to their words in a copy.
    """
    if text is not None and not evidence:
        raise click.UsageError("--text goes with --evidence.")
    with _asked(query or "", path, as_of, files) as (corpus, result):
        names = _told_apart([column[0] for column in result.description or ()])
        rows = iter(lambda: result.fetchmany(BATCH), []) if names else iter(())
        if evidence:
            names, rows = _behind(corpus, text, output, names, list(chain.from_iterable(rows)))
        if output == "json":
            _json(names, rows)
        elif output == "csv":
            _csv(names, rows)
        elif names:
            _table(names, rows)


@contextmanager
def _asked(
    query: str, path: Path | None, as_of: str | None, files: bool
) -> "Iterator[tuple[Corpus, duckdb.DuckDBPyConnection]]":
    """The corpus and its answer to a query, to be fetched within the context."""
    from cte_corpus.tabular.database import connect

    with reading(path):
        corpus = corpus_as_of(path, as_of)
        database = connect(corpus, files=files, query=query if " " in query.strip() else None)
    with database:
        import duckdb

        try:
            yield corpus, _answer(database, query)
        except duckdb.Error as error:
            hint = "`cte sql` lists the tables and views, and `cte sql NAME` the columns of one"
            if isinstance(error, duckdb.PermissionException):
                hint = "with --files a query may read and write files"
            said, _, detail = str(error).partition("\n")
            detail = detail.strip("\n").replace("\t", " ")  # one column, as the caret below it counts
            raise CteError(f"DuckDB: {said}", hint, detail) from error


def _answer(database: "duckdb.DuckDBPyConnection", query: str) -> "duckdb.DuckDBPyConnection":
    """The answer to a query; to none, what there is to ask; to a name, its columns."""
    if query and not query.isidentifier():
        return database.execute(query)
    listed = [(name, about) for name, about, _ in database.execute(NAMES).fetchall()]
    if not query:
        counted = (
            f"select '{name}' as name, count(*) as rows, ? as \"what it is for\" from {name}"  # noqa: S608 -- our names
            for name, _ in listed
        )
        return database.execute(" union all ".join(counted), [about for _, about in listed])
    if query not in dict(listed):
        from cte_corpus.text.suggest import hint

        raise CteError(f"no table or view {query!r}", hint(query, dict(listed)) or "`cte sql` lists them")
    from cte_corpus.tabular.columns import meaning

    columns = [(name, kind, meaning(query, name)) for name, kind in database.execute(COLUMNS, [query]).fetchall()]
    rows = ", ".join(["(?, ?, ?)"] * len(columns))
    return database.execute(f'from (values {rows}) as t("column", type, meaning)', list(chain.from_iterable(columns)))


def _told_apart(names: list[str]) -> list[str]:
    """The names of columns; one that stands already has a number, as DuckDB gives it in a subquery: `id`, `id_1`."""
    found: list[str] = []
    for name in names:
        numbered = (f"{name}_{number}" for number in count(1))
        taken = {*found, *names}
        found.append(name if name not in found else next(new for new in numbered if new not in taken))
    return found


def _behind(
    corpus: "Corpus", text: Path | None, output: str, names: list[str], rows: list[Row]
) -> tuple[list[str], Iterator[list[Row]]]:
    """The evidence of the rows as rows, numbered as the rows are, from 1; before a table the rows are printed."""
    from cte_corpus.tabular.evidence import evidence

    found = evidence((dict(zip(names, row, strict=True)) for row in rows), corpus, text=text).to_pylist()
    if output == "table":
        _table(names, iter([rows]))
        say("")
    shown = [
        "row",
        "id",
        "status",
        "said_by",
        "sentence",
        "start",
        "end",
        "words",
        *(["text", "text_status"] if text else []),
    ]
    for item in found:
        item["row"] += 1
        item["said_by"] = ", ".join(item["said_by"])
        item["words"] = " … ".join(dict.fromkeys(span["text"] for span in item["spans"]))
    return shown, iter([[tuple(item[name] for name in shown) for item in found]])


def _json(names: list[str], batches: Iterator[list[Row]]) -> None:
    import orjson

    begun = False
    option = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    for rows in batches:
        try:
            records = [orjson.dumps(dict(zip(names, row, strict=True)), option=option, default=str) for row in rows]
        except TypeError as error:
            raise CteError(f"the rows do not fit into JSON: {error}", "cast the column, or print csv") from error
        body = ",\n".join(record.decode() for record in records).replace("\n", "\n  ")
        say(f",\n  {body}" if begun else f"[\n  {body}", end="", form="json")
        begun = True
    say("\n]" if begun else "[]")


def _csv(names: list[str], batches: Iterator[list[Row]]) -> None:
    import csv
    import io

    for rows in chain([[tuple(names)]] if names else (), batches):
        target = io.StringIO()
        csv.writer(target, lineterminator="\n").writerows([_flat(value) for value in row] for row in rows)
        say(target.getvalue(), end="")


def _table(names: list[str], batches: Iterator[list[Row]]) -> None:
    """Print rows as tables of many rows each, of which a terminal is shown the first."""
    from cte_corpus.text.terminal import columns, table

    fit = columns()
    rows = ([_flat(value) for value in row] for batch in batches for row in batch)
    shown = list(islice(rows, ROWS))
    say(table(names, shown, fit=fit), form="styled")
    if not shown:
        say("no rows", err=True)
    while more := list(islice(rows, 1 if fit else ROWS)):
        if fit:
            say(f"… and more than these {ROWS:,} rows; in a pipe, in csv and in json there are all", err=True)
            break
        say(table(names, more).split("\n", 2)[2], form="styled")


def _flat(value: Any) -> Any:
    """A nested value as JSON; others as they are."""
    if not isinstance(value, (dict, list)):
        return value
    import orjson

    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()

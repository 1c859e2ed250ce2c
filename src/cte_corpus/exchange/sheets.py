"""The flat tables for spreadsheets and statistics: one row per incident, event, edge and designation."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cte_corpus import vocabulary
from cte_corpus.citing import text
from cte_corpus.citing.citation import cite
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import need
from cte_corpus.release.metadata import words
from cte_corpus.tabular.columns import described
from cte_corpus.tabular.database import connect

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from cte_corpus.exchange.job import Job

TABLES = ("incidents", "events", "edges", "designations")
"""The tables of records; `codes` and `about` explain them."""

SEPARATOR = " | "
"""What stands between the items of a list where a cell is plain text."""


def sheets(corpus: Corpus | str | Path | None = None, *, version: str | None = None) -> dict[str, pa.Table]:
    """The flat tables by name: `incidents`, `events`, `edges`, `designations`, then `codes` and `about`.

    `codes` says what each column means and each code that it may hold, `about` which corpus this is, how to cite it and
    what it is not. Days are ISO strings. A cell is text, a number, or a list of texts.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: DuckDB is not installed, or there is no corpus, or a record in it is invalid.
    """
    import pyarrow as pa

    source = Corpus.of(corpus, version)
    found = read(source, *TABLES)
    columns = described()
    for name, rows in (("codes", _codes(columns)), ("about", _about(source))):
        found[name] = pa.table({column: [row[i] for row in rows] for i, column in enumerate(columns[name])})
    return found


def read(corpus: Corpus, *names: str) -> dict[str, pa.Table]:
    """The views of `sheets.sql` of these names.

    Raises:
        CteError: DuckDB is not installed, or a record in the corpus is invalid.
    """
    need("duckdb", "DuckDB", "export")
    with connect(corpus) as database:
        database.execute(files(__package__).joinpath("sheets.sql").read_text(encoding="utf-8"))
        return {name: database.sql(f"from sheet_{name}").to_arrow_table() for name in names}


def of(job: Job) -> dict[str, pa.Table]:
    """The flat tables for an export.

    Raises:
        CteError: as `sheets` does.
    """
    found = sheets(job.corpus)
    why = "a flat table has no row for this kind; `cte.load_dataset` and a release pack hold all"
    job.leave(why, "sections", "sentences", "mentions")
    why = "a flat table has no column for this kind; `cte.load_dataset` and a release pack hold all"
    job.leave_fields(why, "documents", "")
    job.leave_fields(
        why,
        "events",
        "type mode label trigger status polarity certainty genericity nature prominence evidence times places "
        "arguments quantities attributions relations",
    )
    job.leave_fields(
        why,
        "sanctions",
        "event target authority legal_basis listed measures conduct supports grounds registry evidence",
    )
    job.leave_fields(why, "entities", "names geo")
    job.holds |= {name: table.num_rows for name, table in found.items()}
    return found


def _codes(columns: dict[str, Any]) -> list[tuple[str, ...]]:
    own = columns["lists"]
    tables = {name: columns[name] for name in TABLES}
    rows: list[tuple[str, ...]] = [
        (table, name, column.get("codes", ""), "", column["meaning"])
        for table, described in tables.items()
        for name, column in described.items()
    ]
    for name in dict.fromkeys(row[2] for row in rows if row[2]):
        codes = own[name] if name in own else vocabulary.codes(name)
        rows += [("", "", name, code, meaning) for code, meaning in codes.items()]
    return rows


def _about(corpus: Corpus) -> list[tuple[str, str]]:
    info = corpus.info
    return [
        ("corpus", f"{info.title} ({info.name})"),
        ("version", corpus.version),
        ("cite", text.render(cite(corpus))),
        ("licence", f"{info.licences.records}: {words.licence_address(info.licences.records)}"),
        ("what it is not", words.LIMITS),
        ("people", words.PERSONAL),
        ("lists", f"Several values in a cell are separated by `{SEPARATOR.strip()}` with a space on each side."),
        (
            "apostrophe",
            "In the CSV files a text that a spreadsheet could take for a formula has an apostrophe before it.",
        ),
    ]

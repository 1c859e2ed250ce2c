"""`cte export`: the corpus as flat tables for other tools."""

from importlib import import_module
from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import reading

FORMATS = {"csv": "csv_", "xlsx": "xlsx", "parquet": "parquet"}
"""The formats by name, each with its module in `cte_corpus.exchange`."""


@click.command(
    epilog="""\b
Examples:
  cte export xlsx                       a workbook, with a sheet that explains its columns
  cte export csv --out tables           a folder of CSV files
  cte export parquet --corpus-version 1.0.0"""
)
@click.argument("kind", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@options.corpus()
@options.out("A workbook, or a folder for csv and parquet [default: named by the corpus and its version].")
def command(kind: str, path: Path | None, out: Path | None) -> None:
    """Write the corpus as flat tables: csv, xlsx or parquet.

    There is one row per incident, per event, per pair of actors (edges) and per
    designation; `codes` explains every column and code, `about` says how to cite it. What is alleged says so, and by
    whom. No cell can run as a formula.
    """
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.exchange.sheets import sheets

    writer = import_module(f"cte_corpus.exchange.{FORMATS[kind]}")
    with reading(path):
        corpus = Corpus(path)
        tables = sheets(corpus)
    named = f"{corpus.info.name}-{corpus.version}{writer.SUFFIX or f'-{kind}'}"
    target = out or Path(named)
    writer.write(tables, target)
    rows = ", ".join(f"{name} {table.num_rows}" for name, table in tables.items())
    say(f"written: {target} ({rows})")

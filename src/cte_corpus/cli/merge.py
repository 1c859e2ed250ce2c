"""`cte merge`: the report on a corpus that was checked in shards."""

import sys
from pathlib import Path

import click

from cte_corpus.checking.report import FORMATS
from cte_corpus.cli import options
from cte_corpus.cli.findings import report


@click.command(
    epilog="""\b
Examples:
  cte merge parts/                                what `cte check` would say
  cte merge parts/ --corpus my-corpus             of another corpus
  cte merge night-1/ night-2/ -o sarif --out cte.sarif"""
)
@click.argument("partials", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@options.corpus()
@options.output(FORMATS, more="By default full on a terminal, else concise.")
@options.out("A file, for the report.")
def command(partials: tuple[Path, ...], path: Path | None, output: str | None, out: Path | None) -> None:
    """Report on a corpus that was checked in shards.

    PARTIALS are the folders that `cte check --shard I/N --partial DIR` wrote into; the corpus is named as it was
    there. The report is that of `cte check`, to the byte: what spans documents is judged here, by DuckDB, in little
    memory. Exit code 0: clean; 1: findings; 2: a shard is missing, or the corpus has changed since.
    """
    from cte_corpus.checking.merge import merge
    from cte_corpus.store import layout

    root = layout.real(layout.corpus_dir(layout.data_dir() if path is None else path))
    result = merge(partials, root)
    report(result, output, out)
    sys.exit(0 if result.ok else 1)

"""`cte stats`: what a corpus holds, in figures."""

from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say, say_json
from cte_corpus.cli.reading import corpus_as_of, reading


@click.command(
    epilog="""\b
Examples:
  cte stats
  cte stats tests/corpora/tidewater
  cte stats --as-of 2022-05-15
  cte stats --corpus-version 0.1.0 -o json"""
)
@options.corpus(main=True)
@options.as_of()
@options.output(["table", "json"], default="table")
def command(path: Path | None, as_of: str | None, output: str) -> None:
    """Count what a corpus holds: records, event types, status, coverage.

    PATH is a corpus; without it the bundled one is read. Coverage says how many events carry a field, and of the others
    how many say why not.
    """
    from cte_corpus.tabular.counts import figures

    with reading(path):
        found = figures(corpus_as_of(path, as_of))
    if output == "json":
        say_json(found)
    else:
        say(_tables(found))


def _tables(found: dict[str, list[dict[str, object]]]) -> str:
    from cte_corpus.text.terminal import beside, columns, table

    blocks = []
    for name, rows in found.items():
        if rows:
            cells = [[f"{value:.1%}" if isinstance(value, float) else value for value in row.values()] for row in rows]
            body = table([key.replace("_", " ") for key in rows[0]], cells)
            blocks.append(f"{name.replace('_', ' ')}\n\n{body}")
    return beside(blocks, columns())

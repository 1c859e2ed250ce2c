"""`cte diff`: what changed between two states of the corpus, and which step that is."""

import sys

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say


@click.command(
    epilog="""\b
Examples:
  cte diff rev:v1.0.0 .                        the last release and the working tree
  cte diff rev:main~3 rev:main                 two git revisions
  cte diff 0.1.0 1.0.0 --all                   two releases, every change in full
  cte diff installed dist/cte-corpus-1.0.0.tar -o json
  cte diff rev:origin/main . -o markdown       for a pull request"""
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@options.output(["text", "json", "markdown"], default="text")
@click.option("--all", "everything", is_flag=True, help="Cut no list and no value; JSON never does.")
def command(before: str, after: str, output: str, everything: bool) -> None:
    """Compare two states of the corpus; name the step of the version.

    A and B are each a checkout or corpus folder (`.`), `rev:` and a git revision, the folder or .tar of a pack, a
    version such as 1.0.0, or `installed`. Exit code 0: no difference; 1: differences; 2: it could not run.
    """
    from cte_corpus.cli.reading import reading
    from cte_corpus.compare.changes import render
    from cte_corpus.compare.diff import diff
    from cte_corpus.compare.sides import side

    with side(before) as was, side(after) as now:
        with reading(was.corpus.path), reading(now.corpus.path):
            found = diff(was, now)
            shown = render(output, was, now, found, everything)
        say(shown, form="json" if output == "json" else "styled")
    sys.exit(1 if found else 0)

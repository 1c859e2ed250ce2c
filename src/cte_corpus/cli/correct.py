"""`cte correct`: a correction with a quote becomes a change of the records."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say


@click.command(
    epilog="""\b
Examples:
  cte correct correction.json --text notice.txt
  cte correct issue.md --text sources/      an issue in which it stands as a block of JSON
  cte correct - --fetch -o markdown         against the page at the document's address"""
)
@click.argument("correction", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True))
@options.text()
@options.fetch()
@options.corpus(written=True)
@options.output(["text", "json", "markdown"], default="text")
def command(correction: Path, text: Path | None, fetch: bool, path: Path | None, output: str) -> None:
    """Apply a correction that a quote from the text supports.

    CORRECTION is JSON, {record, field, value, quote}, or the body of an issue with one such block; - reads it from
    standard input. The quote must stand at one place of the text, or of a copy, in a sentence that is proven to be the
    document's. It becomes the span of the field, where it has one.

    Prints what changed, and the step of the version. If the record, the field or the quote is not there, or the result
    does not pass the check, nothing is written, and the exit code is 2.
    """
    from cte_corpus.authoring import correct, folder
    from cte_corpus.compare.changes import render
    from cte_corpus.compare.diff import diff
    from cte_corpus.compare.sides import of
    from cte_corpus.text.limits import bounded

    if (text is None) == (not fetch):
        raise click.UsageError("give --text or --fetch, and not both.")
    if str(correction) == "-":
        data = sys.stdin.buffer.read(correct.LONGEST + 1)
    else:
        data = bounded(correction, correct.LONGEST)
    wanted = correct.read(data)
    with TemporaryDirectory(prefix="cte-") as work:
        root = folder.corpus(path)
        states = correct.correct(wanted, text or correct.fetched(wanted, root), root, Path(work))
        was, now = of("before", states.before), of("after", states.after)
        say(render(output, was, now, diff(was, now)), form="json" if output == "json" else "styled")

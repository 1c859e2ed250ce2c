"""`cte anchor`: a draft with quotes becomes records with offsets."""

import sys
from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import writable

SHOWN = 100
"""Problems of a draft that are spelled out; the others are counted."""


@click.command(
    epilog="""\b
Examples:
  cte anchor lantern-notice.draft.yaml --text notice.txt
  cte anchor work/notice.yaml --text notice.txt --corpus corpus
  cte anchor notice.json --text notice.txt            a draft may be JSON as well"""
)
@click.argument("draft", type=click.Path(path_type=Path))
@options.text(required=True)
@options.corpus(written=True)
def command(draft: Path, text: Path, path: Path | None) -> None:
    """Turn a draft with quotes into records with offsets.

    DRAFT is YAML or JSON and holds the records of one document, with quotes where offsets belong.

    A quote that is absent, or stands in several places, is refused with all the places where it could be, and then
    nothing is written. Exit code 0: written; 1: refused; 2: it could not run.
    """
    from cte_corpus.authoring import folder
    from cte_corpus.authoring.run import anchor_file

    corpus = writable(folder.corpus(path))
    anchored = anchor_file(draft, text, corpus)
    for note in anchored.notes:
        _say_lines(f"note: {note}")
    for problem in anchored.problems[:SHOWN]:
        _say_lines(f"{draft}: {problem}")
    if len(anchored.problems) > SHOWN:
        say(f"… and {len(anchored.problems) - SHOWN:,} more", err=True)
    if anchored.problems:
        say(f"{len(anchored.problems)} to mend; nothing was written", err=True)
        sys.exit(1)
    bundle = anchored.bundle
    counts = ", ".join(f"{len(bundle[part])} {part}" for part in ("sections", "mentions", "events", "sanctions"))
    where = corpus / "documents" / bundle["document"]["id"]
    say(f"wrote {where}: {counts}")
    left = sum("proposed" in record for part in ("sections", "mentions") for record in bundle[part])
    left += "proposed" in bundle["document"]
    if left:
        say(f"{left} proposals are left; `cte check` refuses the document until they are settled", err=True)


def _say_lines(text: str) -> None:
    """A message of several lines with words of the draft and the text in it."""
    from cte_corpus.text.terminal import safe

    say("\n".join(map(safe, text.split("\n"))), err=True)

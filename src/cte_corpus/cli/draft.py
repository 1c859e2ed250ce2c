"""`cte draft`: the records of a document become a draft again."""

from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say


@click.command(
    epilog="""\b
Examples:
  cte draft harbour-talks --text texts/
  cte draft harbour-talks --text harbour-talks.txt --out talks.yaml
  cte draft harbour-talks --text texts/ --corpus corpus"""
)
@click.argument("document", shell_complete=options.ids)
@options.text(required=True)
@options.corpus(written=True)
@options.out("A file, for the draft; by default ID.draft.yaml.")
def command(document: str, text: Path, path: Path | None, out: Path | None) -> None:
    """Make the records of a document a draft again.

    `cte anchor` turns it into exactly these records. Change it, and what you did not touch keeps its ids.
    """
    from cte_corpus.authoring import folder, run, schema_place
    from cte_corpus.store import files

    corpus = folder.corpus(path)
    target = folder.draft_path(corpus, document, out)
    files.write(target, (schema_place.modeline(corpus, target) + run.draft_of(corpus, document, text)).encode())
    say(f"wrote {target}")

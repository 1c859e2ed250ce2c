"""`cte cite`: how to cite a release, and one record of it."""

import sys
from pathlib import Path

import click

from cte_corpus.citing import FORMATS
from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import reading


@click.command(
    epilog="""\b
Examples:
  cte cite                                        the corpus as it is installed
  cte cite alamsar-2022-marrakesh:e31             an event: its document, and the corpus
  cte cite org:daesh --corpus-version 1.0.0 -o bibtex >> references.bib
  cte cite harbour-talks:m003 --corpus tests/corpora/tidewater -o csl-json"""
)
@click.argument("key", metavar="[ID]", required=False)
@options.corpus()
@options.output(list(FORMATS), default="text")
def command(key: str | None, path: Path | None, output: str) -> None:
    """Print how to cite the corpus, or one record of it.

    ID is that of a document, section, sentence, mention, event, sanction or entity. What belongs to a document is cited
    with it: first the document, then the corpus at this version, with the record's permanent name and its digest.
    """
    from cte_corpus.citing.citation import cite
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.terminal import safe

    with reading(path):
        found = FORMATS[output](cite(Corpus(path), key))
    if output == "text" and sys.stdout.isatty():
        found = "\n".join(map(safe, found.splitlines()))
    say(found, form="json" if output in ("csl-json", "datacite") else "text")

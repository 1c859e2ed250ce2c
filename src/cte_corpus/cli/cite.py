"""`cte cite`: how to cite a release, and one record of it."""

import sys
from pathlib import Path

import click

from cte_corpus.citing import FORMATS
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import corpus_option, reading, versioned


@click.command(
    epilog="""\b
Examples:
  cte cite                                        the corpus as it is installed
  cte cite alamsar-2022-marrakesh:e07             an event: its document, and the corpus
  cte cite org:daesh --version 1.0.0 --format bibtex >> references.bib
  cte cite harbour-talks:m003 --corpus tests/corpora/tidewater --format csl-json"""
)
@click.argument("key", metavar="[ID]", required=False)
@click.option(
    "--version",
    metavar="X.Y.Z",
    is_eager=True,
    expose_value=False,
    callback=versioned,
    help="The release to cite instead of the bundled corpus.",
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How to print it."
)
@corpus_option
def command(key: str | None, form: str, path: Path | None) -> None:
    """Print how to cite the corpus, or one record of it.

    ID is that of a document, section, sentence, mention, event, sanction or entity. What belongs to a document is cited
    with it: first the document, then the corpus at this version, with the record's permanent name and its digest.
    """
    from cte_corpus.citing.citation import cite
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.terminal import safe

    with reading(path):
        found = FORMATS[form](cite(Corpus(path), key))
    if form == "text" and sys.stdout.isatty():
        found = "\n".join(map(safe, found.splitlines()))
    say(found, form="json" if form in ("csl-json", "datacite") else "text")

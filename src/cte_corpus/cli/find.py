"""`cte find`: the records that hold words."""

from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import corpus_as_of, reading


@click.command(
    epilog="""\b
Examples:
  cte find susanti
  cte find "displacement camps" --as-of 2022-05-15
  cte find مراكش -o csv"""
)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@options.corpus()
@options.as_of()
@options.output(["text", "json", "csv"], default="text")
def command(words: tuple[str, ...], path: Path | None, as_of: str | None, output: str) -> None:
    """Find records by their names, labels, titles, gists or ids.

    This finds the records that hold all of WORDS, in any script. The beginning of a word is enough: `susan` finds
    Susanti. Capital letters, accents and variants of letters make no difference. An Arabic word is found with and
    without the article or the short words that are written together with it. Events are grouped by how they stand:
    told as fact, alleged and so on. `cte show ID` shows more of one.
    """
    from cte_corpus.corpus.search import find
    from cte_corpus.show.listed import printed
    from cte_corpus.show.lookup import Lookup

    with reading(path):
        corpus = corpus_as_of(path, as_of)
        found = list(find(corpus, " ".join(words)))
        shown = printed(Lookup(corpus), found, output)
    say(shown, form="json" if output == "json" else "styled", end="" if output == "csv" else "\n")
    if not found:
        say("nothing found; try fewer letters of a word", err=True)

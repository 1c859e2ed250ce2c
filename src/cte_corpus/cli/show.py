"""`cte show`: one record, readably, with what it links to."""

from pathlib import Path

import click

from cte_corpus.cli.printing import say, say_json
from cte_corpus.cli.reading import located, reading
from cte_corpus.errors import CteError


@click.command(
    epilog="""\b
Examples:
  cte show org:grey-lantern
  cte show harbour-talks:e03 tests/corpora/tidewater
  cte show harbour-talks:s02.1 --output json"""
)
@click.argument("key", metavar="ID")
@click.argument("path", required=False, type=click.Path(), callback=located)
@click.option(
    "--output", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
def command(key: str, path: Path | None, output: str) -> None:
    """Print one record readably, with what it links to.

    What links to the record is shown too. ID is that of a document, section, sentence, mention, event, sanction or
    entity. PATH is a corpus; without it the bundled one is read.
    """
    from cte_corpus.cli.describe import describe
    from cte_corpus.cli.lookup import Lookup
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.corpus.mapping import nearest

    with reading(path):
        lookup = Lookup(Corpus(path))
        if key not in lookup.records:
            raise CteError(f"no record {key!r}", nearest(key, lookup.records))
        if output == "json":
            say_json(lookup.records[key][1])
        else:
            say(describe(lookup, key))

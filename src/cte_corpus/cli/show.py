"""`cte show`: one record, readably, with what it links to."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say, say_json
from cte_corpus.cli.reading import corpus_as_of, reading
from cte_corpus.errors import UnknownIdError

if TYPE_CHECKING:
    from cte_corpus.corpus.corpus import Corpus


@click.command(
    epilog="""\b
Examples:
  cte show org:daesh
  cte show treasury-jy0772:e03
  cte show alamsar-2022-marrakesh:s02.1 --corpus-version 1.0.0 -o json"""
)
@click.argument("key", metavar="ID", shell_complete=options.ids)
@options.corpus()
@options.as_of()
@options.output(["text", "json"], default="text")
def command(key: str, path: Path | None, as_of: str | None, output: str) -> None:
    """Print one record readably, with what it links to.

    What links to the record is shown too. ID is that of a document, section, sentence, mention, event, sanction or
    entity.
    """
    from cte_corpus.corpus.mapping import unknown
    from cte_corpus.show import tree
    from cte_corpus.show.describe import describe
    from cte_corpus.show.lookup import Lookup
    from cte_corpus.text.terminal import columns

    with reading(path):
        corpus = corpus_as_of(path, as_of)
        lookup = Lookup(corpus)
        if key not in lookup.records:
            _retired(corpus, key)
            raise unknown("record", key, {name: record for name, (_, record) in lookup.records.items()})
        if output == "json":
            say_json(lookup.records[key][1])
        else:
            say(tree.text(describe(lookup, key), columns()), form="styled")


def _retired(corpus: "Corpus", key: str) -> None:
    """Say of a retired id what stands for it.

    Raises:
        UnknownIdError: it is retired.
    """
    for tombstone in corpus.raw_retired:
        if tombstone["id"] == key:
            other = tombstone.get("replaced_by")
            hint = f"`{other}` stands for it" if other else f"{tombstone['reason']} Nothing stands for it."
            raise UnknownIdError(f"{key} was retired in {tombstone['since']}", hint)

"""`cte list`: the records of a kind that pass filters."""

from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import corpus_as_of, reading


@click.command(
    epilog="""\b
Examples:
  cte list documents
  cte list events --type fin --status alleged
  cte list events --entity org:daesh --from 2022-05-09 --to 2022-05-15
  cte list entities --type person --document treasury-jy0772
  cte list sanctions -o csv"""
)
@click.argument("kind", metavar="KIND", type=click.Choice(["documents", "events", "entities", "sanctions"]))
@options.corpus()
@options.as_of()
@options.document("Only what belongs to it, or entities that it mentions.")
@click.option(
    "--type", "of_type", metavar="TYPE", help="Type or family of events, kind of entities, genre of documents."
)
@click.option("--status", metavar="STATUS", help="Status of events: occurred, alleged and others.")
@click.option(
    "--entity", metavar="ENTITY-ID", shell_complete=options.ids, help="Only what names this entity, or is linked to it."
)
@click.option("--from", "since", metavar="DATE", help="Only what may have been then or later; undated is left out.")
@click.option("--to", "until", metavar="LAST", help="Only what may have been then or earlier; undated is left out.")
@options.output(["text", "json", "csv"], default="text")
def command(
    kind: str, path: Path | None, as_of: str | None, document: str | None, of_type: str | None, status: str | None,
    entity: str | None, since: str | None, until: str | None, output: str,
) -> None:  # fmt: skip
    """List documents, events, entities or sanctions, with filters.

    KIND is documents, events, entities or sanctions. Every line has an id that `cte show` takes. Events are grouped by
    how they stand: told as fact, alleged, denied, planned, feared or hoped for, aim or demand. An event that may have
    gone on, as "from 2019 on", is found for any later day as well.
    """
    from cte_corpus.corpus.mapping import unknown
    from cte_corpus.corpus.search import TAKES, select
    from cte_corpus.show.listed import printed
    from cte_corpus.show.lookup import Lookup

    given = {
        name: value
        for name, value in {
            "document": document, "of_type": of_type, "status": status,
            "entity": entity, "since": since, "until": until,
        }.items()
        if value is not None
    }  # fmt: skip
    spelled = {"of_type": "type", "since": "from", "until": "to"}
    for name in given:
        if name not in TAKES[kind]:
            raise click.UsageError(f"{kind} have no --{spelled.get(name, name)}.")
    with reading(path):
        corpus = corpus_as_of(path, as_of)
        lookup = Lookup(corpus)
        for name, key in (("document", document), ("entity", entity)):
            known = {record["id"]: record for record in lookup.of(name)}
            if key is not None and key not in known:
                raise unknown(name, key, known)
        keys = select(corpus, kind, **given)
        found = [(lookup.records[key][0], key) for key in keys]
        shown = printed(lookup, found, output)
    say(shown, form="json" if output == "json" else "styled", end="" if output == "csv" else "\n")
    if not found:
        say(f"no {kind}", err=True)

"""`cte stats`: what a corpus holds, in figures."""

from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say, say_json
from cte_corpus.cli.reading import corpus_as_of, reading

LISTS = {
    "entities": "entity-kind",
    "event_types": "event-type",
    "status": "status",
    "polarity": "polarity",
    "prominence": "prominence",
    "basis_of_times": "basis",
}
"""The tables whose rows are codes, with the lists that explain them."""

WORDS = {
    "records": "Entities are those that a document mentions; in `all`, those of the registry.",
    "event_types": "What a type is in full: cte sql \"from codes where list = 'event-type'\"",
    "coverage_of_events": "Events: how many carry the field, and which share of all events that is. The others say why "
    "not: the text does not say it (not stated), it makes no sense here (not applicable), the text says it and the "
    "coding leaves it out (not coded). Silent are those that neither carry the field nor say why.",
}
"""What the words of a table mean that its own lines do not explain."""


@click.command(
    epilog="""\b
Examples:
  cte stats
  cte stats .                          the corpus of a repository
  cte stats --as-of 2022-05-15
  cte stats --corpus-version 0.1.0 -o json"""
)
@options.corpus(main=True)
@options.as_of()
@options.output(["table", "json"], default="table")
def command(path: Path | None, as_of: str | None, output: str) -> None:
    """Count what a corpus holds: records, event types, coverage.

    PATH is a corpus. Without it, the command reads the corpus of the current folder, or the bundled one. Shares are of
    all documents, entities, events or dates. Coverage says how many events have a field. Of the others it says how many
    give a reason (not stated, not applicable, not coded), and how many say nothing at all (silent).
    """
    from cte_corpus.tabular.counts import figures

    with reading(path):
        found = figures(corpus_as_of(path, as_of))
    if output == "json":
        say_json(found)
    else:
        say(_tables(found), form="styled")


def _tables(found: dict[str, list[dict[str, object]]]) -> str:
    from cte_corpus.tabular.crosswalk import meanings
    from cte_corpus.text.terminal import columns, painted, table, wrap

    lists = meanings()
    fit = columns()
    blocks = []
    for name, rows in found.items():
        if not rows:
            continue
        first, *_ = rows[0]
        means = lists.get(LISTS.get(name, ""), {})
        heads = [key.replace("_", " ") for key in rows[0]] + (["meaning"] if means else [])
        cells = []
        for row in rows:
            meaning = [means.get(str(row[first]), "").partition(":" if name == "event_types" else "\n")[0]]
            shown = [f"{value:.1%}" if isinstance(value, float) else value for value in row.values()]
            cells.append(shown + (meaning if means else []))
        parts = [painted(name.replace("_", " "), "bold"), table(heads, cells, fit=fit)]
        if name in WORDS:
            parts.append("\n".join(painted(line, "dim") for line in wrap(WORDS[name], fit)))
        blocks.append("\n\n".join(parts))
    return "\n\n\n".join(blocks)

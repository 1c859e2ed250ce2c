"""`cte ground`: where quotes and values stand in a text."""

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say, say_json

if TYPE_CHECKING:
    from cte_corpus.attach.grounded import Grounded, Grounding


@click.command(
    epilog="""\b
Examples:
  cte ground notice.txt claims.jsonl
  cte ground page.html extractions.jsonl -o json     what langextract, GLiNER or spaCy wrote
  cte ground notice.txt table.csv --column evidence
  cte ground notice.txt claims.jsonl && publish      1 where anything is not found"""
)
@click.argument("text", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("claims", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--column", metavar="NAME", help="The column of a CSV or TSV file in which the quotes are.")
@options.jobs()
@options.output(["table", "json", "csv"], default="table")
def command(text: Path, claims: Path, column: str | None, jobs: int, output: str) -> None:
    """Say where quotes and values stand in a text; no corpus is needed.

    TEXT is read as it is; of an HTML page only its text is read. CLAIMS is JSON Lines or JSON: strings, {quote},
    {value, quote, context}, what langextract, GLiNER and spaCy write; or a CSV or TSV file.

    A quote is `exact`, `moved` (not at the offsets or in the order that it claims), `loose` (in another typography, or
    edited), `ambiguous` (at several places) or `absent`. Negations and figures that differ, or stand beside it, are
    pointed out, and a value is compared with its quote. Places are code points and lines of the text.

    Exit code 1: some quote does not stand there in these words, or does not say its value. See docs/grounding.md.
    """
    from cte_corpus.attach import ground_places
    from cte_corpus.attach.ground import ground
    from cte_corpus.scale import workers

    with workers.workers(jobs, module=ground_places.__name__) as helpers:
        found = ground(text, claims, column=column, workers=helpers)
    if found.doubt:
        say(f"{text}: {found.doubt}", err=True)
    if output == "json":
        say_json(
            {
                "text": str(text),
                "length": len(found.text),
                "doubt": found.doubt,
                "counts": found.counts,
                "not_found": len(found.missing),
                "claims": [one.row() for one in found],
            }
        )
    elif output == "csv":
        say(_csv(found), end="")
    else:
        say(f"{_table(found)}\n\n{found}", form="styled")
    sys.exit(0 if found.ok else 1)


def _csv(found: "Grounding") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(found[0].row()), lineterminator="\n")
    writer.writeheader()
    for one in found:
        row = one.row()
        places = " ".join(f"{spot.start}-{spot.end}" for spot in one.spots)
        writer.writerow(row | {"warnings": "; ".join(one.warnings), "places": places, "found": str(one.found).lower()})
    return out.getvalue()


def _table(found: "Grounding") -> str:
    from cte_corpus.text.terminal import columns, table

    heads = ["where", "status", "place", "line", "quote", "differs"]
    return table(heads, [_cells(one) for one in found], fit=columns())


def _cells(one: "Grounded") -> list[str]:
    place = line = ""
    if one.spots:
        more = f" +{len(one.spots) - 1}" if len(one.spots) > 1 else ""
        place, line = f"{one.spots[0].start}-{one.spots[0].end}{more}", str(one.spots[0].line)
    said = [one.differs, *one.warnings]
    if one.value == "differs":
        said.append(f"does not say {one.claim.value}")
    return [Path(one.claim.where).name, one.status, place, line, one.claim.words, "; ".join(filter(None, said))]

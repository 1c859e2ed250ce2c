"""`cte score`: predictions against a gold standard."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say, say_json

if TYPE_CHECKING:
    from cte_corpus.score.scores import Scores
    from cte_corpus.score.scoring import Only
    from cte_corpus.score.spans import Match
    from cte_corpus.score.splits import Part


@click.command(
    epilog="""\b
Examples:
  cte score data predicted                       a corpus folder with a system's records
  cte score 2.1.0 predicted.tar --match overlap
  cte score data predictions.jsonl --part test   JSON Lines of records without words
  cte score data quotes --text texts             JSON Lines of {quote, label}, by document
  cte score data predicted --only explicit -o json"""
)
@click.argument("gold")
@click.argument("pred")
@options.measured()
@click.option(
    "--part", metavar="PART", type=click.Choice(["train", "dev", "test"]),
    help="Score only the documents of that part of `cte.splits()`: train, dev or test.",
)  # fmt: skip
@options.text()
@options.output(["table", "json"], default="table")
def command(
    gold: str,
    pred: str,
    match: "Match",
    only: str | None,
    document: str | None,
    part: "Part | None",
    text: Path | None,
    seed: int,
    types: bool,
    output: str,
) -> None:
    """Score predictions against a gold standard, with a signature.

    GOLD and PRED are each a corpus folder, a document of it, a pack, or a version. PRED may also be JSON Lines of
    records without words, or a file of quotes, as `cte ground` reads it, or a folder of such files named by the
    documents' ids; the label of a quote is a class of entities or an event type. Quotes are looked up in --text first;
    what cannot be anchored counts as wrong.

    Spans are characters, and pairs are made one to one. The last line is the signature: figures
    compare where it is the same. See docs/scoring.md.
    """
    from cte_corpus.score.scoring import score

    wanted: Only = "explicit" if only else "all"
    found = score(gold, pred, match=match, only=wanted, document=document, part=part, text=text, seed=seed)
    show(found, types, output)


def show(scores: "Scores", types: bool, output: str) -> None:
    """Print scores as a table or as JSON."""
    if output == "json":
        say_json(scores.as_json())
    else:
        say(scores.table(types))

"""`cte agreement`: how far two codings agree."""

from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.score import show

if TYPE_CHECKING:
    from cte_corpus.score.scoring import Only
    from cte_corpus.score.spans import Match


@click.command(
    epilog="""\b
Examples:
  cte agreement data/documents/treasury-jy0772 second/treasury-jy0772
  cte agreement data second --match overlap
  cte agreement 1.0.0 2.0.0 --document alamsar-2022-marrakesh -o json"""
)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@options.measured()
@options.output(["table", "json"], default="table")
def command(
    one: str, other: str, match: "Match", only: str | None, document: str | None, seed: int, types: bool, output: str
) -> None:
    """Say how far two codings of the same text agree.

    A and B are each a corpus folder, a document of it, a document folder by itself, a pack, or a version. Every measure
    of `cte score` is given, of A as gold, and Krippendorff's alpha of what the events that both have are said to be.
    Only documents that both have are compared. See docs/scoring.md.
    """
    from cte_corpus.score.agree import agreement

    wanted: Only = "explicit" if only else "all"
    show(agreement(one, other, match=match, only=wanted, document=document, seed=seed), types, output)

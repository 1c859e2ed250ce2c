"""`cte plot`: a picture of the corpus."""

from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import reading

KINDS = ("timeline", "types", "network", "map", "contested")


@click.command(
    epilog="""\b
Examples:
  cte plot timeline --out timeline.svg
  cte plot network --lang ar --out network.png
  cte plot map --corpus-version 1.0.0 --width 1200 --out map.json"""
)
@click.argument("kind", metavar="KIND", type=click.Choice(KINDS))
@options.corpus()
@click.option("--lang", metavar="TAG", default="en", help="BCP 47 tag of its language: ar, en.")
@click.option("--width", metavar="PIXELS", type=click.IntRange(320, 4000), default=760, help="How wide it is, about.")
@options.out("A file that ends in .svg, .png, or .json for the Vega-Lite specification.", required=True)
def command(kind: str, path: Path | None, lang: str, width: int, out: Path) -> None:
    """Draw a picture of the corpus.

    KIND is timeline (when, with open ends that fade), types (events by type and status), network (who acts on whom, and
    who alleges it), map (where, as exactly as it is known) or contested (what is given differently). What is alleged
    is never told from facts by colour alone: in types it has a column of its own, in the others another shape or dash.
    """
    from cte_corpus import plot
    from cte_corpus.corpus.corpus import Corpus

    with reading(path):
        chart = getattr(plot, kind)(Corpus(path), lang=lang, width=width)
    plot.save(chart, out)
    say(f"written: {out}")

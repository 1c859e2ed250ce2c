"""`cte site`: the corpus as a web site."""

import os
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import reading
from cte_corpus.errors import CteError


@click.command(
    epilog="""\b
Examples:
  cte site site/                   then open site/index.html
  cte site data/ site/ --text texts/
  cte site --serve                 at http://127.0.0.1:8100, written again when the corpus changes"""
)
@options.corpus()
@click.argument("places", metavar="[PATH] [OUT]", nargs=-1)
@options.text()
@click.option(
    "--docs", metavar="FOLDER", type=click.Path(path_type=Path), help="Built documentation, which becomes a part of it."
)
@click.option("--serve", is_flag=True, help="Show it to this machine alone, and follow changes.")
@options.port(8100)
def command(
    path: Path | None, places: tuple[str, ...], text: Path | None, docs: Path | None, serve: bool, port: int
) -> None:
    """Write the corpus as a static web site.

    PATH is the corpus, as in --corpus. OUT is a new or empty folder, or one with such a site, which is replaced; with
    --serve it may be left out. The pages open from the folder and from any host, and load nothing from elsewhere. With
    --text, only texts whose rights are open are shown.
    """
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.explorer import site
    from cte_corpus.store.layout import corpus_in

    if len(places) > 2:
        raise click.UsageError(f"expected at most PATH and OUT, got {len(places)} arguments.")
    alone = serve and len(places) == 1 and corpus_in(Path(places[0])) is not None
    named, target = (places[0], places[1:]) if len(places) == 2 or alone else (None, places)
    if named is not None:
        from cte_corpus.cli.reading import located

        given = click.get_current_context().params  # `path` may be the corpus of this folder, that nobody named
        path = located(named, given["corpus"], given["corpus_version"])
    if not target and not serve:
        raise CteError("where is the site to be written?", "name a folder: `cte site site/`")

    with nullcontext(target[0]) if target else TemporaryDirectory(prefix="cte-site-") as folder:
        out = Path(folder)

        def build() -> None:
            with reading(path):
                number = site.build(Corpus(path), out, text=text, docs=docs, processes=os.cpu_count() or 1)
            say(f"written: {out / 'index.html'} ({number:,} records to search)")

        if serve:
            from cte_corpus.explorer.serving import serve as show

            show(out, [place for place in (Corpus(path).path, text, docs) if place], port, build, say)
        else:
            build()

"""`cte init`: a corpus of one's own."""

from pathlib import Path

import click

from cte_corpus.cli.printing import say


@click.command(
    epilog="""\b
Examples:
  cte init harbour-corpus --title "Harbour news" --maintainer "A. Coder" --licence CC-BY-4.0
  cte init . --title "Nouvelles du port" --maintainer "A. Coder" --licence CC0-1.0 --language fr
  cte init harbour-corpus --title "Harbour news" --maintainer "A. Coder" --licence CC-BY-4.0 \\
      --schemas https://example.org/schemas"""
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", metavar="TITLE", required=True, help="What the corpus is called.")
@click.option("--maintainer", "maintainers", metavar="WHO", multiple=True, required=True, help="Who looks after it.")
@click.option(
    "--language",
    "languages",
    metavar="LANGUAGE",
    multiple=True,
    help="A language of its own words (BCP 47 tag), the first one first. Without it en and ar.",
)
@click.option("--licence", metavar="SPDX", required=True, help="Under what terms its records may be used.")
@click.option(
    "--schemas",
    metavar="PREFIX",
    default="",
    help="The address under which schemas are served. Without it they are copied.",
)
def command(
    folder: Path, title: str, maintainers: tuple[str, ...], languages: tuple[str, ...], licence: str, schemas: str
) -> None:
    """Begin a corpus of your own in a folder.

    DIR becomes a repository with an empty corpus in data/, on any topic and in any language, called by the name of the
    folder. Its labels, gists and grounds are in English and Arabic, or in the languages of --language. The schemas lie
    beside it, or are named by their address, so that an editor completes and explains every field. A .gitattributes,
    hooks for pre-commit and a workflow that checks are there from the start. What is in DIR stays; if one of these
    files is there already, nothing is written.
    """
    from cte_corpus.authoring import start
    from cte_corpus.store import layout
    from cte_corpus.text.terminal import safe

    about = start.About(layout.real(folder).name, title, maintainers, licence, schemas, languages)
    for name in start.start(folder, about):
        say(safe(f"wrote {folder / name}"))
    say(safe(f"next: `cte entity new` and `cte new TEXT`, each with --corpus {folder}; `cte check {folder}`"), err=True)

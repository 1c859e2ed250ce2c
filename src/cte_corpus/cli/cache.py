"""`cte cache`: what is kept to save time."""

import click

from cte_corpus.cli.printing import say
from cte_corpus.errors import CteError


@click.command(
    epilog="""\b
Examples:
  cte cache
  cte cache --clear
  cte cache --clear && cte check"""
)
@click.option("--clear", is_flag=True, help="Forget which documents were found clean.")
def command(clear: bool) -> None:
    """Show what is kept to save time, or delete it.

    `cte check` remembers which documents it found clean, by the digests of their bytes and of all that the rules looked
    at. It is never needed, and no release rests on it. Releases that were downloaded stay.
    """
    from cte_corpus.checking import verdicts
    from cte_corpus.published import versions

    folder = versions.cache()
    try:
        size = verdicts.clear(folder) if clear else verdicts.size(folder)
    except OSError as error:
        raise CteError(f"{error.filename} cannot be read or deleted: {error.strerror}") from error
    say(f"{'forgot' if clear else 'verdicts of earlier checks:'} {size:,} bytes in {folder / verdicts.FOLDER}")

"""`cte propose`: what can be found in a text by now is added to its draft."""

from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say


@click.command(
    epilog="""\b
Examples:
  cte propose lantern-notice.draft.yaml --text notice.txt
  cte propose lantern-notice.draft.yaml --text texts/
  cte propose work/notice.yaml --text notice.txt --corpus corpus"""
)
@click.argument("draft", type=click.Path(path_type=Path))
@options.text(required=True)
@options.corpus(written=True)
def command(draft: Path, text: Path, path: Path | None) -> None:
    """Add to a draft the mentions that can be found by now.

    New entities, new names of them, and names that other documents print make more findable than when DRAFT was begun.
    They are added as proposals, each in a line of its own. Nothing else is touched: what was settled and every comment
    stay, and what was deleted does not come back.
    """
    from cte_corpus.authoring import folder
    from cte_corpus.authoring.run import propose_again
    from cte_corpus.store import files

    made = propose_again(draft, text, folder.corpus(path))
    count = sum(map(len, made.added.values()))
    if not count:
        say("nothing new can be found")
        return
    files.write(draft, made.draft.encode())
    entities = sorted({one.entities[0] for proposals in made.added.values() for one in proposals})
    say(f"added to {draft}: {count} mentions of {', '.join(entities)}, in {', '.join(made.added)}")

"""`cte anchor`: a draft with quotes becomes records with offsets."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import writable

if TYPE_CHECKING:
    from cte_corpus.authoring.ids import Ids

SHOWN = 100
"""Problems of a draft that are spelled out; the others are counted."""


@click.command(
    epilog="""\b
Examples:
  cte anchor lantern-notice.draft.yaml --text notice.txt
  cte anchor work/notice.yaml --text notice.txt --corpus corpus
  cte anchor notice.json --text notice.txt            a draft may be JSON as well"""
)
@click.argument("draft", type=click.Path(path_type=Path))
@options.text(required=True)
@click.option("--renumber", is_flag=True, help="Give all ids anew, in text order; not of a published document.")
@options.corpus(written=True)
def command(draft: Path, text: Path, renumber: bool, path: Path | None) -> None:
    """Turn a draft with quotes into records with offsets.

    DRAFT is YAML or JSON and holds the records of one document, with quotes where offsets belong.

    A quote that is absent, or stands in several places, is refused with all the places where it could be, and then
    nothing is written. A record that was there keeps its id, whatever its place in the draft.

    Exit code 0: written; 1: refused; 2: it could not run.
    """
    from cte_corpus.authoring import folder, problems
    from cte_corpus.authoring.run import anchor_file

    corpus = writable(folder.corpus(path))
    anchored = anchor_file(draft, text, corpus, renumber=renumber)
    for note in anchored.notes:
        _say_lines(f"note: {note}")
    for problem in anchored.problems[:SHOWN]:
        _say_lines(f"{draft}: {problem}")
    if len(anchored.problems) > SHOWN:
        say(f"… and {len(anchored.problems) - SHOWN:,} more", err=True)
    if anchored.problems:
        say(f"{len(anchored.problems)} to mend; nothing was written", err=True)
        if slip := problems.shifted(anchored.problems):
            _say_lines(f"help: {slip}")
        sys.exit(1)
    bundle = anchored.bundle
    counts = ", ".join(f"{len(bundle[part])} {part}" for part in ("sections", "mentions", "events", "sanctions"))
    where = corpus / "documents" / bundle["document"]["id"]
    say(f"wrote {where}: {counts}")
    _say_ids(anchored.ids)
    left = sum("proposed" in record for part in ("sections", "mentions") for record in bundle[part])
    left += "proposed" in bundle["document"]
    if left:
        say(f"{left} proposals are left; `cte check` refuses the document until they are settled", err=True)


def _say_ids(ids: "Ids") -> None:
    """What became of the ids, where there were any to keep."""
    if not ids.old:
        return
    parts = [f"{len(ids.kept)} kept"]
    for names, what in ((ids.added, "added"), (ids.dropped, "dropped")):
        shown = ", ".join(name.rpartition(":")[2] for name in names[:12]) + (", …" if len(names) > 12 else "")
        parts += [f"{len(names)} {what} ({shown})"] if names else []
    say(f"ids: {', '.join(parts)}")
    open_ = [name for name in ids.dropped if name not in ids.retired]
    if open_:
        hint = "a tombstone in retired.json says why; if it was never published, `--renumber` closes the gap"
        say(f"{len(open_)} dropped without a tombstone: {hint}", err=True)


def _say_lines(text: str) -> None:
    """A message of several lines with words of the draft and the text in it."""
    from cte_corpus.text.terminal import safe

    say("\n".join(map(safe, text.split("\n"))), err=True)

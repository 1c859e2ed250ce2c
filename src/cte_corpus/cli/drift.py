"""`cte drift`: whether pages and copies still bear the spans of their documents."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say, say_json
from cte_corpus.cli.reading import reading
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from cte_corpus.attach.drift import Row


@click.command(
    epilog="""\b
Examples:
  cte drift --fetch --out drift.json          from the documents' addresses, against the last time
  cte drift copies/                           folders as 2024-05-01, with <document>.html
  cte drift copies/ --out drift.json -o json"""
)
@click.argument("copies", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@options.corpus()
@options.fetch("Of each document that has one.")
@options.out("The figures, as JSON; what stands there is the last time.")
@options.output(["table", "json"], default="table")
def command(copies: Path | None, path: Path | None, fetch: bool, out: Path | None, output: str) -> None:
    """Say whether web pages still hold the words that records quote.

    A page may change after it was coded. This command looks for the spans of each document in its page of today, or in
    copies that were saved. COPIES is a folder with one folder for each day: `2024-05-01/<document>.html`. Each page is
    read as `cte attach` reads a copy. A row says whether the page is still a copy of its document, and how many spans
    have which status. The numbers in brackets compare with the look before. `gone` counts the spans that were proven
    at some time before, and are not proven now. Where a page cannot be read, its row gives the reason, and what was
    known before is kept.

    Exit code 1: spans are gone in the newest look at a document. 2: it could not run, or no page could be read.
    """
    from cte_corpus.attach import drift
    from cte_corpus.corpus.corpus import Corpus

    if (copies is None) == (not fetch):
        raise click.UsageError("give a folder of copies, or --fetch, and not both.")
    if out and not out.parent.is_dir():
        raise CteError(f"there is no folder {out.parent}", "make it, or name another --out")
    last = drift.read(out) if out else {}
    documents = Corpus(path).raw_documents
    with reading(path):
        if copies:
            looks = drift.copies({raw["document"]["id"]: raw for raw in documents}, copies)
        else:
            looks = drift.pages(documents, datetime.now(UTC).date().isoformat())
        rows = drift.compared(looks, last)
    if not rows:
        if copies:
            raise CteError(f"no copy of a document in {copies}", "as 2024-05-01/<document>.html")
        raise CteError("no document of this corpus has an address", "give a folder of copies")
    if output == "json":
        say_json([_json(row) for row in rows])
    else:
        say(_table(rows))
    if not any(row.look.figures for row in rows):
        raise CteError("no page could be read", "each row says why")
    if out:
        drift.write(out, rows, last)
    sys.exit(1 if any(row.gone for row in rows if row.is_newest) else 0)


def _json(row: "Row") -> dict[str, Any]:
    now, before = row.look.figures, row.before
    return {
        "document": row.look.document,
        "day": row.look.day,
        "source": row.look.source,
        "reason": row.look.reason,
        "verdict": now.verdict if now else None,
        "counts": now.counts if now else None,
        "before": {"day": before.day, "verdict": before.verdict, "counts": before.counts} if before else None,
        "gone": [span._asdict() for span in row.gone],
        "newest": row.is_newest,
    }


def _table(rows: "list[Row]") -> str:
    from cte_corpus.attach.attached import STATUSES
    from cte_corpus.text.terminal import columns, table

    cells = [
        [
            row.look.document,
            row.look.day,
            row.look.figures.verdict if row.look.figures else "",
            *(_count(row, status) for status in STATUSES),
            str(len(row.gone)) if row.look.figures else "",
            row.look.reason,
        ]
        for row in rows
    ]
    found = table(["document", "day", "verdict", *STATUSES, "gone", "reason"], cells, fit=columns())
    gone = [
        [row.look.document, span.status, f"{span.start}-{span.end}", span.text, span.differs]
        for row in rows
        if row.is_newest
        for span in row.gone
    ]
    if not gone:
        return found
    heads = ["document", "status", "reference", "text", "differs"]
    return f"{found}\n\nNo longer proven:\n\n{table(heads, gone, fit=columns())}"


def _count(row: "Row", status: str) -> str:
    now, before = row.look.figures, row.before
    if now is None:
        return ""
    change = now.counts[status] - before.counts[status] if before else 0
    return f"{now.counts[status]} ({change:+})" if change else str(now.counts[status])

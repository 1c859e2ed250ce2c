"""`cte status`: what became of what was cited."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import reading

if TYPE_CHECKING:
    from cte_corpus.citing.status import Status


@click.command(
    epilog="""\b
Examples:
  cte status org:daesh@1.0.0                     a record as it was in a release
  cte status references.bib                      all that a bibliography cites
  cte status "$(cte cite org:daesh)" -o json     a citation as it was printed"""
)
@click.argument("cited", metavar="CITED...", nargs=-1, shell_complete=options.ids, required=True)
@options.corpus()
@options.output(["text", "json"], default="text")
def command(cited: tuple[str, ...], path: Path | None, output: str) -> None:
    """Say what became of records since they were cited.

    Each is unchanged, corrected, merged into another, or retired. CITED is an id with its version, a citation as
    `cte cite` prints it in any format, or a file that holds citations: .bib, .ris, .json and others. For what was
    corrected, each changed field is shown with its grade, and the release since which it is so. Grades are those of
    versions: major, what was read there may no longer hold; minor, something was added; patch, only the wording.
    Nothing is downloaded: an earlier release is at hand in a clone of the repository, or once it was read. Without it
    the digest in the citation still tells whether the record is the same. Exit code 1: something is not unchanged.
    """
    from cte_corpus.citing import cited as citations
    from cte_corpus.citing.status import status
    from cte_corpus.corpus.corpus import Corpus

    references = list(dict.fromkeys(one for argument in cited for one in citations.read(argument)))
    with reading(path):
        found = status(references, Corpus(path))
    say(_json(found) if output == "json" else "\n".join(_lines(found)), form="json" if output == "json" else "styled")
    sys.exit(any(one.verdict != "unchanged" for one in found))


def _lines(found: "list[Status]") -> Iterator[str]:
    from cte_corpus.compare.changes import value, values
    from cte_corpus.text.terminal import columns, painted, pairs, safe, visible, wrap

    fit = columns()
    for one in found:
        grade = f", {one.step}" if one.step else ""
        instead = f" into {one.now}" if one.verdict == "merged" else ""
        since = f" since {one.since}".replace("since by", "by") if one.since else ""
        yield f"{painted(one.cited.name, 'bold')}: {one.verdict}{visible(instead)}{since}{grade}"
        if one.why:
            yield from (f"  {line}" for line in wrap(safe(one.why), fit and fit - 2))
        rows = []
        for change in one.changes:
            name = f"{change.path} ({change.step})"
            if change.kind == "changed":
                was, now = values(change.before, change.after, False)
                rows += [(name, f"was {was}"), (name, f"is {now}")]
            elif change.kind == "reordered":
                rows.append((name, "in another order"))
            else:
                shown = value(change.after if change.kind == "added" else change.before, False)
                rows.append((name, f"{change.kind}: {shown}"))
        if rows:
            yield pairs(rows, fit)
    if len(found) > 1:
        counts = Counter(one.verdict for one in found)
        yield f"{len(found)} cited: " + ", ".join(f"{number} {verdict}" for verdict, number in counts.items())


def _json(found: "list[Status]") -> str:
    import orjson

    rows = [
        {
            "record": one.cited.record,
            "version": one.cited.version,
            "verdict": one.verdict,
            "since": one.since,
            "now": one.now,
            "why": one.why,
            "grade": str(one.step) if one.step else "",
            "changes": [
                {
                    "path": change.path,
                    "kind": change.kind,
                    "grade": str(change.step),
                    "before": change.before,
                    "after": change.after,
                }
                for change in one.changes
            ],
        }
        for one in found
    ]
    return orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode()

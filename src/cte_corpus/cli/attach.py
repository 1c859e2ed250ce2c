"""`cte attach`: every span of a document in its place in a copy of the text."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say, say_json
from cte_corpus.cli.reading import reading
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from cte_corpus.attach.attached import AttachedCorpus
    from cte_corpus.attach.verdict import Verdict
    from cte_corpus.corpus.corpus import Corpus

UNSURE = ("ambiguous", "lost")


@click.command(
    epilog="""\b
Examples:
  cte attach article.html
  cte attach copies/ --strict                    files called <document>.txt, .md or .html
  cte attach copy.md --document treasury-jy0772  where it might be a copy of several
  cte attach --fetch --document treasury-jy0772  from the address that the document names
  cte attach article.txt -o json"""
)
@click.argument("copy", required=False, type=click.Path(path_type=Path, exists=True))
@options.document("Needed where it might be a copy of several.")
@options.corpus()
@options.fetch()
@click.option("--strict", is_flag=True, help="Exit with 1 if anything is lost or ambiguous.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="What is not proven and has a lower score, 0 to 1, is lost.",
)
@options.jobs()
@options.output(["table", "json"], default="table")
def command(
    copy: Path | None,
    document: str | None,
    path: Path | None,
    fetch: bool,
    strict: bool,
    threshold: float,
    jobs: int,
    output: str,
) -> None:
    """Put every span back into a copy of a document's text.

    COPY is a text, Markdown or HTML file, in any encoding of the web, or a folder of such. The report says first what
    it is: a `copy`, an `edited copy` or a `part` of the document. Or it is a text that `quotes it`, `shares phrases`
    with it or is `unrelated`: then nothing is proven, and the exit code is 1.

    The report then says how sure the place of each span is. `exact`: proven, at the offsets of the reference. `moved`:
    proven, elsewhere. `loose`: likely, with a score and with what differs. `ambiguous`: the likeliest of several
    places. `lost`: not found. Places count the characters (code points) of the copy after the document's recipe, the
    steps that turn a source into plain text. docs/attaching.md says what is proven.
    """
    from cte_corpus.attach.verdict import COPIES
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.scale.progress import doing

    if (copy is None) == (not fetch):
        raise click.UsageError("give a copy, or --fetch, and not both.")
    from cte_corpus.attach import attached as work
    from cte_corpus.scale import workers

    with reading(path), workers.workers(jobs, module=work.__name__) as helpers:
        corpus = Corpus(path)
        if copy is None:
            attached = _fetched(corpus, document, threshold)
        else:
            attached = corpus.attach(copy, document, threshold, helpers)
        reports = {}
        with doing(len(attached), "reports") as step:
            for one in attached:
                reports[one.id] = one.report()
                step(1)
    for one in attached:
        if one.source.doubt:
            say(f"{one.id}: {one.source.doubt}", err=True)
    if output == "json":
        say_json(_documents(attached, reports))
    else:
        say(_table(attached, reports), form="styled")
    unsure = any(row["status"] in UNSURE for rows in reports.values() for row in rows)
    copies = all(one.verdict.kind in COPIES for one in attached)
    sys.exit(1 if not copies or (strict and unsure) else 0)


def _fetched(corpus: "Corpus", document: str | None, threshold: float) -> "AttachedCorpus":
    from cte_corpus.attach.fetch import fetch

    keys = [document] if document else list(corpus.documents)
    if len(keys) != 1:
        raise CteError("which document is to be fetched?", "name it with --document")
    urls = corpus.documents[keys[0]].urls
    if not urls:
        raise CteError(f"{keys[0]} has no address", "save a copy, and give its path")
    return corpus.attach(fetch(urls[0].url), keys[0], threshold)


def _documents(attached: "AttachedCorpus", reports: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [
        {
            "document": one.id,
            "length": len(one.text),
            "encoding": one.source.encoding,
            "doubt": one.source.doubt,
            "verdict": one.verdict._asdict(),
            "counts": _counts(reports[one.id]),
            "places": reports[one.id],
        }
        for one in attached
    ]


def _counts(rows: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    from cte_corpus.attach.attached import STATUSES

    counted = Counter((row["what"], row["status"]) for row in rows)
    kinds = dict.fromkeys(row["what"] for row in rows)
    return {kind: {status: counted[kind, status] for status in STATUSES} for kind in kinds}


def _table(attached: "AttachedCorpus", reports: dict[str, list[dict[str, Any]]]) -> str:
    from cte_corpus.attach.attached import STATUSES
    from cte_corpus.text.terminal import columns, painted, table, wrap

    fit = columns()
    blocks = []
    for item in attached:
        key, rows = item.id, reports[item.id]
        counts = _counts(rows)
        cells = [[kind, *found.values()] for kind, found in counts.items()]
        head = "\n".join(wrap(f"{key}: {_sentence(item.verdict)}", fit))
        blocks.append(f"{painted(head, 'bold')}\n\n{table(['', *STATUSES], cells, fit=fit)}")
        unsure = [
            [
                row["status"],
                row["id"],
                row["pointer"],
                "-".join(map(str, row["reference"])),
                f"{row['score']:.2f}" if row["place"] else "",
                row["text"],
                row["differs"],
            ]
            for row in rows
            if row["status"] in UNSURE or row["score"] < 1
        ]
        if unsure:
            heads = ["status", "record", "pointer", "reference", "score", "text", "differs"]
            blocks.append(table(heads, unsure, fit=fit))
    return "\n\n".join(blocks)


def _sentence(verdict: "Verdict") -> str:
    from cte_corpus.attach.verdict import COPIES

    found, known, verbatim, own = (f"{share:.0%}" for share in verdict[1:])
    doubt = "" if verdict.kind in COPIES else "probably no copy, "
    return (
        f"{doubt}{verdict.kind}. Found: {found} of the document, {known} of its quoted words, {verbatim} of its"
        f" sentences verbatim. Of this text {own} seems to come from it."
    )

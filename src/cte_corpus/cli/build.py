"""`cte build`: the pack of a release."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say

if TYPE_CHECKING:
    from cte_corpus.release.build import Pack


@click.command(
    epilog="""\b
Examples:
  cte build --out dist                          the corpus of this folder, or the bundled one
  cte build --out dist --text sources           checked with its source texts as well
  cte build my-corpus --out dist                another corpus
  cte build --out /tmp/now --date 2026-01-31    where nothing is in git"""
)
@options.corpus(main=True)
@options.out("A folder, for the pack and its archive.", required=True)
@click.option(
    "--date", metavar="DAY", help="Day of the release [default: SOURCE_DATE_EPOCH, the ledger's, or the last commit's]."
)
@options.text()
@options.jobs()
def command(path: Path | None, out: Path, date: str | None, text: Path | None, jobs: int) -> None:
    """Build the pack of a release: a folder and an archive.

    The corpus at PATH is checked first; from one with findings no pack is made. The pack holds the records as Parquet
    and JSON Lines, the schemas, the descriptions of the dataset, and digests of all. The same corpus, day and tools
    give the same bytes everywhere. Exit code 1: the corpus has findings.
    """
    from cte_corpus.checking import piecework
    from cte_corpus.release.build import RefusedError, build
    from cte_corpus.scale import workers

    warn()
    try:
        with workers.workers(jobs, module=piecework.__name__) as found:
            made = build(path, out, date=date, text=text, workers=found)
    except RefusedError as error:
        from cte_corpus.text.terminal import safe

        say(f"refused: {safe(error.message)}\n  help: {safe(error.hint)}", err=True)
        sys.exit(1)
    say(_report(made), form="styled")


def warn() -> None:
    """Say it where the archive may not be, to the byte, what others build."""
    from importlib.metadata import version

    from cte_corpus.release.datafiles import TOOLS

    other = [f"{name} {right} (here {version(name)})" for name, right in TOOLS.items() if version(name) != right]
    if other:
        say(f"warning: a release is built with {', '.join(other)}: the bytes may be others", err=True)
        say("  help: pip install 'cte-corpus[release]'", err=True)


def _report(made: "Pack") -> str:
    from cte_corpus.text.terminal import columns, painted, pairs

    manifest = made.manifest
    records = ", ".join(f"{table} {count}" for table, count in manifest.records.items())
    inside = f"{len(manifest.files) + 2} files, {size(sum(file.size for file in manifest.files))}"
    rows = [
        ("folder", f"{made.folder}/  ({inside})"),
        ("archive", f"{made.archive}  ({size(made.archive.stat().st_size)})"),
        ("sha256", made.archive_sha256),
        ("root digest", made.root_digest),
        ("records", records),
    ]
    head = "built" if made.made else "already there, the same to the byte:"
    return (
        f"{painted(f'{head} {manifest.name} {manifest.version} of {manifest.date}', 'bold')}\n{pairs(rows, columns())}"
    )


def size(count: int) -> str:
    """Bytes for people."""
    return f"{count / 1000:,.0f} kB" if count >= 1000 else f"{count} bytes"

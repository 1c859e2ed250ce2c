"""`cte verify`: whether a pack, or the installed package, is what was released."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say

if TYPE_CHECKING:
    from cte_corpus.release.verify import Check, Report

MARKS = {"ok": "green", "WRONG": "red", "-": "yellow"}


@click.command(
    epilog="""\b
Examples:
  cte verify dist/cte-corpus-1.0.0.tar    the archive, without unpacking it for good
  cte verify dist/cte-corpus-1.0.0        the folder of a pack
  cte verify installed                    the package that is running
  cte verify ./installed                  a folder of that name"""
)
@click.argument("pack")
@options.jobs()
def command(pack: str, jobs: int) -> None:
    """Verify a pack, or the installed package.

    PACK is the folder or .tar of a pack, or the word `installed`. Every digest, the schemas, all rules, the tables and
    the manifest's counts are checked; what is missing, altered or extra is named. Exit code 0: all holds; 1: something
    does not; 2: it could not be checked.
    """
    from cte_corpus.checking import piecework
    from cte_corpus.release import installed, verify
    from cte_corpus.scale import workers

    with workers.workers(jobs, module=piecework.__name__) as found:
        report = installed.verify(found) if pack == "installed" else verify.verify(Path(pack), found)
    say(_text(report), form="styled")
    sys.exit(0 if report.ok else 1)


def _text(report: "Report") -> str:
    from cte_corpus.text.terminal import safe

    lines = [safe(report.what)]
    for check in report.checks:
        lines += _lines(check)
    if not report.ok:
        lines.append("not what was released: do not use it")
    elif all(check.looked for check in report.checks):
        lines.append("verified: all of it holds")
    else:
        names = ", ".join(check.name for check in report.checks if not check.looked)
        lines.append(f"verified, all but what could not be checked: {names}")
    return "\n".join(lines)


def _lines(check: "Check") -> list[str]:
    from cte_corpus.text.terminal import colored, columns, safe, wrap

    mark = "WRONG" if check.faults else "ok" if check.looked else "-"
    shown = click.style(f"{mark:5}", fg=MARKS[mark], bold=True) if colored() else f"{mark:5}"
    fit = columns()
    parts = [
        part for line in check.faults or [check.says] for part in wrap(safe(line), max(24, fit - 19) if fit else 0)
    ]
    return [f"  {shown}  {check.name:8}  {parts[0]}", *(f"{'':19}{part}" for part in parts[1:])]

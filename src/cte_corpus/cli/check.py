"""`cte check`: the rules, over a corpus."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cte_corpus.checking.report import FORMATS
from cte_corpus.cli import options
from cte_corpus.cli.findings import rendered, show
from cte_corpus.cli.printing import say
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cte_corpus.checking.result import Result


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    from cte_corpus.checking.rules.catalogue import rules

    done, _, last = incomplete.rpartition(",")
    prefix = f"{done}," if done else ""
    return [
        CompletionItem(prefix + rule.code, help=rule.summary)
        for rule in rules().values()
        if rule.code.startswith(last.upper())
    ]


@click.command(
    epilog="""\b
Examples:
  cte check                                   the corpus of this folder, or the bundled one
  cte check .                                 the corpus of a repository
  cte check data/documents/harbour-notice     one document, with the entity registry around it
  cte check --text sources/                   also what needs the source texts
  cte check --select CTE3,CTE401              levels or rules
  cte check -o sarif --out cte.sarif          for code scanning"""
)
@options.corpus(main=True)
@click.option("--select", metavar="CODES", shell_complete=_complete, help="Report only these: CTE304,CTE4 or names.")
@click.option("--ignore", metavar="CODES", shell_complete=_complete, help="Do not report these.")
@options.text()
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, then report the rest.")
@click.option("--no-cache", is_flag=True, help="Judge every document; remember none.")
@click.option("--statistics", is_flag=True, help="Say how many documents were judged, and how many had not changed.")
@options.jobs()
@click.option("--executor", metavar="MODULE:FUNCTION", help="Let another executor work: what the function gives.")
@options.output(FORMATS, more="By default full on a terminal, else concise.")
@options.out("A file, for the report.")
def command(
    path: Path | None,
    select: str | None,
    ignore: str | None,
    text: Path | None,
    fix: bool,
    no_cache: bool,
    statistics: bool,
    jobs: int,
    executor: str | None,
    output: str | None,
    out: Path | None,
) -> None:
    """Check a corpus, or one document of it.

    PATH is a corpus, as a tree or packed, or the folder of one document; without it the corpus of the folder that one
    is in is checked, or else the bundled one. --fix writes into no installed package and no release that is kept.
    A document that was found clean is judged again when it, what it refers to, or a rule has changed: see `cte cache`.
    Exit code 0: clean; 1: findings; 2: it could not run.
    """
    from cte_corpus.published import versions

    chosen = None if select is None else _codes(select)
    if chosen == frozenset():
        raise CteError("--select names no rule", "leave it out to check all; `cte rule` lists them")
    left_out = _codes(ignore or "")
    cache = None if no_cache else versions.cache()
    run = partial(_run, path, jobs, executor, cache=cache, select=chosen, ignore=left_out, text=text)
    result = run()
    if fix:
        from cte_corpus.checking.rewrite import fix as apply
        from cte_corpus.cli.reading import writable
        from cte_corpus.store import folders

        if any(item.fix for item in result.diagnostics):
            with folders.writing(writable(path)):
                for name in apply(result.diagnostics):
                    say(f"mended {name}", err=True)
        result = run()
    if out:
        _write(out, (rendered(result, output, to_file=True) + "\n").encode("utf-8", "backslashreplace"))
    else:
        show(result, output)
    if statistics:
        judged = result.documents - result.recalled
        say(f"judged {judged:,} of {result.documents:,} documents; {result.recalled:,} had not changed", err=True)
    sys.exit(0 if result.ok else 1)


def _run(path: Path | None, jobs: int, executor: str | None, *, cache: Path | None, **how: Any) -> "Result":
    """Check, in this process or with others."""
    if jobs == 1 and executor is None:
        from cte_corpus.checking import again, engine

        return engine.run(path, **how) if cache is None else again.run(path, cache=cache, **how)
    from cte_corpus.checking import piecework
    from cte_corpus.scale import workers

    with workers.workers(jobs, executor, piecework.__name__) as found:
        return piecework.run(path, workers=found, cache=cache, **how)


def _write(path: Path, report: bytes) -> None:
    from cte_corpus.store.files import write

    try:
        write(path, report)
    except OSError as error:
        raise CteError(f"cannot write the report to {path}: {error.strerror}") from None


def _codes(listed: str) -> frozenset[str]:
    """The rule codes that a list of codes, names and beginnings of codes means."""
    from cte_corpus.checking.rules.catalogue import find, rules

    known = {code for code, rule in rules().items() if rule.level != "release"}
    codes: set[str] = set()
    for word in filter(None, (part.strip() for part in listed.split(","))):
        matching = [code for code in rules() if code.startswith(word.upper())]
        found = matching or [find(word).code]
        if not known & {*found}:
            raise CteError(f"{word} is not judged by a check", "`cte release` judges it")
        codes |= known & {*found}
    return frozenset(codes)

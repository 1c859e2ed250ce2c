"""`cte check`: the rules, over a corpus."""

import functools
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cte_corpus.checking.report import FORMATS
from cte_corpus.cli import options
from cte_corpus.cli.findings import report
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
  cte check data/documents/treasury-jy0772    one document, with the entity registry around it
  cte check --text sources/                   also what needs the source texts
  cte check --jobs 4                          by four processes
  cte check --shard 3/100 --partial parts/    one of a hundred parts, for `cte merge`
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
@click.option("--shard", metavar="I/N", help="Check only this part of N, and write to --partial what came of it.")
@click.option(
    "--partial",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A folder, for what came of a shard; `cte merge` takes all together.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("warning", "error")),
    metavar="SEVERITY",
    default="warning",
    show_default=True,
    help="From which on a finding makes the exit code 1: warning or error.",
)
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
    shard: str | None,
    partial: Path | None,
    fail_on: str,
    output: str | None,
    out: Path | None,
) -> None:
    """Check a corpus, or one document of it.

    PATH is a corpus, as a tree or packed, or the folder of one document; without it the corpus of the folder that one
    is in is checked, or else the bundled one. --fix writes into no installed package and no release that is kept.
    A document that was found clean is judged again when it, what it refers to, or a rule has changed: see `cte cache`.
    Exit code 0: clean; 1: findings; 2: it could not run.
    """
    from cte_corpus.published import kept

    chosen = None if select is None else _codes(select)
    if chosen == frozenset():
        raise CteError("--select names no rule", "leave it out to check all; `cte rule` lists them")
    left_out = _codes(ignore or "")
    if (shard is None) != (partial is None):
        raise click.UsageError("give --shard and --partial both, or neither.")
    if shard is not None and partial is not None:
        if fix or out or output or jobs > 1 or executor or statistics:
            raise click.UsageError("a shard is checked by itself, and reported by `cte merge`.")
        _shard(path, shard, partial, select=chosen, ignore=left_out, text=text)
        return
    cache = None if no_cache else kept.cache()
    run = functools.partial(_run, path, jobs, executor, cache=cache, select=chosen, ignore=left_out, text=text)
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
    report(result, output, out)
    if statistics:
        judged = result.documents - result.recalled
        say(f"judged {judged:,} of {result.documents:,} documents; {result.recalled:,} had not changed", err=True)
    lenient = fail_on == "error" and all(item.severity != "error" for item in result.diagnostics)
    sys.exit(0 if result.ok or lenient else 1)


def _run(path: Path | None, jobs: int, executor: str | None, *, cache: Path | None, **how: Any) -> "Result":
    """Check, in this process or with others."""
    # Each is loaded alone: what the others need takes as long to load as a small corpus to check.
    if jobs == 1 and executor is None:
        if cache is None:
            from cte_corpus.checking import engine

            return engine.run(path, **how)
        from cte_corpus.checking import again

        return again.run(path, cache=cache, **how)
    from cte_corpus.checking import piecework
    from cte_corpus.scale import workers

    with workers.workers(jobs, executor, piecework.__name__) as found:
        return piecework.run(path, workers=found, cache=cache, **how)


def _shard(path: Path | None, shard: str, folder: Path, **how: Any) -> None:
    """Check a shard, or say that it was."""
    from cte_corpus.checking import partial
    from cte_corpus.store import layout

    given = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", shard)
    number, count = map(int, given.groups()) if given else (0, 0)
    if not 1 <= number <= count:
        raise CteError(f"no shard {shard}", "write it as 1/4 to 4/4: the first to the last of four")
    root = layout.real(layout.corpus_dir(layout.data_dir() if path is None else path))
    file, made = partial.write(root, folder, number, count, **how)
    say(f"{'wrote' if made else 'already there, of the same:'} {file}", err=True)


def _codes(listed: str) -> frozenset[str]:
    """The rule codes that a list of codes, names and beginnings of codes means."""
    if not listed:
        return frozenset()  # the texts of all rules take longer to read than a corpus that has not changed
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

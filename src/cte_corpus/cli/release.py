"""`cte release`: judges what is to be released, and prepares it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.checking.report import FORMATS
from cte_corpus.cli import options
from cte_corpus.cli.findings import show
from cte_corpus.cli.printing import say
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from cte_corpus.checking.result import Result
    from cte_corpus.checking.rules.release import Facts
    from cte_corpus.release.cut import Prepared
    from cte_corpus.release.judge import Source


def _version(ctx: click.Context, param: click.Parameter, given: str | None) -> str | None:
    from cte_corpus.published.pack import VERSION

    if given is not None and not VERSION.fullmatch(given):
        raise click.BadParameter(f"{given!r} is no version of a release; give three numbers, as 1.0.0.")
    return given


def _addresses(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    for url in given:
        if "://" not in url:
            raise click.BadParameter(f"{url!r} is no whole address; give it with its scheme, as https://….")
    return given


@click.command(
    epilog="""\b
Examples:
  cte release --check                              what must hold of every commit
  cte release 1.0.0 --text sources --dry-run       may it be released?
  cte release 1.0.0 --text sources                 judge, build, verify, enter in the ledger
  cte release 0.1.0 --text sources --rev 3f2c1ab   what a commit holds, entered later
  cte release 1.0.0 --text sources --url https://releases.example/cte-corpus-1.0.0.tar"""
)
@click.argument("version", required=False, callback=_version)
@options.text()
@options.out("A folder, for the pack and its archive.", default="dist")
@click.option("--rev", metavar="REV", default="", help="Release what this commit holds, not the working tree.")
@click.option("--url", "urls", metavar="URL", multiple=True, callback=_addresses, help="Where the archive will be.")
@click.option("--dry-run", is_flag=True, help=f"{options.DRY_RUN} It is judged all the same.")
@click.option("--check", is_flag=True, help=f"{options.CHECK} Judges what must hold of every commit, released or not.")
@options.output(FORMATS, more="By default full on a terminal, else concise.")
def command(
    version: str | None,
    text: Path | None,
    out: Path,
    rev: str,
    urls: tuple[str, ...],
    dry_run: bool,
    check: bool,
    output: str | None,
) -> None:
    """Judge a release; prepare its pack and its entry in the ledger.

    VERSION must stand already, in a commit, in data/corpus.json, pyproject.toml, CITATION.cff and CHANGELOG.md, which
    also gives its day. All rules are judged, those of the texts and of level 6 among them (`cte rule CTE601`). If
    nothing is found the pack is built and verified, its entry written into the ledger, and what remains is printed. It
    works in the checkout that it runs from. Exit code 0: all is well; 1: findings; 2: it could not run.
    """
    if check == (version is not None):
        raise click.UsageError("give a version, or --check to judge what must hold of every commit.")
    if version is not None and text is None:
        raise click.UsageError("a release is judged with its source texts: give their folder with --text.")
    from cte_corpus.release import judge

    with judge.source(_checkout(), rev) as found:
        if version is None:
            result, facts = judge.stands(found, text)
        else:
            result, facts = judge.judge(found, version, text)
        if not result.ok or check:
            show(result, output)
            sys.exit(0 if result.ok else 1)
        say(_judged(result, facts))
        if not dry_run:
            from cte_corpus.cli.build import warn
            from cte_corpus.release.cut import prepare

            warn()
            say(_prepared(found, prepare(found, facts.day.value, out, text=text, urls=urls)), form="styled")


def _checkout() -> Path:
    from cte_corpus.store import layout

    root = layout.checkout()
    if root is None:
        raise CteError("a release is made in a checkout, and this package is installed", "pip install --editable .")
    return root


def _judged(result: "Result", facts: "Facts") -> str:
    """What was judged and found well."""
    from cte_corpus.text.nouns import count

    looked = f"{count(result.documents, 'document')} and {count(result.records, 'record')} with their texts"
    asks = (
        f"what changed since {facts.earlier} asks for {facts.least}" if facts.earlier else "there is no earlier release"
    )
    return f"No findings in {looked}; {asks}.\n{facts.version} of {facts.day.value} may be released."


def _prepared(found: "Source", made: "Prepared") -> str:
    """What lies ready, and what remains, in commands to copy."""
    from cte_corpus.release.judge import LEDGER
    from cte_corpus.text.terminal import columns, pairs

    release = made.release
    rows = [
        ("pack", f"{made.pack.folder}/" + ("" if made.pack.made else "  (was there, the same to the byte)")),
        ("archive", str(made.pack.archive)),
        ("sha256", release.archive_sha256),
        ("root digest", release.root_digest),
        ("ledger", LEDGER + ("" if made.entered else "  (has this entry already)")),
        *[("address", url) for url in release.urls],
    ]
    return f"{pairs(rows, columns())}\n\n{_remains(found, made)}"


def _remains(found: "Source", made: "Prepared") -> str:
    from cte_corpus.published import git
    from cte_corpus.release.judge import LEDGER
    from cte_corpus.text.terminal import visible

    version, tag = made.release.version, f"v{made.release.version}"
    commands = []
    if LEDGER in git.altered(found.repo):
        commands.append(f'git commit -m "Release {version}" -- {LEDGER}')
    if git.commit(found.repo, f"refs/tags/{tag}") is None:
        commit = f" {git.commit(found.repo, found.revision)}" if found.revision else ""
        commands.append(f'git tag -a {tag} -m "Release {version}"{commit}')
        commands.append(f"git push origin HEAD {tag}")
    if made.release.urls:
        commands.append(f"publish {made.pack.archive} at {', '.join(made.release.urls)}")
    else:
        commands.append(f"publish {made.pack.archive}")
        commands.append("once it has an address, write it under `urls` of the entry, and commit the ledger")
    return "\n".join(["What remains:", *(f"  {visible(command)}" for command in commands)])

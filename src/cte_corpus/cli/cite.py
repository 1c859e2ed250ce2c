"""`cte cite`: how to cite a release, and records of it."""

import sys
from pathlib import Path

import click

from cte_corpus.citing import FORMATS
from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import reading
from cte_corpus.errors import CteError


@click.command(
    epilog="""\b
Examples:
  cte cite                                        the corpus as it is installed
  cte cite alamsar-2022-marrakesh:e31             an event: its document, and the corpus
  cte cite org:daesh --corpus-version 1.0.0 -o bibtex >> references.bib
  cte cite org:daesh treasury-jy0772:e03 --out references.bib
  cte cite treasury-jy0772:m003 -o csl-json"""
)
@click.argument("keys", metavar="[ID...]", nargs=-1, shell_complete=options.ids)
@options.corpus()
@options.output(list(FORMATS), more="Text, unless --out is a .bib.")
@options.out("A file. A .bib keeps its entries, and gets those that it lacks.")
def command(keys: tuple[str, ...], path: Path | None, output: str | None, out: Path | None) -> None:
    """Print how to cite the corpus, or records of it.

    ID is that of a document, section, sentence, mention, event, sanction or entity. What belongs to a document is cited
    with it: first each document once, then for each record the corpus at this version, with the record's permanent name
    and its digest. `cte status` says later whether it is still the same.
    """
    from cte_corpus.citing.citation import cite
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.text.terminal import safe

    bibliography = out is not None and out.suffix == ".bib"
    form = output or ("bibtex" if bibliography else "text")
    if bibliography and form != "bibtex":
        raise CteError(f"{out} is for BibTeX, not for {form}", "leave --output out, or give the file another ending")
    with reading(path):
        corpus = Corpus(path)
        citations = [cite(corpus, key) for key in dict.fromkeys(keys) or [None]]
        found = FORMATS[form](*citations)
    if out is not None:
        say(_written(out, found, bibliography))
        return
    if form == "text" and sys.stdout.isatty():
        found = "\n".join(map(safe, found.splitlines()))
    say(found, form="json" if form in ("csl-json", "datacite") else "text")


def _written(out: Path, found: str, bibliography: bool) -> str:
    """Write what was found, and say so."""
    from cte_corpus.citing.bibtex import lacking
    from cte_corpus.store.files import write
    from cte_corpus.text.limits import MAX_PAGE, bounded

    if not bibliography:
        write(out, f"{found}\n".encode())
        return f"written: {out}"
    old = bounded(out, MAX_PAGE).decode("utf-8") if out.exists() else ""
    new = lacking(old, found)
    if new:
        write(out, ("\n\n".join([*filter(None, [old.rstrip()]), *new]) + "\n").encode())
    return (
        f"written: {out} ({len(new)} new {'entry' if len(new) == 1 else 'entries'})"
        if new
        else f"unchanged: {out} has all of them"
    )

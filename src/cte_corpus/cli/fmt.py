"""`cte fmt`: canonical form."""

import sys
from pathlib import Path

import click

from cte_corpus.cli.printing import say
from cte_corpus.errors import CteError


@click.command(
    epilog="""\b
Examples:
  cte fmt data/documents/harbour-notice   write one document's files canonically
  cte fmt --check                         name the files that would change
  cte fmt --diff data                     show what would change"""
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--check", "check", is_flag=True, help="Change nothing; exit 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Change nothing; print what would change, and exit 1 if anything would.")
def command(path: Path | None, check: bool, diff: bool) -> None:
    """Write data files in canonical form.

    Keys stand in the order of the schema, records in the order of their ids, characters composed (NFC), a small object
    or list on one line. PATH is a corpus tree or a document folder; without it the bundled corpus is meant.
    """
    from cte_corpus.checking.rewrite import canonical_form, data_files
    from cte_corpus.store import bundles, files, folders, layout
    from cte_corpus.store.locate import position
    from cte_corpus.store.strict import JsonError
    from cte_corpus.terminal import safe

    root = layout.data_dir() if path is None else path
    document = layout.is_document(root.resolve())
    if layout.is_packed(root) or not (document or layout.is_corpus(root)):
        raise CteError(f"no data files in {root}", "give a corpus tree or a document folder")
    corpus = layout.corpus_of(root)
    if not (check or diff):
        click.get_current_context().with_resource(folders.writing(corpus))
        folders.clear(corpus)
    found = [(file, kind) for file, kind in data_files(root) if not bundles.leads_out(str(file), corpus)]
    changed = broken = 0
    for file, kind in found:
        before = file.read_bytes()
        try:
            after = canonical_form(before, kind)
        except JsonError as error:
            line, column = position(before, error.offset)
            say(safe(f"{file}:{line}:{column}: {error.message}; left as it is"), err=True)
            broken += 1
            continue
        if after == before:
            continue
        changed += 1
        if diff:
            _show_diff(str(file), before, after)
        elif check:
            say(safe(f"would write {file}"))
        else:
            files.write(file, after)
            say(safe(f"wrote {file}"))
    untouched = check or diff
    say(f"{changed} of {len(found)} files {'would change' if untouched else 'changed'}", err=True)
    sys.exit(1 if broken or (untouched and changed) else 0)


def _show_diff(name: str, before: bytes, after: bytes) -> None:
    """Print a diff that `git apply -p0` takes; on a terminal with control and right-to-left characters made safe."""
    from difflib import unified_diff
    from io import StringIO

    from cte_corpus.terminal import safe

    # Not splitlines(), which also breaks lines at characters that JSON allows in a string.
    old, new = (list(StringIO(data.decode("utf-8"), newline="\n")) for data in (before, after))
    on_terminal = sys.stdout.isatty()
    for line in unified_diff(old, new, name, f"{name} (canonical)"):
        text = line.removesuffix("\n")
        say(safe(text) if on_terminal else text)
        if text == line:
            say("\\ No newline at end of file")

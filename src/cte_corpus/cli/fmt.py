"""`cte fmt`: canonical form."""

import sys
from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import writable
from cte_corpus.errors import CteError


@click.command(
    epilog="""\b
Examples:
  cte fmt data/documents/treasury-jy0772   write one document's files canonically
  cte fmt --check                          name the files that would change
  cte fmt --diff data                      show what would change"""
)
@options.corpus(main=True, written=True)
@click.option("--check", "check", is_flag=True, help=f"{options.CHECK} Names the files that would change.")
@click.option("--diff", is_flag=True, help=options.DIFF)
@options.jobs()
def command(path: Path | None, check: bool, diff: bool, jobs: int) -> None:
    """Write data files in canonical form.

    Keys stand in the order of the schema, records in the order of their ids, characters composed (NFC), a small object
    or list on one line. PATH is a corpus tree or the folder of one document; without it the corpus of the folder that
    one is in is meant. What belongs to an installed package, or to a release that is kept, is never written.
    """
    from cte_corpus.checking import rewrite
    from cte_corpus.checking.diagnose import shown
    from cte_corpus.scale import workers
    from cte_corpus.store import files, folders, layout
    from cte_corpus.store.locate import position
    from cte_corpus.store.strict import JsonError
    from cte_corpus.text.terminal import safe

    root = layout.data_dir() if path is None else path
    if not layout.is_document(root):
        root = layout.corpus_dir(root, ", or give one document's folder")
    if layout.is_packed(root):
        raise CteError(
            f"no data files in {root}", "a packed corpus is not written; give a tree, or one document's folder"
        )
    if not (check or diff):
        corpus = writable(root)
        click.get_current_context().with_resource(folders.writing(corpus))
        folders.clear(corpus)
    count = changed = broken = 0

    def left(where: str, why: str) -> None:
        nonlocal broken
        broken += 1
        say(safe(f"{where}: {why}; left as it is"), err=True)

    def unreadable(error: OSError) -> None:
        left(shown(str(error.filename)), str(error.strerror))

    helpers = click.get_current_context().with_resource(workers.workers(jobs, module=rewrite.__name__))
    for source, after in rewrite.all_formed(root, unreadable, helpers):
        count += 1
        name = shown(source.path)
        if isinstance(after, JsonError):
            line, column = position(source.data, after.offset)
            left(f"{name}:{line}:{column}", after.message)
            continue
        if not after:
            continue
        changed += 1
        if diff:
            _show_diff(name, source.data, after)
        elif check:
            say(safe(f"would write {name}"))
        else:
            files.write(Path(source.path), after)
            say(safe(f"wrote {name}"))
    untouched = check or diff
    say(f"{changed} of {count} files {'would change' if untouched else 'changed'}", err=True)
    sys.exit(1 if broken or (untouched and changed) else 0)


def _show_diff(name: str, before: bytes, after: bytes) -> None:
    """Print a diff that `git apply -p0` takes; on a terminal with control and right-to-left characters made safe."""
    from difflib import unified_diff
    from io import StringIO

    from cte_corpus.text.terminal import safe

    # Not splitlines(), which also breaks lines at characters that JSON allows in a string.
    old, new = (list(StringIO(data.decode("utf-8"), newline="\n")) for data in (before, after))
    on_terminal = sys.stdout.isatty()
    for line in unified_diff(old, new, name, f"{name} (canonical)"):
        text = line.removesuffix("\n")
        say(safe(text) if on_terminal else text)
        if text == line:
            say("\\ No newline at end of file")

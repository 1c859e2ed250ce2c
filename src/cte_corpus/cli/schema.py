"""`cte schema`: the published schemas, and the files that are generated from the models."""

import sys
from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.errors import CteError
from cte_corpus.store.line_ends import MEND


@click.command(
    epilog="""\b
Examples:
  cte schema            where the schemas are
  cte schema --corpus data      and whether each file of the corpus leads to one
  cte schema --check    has a generated file drifted from the models?
  cte schema --write    generate them anew
  cte schema --set schemas --corpus data   copy the schemas there, and let every file name them"""
)
@click.option("--check", "mode", flag_value="check", help=f"{options.CHECK} Names what differs from the models.")
@click.option("--diff", "mode", flag_value="diff", help=options.DIFF)
@click.option("--write", "mode", flag_value="write", help="Write the generated files.")
@click.option(
    "--set", "base", metavar="BASE",
    help="Let the files of the corpus name the schemas there: an address, or a folder, into which they are copied.",
)  # fmt: skip
@options.corpus(written=True)
def command(mode: str | None, base: str | None, path: Path | None) -> None:
    """List the schemas; compare or write the generated files.

    With --set, an editor finds them from every file of a corpus that was moved or copied. With --corpus alone, files
    that name a schema which is not there are listed, and the exit code is 1.
    """
    if base is not None:
        if mode is not None:
            raise click.UsageError("--set stands alone.")
        from cte_corpus.authoring import folder, schema_place
        from cte_corpus.cli.reading import writable
        from cte_corpus.text.terminal import safe

        for name in schema_place.name(writable(folder.corpus(path)), base):
            say(safe(f"wrote {name}"))
        return
    if mode is None:
        _list()
        if path is not None:
            _lost(path)
        return
    from cte_corpus import generate
    from cte_corpus.store.layout import checkout

    root = checkout()
    if root is None:
        raise CteError("the generated files belong to a checkout of the source", "run this in one, installed editable")
    if mode == "check":
        _check(generate.check(root), generate.only_line_ends(root))
    elif mode == "diff":
        different = generate.diff(root)
        say(different, end="")
        sys.exit(1 if different else 0)
    else:
        for name in generate.write(root):
            say(f"wrote {name}")


def _lost(path: Path) -> None:
    """List the files of a corpus that lead to no schema; an editor would complete nothing in them."""
    from cte_corpus.authoring import folder, schema_place
    from cte_corpus.text.terminal import safe

    found = schema_place.lost(folder.corpus(path))
    for line in found:
        say(safe(line), err=True)
    if found:
        say(f"help: `cte schema --set DIR --corpus {safe(str(path))}` copies them, and mends all files", err=True)
        sys.exit(1)


def _list() -> None:
    import orjson

    from cte_corpus.store.layout import schema_dir
    from cte_corpus.text.terminal import columns, table

    rows = []
    for path in sorted(schema_dir().glob("*.schema.json")):
        schema = orjson.loads(path.read_bytes())
        rows.append((path.name.removesuffix(".schema.json"), schema["$id"], path))
    say(table(("kind", "$id", "file"), rows, fit=columns()), form="styled")


def _check(drifted: list[str], only_ends: list[str]) -> None:
    for name in drifted:
        how = " only in its line ends, which should be LF," if name in only_ends else ""
        say(f"{name} differs{how} from what the models give", err=True)
    if drifted:
        mend = MEND if drifted == only_ends else "run `cte schema --write`, look at the change, and commit it"
        say(f"help: {mend}", err=True)
        sys.exit(1)
    say("All generated files are up to date.")

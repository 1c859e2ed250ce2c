"""Old spellings: still understood, never shown. This module goes in the release GOES, and with it all of them.

`python -m cte_corpus.cli` is one too: `cli/__main__.py`.
"""

import click

GOES = "3.0.0"

OPTIONS = {
    "check": {"--output-file": "--out"},
    "cite": {"--format": "--output", "--version": "--corpus-version"},
    "new": {"--id": "--document", "--draft": "--out"},
}
"""By command, old option -> the one that says it now."""

ARGUMENTS = ("show", "sql")
"""Commands that took the corpus as their last argument."""

before = click.option("--corpus-version", hidden=True)
"""The option of the group: a release, named before the command."""


class _Unshown(click.Argument):
    def get_usage_pieces(self, ctx: click.Context) -> list[str]:
        return []


def understanding(name: str, command: click.Command) -> click.Command:
    """A command that understands its old spellings too: an old option is a hidden twin of the one that says it now."""
    from copy import copy

    found = copy(command)
    found.params = [*command.params]
    for spelling, now in OPTIONS.get(name, {}).items():
        twin = copy(next(item for item in command.params if isinstance(item, click.Option) and now in item.opts))
        twin.opts, twin.hidden = [spelling], True
        found.params.append(twin)
    if name in ARGUMENTS:
        found.params.append(_Unshown(["path"], required=False, type=click.Path()))
    return found


def moved(ctx: click.Context, name: str, command: click.Command, args: list[str]) -> list[str]:
    """The arguments of a command, with the release that was named before it."""
    version = ctx.params.get("corpus_version")
    if version is None:
        return args
    if not any(parameter.name == "corpus_version" for parameter in command.params):
        ctx.fail(f"`cte {name}` reads no release; leave --corpus-version out.")
    return ["--corpus-version", version, *args]

"""What the commands that read a corpus share: which one, and what they do when it is not valid."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cte_corpus.errors import CteError


def located(ctx: click.Context, _: click.Parameter, given: str | None) -> Path | None:
    """The folder of the corpus that a command reads; None is the bundled one.

    The callback of every parameter that names a corpus: it takes a folder, an archive or its address, or, where nothing
    is given, the release of `--corpus-version`.

    Raises:
        CteError: the release or archive cannot be had.
    """
    version = ctx.find_root().params.get("corpus_version")
    if version is None and given is None:
        return None
    if version is not None and given is not None:
        raise click.UsageError("give a corpus, or --corpus-version, and not both.")
    from cte_corpus.published import versions

    if given is None:
        return versions.locate(str(version))
    return versions.open_pack(given) if versions.is_archive(given) else Path(given)


corpus_option = click.option(
    "--corpus", "path", metavar="PATH", type=click.Path(), callback=located, help="Another corpus than the bundled."
)
"""The option of a command whose arguments are of something else."""


def versioned(ctx: click.Context, _: click.Parameter, given: str | None) -> None:
    """The callback of a command's own option for a release: an eager one, which says what `--corpus-version` says."""
    params = ctx.find_root().params
    if given is None:
        return
    if params.get("corpus_version") not in (None, given):
        raise click.UsageError("--version and --corpus-version name two releases; give one.")
    params["corpus_version"] = given


def reads(command: click.Command) -> bool:
    """Whether a command reads a corpus that may be any release."""
    return any(parameter.callback is located for parameter in command.params)


@contextmanager
def reading(path: Path | None) -> Iterator[None]:
    """Around code that takes the records for valid: where it fails and they are not, say that.

    Raises:
        CteError: the code failed, and the corpus has findings. On a valid corpus the error is a fault of the code,
            and goes through.
    """
    try:
        yield
    except CteError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        from cte_corpus.checking.engine import run

        if run(path).ok:
            raise
        shown = "the bundled corpus" if path is None else f"the corpus at {path}"
        raise CteError(f"{shown} is not valid, and cannot be read", "run `cte check` for all that is wrong") from error

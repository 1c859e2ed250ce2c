"""What several commands take, each declared once: a thing has one name, and a name means one thing."""

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

CHECK = "Write nothing; exit 1 if something is not as it should be."
DIFF = "Write nothing; print what would change, and exit 1 if anything would."
DRY_RUN = "Do nothing; say what would be done."

F = TypeVar("F", bound=Callable[..., Any])


def corpus(*, main: bool = False, written: bool = False) -> Callable[[F], F]:
    """The corpus of a command, given to its function as `path`; None is the bundled one.

    It is named by --corpus, and by the argument PATH as well where it is the `main` argument. What only reads it takes
    a release by --corpus-version too, and an archive or its address; what is `written` is a folder. Where none is named
    it is that of the folder that one is in. A terminal is told which it is.
    """
    kinds = "A folder." if written else "A folder, a pack, or the address of an archive."

    def decorate(function: F) -> F:
        @wraps(function)
        def called(
            *, path: str | None = None, corpus: str | None = None, corpus_version: str | None = None, **others: Any
        ) -> None:
            from cte_corpus.cli.reading import announce, located, settle

            found = located(path, corpus, corpus_version, written)
            settle(found)
            announce(found)
            function(path=found, **others)

        decorators = [
            click.option(
                "--corpus",
                metavar="PATH",
                type=click.Path(),
                help=f"Another corpus than that of this folder, or the bundled one. {kinds}",
            )
        ]
        if not written:
            decorators.insert(0, click.option("--corpus-version", metavar="X.Y.Z", help="A release of the corpus."))
        if main:
            decorators.append(click.argument("path", required=False, type=click.Path()))
        for decorator in decorators:
            called = decorator(called)
        return called  # type: ignore[return-value]

    return decorate


def as_of() -> Callable[[F], F]:
    """The day by which the documents were published that a command reads."""
    return click.option(
        "--as-of", metavar="YYYY-MM-DD",
        help="Read only the documents published by this day; --corpus-version says which release.",
    )  # fmt: skip


def output(formats: Sequence[str], *, default: str | None = None, more: str = "") -> Callable[[F], F]:
    """The format in which a command prints; `more` is what its help says besides."""
    return click.option(
        "-o", "--output", type=click.Choice(formats), default=default, show_default=default is not None,
        help=f"How to print it. {more}".rstrip(),
    )  # fmt: skip


def out(more: str, *, required: bool = False, default: str | None = None) -> Callable[[F], F]:
    """Where a command writes; `more` says what, a file or a folder."""
    # Not `default=None`: it would do for one that is required.
    given: dict[str, Any] = {} if default is None else {"default": default}
    return click.option(
        "--out", metavar="TARGET", type=click.Path(path_type=Path), required=required,
        show_default=default is not None, help=f"Where to write it. {more}", **given,
    )  # fmt: skip


def text(*, required: bool = False) -> Callable[[F], F]:
    """The source text, or a folder of them."""
    return click.option(
        "--text", metavar="TEXT", type=click.Path(path_type=Path), required=required,
        help="The source text, or a folder of them, named by the documents' ids.",
    )  # fmt: skip


def document(more: str, *, required: bool = False) -> Callable[[F], F]:
    """The id of a document."""
    return click.option(
        "--document", metavar="ID", required=required, shell_complete=ids,
        help=f"The id of the document. {more}".rstrip(),
    )  # fmt: skip


def _all(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one, shown in this order."""

    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def new_document(*, required: bool = False) -> Callable[[F], F]:
    """What must be told of a document that the corpus has not, given as `lang`, `publisher` and `genre`."""
    return _all(
        click.option("--lang", required=required, metavar="TAG", help="BCP 47 tag of its language: ar, en."),
        click.option(
            "--publisher", required=required, metavar="ENTITY", help="Id of the publishing entity: org:tidewater-post."
        ),
        click.option(
            "--genre", metavar="GENRE",
            help="What kind of publication it is; by default that of the publisher's last document, or news-article.",
        ),
    )  # fmt: skip


def port(default: int) -> Callable[[F], F]:
    """Where a page is served to this machine."""
    return click.option(
        "--port", metavar="NUMBER", type=click.IntRange(0, 65535), default=default, show_default=True,
        help="Where to serve it; 0 is any free port.",
    )  # fmt: skip


def jobs() -> Callable[[F], F]:
    """How many processes work, given as `jobs`."""
    return click.option(
        "--jobs", "-j", metavar="N", type=click.IntRange(1, 512), default=1,
        help="How many processes work at a time. What comes of it is the same.",
    )  # fmt: skip


def ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """The ids that a shell completes; of documents alone where those are meant."""
    from cte_corpus.cli import completing

    complete = completing.documents if param.name == "document" else completing.ids
    return complete(ctx, incomplete)


def fetch(more: str = "") -> Callable[[F], F]:
    """Whether the text comes from the document's address."""
    return click.option(
        "--fetch", is_flag=True, help=f"Download the text from the document's own address instead. {more}".rstrip()
    )


def measured() -> Callable[[F], F]:
    """What is compared and how, given as `match`, `only`, `document`, `seed` and `types`."""
    return _all(
        click.option(
            "--match", metavar="HOW", type=click.Choice(["exact", "overlap", "proclitics"]), default="exact",
            show_default=True, help="When two spans are the same: exact, overlap, or exact but for proclitics.",
        ),
        click.option(
            "--only", metavar="WHAT", type=click.Choice(["explicit"]),
            help="`explicit` leaves out what no words of the text show.",
        ),
        document("Without it all are compared."),
        click.option(
            "--seed", metavar="SEED", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True,
            help="Of the random numbers behind the intervals.",
        ),
        click.option("--types", is_flag=True, help="Show every type too; JSON always does."),
    )  # fmt: skip

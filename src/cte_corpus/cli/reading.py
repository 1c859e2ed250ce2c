"""What the commands that read a corpus share: which it is, whether it may be written, what if it is not valid."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from cte_corpus.corpus.corpus import Corpus


def located(path: str | None, corpus: str | None, version: str | None, written: bool = False) -> Path | None:
    """The folder of the corpus that is named in one of three ways, else that of the working directory; None is bundled.

    Raises:
        CteError: the release or archive cannot be had.
    """
    named = [given for given in (path, corpus) if given is not None]
    if len(named) + (version is not None) > 1:
        raise click.UsageError("the corpus is named twice; name it once.")
    if version is None and not named:
        from cte_corpus.store.layout import corpus_in

        return corpus_in(Path())
    from cte_corpus.store.layout import is_archive

    if version is None and (written or not is_archive(named[0])):
        return Path(named[0])
    from cte_corpus.published import versions

    return versions.locate(version) if version is not None else versions.open_pack(named[0])


def settle(path: Path | None) -> None:
    """Finish a change of the whole corpus whose writer was killed, so that nobody reads half of it.

    Raises:
        CteError: it cannot be finished.
    """
    from cte_corpus.store import folders, layout

    root = layout.data_dir() if path is None else layout.corpus_in(layout.corpus_of(path))
    if root is None:
        return
    try:
        folders.settle(root)
    except OSError as error:
        raise CteError(
            f"a change of the corpus at {root} was broken off, and cannot be finished: {error.strerror}",
            f"run a command where {root} may be written; {folders.PENDING} in it holds the files",
        ) from None


def corpus_as_of(path: Path | None, as_of: str | None) -> "Corpus":
    """The corpus, or what of it was published by a day; then standard error says what is left out.

    Raises:
        CteError: there is no corpus, or the day is none.
    """
    from cte_corpus.cli.printing import say
    from cte_corpus.corpus.corpus import Corpus

    corpus = Corpus(path, as_of=as_of)
    if corpus.left_out is not None:
        say(f"as of {as_of}, without {corpus.left_out}", err=True)
    return corpus


def announce(path: Path | None) -> None:
    """Tell a terminal, in a line of its own on standard error, which corpus is meant: name, version and place.

    What is in a pipe is told nothing, nor is what cannot be told: whoever reads the corpus says what is wrong with it.
    """
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        return
    from cte_corpus.cli.printing import say
    from cte_corpus.store import layout
    from cte_corpus.store.stored import Stored
    from cte_corpus.text.terminal import painted, visible

    with suppress(CteError, OSError, ValueError, LookupError, TypeError):
        root = layout.corpus_dir(layout.corpus_of(path)) if path else layout.data_dir()
        info = Stored(root).info
        bundled = " (bundled)" if path is None else ""
        line = visible(f"corpus {info['name']} {info['version']}{bundled}: {root.absolute()}")
        say(painted(line, "dim"), err=True, form="styled")


def writable(path: Path | None) -> Path:
    """The corpus that a command is to write into: one that is neither part of an installed package nor a kept release.

    Raises:
        CteError: it is.
    """
    from cte_corpus.published import versions
    from cte_corpus.store import layout

    root = layout.corpus_of(layout.data_dir() if path is None else path)
    place = root.resolve()
    if layout.is_installed(place):
        raise CteError(f"{root} belongs to an installed package", f"it is for reading; {_COPY}")
    if place.is_relative_to(versions.cache().resolve()):
        raise CteError(f"{root} is a release that is kept", f"it never changes; {_COPY}")
    return root


_COPY = "write into a clone of the repository, or name another corpus"


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

"""What the commands that read a corpus do when it is not valid."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from cte_corpus.corpus.corpus import Corpus


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

"""What the commands that read a corpus do when it is not valid."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cte_corpus.errors import CteError


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

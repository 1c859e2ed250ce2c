"""JSON that another tool wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError
from cte_corpus.exchange.cas_files import LARGEST
from cte_corpus.store import strict
from cte_corpus.store.locate import position
from cte_corpus.text.limits import bounded

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path, hint: str) -> Any:
    """What a file holds, with or without a byte order mark.

    Raises:
        CteError: it is no JSON, or too large; the message says where, the hint how to mend it.
        OSError: the file cannot be read.
    """
    data = bounded(path, LARGEST)
    try:
        return strict.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except strict.JsonError as error:
        line, column = position(data, error.offset)
        raise CteError(f"{path}:{line}:{column}: {error.message}", hint) from None

"""What a text may be, so that reading it takes bounded time and memory. What people write stays far below."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

from cte_corpus.errors import CteError
from cte_corpus.text.narrow import characters

MAX_TEXT = 2_000_000
"""Code points of the longest text: some four thousand printed pages."""

MAX_FILE = 4 * MAX_TEXT
"""Bytes of its file."""

MAX_PAGE = 10_000_000
"""Bytes of the largest HTML page, of which much is no text."""

MAX_MARKS = 30
"""Combining marks in a row: as many as the Stream-Safe Text Format of Unicode (UAX 15) has. To order them takes time
that grows with the square of their number."""

SLACK = 100_000


def bounded(path: Path, most: int) -> bytes:
    """The bytes of a file that has no more than so many.

    Raises:
        CteError: it has more, or is no file: a pipe may never end, nor begin.
        OSError: it cannot be read.
    """
    if path.exists() and not path.is_file():
        raise CteError(f"{path} is no file", "save what it holds to a file, and give its path")
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise CteError(f"{path} has more than {most:,} bytes", "it is too large for what it is taken for")
    return data


def judge(text: str) -> None:
    """Take a text that can be normalised and folded in bounded time and memory.

    Raises:
        ValueError: it is too long, or becomes so when its compatibility characters are written out; or it has too many
            combining marks in a row.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"the text has {len(text):,} characters; up to {MAX_TEXT:,} are read")
    more = {char: len(unicodedata.normalize("NFKD", char)) - 1 for char in characters(text)}
    if max(more.values(), default=0) * len(text) > len(text) + SLACK:  # else it cannot be
        long = sum(more[char] * number for char, number in Counter(text).items())
        if long > len(text) + SLACK:
            raise ValueError(f"the text has {len(text):,} characters, which stand for {len(text) + long:,}")
    marks = "".join(char for char in more if unicodedata.combining(char))
    mark = f"[{re.escape(marks)}]"
    if marks and (run := re.search(f"{mark}{mark}{{{MAX_MARKS},}}", text)):  # a first one by itself is found faster
        raise ValueError(
            f"{len(run[0]):,} combining marks stand in a row at {run.start():,}; up to {MAX_MARKS} are read"
        )

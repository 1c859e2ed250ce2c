"""Files of lines, the last of which says what the others were: whoever reads one knows that it is whole."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path


def sealed(lines: Iterator[str]) -> Iterator[bytes]:
    """The lines of ASCII, and the last one."""
    hashed = sha256()
    for line in lines:
        yield line.encode("ascii")
        hashed.update(line.encode("ascii"))
    yield _end(hashed.hexdigest())


def is_whole(path: Path) -> bool:
    """Whether a file is as it was written.

    Raises:
        OSError: it cannot be read.
    """
    hashed, last = sha256(), b""
    with path.open("rb") as file:
        for line in file:
            hashed.update(last)
            last = line
    return last == _end(hashed.hexdigest())


def _end(digest: str) -> bytes:
    return json.dumps({"end": digest}).encode("ascii") + b"\n"

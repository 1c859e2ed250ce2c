"""Where the page of a record is: every address follows from the id alone, so it stays the same in every build."""

from __future__ import annotations

import re
from functools import lru_cache

BLOCK = 20
"""So many events or sanctions of a document are on one page, by their numbers."""

_PART = re.compile(r"(?P<document>[^:]+):(?P<letter>[a-z])(?P<number>[0-9]+)(?P<rest>(?:\.[0-9]+)?)")
_FOLDERS = {"e": "events", "x": "sanctions"}


def page(key: str) -> str:
    """The page of a record, below the folder of a language: `events/harbour-talks.0.html`."""
    return address(key).partition("#")[0]


@lru_cache(maxsize=16384)
def address(key: str) -> str:
    """The page of a record, and its place there: `events/harbour-talks.0.html#e07`, `entities/org.daesh.html`."""
    found = _PART.fullmatch(key)
    if found is None:
        kind, colon, slug = key.partition(":")
        return f"entities/{kind}.{slug}.html" if colon else f"documents/{key}.html"
    document, anchor = found["document"], key.partition(":")[2]
    folder = _FOLDERS.get(found["letter"])
    if folder is None:
        return f"documents/{document}.html#{anchor}"
    return f"{folder}/{block(document, int(found['number']))}.html#{anchor}"


def block(document: str, number: int) -> str:
    """The name of the page of a document that holds the event or sanction of a number."""
    return f"{document}.{number // BLOCK}"


def number(key: str) -> int:
    """The number in the id of a record: 7 of `harbour-talks:e07`."""
    return int(re.sub(r".*[a-z]", "", key.partition(":")[2]) or 0)

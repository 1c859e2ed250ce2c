"""Long lists in several pages."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

SIZE = 250
"""Lines of a page: it stays far below a megabyte."""


def paged(
    rows: Iterable[T], number: int, name: str, size: int = SIZE
) -> Iterator[tuple[str, list[T], tuple[str, str], int, int]]:
    """The pages of a list, at least one: name of the page, its rows, the names before and after, its place, the last.

    Args:
        rows: The rows.
        number: How many they are.
        name: Name of the first page; the second is called `name.2`.
        size: Rows of a page.
    """
    left = iter(rows)
    last = max(1, -(-number // size))
    names = [name, *(f"{name}.{place}" for place in range(2, last + 1))]
    for place, called in enumerate(names, 1):
        around = (names[place - 2] if place > 1 else "", names[place] if place < last else "")
        yield called, list(islice(left, size)), around, place, last


def by_standing(rows: Iterable[dict[str, str]], order: list[str]) -> list[tuple[str, int]]:
    """How many rows of each standing there are, in that order."""
    found = [row["standing"] for row in rows]
    return [(standing, found.count(standing)) for standing in order if standing in found]

"""Versions, of the corpus and of its schemas, in their order."""

MOST_DIGITS = 4_000
"""Of one number: Python reads no more than 4,300 at a time, and nobody means them."""


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, to compare it: `1.10.0` -> `(1, 10, 0)`.

    Raises:
        ValueError: a part is no number.
    """
    return tuple(int(part[:MOST_DIGITS]) for part in version.split("."))

"""Versions, of the corpus and of its schemas, in their order."""


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, to compare it: `1.10.0` -> `(1, 10, 0)`.

    Raises:
        ValueError: a part is no number.
    """
    return tuple(map(int, version.split(".")))

"""What is remembered of one document for the next."""

from typing import TypeVar

T = TypeVar("T")

MOST = 65536


class Sound(set[T]):
    """Values that were judged, and have no fault; so what a document has can be compared with all of them at once.

    Where they are too many, all are forgotten.
    """

    def add(self, value: T) -> None:
        """Remember a value."""
        if len(self) >= MOST:
            self.clear()
        super().add(value)

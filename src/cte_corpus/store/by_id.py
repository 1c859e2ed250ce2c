"""Records by id, of which a few are read alone, and all only when all are asked for."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

V = TypeVar("V")


class ById(Mapping[str, V]):
    """A mapping that is read in parts, and in the order of the whole."""

    def __init__(self, near: Callable[[str], dict[str, V]], whole: Callable[[], dict[str, V]]) -> None:
        """Read nothing yet.

        Args:
            near: What is read to find an id, as all records of its document; without the id where that is not enough.
            whole: All records.
        """
        self._near = near
        self._read_whole = whole
        self._known: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if "_whole" not in self.__dict__:
            if key not in self._known:
                self._known |= self._near(key)
            if key in self._known:
                return self._known[key]
        return self._whole[key]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)

    @cached_property
    def _whole(self) -> dict[str, V]:
        return self._read_whole()

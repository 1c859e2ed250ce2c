"""Records by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from cte_corpus.records.base import Model

M = TypeVar("M", bound="Model")


class UnknownIdError(CteError, KeyError):
    """There is no record of that id; the hint names the nearest."""


class Records(Mapping[str, M], Generic[M]):
    """Validated records by id, in the order of the corpus. A record is validated when it is first asked for."""

    def __init__(self, kind: str, raw: dict[str, dict[str, Any]], model: type[M]) -> None:
        self._kind = kind
        self._raw = raw
        self._model = model
        self._made: dict[str, M] = {}

    def __getitem__(self, key: str) -> M:
        if key not in self._made:
            self._made[key] = self._model.model_validate(self.raw(key))
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __repr__(self) -> str:
        return f"<Records of {len(self)}: {self._kind}>"

    def raw(self, key: str) -> dict[str, Any]:
        """The decoded record, not validated.

        Raises:
            UnknownIdError: there is no such record.
        """
        try:
            return self._raw[key]
        except KeyError:
            raise UnknownIdError(f"no {self._kind} {key!r}", nearest(key, self._raw)) from None


def nearest(key: str, known: Mapping[str, Any]) -> str:
    """A hint with the nearest known id, or an empty string."""
    close = get_close_matches(str(key), known, 1, 0.5)
    return f"did you mean {close[0]!r}?" if close else ""

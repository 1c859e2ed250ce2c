"""Records by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from cte_corpus.errors import UnknownIdError

if TYPE_CHECKING:
    from cte_corpus.corpus.navigation import Navigation
    from cte_corpus.records.base import Model

M = TypeVar("M", bound="Model")
T = TypeVar("T")


LIST_IDS = '`cte sql "select id from entities"` lists ids, and so for documents, events and the other tables'
"""What helps where nothing is near."""


class Records(Mapping[str, M], Generic[M]):
    """Validated records by id, in the order of the corpus. A record is validated when it is first asked for."""

    def __init__(
        self, kind: str, raw: Mapping[str, dict[str, Any]], model: type[M], home: Navigation | None = None
    ) -> None:
        self._kind = kind
        self._home = home
        self._raw = raw
        self._model = model
        self._made: dict[str, M] = {}

    def __getitem__(self, key: str) -> M:
        if key not in self._made:
            self._made[key] = self._model.model_validate(self.raw(key), context=self._home)
            self._made[key].called(key)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    @overload
    def get(self, key: str, /) -> M | None: ...

    @overload
    def get(self, key: str, /, default: M | T) -> M | T: ...

    def get(self, key: str, /, default: M | T | None = None) -> M | T | None:
        """The record, or the default; without the search for what else may be meant."""
        return self[key] if key in self._raw else default

    def __reduce__(self) -> tuple[Any, ...]:
        """What was validated is no part of it, nor is the corpus: a function that uses records stays the same to
        `Dataset.map`."""
        return Records, (self._kind, dict(self._raw), self._model)

    def __repr__(self) -> str:
        return f"<Records of {len(self)}: {self._kind}>"

    def _repr_html_(self) -> str | None:
        """The first records as a notebook shows them; None where they are of no corpus."""
        return self._home.html_list(self._kind, self._raw.keys()) if self._home else None

    def _ipython_key_completions_(self) -> list[str]:
        """The ids that a notebook completes: `corpus.events["<Tab>`."""
        return list(self._raw)

    def raw(self, key: str) -> dict[str, Any]:
        """The decoded record, not validated.

        Raises:
            UnknownIdError: there is no such record.
        """
        if key not in self._raw:
            raise unknown(self._kind, key, self._raw)
        return self._raw[key]


def unknown(kind: str, key: object, known: Mapping[str, dict[str, Any]]) -> UnknownIdError:
    """The error where there is no such record among the decoded ones; an entity is found by its names too."""
    from cte_corpus.text.suggest import hint

    called = {name: [entry["text"] for entry in record.get("names", ())] for name, record in known.items()}
    return UnknownIdError(f"no {kind} {key!r}", hint(str(key), known, called) or LIST_IDS)

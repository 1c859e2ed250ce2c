"""What changed inside a record, field by field, and which step each change asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.release.step import Kind, Step, model_of, step_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel

Raw = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One changed value of a record."""

    path: str
    """Where it stands: `quantities[0].lower`; of what was removed, where it stood."""

    kind: Kind
    before: Any
    """The value on the first side; None where it was added."""

    after: Any
    """The value on the second side; None where it was removed."""

    step: Step


def compare(
    before: Raw, after: Raw, model: type[BaseModel] | None, known: Callable[[str, str], bool], path: str = ""
) -> Iterator[Change]:
    """The changes between two states of a record, in the order of its fields.

    `known` says whether the first side's schema has a field, by its model's name and its own. A value given to a field
    that it does not have is an addition, whatever the field: it changes nothing that could be read before.
    """
    fields = dict.fromkeys([*(model.model_fields if model else ()), *before, *after])
    for name in fields:
        was, now = before.get(name), after.get(name)
        if _bytes(was) == _bytes(now):
            continue
        where = f"{path}{name}"
        inner = model_of(model, name)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from compare(was, now, inner, known, f"{where}.")
        elif isinstance(was, list) and isinstance(now, list):
            for index, kind, old, new in _items(was, now):
                place = f"{where}[{index}]" if kind != "reordered" else where
                if kind == "changed":
                    yield from compare(old, new, inner, known, f"{place}.")
                else:
                    yield Change(place, kind, old, new, step_of(model, name, kind))
        else:
            how: Kind = "added" if was is None else "removed" if now is None else "changed"
            is_new = how == "added" and model is not None and not known(model.__name__, name)
            yield Change(where, how, was, now, Step.MINOR if is_new else step_of(model, name, how))


def _items(was: list[Any], now: list[Any]) -> Iterator[tuple[int, Kind, Any, Any]]:
    """How one list became another: index, kind, old and new item.

    Equal items belong together wherever they stand; of the others those that have most in common, if they have enough.
    """
    left, right = dict(enumerate(was)), dict(enumerate(now))
    for index, item in enumerate(was):
        same = next((other for other, value in right.items() if _bytes(value) == _bytes(item)), None)
        if same is not None:
            del left[index], right[same]
    if not left and not right:
        yield 0, "reordered", was, now
    pairs = sorted(
        ((_common(old, new), -i, -j) for i, old in left.items() for j, new in right.items()),
        reverse=True,
    )
    altered = {}
    for common, i, j in pairs:
        if common >= 0.5 and -i in left and -j in right:
            altered[-j] = (left.pop(-i), right.pop(-j))
    found: list[tuple[int, Kind, Any, Any]] = [(i, "removed", old, None) for i, old in left.items()]
    found += [(j, "added", None, new) for j, new in right.items()]
    found += [(j, "changed", old, new) for j, (old, new) in altered.items()]
    yield from sorted(found, key=lambda item: (item[0], item[1] != "removed"))


def _common(old: Any, new: Any) -> float:
    """The share of fields in which two items agree; plain values that differ have nothing in common."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return 0
    fields = old.keys() | new.keys()
    return sum(_bytes(old.get(name)) == _bytes(new.get(name)) for name in fields) / len(fields)


def _bytes(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)

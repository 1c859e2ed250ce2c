"""What changed inside a record, field by field, and which step each change asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.compare.step import Kind, Step, alike, grade_of, limit_of, model_of, step_of

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

    place: bool
    """Whether it is an offset or a digest, which follow from the reference text."""


def compare(
    before: Raw,
    after: Raw,
    model: type[BaseModel] | None,
    known: Callable[[str, str], bool],
    path: str = "",
    limit: Step = Step.MAJOR,
) -> Iterator[Change]:
    """The changes between two states of a record, in the order of its fields.

    Args:
        before: The record on the first side.
        after: The record on the second side.
        model: Its model.
        known: Whether the first side's schema has a field, by its model's name and its own. A value given to a field
            that it does not have is an addition, whatever the field: it changes nothing that could be read before.
        path: Where it stands in a larger record, with a dot at the end.
        limit: The farthest step for which a change in it asks.
    """
    for name in dict.fromkeys([*(model.model_fields if model else ()), *before, *after]):
        was, now = before.get(name), after.get(name)
        if _bytes(was) == _bytes(now):
            continue
        grade = grade_of(model, name)
        is_new = was is None and model is not None and name in model.model_fields and not known(model.__name__, name)
        for place, kind, old, new in _parts(was, now, spelled=grade == "spelling"):
            where = f"{path}{name}{place}"
            if kind == "changed" and isinstance(old, dict) and isinstance(new, dict):
                yield from compare(old, new, model_of(model, name), known, f"{where}.", min(limit, limit_of(grade)))
            else:
                step = Step.MINOR if is_new else step_of(grade, kind, old, new)
                yield Change(where, kind, old, new, min(limit, step), grade == "place")


def _parts(was: Any, now: Any, *, spelled: bool) -> Iterator[tuple[str, Kind, Any, Any]]:
    """What differs in a value: its index if it is of a list, kind, old and new."""
    if isinstance(was, list) and isinstance(now, list):
        yield from _items(was, now, spelled)
    else:
        yield "", "added" if was is None else "removed" if now is None else "changed", was, now


def _items(was: list[Any], now: list[Any], spelled: bool) -> Iterator[tuple[str, Kind, Any, Any]]:
    """How one list became another.

    Equal items belong together wherever they stand; of the others those that have most in common, if they have enough.
    """
    left, right = dict(enumerate(was)), dict(enumerate(now))
    places: dict[bytes, list[int]] = {}
    for index, item in reversed(right.items()):
        places.setdefault(_bytes(item), []).append(index)
    for index, item in enumerate(was):
        if same := places.get(_bytes(item)):
            del left[index], right[same.pop()]
    if not left and not right:
        yield "", "reordered", was, now
    pairs = sorted(((_common(old, new, spelled), -i, -j) for i, old in left.items() for j, new in right.items()))
    found: list[tuple[int, Kind, Any, Any]] = []
    for common, i, j in reversed(pairs):
        if common >= 0.5 and -i in left and -j in right:
            found.append((-j, "changed", left.pop(-i), right.pop(-j)))
    found += [(i, "removed", old, None) for i, old in left.items()]
    found += [(j, "added", None, new) for j, new in right.items()]
    for index, kind, old, new in sorted(found, key=lambda item: (item[0], item[1] != "removed")):
        yield f"[{index}]", kind, old, new


def _common(old: Any, new: Any, spelled: bool) -> float:
    """The share of fields in which two items agree; plain values that differ have nothing in common but letters."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return float(spelled and alike(old, new))
    fields = old.keys() | new.keys()
    return sum(_bytes(old.get(name)) == _bytes(new.get(name)) for name in fields) / len(fields)


def _bytes(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)

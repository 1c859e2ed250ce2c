"""YAML read as JSON would be: no tags, no types of its own, aliases that cannot grow, and a place for every value."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.errors import CteError
from cte_corpus.store import strict
from cte_corpus.store.locate import Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.store.pointer import Pointer

MAX_VALUES = 200_000
"""Values that a text may hold, those that its aliases repeat among them; the longest draft so far has ten thousand."""

_NESTING = frozenset({"SequenceStartEvent", "MappingStartEvent"})
_NULL = frozenset({"", "~", "null"})
_WORDS = {"true": True, "false": False}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_HALF = re.compile("[\ud800-\udfff]")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class YamlError(ValueError):
    """What is wrong with a text, and where; `place` is None where that cannot be said."""

    def __init__(self, message: str, place: Position | None) -> None:
        super().__init__(message)
        self.place = place


class Read(NamedTuple):
    """The value of a text."""

    value: Any
    places: dict[Pointer, Position]
    """Where each key and each item of a list stands."""

    extents: dict[Pointer, tuple[int, int]]
    """Where the text of each value begins and ends, in code points; none of what an alias repeats."""


def read(text: str) -> Read:
    """Read one document of YAML.

    Plain scalars are what JSON takes them for, or strings: so `no`, `on` and dates are strings. `~` and nothing at all
    are null.

    Raises:
        YamlError: it is no YAML, or has what JSON has not: a tag, a key that is no string or stands twice, an infinity,
            an alias inside what it names; or it nests too deep or holds too much.
        CteError: the reader of YAML is not installed.
    """
    try:
        import yaml
    except ImportError:
        raise CteError(
            "the reader of YAML is not installed", 'install it with: pip install "cte-corpus[author]"'
        ) from None
    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return _Reader(events).document()
    except yaml.MarkedYAMLError as error:
        raise YamlError(
            str(error.problem or error.context), _position(error.problem_mark or error.context_mark)
        ) from None
    except yaml.YAMLError as error:  # a character that YAML has not; where, only the reader in Python tells
        raise YamlError(str(error).partition("\n")[0], _unprintable(text)) from None


class _Anchor(NamedTuple):
    value: Any
    size: int


class _Reader:
    """From the events of a parser to values."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._anchors: dict[str, _Anchor | None] = {}
        """None while the value is being read."""

        self._places: dict[Pointer, Position] = {}
        self._extents: dict[Pointer, tuple[int, int]] = {}
        self._end = 0
        """Where the last value ended: a block that holds it ends there, and not after the comments that follow."""

        self._count = 0

    def document(self) -> Read:
        """The one document of the stream; None where there is none."""
        value = None
        for event in self._events:
            if type(event).__name__ == "DocumentStartEvent":
                if self._places:
                    raise _error("a draft is one document of YAML, and this is another", event)
                self._places[()] = _position(event.start_mark) or Position(1, 1)
                value = self._value(next(self._events), ())
        return Read(value, self._places, self._extents)

    def _value(self, event: Any, pointer: Pointer) -> Any:
        self._count += 1
        self._judge(event, pointer)
        kind = type(event).__name__
        if kind == "AliasEvent":
            self._end = event.end_mark.index
            return self._repeated(event)
        before = self._count
        if event.anchor:
            self._anchors[event.anchor] = None
        if kind == "ScalarEvent":
            value = _scalar(event)
            self._end = event.end_mark.index
        elif kind == "SequenceStartEvent":
            value = self._sequence(pointer)
        else:
            value = self._mapping(pointer)
        self._extents[pointer] = event.start_mark.index, self._end
        if event.anchor:
            self._anchors[event.anchor] = _Anchor(value, self._count - before + 1)
        return value

    def _judge(self, event: Any, pointer: Pointer) -> None:
        if self._count > MAX_VALUES:
            raise _error(f"more than {MAX_VALUES:,} values", event)
        if len(pointer) >= strict.MAX_DEPTH and type(event).__name__ in _NESTING:
            raise _error(f"expected values to nest at most {strict.MAX_DEPTH} deep", event)
        if getattr(event, "tag", None):
            raise _error("a draft has no tags: it holds what JSON holds", event)

    def _repeated(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise _error(f"nothing is called `{event.anchor}`", event)
        anchor = self._anchors[event.anchor]
        if anchor is None:
            raise _error(f"`{event.anchor}` stands inside what it names", event)
        self._count += anchor.size - 1
        self._judge(event, ())
        return _copy(anchor.value)

    def _sequence(self, pointer: Pointer) -> list[Any]:
        items: list[Any] = []
        while type(event := next(self._events)).__name__ != "SequenceEndEvent":
            here = (*pointer, len(items))
            self._places[here] = _at(event)
            items.append(self._value(event, here))
        self._close(event)
        return items

    def _close(self, event: Any) -> None:
        """Note where a list or an object ends that has brackets."""
        if event.end_mark.index > event.start_mark.index:
            self._end = event.end_mark.index

    def _mapping(self, pointer: Pointer) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(event := next(self._events)).__name__ != "MappingEndEvent":
            key = self._value(event, pointer)
            if not isinstance(key, str):
                raise _error("a key is a string: write it in quotes", event)
            if key in found:
                raise _error(f"`{key}` stands twice", event)
            if key == "<<" and event.implicit[0]:
                raise _error("JSON has no `<<`: write the fields out", event)
            here = (*pointer, key)
            self._places[here] = _at(event)
            found[key] = self._value(next(self._events), here)
        self._close(event)
        return found


def _scalar(event: Any) -> Any:
    text = str(event.value)
    if not event.implicit[0]:  # in quotes, or a block
        if _HALF.search(text):
            raise _error("half of a surrogate pair stands alone", event)
        return text
    if text in _NULL:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        if len(text) > 17 or abs(int(text)) > strict.MAX_INTEGER:
            raise _error("the number is beyond ±(2^53 - 1): other readers would round it", event)
        return int(text)
    if _FLOAT.fullmatch(text):
        if math.isinf(float(text)):
            raise _error("the number is too large for a double", event)
        return float(text)
    if _NO_NUMBER.fullmatch(text):
        raise _error(f"JSON has no `{text}`", event)
    return text


def _unprintable(text: str) -> Position | None:
    """Where the first character stands that YAML does not have."""
    from yaml.reader import Reader

    found = Reader.NON_PRINTABLE.search(text)
    before = text[: found.start()] if found else ""
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n")) if found else None


def _copy(value: Any) -> Any:
    """A value of its own: what changes one place changes no other."""
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _at(event: Any) -> Position:
    return _position(event.start_mark) or Position(1, 1)


def _position(mark: Any) -> Position | None:
    return Position(mark.line + 1, mark.column + 1) if mark else None


def _error(message: str, event: Any) -> YamlError:
    return YamlError(message, _at(event))

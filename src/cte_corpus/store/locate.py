"""From a JSON pointer to a line and column, for files that are about to be reported."""

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from cte_corpus.diagnostic import Pointer

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_LITERAL = re.compile(r"[^\s,\]}]+")


class Position(NamedTuple):
    """A place in a text, both from 1; columns count code points."""

    line: int
    column: int


def position(data: bytes, offset: int) -> Position:
    """The place of a byte offset."""
    before = data[:offset].decode("utf-8", "replace")
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


def locate(data: bytes, pointers: Iterable[Pointer]) -> dict[Pointer, Position]:
    """The places of the values to which pointers lead, in one pass over valid JSON.

    The value of a key is placed at the key. A pointer that leads nowhere gets the place of its nearest ancestor.
    """
    text = data.decode("utf-8")
    wanted = set(pointers)
    starts: dict[Pointer, int] = {}
    ancestors = {pointer[:size] for pointer in wanted for size in range(len(pointer) + 1)}
    _Walk(text, ancestors, starts).value(_skip(text, 0), ())
    found = {}
    for pointer in wanted:
        nearest = pointer
        while nearest not in starts:
            nearest = nearest[:-1]
        at = starts[nearest]
        found[pointer] = Position(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return found


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


class _Walk:
    def __init__(self, text: str, wanted: set[Pointer], starts: dict[Pointer, int]) -> None:
        self.text = text
        self.wanted = wanted
        self.starts = starts

    def value(self, at: int, pointer: Pointer) -> int:
        """Note where a value starts; return where it ends."""
        if pointer in self.wanted:
            self.starts.setdefault(pointer, at)
        char = self.text[at]
        if char == '"':
            return _DECODER.raw_decode(self.text, at)[1]
        if char not in "{[":
            match = _LITERAL.match(self.text, at)
            return match.end() if match else at + 1
        close = "}" if char == "{" else "]"
        index = 0
        at = _skip(self.text, at + 1)
        while self.text[at] != close:
            key: str | int = index
            if char == "{":
                start = at
                key, at = _DECODER.raw_decode(self.text, at)
                if (*pointer, key) in self.wanted:
                    self.starts.setdefault((*pointer, key), start)
                at = _skip(self.text, _skip(self.text, at) + 1)
            at = _skip(self.text, self.value(at, (*pointer, key)))
            if self.text[at] == ",":
                at = _skip(self.text, at + 1)
            index += 1
        return at + 1

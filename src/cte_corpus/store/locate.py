"""From a JSON pointer to a line and column, for files that are about to be reported."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from cte_corpus.store.pointer import Pointer

_DECODER = json.JSONDecoder(parse_int=len)  # int() refuses thousands of digits
_NEXT = re.compile(r"[ \t\n\r:,]*+")
_LINE_END = re.compile("\n")
_CONTINUATION = bytes(range(0x80, 0xC0))


class Position(NamedTuple):
    """A place in a text, both from 1; columns count code points, lines end with LF."""

    line: int
    column: int


def position(data: bytes, offset: int) -> Position:
    """The place of the code point to which the byte at `offset` belongs, in any bytes."""
    start = data.rfind(b"\n", 0, offset) + 1
    end = min(offset, len(data))
    while start < end < len(data) and data[end] in _CONTINUATION:
        end -= 1
    column = len(data[start:end].translate(None, _CONTINUATION)) + 1
    return Position(data.count(b"\n", 0, offset) + 1, column)


def locate(data: bytes, pointers: Iterable[Pointer]) -> dict[Pointer, Position]:
    """The places to which pointers lead, in one pass over JSON in UTF-8.

    A pointer to a member of an object is placed at its key, one to an item of a list at the item. A pointer that leads
    nowhere, also because the text is no JSON from some place on, gets the place of its nearest ancestor.
    """
    text = data.decode("utf-8")
    wanted = set(pointers)
    tree: dict[str | int, Any] = {}
    for pointer in wanted:
        node = tree
        for part in pointer:
            node = node.setdefault(part, {})
    start = _next(text, 0)
    starts: dict[Pointer, int] = {(): start}
    with suppress(ValueError, TypeError, IndexError, RecursionError):  # no JSON from here on: what was found stands
        _walk(text, start, (), tree, starts)
    line_ends = [match.start() for match in _LINE_END.finditer(text)]
    found = {}
    for pointer in wanted:
        nearest = pointer
        while nearest not in starts:
            nearest = nearest[:-1]
        at = starts[nearest]
        line = bisect_right(line_ends, at - 1)
        found[pointer] = Position(line + 1, at - (line_ends[line - 1] if line else -1))
    return found


def _next(text: str, at: int) -> int:
    match = _NEXT.match(text, at)
    return match.end() if match else at


def _walk(text: str, at: int, pointer: Pointer, tree: dict[str | int, Any], starts: dict[Pointer, int]) -> int:
    """Note where the wanted parts of the value at `at` start; return where the value ends.

    Only wanted containers are walked, the decoder skips the others.
    """
    opening = text[at]
    if not tree or opening not in "{[":
        return _DECODER.raw_decode(text, at)[1]
    index = 0
    at = _next(text, at + 1)
    while text[at] not in "}]":
        part: str | int = index
        start = at
        if opening == "{":
            part, at = _DECODER.raw_decode(text, at)
            at = _next(text, at)
        if part in tree:
            starts[(*pointer, part)] = start
        at = _next(text, _walk(text, at, (*pointer, part), tree.get(part, {}), starts))
        index += 1
    return at + 1

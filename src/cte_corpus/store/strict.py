"""Strict JSON: what passes here means the same to every reader.

orjson decodes, and refuses most of what is not JSON. It lets pass a key that stands twice, integers that other readers
round, and deep nesting. These leave traces when the decoded value is written again, which costs little; only where
there is a trace is the text scanned, slowly and exactly, to tell.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from cte_corpus.store.locate import position

MAX_DEPTH = 64
"""How deep objects and lists may nest; a list without any inside is one deep."""

MAX_INTEGER = 2**53 - 1

_EXPONENT = orjson.dumps(1e20)[1:-2]
"""The mark of a large float: as such orjson decodes an integer that no machine word holds."""

_TOKEN = re.compile(
    rb'[ \t\n\r]*+(?:(?P<string>"(?:[^"\\]|\\.)*+")|(?P<constant>-?(?:NaN|Infinity))|(?P<number>-?[0-9][-+.0-9eE]*+)'
    rb"|(?P<open>[{\[])|(?P<close>[}\]])|(?P<other>[:,]|true|false|null))",
    re.DOTALL,
)
_COLON = re.compile(rb"[ \t\n\r]*+:")
_HALF = re.compile(rb"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<alone>\\u[dD][89a-fA-F]..)|\\.", re.DOTALL)


class JsonError(ValueError):
    """What is wrong with a file.

    Attributes:
        problem: not-utf8, byte-order-mark, nul-byte, invalid-json, duplicate-key, not-finite, lone-surrogate,
            integer-range or nesting-depth.
        message: What was expected and what came.
        offset: Where, in bytes; for a duplicate key its second place.
    """

    def __init__(self, problem: str, message: str, offset: int) -> None:
        super().__init__(problem, message, offset)
        self.problem = problem
        self.message = message
        self.offset = offset

    def __str__(self) -> str:
        return f"{self.message} (byte {self.offset})"


def loads(data: bytes) -> Any:
    """Decode one JSON value.

    Raises:
        JsonError: the bytes are not strict JSON.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _refused(data, error) from None
    if _suspicious(data, value):
        for problem in _problems(data):
            raise problem
    return value


def _suspicious(data: bytes, value: Any) -> bool:
    """Whether the text may hold a problem that orjson lets pass. Never wrong when it says no."""
    padded = value
    for _ in range(_PADDING):
        padded = [padded]
    try:
        written = orjson.dumps(padded, option=orjson.OPT_STRICT_INTEGER)
    except TypeError:  # nested too deep, or an integer too large
        return True
    if _EXPONENT in written:
        return True
    if data.rstrip() == written[_PADDING : len(written) - _PADDING]:
        return False
    # A key that was dropped takes its quotes with it, and a quote inside a string is written \" on both sides, unless
    # the text spells it in hex.
    return data.count(b'"') != written.count(b'"') or b"\\u0022" in data


def _padding() -> int:
    """How many lists around a value bring it to the depth at which orjson stops writing, if it nests too deep."""
    value: list[Any] = []
    for depth in range(1, 1000):
        try:
            orjson.dumps(value)
        except TypeError:
            return depth - 1 - MAX_DEPTH
        value = [value]
    raise RuntimeError("orjson writes values of any depth; nesting cannot be judged")


_PADDING = _padding()


def _refused(data: bytes, error: orjson.JSONDecodeError) -> JsonError:
    """Name the problem for which orjson refused the bytes."""
    if data.startswith(b"\xef\xbb\xbf"):
        return JsonError("byte-order-mark", "the file starts with a byte order mark; save it as UTF-8 without one", 0)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as bad:
        return JsonError("not-utf8", f"expected UTF-8, got byte 0x{data[bad.start]:02x}", bad.start)
    if b"\0" in data:
        return JsonError("nul-byte", "the file holds a NUL byte", data.index(b"\0"))
    refused_at = len(text[: error.pos].encode())
    for problem in _problems(data):
        # What orjson lets pass is no reason; a syntax error before the place would be the first thing to mend.
        if problem.problem in {"not-finite", "lone-surrogate", "nesting-depth"} and problem.offset <= refused_at + 1:
            return problem
    return JsonError("invalid-json", f"expected JSON: {error.msg}", refused_at)


def _problems(data: bytes) -> Iterator[JsonError]:
    """The problems of a text that is valid JSON as far as it concerns us, in order."""
    # Keys of each open object with their places; None for a list.
    stack: list[dict[str, int] | None] = []
    at = 0
    while match := _TOKEN.match(data, at):
        kind = match.lastgroup or ""
        start, at = match.span(kind)
        token = match[kind]
        if kind == "string":
            yield from _surrogates(token, start)
            if stack and stack[-1] is not None and _COLON.match(data, at):
                yield from _duplicate(data, token, start, stack[-1])
        elif kind == "number":
            yield from _number(token.decode(), start)
        elif kind == "constant":
            yield JsonError("not-finite", f"JSON has no {token.decode()}", start)
        elif kind == "open":
            stack.append({} if token == b"{" else None)
            if len(stack) == MAX_DEPTH + 1:
                yield JsonError("nesting-depth", f"expected values to nest at most {MAX_DEPTH} deep", start)
        elif kind == "close" and stack:
            stack.pop()


def _duplicate(data: bytes, token: bytes, start: int, seen: dict[str, int]) -> Iterator[JsonError]:
    try:
        key = json.loads(token)
    except ValueError:  # the text is no JSON here
        return
    if key in seen:
        line, column = position(data, seen[key])
        message = f"the key `{key}` stands twice in one object, first in line {line}, column {column}"
        yield JsonError("duplicate-key", message, start)
    seen.setdefault(key, start)


def _surrogates(token: bytes, start: int) -> Iterator[JsonError]:
    if b"\\u" in token:
        for match in _HALF.finditer(token):
            if match["alone"]:
                message = f"{match[0].decode()} is half of a surrogate pair and stands alone"
                yield JsonError("lone-surrogate", message, start + match.start())


def _number(token: str, start: int) -> Iterator[JsonError]:
    digits = token.lstrip("-")
    shown = token if len(token) <= 30 else f"{token[:30]}…"
    if digits.isdigit():
        if len(digits) > 16 or int(digits) > MAX_INTEGER:
            yield JsonError("integer-range", f"{shown} is beyond ±(2^53 - 1): other readers would round it", start)
    else:
        try:
            finite = float(token) not in (float("inf"), float("-inf"))
        except ValueError:  # the text is no JSON here
            return
        if not finite:
            yield JsonError("not-finite", f"{shown} is too large for a double", start)

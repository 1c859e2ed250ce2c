"""Strict JSON: what passes here means the same to every reader.

orjson decodes, and refuses most of what is not JSON. It lets pass a key that stands twice, integers that other readers
round, and deep nesting. These leave traces when the decoded value is written again, which costs little; only where
there is a trace is the text scanned, slowly and exactly, to tell.
"""

import json
import re
from typing import Any

import orjson

from cte_corpus.store.locate import position

MAX_DEPTH = 64
"""How deep objects and lists may nest; a list without any inside is one deep."""

MAX_INTEGER = 2**53 - 1

MAX_VALUES = 1_000_000
"""How many values a file may hold: some fifty times what the largest document has. Decoded, a value of two bytes takes
a hundred, so the size of a file says little of what it costs."""

_FEW = 1024 * 1024
"""Bytes in which there are never too many values."""

_EXPONENT = orjson.dumps(1e20)[1:-2]
"""The mark of a large float: as such orjson decodes an integer that no machine word holds."""

# Patterns as text: `re` compiles them where a text is scanned.
_TOKEN = (
    rb'(?P<string>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+(?P<closed>")?)'
    rb"|(?P<constant>-?(?:NaN|Infinity)\b)|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)"
    rb"|(?P<literal>(?:true|false|null)\b)|(?P<open>[{\[])|(?P<close>[}\]])|(?P<mark>[:,])"
)
_SPACE = rb"[ \t\n\r]*+"
_HALF = rb"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<alone>\\u[dD][89a-fA-F]..)|\\."

_VALUE, _ITEM, _KEY, _FIRST_KEY, _COLON = (
    "a value",
    "a value or `]`",
    "a key in quotes",
    "a key in quotes or `}`",
    "`:`",
)
_NEXT = {True: "`,` or `}`", False: "`,` or `]`", None: "nothing after the value"}
"""What may follow a value in an object, in a list, and at the root."""


class JsonError(ValueError):
    """What is wrong with a file.

    Attributes:
        problem: too-many-values, not-utf8, byte-order-mark, nul-byte, invalid-json, duplicate-key, not-finite,
            lone-surrogate, integer-range or nesting-depth.
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
    return decode(data)[0]


def decode(data: bytes) -> tuple[Any, bool]:
    """Decode one JSON value; and tell whether it is written as a line of a packed corpus: compact, with a line end.

    Raises:
        JsonError: the bytes are not strict JSON.
    """
    if too_many_values(data):
        raise JsonError("too-many-values", f"expected at most {MAX_VALUES:,} values, got more", 0)
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _refused(data, error) from None
    written = _written(value)
    compact = len(data) == len(written) + 1 and data.endswith(b"\n") and data.startswith(written)
    if _suspicious(data, written, compact) and (problem := _Scan(data).problem()):
        raise problem
    return value, compact


def too_many_values(data: bytes) -> bool:
    """Whether JSON has too many values to be decoded, told by its commas."""
    return len(data) > _FEW and data.count(b",") >= MAX_VALUES


def _written(value: Any) -> bytes:
    """The value as orjson writes it; nothing where it nests too deep or holds an integer that is too large."""
    try:
        written = orjson.dumps(_NEST, default=lambda _: value, option=orjson.OPT_STRICT_INTEGER)
    except TypeError:
        return b""
    return written[_PADDING : len(written) - _PADDING]


def _suspicious(data: bytes, written: bytes, compact: bool) -> bool:
    """Whether the text may hold a problem that orjson lets pass. Never wrong when it says no."""
    if not written or (b"+" in written and _EXPONENT in written):  # one rare byte is found far sooner than two
        return True
    # A key that was dropped takes its quotes with it, and a quote inside a string is written \" on both sides, unless
    # the text spells it in hex.
    return not compact and (data.count(b'"') != written.count(b'"') or b"\\u0022" in data)


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


def _nest() -> list[Any]:
    nest: list[Any] = [object()]  # what orjson asks `default` for
    for _ in range(_PADDING - 1):
        nest = [nest]
    return nest


_NEST = _nest()
"""Lists around the place of a value; they bring it to the depth at which orjson stops writing, if it nests too deep."""


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
    # The scan knows the grammar; what it should overlook, orjson still has a word for.
    refused = JsonError("invalid-json", f"expected JSON: {error.msg}", len(text[: error.pos].encode()))
    return _Scan(data).problem() or refused


class _Scan:
    """A slow, exact reading of UTF-8, token by token, up to the first problem."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.open: list[dict[str, int] | None] = []
        """What is open: for an object its keys with their places, None for a list."""

        self.expected = _VALUE

    def problem(self) -> JsonError | None:
        """The first problem, or None."""
        at = 0
        blanks, tokens = re.compile(_SPACE), re.compile(_TOKEN)
        while True:
            space = blanks.match(self.data, at)
            at = space.end() if space else at
            if at == len(self.data) and self.expected == _NEXT[None]:
                return None
            match = tokens.match(self.data, at)
            problem = self._token(match, at) if match else self._unexpected(at)
            if problem or not match:
                return problem
            at = match.end()

    def _token(self, match: re.Match[bytes], at: int) -> JsonError | None:
        """Judge a token, and say what is expected next."""
        kind, token = match.lastgroup, match[0]
        inside = self.open[-1] if self.open else None
        if kind == "string":
            if not match["closed"]:
                return self._broken_string(match.end())
            if self.expected in (_KEY, _FIRST_KEY) and inside is not None:
                self.expected = _COLON
                return _surrogate(token, at) or self._duplicate(token, at, inside)
        if kind == "mark":
            if f"`{token.decode()}`" not in self.expected:
                return self._unexpected(at)
            self.expected = _VALUE if token == b":" or inside is None else _KEY
        elif kind == "close":
            if f"`{token.decode()}`" not in self.expected:
                return self._unexpected(at)
            self.open.pop()
            self._value_ends()
        elif self.expected not in (_VALUE, _ITEM):
            return self._unexpected(at)
        elif kind == "open":
            self.open.append({} if token == b"{" else None)
            self.expected = _FIRST_KEY if token == b"{" else _ITEM
            if len(self.open) > MAX_DEPTH:
                return JsonError("nesting-depth", f"expected values to nest at most {MAX_DEPTH} deep", at)
        else:
            self._value_ends()
            return _surrogate(token, at) if match["string"] else _number(token.decode(), at)
        return None

    def _value_ends(self) -> None:
        self.expected = _NEXT[self.open[-1] is not None] if self.open else _NEXT[None]

    def _duplicate(self, token: bytes, at: int, keys: dict[str, int]) -> JsonError | None:
        key = json.loads(token)
        if key in keys:
            line, column = position(self.data, keys[key])
            message = f"the key `{key}` stands twice in one object, first in line {line}, column {column}"
            return JsonError("duplicate-key", message, at)
        keys[key] = at
        return None

    def _unexpected(self, at: int) -> JsonError:
        got = f"`{self.data[at:].decode()[0]}`" if at < len(self.data) else "the end"
        return JsonError("invalid-json", f"expected {self.expected}, got {got}", at)

    def _broken_string(self, at: int) -> JsonError:
        char = self.data[at : at + 1]
        if not char:
            message = "expected a quote at the end of the string, got the end"
        elif char == b"\\":
            message = (
                'expected one of `\\" \\\\ \\/ \\b \\f \\n \\r \\t` or `\\u` and four hex digits, got another escape'
            )
        else:
            message = f"expected the control character U+{char[0]:04X} in a string to be escaped"
        return JsonError("invalid-json", message, at)


def _surrogate(token: bytes, at: int) -> JsonError | None:
    for match in re.finditer(_HALF, token):
        if match["alone"]:
            message = f"{match[0].decode()} is half of a surrogate pair and stands alone"
            return JsonError("lone-surrogate", message, at + match.start())
    return None


def _number(token: str, at: int) -> JsonError | None:
    """Judge a number, `NaN` and the like, or a literal."""
    digits = token.lstrip("-")
    shown = token if len(token) <= 30 else f"{token[:30]}…"
    if digits in ("NaN", "Infinity"):
        return JsonError("not-finite", f"JSON has no {token}", at)
    if digits.isdigit():
        if len(digits) > 16 or int(digits) > MAX_INTEGER:
            return JsonError("integer-range", f"{shown} is beyond ±(2^53 - 1): other readers would round it", at)
    elif digits[0].isdigit() and float(digits) == float("inf"):
        return JsonError("not-finite", f"{shown} is too large for a double", at)
    return None

"""Strict JSON: what passes here means the same to every reader.

orjson decodes, and refuses most of what is not JSON. It lets pass a key that stands twice and integers that other
readers round; both are found by comparing the bytes with those that orjson writes for the decoded value, and only
where these differ is the text scanned again, slowly, to tell.
"""

import json
import re
from typing import Any

import orjson

MAX_DEPTH = 64
MAX_INTEGER = 2**53 - 1

_DECODER = json.JSONDecoder()
_LONG_NUMBER = re.compile(rb"[0-9]{16}")
_ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89abAB]|\\u[dD][c-fC-F]")


class JsonError(ValueError):
    """What is wrong with a file.

    Attributes:
        problem: not-utf8, byte-order-mark, nul-byte, invalid-json, duplicate-key, not-finite, lone-surrogate,
            integer-range or nesting-depth.
        message: What was expected and what came.
        offset: Where, in bytes.
    """

    def __init__(self, problem: str, message: str, offset: int) -> None:
        super().__init__(message)
        self.problem = problem
        self.message = message
        self.offset = offset


def loads(data: bytes) -> Any:
    """Decode one JSON value.

    Raises:
        JsonError: the bytes are not strict JSON.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _why_not(data, error) from None
    # Every string opens and closes with a quote, so a key that was dropped shows in their number; backslashes may hide
    # quotes, and then the scan decides. Deep nesting needs as many brackets.
    if data.count(b'"') != orjson.dumps(value).count(b'"') or data.count(b"\\u") or _LONG_NUMBER.search(data):
        _Scan(data).run()
    elif data.count(b"[") + data.count(b"{") > MAX_DEPTH and _deeper(value, MAX_DEPTH):
        raise JsonError("nesting-depth", f"values nest more than {MAX_DEPTH} deep", 0)
    return value


def _deeper(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        level = (
            [
                child
                for item in level
                for child in (item.values() if isinstance(item, dict) else item)
                if isinstance(child, dict | list)
            ]
            if level and isinstance(level[0], dict | list)
            else []
        )
        if not level:
            return False
    return True


def _why_not(data: bytes, error: orjson.JSONDecodeError) -> JsonError:
    """Name the problem for which orjson refused the bytes."""
    if data.startswith(b"\xef\xbb\xbf"):
        return JsonError("byte-order-mark", "the file starts with a byte order mark; save it without", 0)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as bad:
        return JsonError("not-utf8", f"expected UTF-8, got byte 0x{data[bad.start]:02x}", bad.start)
    if b"\0" in data:
        return JsonError("nul-byte", "the file holds a NUL byte", data.index(b"\0"))
    try:
        _Scan(data).run()
    except JsonError as found:
        return found
    offset = len(text[: error.pos].encode())
    return JsonError("invalid-json", f"expected JSON: {error.msg}", offset)


class _Scan:
    """A slow, exact reading that knows where each key stands; the standard library decodes the parts."""

    _SKIP = re.compile(r"[ \t\n\r]*")
    _NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
    _WORDS = ("true", "false", "null")

    def __init__(self, data: bytes) -> None:
        self.text = data.decode("utf-8")

    def run(self) -> None:
        end = self._value(self._skip(0), 0)
        if self._skip(end) != len(self.text):
            raise self._error("invalid-json", "expected nothing after the value", self._skip(end))

    def _error(self, problem: str, message: str, at: int) -> JsonError:
        return JsonError(problem, message, len(self.text[:at].encode()))

    def _skip(self, at: int) -> int:
        match = self._SKIP.match(self.text, at)
        return match.end() if match else at

    def _value(self, at: int, depth: int) -> int:
        if depth > MAX_DEPTH:
            raise self._error("nesting-depth", f"values nest more than {MAX_DEPTH} deep", at)
        char = self.text[at : at + 1]
        if char == "{":
            return self._object(at, depth)
        if char == "[":
            return self._array(at, depth)
        if char == '"':
            return self._string(at)[1]
        for word in self._WORDS:
            if self.text.startswith(word, at):
                return at + len(word)
        for word in ("NaN", "Infinity", "-Infinity"):
            if self.text.startswith(word, at):
                raise self._error("not-finite", f"JSON has no {word}", at)
        match = self._NUMBER.match(self.text, at)
        if not match:
            raise self._error("invalid-json", f"expected a value, got {char!r}" if char else "the file ends early", at)
        if not match[1] and not match[2] and abs(int(match[0])) > MAX_INTEGER:
            raise self._error("integer-range", f"{match[0]} is beyond 2^53 - 1; other readers would round it", at)
        if abs(float(match[0])) == float("inf"):
            raise self._error("not-finite", f"{match[0]} is too large for a double", at)
        return match.end()

    def _string(self, at: int) -> tuple[str, int]:
        try:
            value, end = _DECODER.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            raise self._error("invalid-json", f"in a string: {error.msg}", error.pos) from None
        if any("\ud800" <= char <= "\udfff" for char in value):
            raise self._error("lone-surrogate", "half of a surrogate pair stands alone", at)
        return value, end

    def _object(self, start: int, depth: int) -> int:
        seen: dict[str, int] = {}
        at = self._skip(start + 1)
        if self.text[at : at + 1] == "}":
            return at + 1
        while True:
            if self.text[at : at + 1] != '"':
                raise self._error("invalid-json", "expected a key in quotation marks", at)
            key, end = self._string(at)
            if key in seen:
                line = self.text.count("\n", 0, seen[key]) + 1
                raise self._error("duplicate-key", f"the key {key!r} stands twice, first in line {line}", at)
            seen[key] = at
            at = self._skip(end)
            if self.text[at : at + 1] != ":":
                raise self._error("invalid-json", f"expected a colon after the key {key!r}", at)
            at = self._skip(self._value(self._skip(at + 1), depth + 1))
            if self.text[at : at + 1] == "}":
                return at + 1
            if self.text[at : at + 1] != ",":
                raise self._error("invalid-json", "expected a comma or a closing brace", at)
            at = self._skip(at + 1)

    def _array(self, start: int, depth: int) -> int:
        at = self._skip(start + 1)
        if self.text[at : at + 1] == "]":
            return at + 1
        while True:
            at = self._skip(self._value(at, depth + 1))
            if self.text[at : at + 1] == "]":
                return at + 1
            if self.text[at : at + 1] != ",":
                raise self._error("invalid-json", "expected a comma or a closing bracket", at)
            at = self._skip(at + 1)

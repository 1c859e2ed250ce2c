"""Level 0: a file is readable, is clean UTF-8, is strict JSON, and is written canonically."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import orjson

from cte_corpus.checking.rules.doc import Found
from cte_corpus.checking.rules.schema import schema
from cte_corpus.store import canonical, strict
from cte_corpus.store.bundles import Source

MAX_BYTES = 64 * 1024 * 1024
CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
BIDI = re.compile(f"[{CONTROLS}]")
PLAIN = bytes(sorted({*range(0x80), 0xC3, 0xD8, 0xD9, *range(0x80, 0x8B), *range(0xA0, 0xC0)}))
"""Bytes of ASCII, Latin-1 and Arabic letters and digits. A text of these alone is NFC and without bidi controls (U+061C
and the marks U+064B-065F, which compose or have an order, end in the bytes left out), and deleting them all is the
fastest way to know."""

COMMON = frozenset(char.encode() for char in ("“”‘’–—…«»،؛؟" + "".join(map(chr, range(0xCB, 0xE0)))))
"""Common characters that are plain as well, though not all their bytes are."""

CODES = {
    "not-utf8": "CTE002",
    "byte-order-mark": "CTE003",
    "nul-byte": "CTE004",
    "invalid-json": "CTE005",
    "duplicate-key": "CTE006",
    "not-finite": "CTE007",
    "lone-surrogate": "CTE008",
    "integer-range": "CTE009",
    "nesting-depth": "CTE010",
}


class FileFound(NamedTuple):
    """A finding in the bytes of a file, at a byte offset."""

    code: str
    offset: int
    message: str
    help: str = ""
    fixable: bool = False


def read(data: bytes) -> tuple[Any, bool, list[FileFound]]:
    """Decode strictly: the value, whether it is a compact line, and no finding; or the finding that stopped it."""
    if len(data) > MAX_BYTES:
        return None, False, [FileFound("CTE011", 0, f"expected at most {MAX_BYTES} bytes, got {len(data)}")]
    try:
        return *strict.decode(data), []
    except strict.JsonError as error:
        return None, False, [FileFound(CODES[error.problem], error.offset, error.message)]


def characters(data: bytes, value: Any) -> Iterator[FileFound | Found]:
    """Composed characters (NFC), and no bidi controls outside names and quoted spans."""
    if _is_plain(data):
        return
    text = data.decode("utf-8")
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        at = next(i for i, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b)
        message = f"expected U+{ord(composed[at]):04X} as NFC composes it, got U+{ord(text[at]):04X}"
        yield FileFound("CTE013", len(text[:at].encode()), message, "`cte check --fix` composes it", True)
    if any(control in text for control in CONTROLS):
        yield from _bidi(value)


def _is_plain(data: bytes) -> bool:
    """Whether a text is surely NFC and without bidi controls; False means that it takes a closer look."""
    for byte in set(data.translate(None, PLAIN)):
        at = data.find(byte)
        while at >= 0:
            start = at
            while 0x80 <= data[start] < 0xC0:
                start -= 1
            size = 2 + (data[start] >= 0xE0) + (data[start] >= 0xF0)
            if data[start : start + size] not in COMMON:
                return False
            at = data.find(byte, at + 1)
    return True


def _bidi(value: Any) -> Iterator[Found]:
    if isinstance(value, dict):
        quoted = "text" in value and ("start" in value or "use" in value)
        for key, item in value.items():
            if isinstance(item, str):
                match = BIDI.search(item)
                if match and not (quoted and key == "text"):
                    message = f"U+{ord(match[0]):04X} turns the direction of the text around it"
                    yield Found("CTE014", value, message, key, "delete it")
            else:
                yield from _bidi(item)
    elif isinstance(value, list):
        for item in value:
            yield from _bidi(item)


@cache
def order(kind: str) -> canonical.KeyOrder:
    """The key order of a file kind: that of the model."""
    return canonical.key_order(schema(kind))


def layout(source: Source, value: Any, kind: str, compact: bool) -> Iterator[FileFound]:
    """Whether a file is written as `cte fmt` writes it, a packed line as orjson does."""
    if source.line and compact:
        return
    expected = orjson.dumps(value) + b"\n" if source.line else canonical.dumps(value, order(kind))
    data = source.data
    if data != expected:
        pairs = zip(data, expected, strict=False)
        offset = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(data), len(expected)))
        help_ = "" if source.line else "`cte fmt` or `cte check --fix` writes it so"
        yield FileFound("CTE012", offset, "the file is not in canonical form from here on", help_, not source.line)

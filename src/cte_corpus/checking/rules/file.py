"""Level 0: a file is readable, is clean UTF-8, is strict JSON, holds what can be seen, and is written canonically."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson

from cte_corpus.checking.rules.doc import FileFound, Found
from cte_corpus.checking.rules.schema import schema
from cte_corpus.store import canonical, laid_out, line_ends, strict
from cte_corpus.store.packed import Source

CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
BIDI = re.compile(f"[{CONTROLS}]")
PLAIN = bytes(sorted({*range(0x7F), 0xC3, 0xD8, 0xD9, *range(0x80, 0x8B), *range(0xA0, 0xC0)}))
"""Bytes of ASCII, Latin-1 and Arabic letters and digits. A text of these alone is NFC and without bidi controls or
characters that do not show (U+061C and the marks U+064B-065F, which compose or have an order, end in the bytes left
out), and deleting them all is the fastest way to know."""

COMMON = frozenset(char.encode() for char in ("“”‘’–—…«»،؛؟" + "".join(map(chr, range(0xCB, 0xE0)))))
"""Common characters that are plain as well, though not all their bytes are."""

JOINED = "\u0600-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
"""Letters of scripts in which a joiner or non-joiner after them changes how they are written."""

_HIDDEN = (
    "\x7f-\x9f\u00ad\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ue000-\uf8ff\ufdd0-\ufdef\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U0010ffff"
)
UNSEEN = re.compile(f"[\x00-\x1f{_HIDDEN}]|(?<![{JOINED}])[\u200c\u200d]")
"""Controls, format characters (but bidi controls, which have a rule of their own, and signs that show), line ends,
private use and what is no character."""

VOWELS = frozenset(chr(code).encode() for code in range(0x64B, 0x653))
"""The signs of Arabic vowels. Where one follows another, NFC has them in the order of their codes."""

BEFORE_VOWELS = VOWELS | {"\u0670".encode()}
"""Also the small alif, which is plain, and comes after all vowels."""

UNFINISHED = re.compile(r"\bTODO\b")

_ESCAPES = tuple(b"\\" + letter.encode() for letter in "bfnrtu")

CODES = {
    "too-many-values": "CTE011",
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


def read(data: bytes) -> tuple[Any, bool, list[FileFound]]:
    """Decode strictly: the value, whether it is a compact line, and no finding; or the finding that stopped it."""
    try:
        return *strict.decode(data), []
    except strict.JsonError as error:
        return None, False, [FileFound(CODES[error.problem], error.offset, error.message)]


def characters(data: bytes, value: Any) -> Iterator[FileFound | Found]:
    """Composed characters (NFC), and strings without what does not show or stands for words still to be written."""
    is_plain = _is_plain(data)
    if not is_plain:
        text = data.decode("utf-8")
        if not unicodedata.is_normalized("NFC", text):
            composed = unicodedata.normalize("NFC", text)
            at = next(i for i, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b)
            message = f"expected U+{ord(composed[at]):04X} as NFC composes it, got U+{ord(text[at]):04X}"
            yield FileFound("CTE013", len(text[:at].encode()), message, "`cte check --fix` composes it")
    if not is_plain or _has(data, b"O", b"TODO", 1) or _has(data, b"\\", _ESCAPES, 0):
        yield from _in_strings(value, True)


def _has(data: bytes, rare: bytes, words: bytes | tuple[bytes, ...], before: int) -> bool:
    """Whether a text has a word, looked for by a rare byte of it, before which so many stand: much faster."""
    at = data.find(rare)
    while at >= 0:
        if data.startswith(words, at - before):
            return True
        at = data.find(rare, at + 1)
    return False


def _is_plain(data: bytes) -> bool:
    """Whether a text is surely NFC and without what does not show; False means that it takes a closer look."""
    for byte in set(data.translate(None, PLAIN)):
        at = data.find(byte)
        while at >= 0:
            start = at
            while 0x80 <= data[start] < 0xC0:
                start -= 1
            size = 2 + (data[start] >= 0xE0) + (data[start] >= 0xF0)
            char = data[start : start + size]
            if char not in COMMON and (char not in VOWELS or char < data[start - 2 : start] in BEFORE_VOWELS):
                return False
            at = data.find(byte, at + 1)
    return True


def _in_strings(value: Any, ours: bool) -> Iterator[Found]:
    """What is wrong with the characters of strings. A span quotes its text as it is; a name may turn direction."""
    if isinstance(value, dict):
        is_quoted, is_name = "start" in value and "text" in value, "use" in value and "text" in value
        for key, item in value.items():
            if not isinstance(item, str):
                yield from _in_strings(item, ours and not (key == "title" and "genre" in value))
            elif key != "text" or not is_quoted:
                bidi = key != "text" or not is_name
                yield from _in_string(value, key, item, bidi, ours and not is_name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield from _in_string(value, index, item, True, ours)
            else:
                yield from _in_strings(item, ours)


def _in_string(holder: Any, key: str | int, text: str, bidi: bool, ours: bool) -> Iterator[Found]:
    match = BIDI.search(text) if bidi else None
    if match:
        message = f"U+{ord(match[0]):04X} turns the direction of the text around it"
        yield Found("CTE014", holder, message, key, "delete it")
    match = UNSEEN.search(text)
    if match:
        what = "ends a line" if match[0] in "\n\r\x85\u2028\u2029" else "does not show"
        name = unicodedata.name(match[0], "").lower()
        named = f"U+{ord(match[0]):04X} ({name})" if name else f"U+{ord(match[0]):04X}"
        yield Found("CTE019", holder, f"{named} {what}", key, "delete it, or write what was meant")
    if ours and UNFINISHED.search(text):
        yield Found(
            "CTE021", holder, "TODO stands for words that nobody has written", key, "write them, or leave it out"
        )


@cache
def order(kind: str) -> canonical.KeyOrder:
    """The key order of a file kind: that of the model."""
    return canonical.key_order(schema(kind))


def layout(source: Source, value: Any, kind: str, compact: bool) -> Iterator[FileFound]:
    """Whether a file is written as `cte fmt` writes it, a packed line as orjson does."""
    if compact if source.line else laid_out.is_canonical(source.data, value, order(kind)):
        return
    expected = orjson.dumps(value) + b"\n" if source.line else canonical.dumps(value, order(kind))
    data = source.data
    if line_ends.differs_in_these_only(data, expected):
        message = "the lines do not end with LF: git or an editor has changed the line ends, and nothing else"
        help_ = line_ends.MEND if source.line else f"`cte fmt` writes LF; {line_ends.MEND}"
        yield FileFound("CTE012", data.find(b"\r"), message, help_)
    elif data != expected:
        pairs = zip(data, expected, strict=False)
        offset = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(data), len(expected)))
        help_ = "" if source.line else "`cte fmt` or `cte check --fix` writes it so"
        yield FileFound("CTE012", offset, "the file is not in canonical form from here on", help_)

"""A text in one byte for each of its characters, as few are common: looked through fast, with the same offsets."""

import codecs
import re
from collections.abc import Callable
from typing import Final, NamedTuple

OTHER: Final = b"\0"
"""What stands for each character that is not common."""

_ARABIC = "".join(map(chr, (*range(0x621, 0x63B), *range(0x640, 0x653), *range(0x660, 0x66A)))) + "ٱپچژکگی،؛؟٪٫٬"
_LATIN = "àáâäåçèéêëíîïñòóôöøùúûüāīūḥṣḍṭğışščžćłÉ"
COMMON: Final = "".join(map(chr, range(128))) + _ARABIC + _LATIN + "“”„‘’‚«»–—…•·§°€£\u00a0\u200b\u200e\u200f"
"""The common characters, by their bytes; those of ASCII have their own."""

_BYTES = codecs.charmap_build(COMMON)
_UNCOMMON = re.compile(f"[^{re.escape(COMMON)}]")
_ALL = bytes(range(256))


class Table(NamedTuple):
    """What common characters become: for `bytes.translate`."""

    to: bytes
    dropped: bytes


def narrow(text: str) -> bytes:
    """The bytes of a text, as many as it has code points."""
    try:
        return codecs.charmap_encode(text, "strict", _BYTES)[0]
    except UnicodeEncodeError:
        return codecs.charmap_encode(_UNCOMMON.sub("\0", text), "strict", _BYTES)[0]


def widen(data: bytes) -> str:
    """The text of bytes in which no other characters are."""
    return codecs.charmap_decode(data, "strict", COMMON)[0]


def table(change: Callable[[str], str]) -> Table:
    """What does to bytes what a function does to characters; what becomes several that are no blanks is another."""
    new = [change(char) for char in COMMON]
    one = [COMMON.find(letters) if len(letters) == 1 else 0 if letters.strip() else 32 for letters in new]
    return Table(
        bytes([0, *(max(0, byte) for byte in one[1:])]), bytes(byte for byte in range(1, 256) if not new[byte])
    )


def characters(text: str) -> str:
    """The different characters of a text, in no order."""
    data = narrow(text)
    if OTHER in data:
        return "".join(set(text))
    return widen(_ALL.translate(None, _ALL.translate(None, data)))

"""Bytes into text, as the Encoding Standard of the web has it: what a browser shows, for the labels that pages use."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
"""Byte order marks, and the encodings that they stand for."""

_LEGACY = [
    "cp1252", "cp1256", "cp1251", "cp1254", "cp1250", "cp1253", "cp1255", "cp1258", "koi8_r", "iso8859_6", "gb18030",
    "big5hkscs", "cp932", "euc_jp", "cp949", "cp874",
]  # fmt: skip
"""What a page without a label may be in: of each script what the web used."""

_CUTS = re.compile(rb"[<>\n]")

SAMPLE = 50_000
"""So many bytes of what is not ASCII, with the words around it, are enough to tell an encoding."""


class Decoded(NamedTuple):
    """A text, and how it was read."""

    text: str
    encoding: str
    doubt: str = ""
    """Why it may be wrong, in words: the encoding is a guess, or has no characters for some of the bytes."""


def marked(data: bytes) -> str:
    """The encoding that a byte order mark names; empty where there is none."""
    return next((name for mark, name in MARKS.items() if data.startswith(mark)), "")


def decode(data: bytes, labels: Iterable[str | None] = ()) -> Decoded:
    """The text by its byte order mark, or else the first label that fits, or else as UTF-8, or else by its letters.

    A label fits if all bytes are in its encoding, or most of those that are not ASCII; the others become U+FFFD, as in
    a browser. The mark is no part of the text. A label that the Encoding Standard does not have is passed over.

    Raises:
        CteError: nothing fits.
    """
    if name := marked(data):
        text = data.decode(name, "replace").removeprefix("\ufeff")
        return Decoded(text, name, _lost(text, name))
    named = [codec for label in labels if label and (codec := _codec(label))]
    for codec in [*named, codecs.lookup("utf-8")]:
        text = codec.decode(data, "replace")[0]
        if _fits(text):
            return Decoded(text, codec.name, _lost(text, codec.name))
    return _guessed(data)


def _codec(label: str) -> codecs.CodecInfo | None:
    """The codec of a label, None if it is not known, or is one that no text is read in."""
    import webencodings

    found = webencodings.lookup(label)
    return None if found is None or found.name == "replacement" else found.codec_info


def _fits(text: str) -> bool:
    lost = text.count("\ufffd")
    return not lost or sum(char > "\x7f" for char in text) > 2 * lost


def _lost(text: str, encoding: str) -> str:
    lost = text.count("\ufffd")
    return f"{lost:,} of its characters are none in {encoding}" if lost else ""


def _guessed(data: bytes) -> Decoded:
    """The text in the encoding in which its words are most like words of a language."""
    from charset_normalizer import from_bytes

    words = b"\n".join(part for part in _CUTS.split(data) if not part.isascii())
    best = from_bytes(words[:SAMPLE], cp_isolation=_LEGACY).best()
    text = data.decode(best.encoding, "replace") if best else "\ufffd"
    if best is None or not _fits(text):
        raise CteError("the text is in no encoding that is known", "save it as UTF-8, and give its path")
    name = codecs.lookup(best.encoding).name
    return Decoded(text, name, f"nothing says in what encoding it is, and {name} is a guess")

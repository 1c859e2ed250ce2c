"""Recipes: from the bytes of a source to the reference text in which all offsets count."""

import hashlib
import re
import unicodedata
from collections.abc import Callable

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def plain_1(text: str) -> str:
    """NFC; line ends to LF; runs of white space to one space; lines stripped; at most one blank line; ends stripped.

    Bidi controls, tatweel and harakat stay and count.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = _SPACES.sub(" ", text).split("\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(line.strip(" ") for line in lines)).strip()


RECIPES: dict[str, Callable[[str], str]] = {"plain-1": plain_1}
"""The recipes by name and version. A published recipe never changes: a better one gets a new version."""


def reference_text(data: bytes, recipe: str) -> str:
    """The reference text of a source.

    Raises:
        ValueError: the recipe is not known, or the source is not UTF-8.
    """
    if recipe not in RECIPES:
        raise ValueError(f"no recipe `{recipe}`; known: {', '.join(RECIPES)}")
    try:
        return RECIPES[recipe](data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"expected UTF-8, got byte 0x{data[error.start]:02x} at {error.start}") from None


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest(text: str) -> str:
    """The first 16 hex digits of the SHA-256: what a sentence carries."""
    return sha256(text)[:16]

"""The one way to read a text that somebody has: a file, a page from the web, a string. Text, Markdown or HTML.

What a file is, its suffix says, or the type that a server names; or else how it begins, as in the standard for MIME
sniffing. Of an HTML page what a reader sees is the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from cte_corpus.errors import CteError
from cte_corpus.text import html, limits
from cte_corpus.text.encoding import decode, marked

if TYPE_CHECKING:
    from pathlib import Path

PAGES = (".html", ".htm", ".xhtml", ".xht")
MARKDOWN = (".md", ".markdown")
SUFFIXES = (".txt", *MARKDOWN, *PAGES)
"""How a text may be called, whatever the case."""

SNIFFED = 1445
"""So many bytes at the start tell whether it is text at all."""

_TYPES = {"text/html": ".html", "application/xhtml+xml": ".xhtml", "text/markdown": ".md"}
_KINDS = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "no text, but a file of an office program or another archive (.docx, .odt, .epub, .zip)",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "no text, but a file of an office program (.doc)",
    b"{\\rtf": "no plain text, but an RTF file",
}
"""How files begin that hold a text and are none."""

_HALF = re.compile("[\ud800-\udfff]")


class EmptyError(CteError):
    """A text without a letter or digit."""


class Source(NamedTuple):
    """A text as it was given."""

    text: str
    """Of a page, what a reader of it sees. All offsets count after the recipe, `plain-1` for a page."""
    is_page: bool = False
    encoding: str = ""
    """The Python name of its encoding; empty for a string."""
    doubt: str = ""
    """Why the encoding may be wrong, in words; empty where all is well."""


@lru_cache(maxsize=16)  # asked several times about one file
def suffix_of(name: str) -> str:
    """The suffix of a file's name in small letters, with its dot."""
    return PurePath(name).suffix.lower()


def suffix_for(media_type: str) -> str:
    """The suffix that a file of a media type would have; empty where the type does not tell."""
    return _TYPES.get(media_type, "")


def read_file(path: Path) -> Source:
    """The text of a file, of a page at most.

    Raises:
        CteError: it is too large, no text, or holds none.
        OSError: it cannot be read.
    """
    data = limits.bounded(path, limits.MAX_PAGE)
    try:
        return of_bytes(data, path.name)
    except CteError as error:
        raise CteError(f"{path}: {error.message}", error.hint) from None


def is_page(data: bytes, name: str = "") -> bool:
    """Whether a file is an HTML page: by its suffix, or else by how it begins."""
    suffix = suffix_of(name)
    start = data[:SNIFFED].decode(marked(data) or "latin-1", "ignore")
    return suffix in PAGES or (suffix not in MARKDOWN and html.is_html(start))


def of_bytes(data: bytes, name: str = "", label: str | None = None) -> Source:
    """The text that bytes stand for.

    Args:
        data: What was read.
        name: The file's name; what its suffix does not tell, the bytes do.
        label: The encoding that a server names.

    Raises:
        CteError: they are no text, or one in no known encoding, or nothing of the page can be read.
        EmptyError: they are a text without a letter or digit.
    """
    head = data[:SNIFFED]
    page = is_page(data, name)
    kind = "" if page else _other_kind(head)
    if kind or (not page and b"\0" in head and not marked(data) and label is None):
        raise CteError(
            f"this is {kind or 'no text'}", "give a text, Markdown or HTML file; UTF-16 needs a byte order mark"
        )
    read = decode(data, [label, *html.labels(data)] if page else [label])
    return _source(read.text, page, suffix_of(name))._replace(encoding=read.encoding, doubt=read.doubt)


def _other_kind(head: bytes) -> str:
    """What a file is by how it begins, if it is of a kind that holds a text and is none."""
    return next((kind for start, kind in _KINDS.items() if head.startswith(start)), "")


def of_text(text: str) -> Source:
    """A text that is in memory, or the text of a page that is.

    Raises:
        CteError: half of a surrogate pair stands in it, which is no character; or nothing of the page can be read.
        EmptyError: it has no letter or digit.
    """
    if half := _HALF.search(text):
        where = f"U+{ord(half[0]):04X} at {half.start():,} is half of a surrogate pair, and no character"
        raise CteError(where, "read the file as UTF-8, without `surrogateescape`")
    text = text.removeprefix("\ufeff")
    return _source(text, html.is_html(text), "")


def _source(text: str, page: bool, suffix: str) -> Source:
    seen = html.html_text(text, is_xml=suffix in (".xhtml", ".xht")) if page else text
    if not any(map(str.isalnum, seen)):
        if page:
            raise CteError("nothing can be read on this page", "is it drawn by a script? open it in a browser, save it")
        raise EmptyError("the text is empty", "give the text of the document")
    return Source(seen, page)

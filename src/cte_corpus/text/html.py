"""The text of an HTML page, for attaching: all of it, for navigation and other boilerplate do no harm there.

Tags are read one after the other. No tree is built: the text needs only the elements that are open, and each step looks
at the last of a kind, so a page takes time in proportion to its size, however deep it nests.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.text import elements
from cte_corpus.text.limits import MAX_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKUP = re.compile(
    r"""<(?:
        (?P<end>/)? (?P<name>[A-Za-z][^\s/>]*+)
            (?P<rest>(?:[\s/]++|=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+|=)*+) >
        | !--(?:-?>|.*?--!?>)
        | (?:!(?!--)|\?|/(?![A-Za-z]))[^>]*+>
        | (?=[A-Za-z!?/]).*+
    )""",
    re.DOTALL | re.VERBOSE,
)
"""A tag with its attributes, a comment, or what is taken for one, as the tokenizer of the HTML standard cuts them; or
one of these that never ends, with the rest of the page."""

_ATTRIBUTE = re.compile(r"""([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+""")
_TELLS = re.compile("hidden|style", re.IGNORECASE | re.ASCII)
_XML = re.compile(r"\A\s*<\?xml\s|<!doctype\s[^>]*//dtd xhtml|<html\s[^>]*\bxmlns\s*=", re.IGNORECASE)
_XML_LABEL = re.compile(r"""\s*<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]+)""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]+)""", re.IGNORECASE)
_START = re.compile(r"<(?:!--|!doctype\s+html(?=[\s>])|\?xml\s|([a-z][a-z0-9]*)(?=[\s/>]))")

_CHARACTERS = "<![CDATA["
"""In XML, what stands from here to `]]>` is text."""

_HEAD = 16_384
"""Bytes in which a page may name its encoding."""


def is_html(text: str) -> bool:
    """Whether a text of unknown kind is an HTML page or a part of one: it begins with a tag of HTML, or a comment."""
    found = _START.match(text[:200].lstrip("\ufeff \t\r\n\f").lower())
    return found is not None and (found[1] is None or found[1] in elements.KNOWN)


def labels(data: bytes) -> Iterator[str]:
    """The encodings that a page names in itself: in its XML declaration, or in `meta` elements."""
    head = data[:_HEAD].decode("latin-1")
    if declared := _XML_LABEL.match(head):
        yield declared[1]
    for tag in _MARKUP.finditer(head):
        if tag["name"] and _lower(tag["name"]) == "meta" and not tag["end"]:
            found = _attributes(tag["rest"])
            content = _CHARSET.search(found.get("content", ""))
            if "charset" in found:
                yield _as_read(found["charset"])
            elif content and found.get("http-equiv", "").lower() == "content-type":
                yield _as_read(content[1])


def _lower(name: str) -> str:
    """The name of an element or attribute: of capital letters only those of ASCII are made small."""
    return "".join(char.lower() if char.isascii() else char for char in name)


def _as_read(label: str) -> str:
    """A page whose ASCII can be read is not in UTF-16, whatever it says."""
    return "utf-8" if label.strip().lower().startswith("utf-16") else label.strip()


def html_text(html: str, is_xml: bool = False) -> str:
    """The text that a reader of the page sees: a line break at the edges of blocks, none at those of inline elements.

    Args:
        html: The page.
        is_xml: It is XHTML, whatever it says: elements end where they say so. Otherwise it is if it begins as XML or
            names a type of XHTML.

    Raises:
        CteError: the page is too large.
    """
    if len(html) > MAX_PAGE:
        raise CteError(f"an HTML page of {len(html):,} characters is too large", f"up to {MAX_PAGE:,} are read")
    return "".join(_Page(html, is_xml or _XML.search(html[:2000]) is not None).read())


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(text):
        found.setdefault(_lower(name), _unescaped("".join(values)))
    return found


def _unescaped(text: str) -> str:
    """A text with its character references read, unless the number of one has thousands of digits."""
    with suppress(ValueError):
        return unescape(text)
    return text


class _Page:
    """A page that is read once, from its start to its end."""

    def __init__(self, html: str, is_xml: bool) -> None:
        self._html = html
        self._is_xml = is_xml
        self._at = 0
        self._parts: list[str] = []
        self._holder = ""
        self._depth = 0
        """The element of which nothing is seen, and how many of its kind are open in one another."""

        self._open_ended: set[str] = set()
        """Of these the rest of the page has no end tag."""

        self._open = elements.Open()

    def read(self) -> list[str]:
        """The text in pieces."""
        while markup := _MARKUP.search(self._html, self._at):
            self._text(markup.start())
            self._at = markup.end()
            if markup["name"]:
                name, rest = _lower(markup["name"]), markup["rest"]
                if self._holder:
                    self._in_holder(name, bool(markup["end"]))
                elif markup["end"]:
                    self._end(name)
                else:
                    self._start(name, rest, rest.endswith("/"))
            elif self._is_xml and markup[0].startswith(_CHARACTERS):
                start = markup.start() + len(_CHARACTERS)
                end = self._html.find("]]>", start)
                self._shown(self._html[start : end if end >= 0 else None])
                self._at = end + 3 if end >= 0 else len(self._html)
        self._text(len(self._html))
        return self._parts

    def _text(self, end: int) -> None:
        """Take the text as far as there, as it is shown."""
        text = self._html[self._at : end].replace("\0", "")
        self._at = end
        self._shown(_unescaped(text))

    def _shown(self, text: str) -> None:
        if text and not self._holder and self._open.seen:
            self._parts.append(text if self._open.is_pre else text.replace("\n", " ").replace("\r", " "))

    def _line(self, breaks: str = "\n") -> None:
        if self._open.is_laid_out:
            self._parts.append(breaks)

    def _in_holder(self, name: str, is_end: bool) -> None:
        if name == self._holder:
            self._depth += -1 if is_end else 1
            self._holder = self._holder if self._depth else ""
        elif name in elements.RAW and not is_end:
            self._raw(name, None)

    def _start(self, name: str, rest: str, is_empty: bool) -> None:
        is_empty = is_empty and (self._is_xml or name in elements.FOREIGN)
        if name in elements.RAW:
            if not is_empty:
                self._raw(name, rest if name in elements.RAW_SEEN else None)
        elif name in elements.HOLDERS:
            if not is_empty and self._end_of(name) is not None:
                self._holder, self._depth = name, 1
        elif name in elements.VOID:
            self._line("\n\n" if name == "hr" else "\n" if name == "br" else "")
        else:
            self._open.start(name, _attributes(rest) if name == "dialog" or _TELLS.search(rest) else {})
            if name in elements.BLOCKS:
                self._line()
            elif name == "q":
                self._shown("“‘"[self._open.depth("q") % 2 - 1])
            if is_empty:
                self._open.end(name)

    def _end(self, name: str) -> None:
        if name in elements.BLOCKS or name == "br":
            self._line()
        elif name == "q" and self._open.depth("q"):
            self._shown("”’"[self._open.depth("q") % 2 - 1])
        self._open.end(name)

    def _raw(self, name: str, rest: str | None) -> None:
        """Take an element in which nothing is a tag but its own end, or the rest; with attributes, as it is shown."""
        end = self._end_of(name)
        end = len(self._html) if end is None else end
        if rest is not None:
            self._open.start("pre", _attributes(rest))
            self._line()
            self._text(end)
            self._open.end("pre")
        self._at = end

    def _end_of(self, name: str) -> int | None:
        """Where the next end tag of an element begins."""
        if name in self._open_ended:
            return None
        pattern = rf"</{name}(?=[ \t\n\f\r/>])"
        if self._is_xml:  # what is marked as characters is no tag
            pattern = rf"<!\[CDATA\[(?:[^\]]|\](?!\]>))*+(?:\]\]>|\Z)|{pattern}"
        for found in re.compile(pattern, re.IGNORECASE | re.ASCII).finditer(self._html, self._at):
            if found[0][1] == "/":
                return found.start()
        self._open_ended.add(name)
        return None

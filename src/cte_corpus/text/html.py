"""The text of an HTML page, for attaching: all of it, for navigation and other boilerplate do no harm there.

Tags are read one after the other, and no tree is built: for the text none is needed, and what builds one takes time
that grows with the square of how deep elements nest and how many attributes they have. Here each character is read
once, whatever the page.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape

from cte_corpus.errors import CteError
from cte_corpus.text.limits import MAX_PAGE

_RAW = frozenset({"script", "style", "title", "iframe", "noembed", "noframes", "textarea", "xmp"})
"""Elements in which nothing is a tag but their own end."""

_HOLDERS = frozenset({"noscript", "template", "svg", "object"})
_UNSEEN = _HOLDERS | _RAW - {"textarea", "xmp"}
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s",
        "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_PRE = frozenset({"pre", "textarea", "xmp"})
_ALONE = frozenset({"area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"})
"""Elements without an end tag, which stand between two lines."""

_MARKUP = re.compile(
    r"""<(?:
        (?P<end>/)? (?P<name>[A-Za-z][^\s/>]*+)
            (?:[\s/]++|=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+|=)*+ >
        | !--(?:-?>|.*?--!?>)
        | (?:!(?!--)|\?|/(?![A-Za-z]))[^>]*+>
        | (?=[A-Za-z!?/]).*+
    )""",
    re.DOTALL | re.VERBOSE,
)
"""A tag with its attributes, a comment, or what is taken for one, as the tokenizer of the HTML standard cuts them; or
one of these that never ends, with the rest of the page."""


def is_html(text: str) -> bool:
    """Whether a text is an HTML page or a part of one."""
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<article", "<div", "<main", "<p>"))


def html_text(html: str) -> str:
    """The text that a reader of the page sees: a line break at the edges of blocks, none at those of inline elements.

    Raises:
        CteError: the page is too large.
    """
    if len(html) > MAX_PAGE:
        raise CteError(f"an HTML page of {len(html):,} characters is too large", f"up to {MAX_PAGE:,} are read")
    return "".join(_Page(html).read())


class _Page:
    """A page that is read once, from its start to its end."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._at = 0
        self._parts: list[str] = []
        self._unseen = ""
        self._depth = 0
        """The element in which nothing is seen, and how many of its kind are open in one another."""

        self._open_ended: set[str] = set()
        """Of these the rest of the page has no end tag."""

        self._pre = 0

    def read(self) -> list[str]:
        """The text in pieces."""
        while markup := _MARKUP.search(self._html, self._at):
            self._text(markup.start())
            self._at = markup.end()
            if markup["name"]:
                self._tag(markup["name"].lower(), bool(markup["end"]), markup[0].endswith("/>"))
        self._text(len(self._html))
        return self._parts

    def _text(self, end: int) -> None:
        """Take the text as far as there, as it is shown."""
        text = self._html[self._at : end].replace("\0", "")
        self._at = end
        with suppress(ValueError):  # the number of a character has thousands of digits
            text = unescape(text)
        self._add(text if self._pre else text.replace("\n", " ").replace("\r", " "))

    def _add(self, text: str) -> None:
        if text and not self._unseen:
            self._parts.append(text)

    def _tag(self, name: str, is_end: bool, is_empty: bool) -> None:
        if self._unseen:
            if name == self._unseen:
                self._depth += -1 if is_end else 1
                self._unseen = self._unseen if self._depth else ""
        elif name in _HOLDERS:
            if not is_end and not (is_empty and name == "svg") and self._end_of(name) is not None:
                self._unseen, self._depth = name, 1
        elif name not in _UNSEEN:
            self._add("" if name in _INLINE else "\n\n" if name in _ALONE else "\n")
            if name in _PRE:
                self._pre = max(0, self._pre + (-1 if is_end else 1))
        if name in _RAW and not is_end:
            end = self._end_of(name)
            if name in _UNSEEN:
                self._at = len(self._html) if end is None else end
            else:
                self._text(len(self._html) if end is None else end)

    def _end_of(self, name: str) -> int | None:
        """Where the next end tag of an element begins."""
        if name in self._open_ended:
            return None
        found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self._html, self._at)
        if found is None:
            self._open_ended.add(name)
        return found.start() if found else None

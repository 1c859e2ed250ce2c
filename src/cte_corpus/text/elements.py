"""What HTML says of its elements: which break the line, which are not shown, which end without an end tag."""

from __future__ import annotations

import re
from typing import NamedTuple

RAW_SEEN = frozenset({"textarea", "xmp"})
RAW = frozenset({"script", "style", "title", "iframe", "noembed", "noframes", *RAW_SEEN})
"""Elements in which nothing is a tag but their own end."""

FOREIGN = frozenset({"svg", "math"})
HOLDERS = frozenset(
    {"noscript", "template", "svg", "object", "audio", "video", "canvas", "datalist", "meter", "progress", "rp"}
)
"""Elements of which no text is shown: what stands in them is for browsers that cannot show the element, or is data."""

VOID = frozenset(
    {
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
        "meta", "param", "source", "track", "wbr",
    }
)  # fmt: skip
"""Elements without an end tag."""

_WITHIN = frozenset({"caption", "legend", "optgroup", "option", "tbody", "td", "tfoot", "th", "thead", "tr"})
_PARAGRAPHS = frozenset(
    {
        "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
        "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre", "search", "section", "summary", "table",
        "ul",
    }
)  # fmt: skip
"""Blocks at whose start an open paragraph ends."""

BLOCKS = _PARAGRAPHS | _WITHIN | {"body", "frameset", "html", "head", "hr", *RAW_SEEN}
"""Elements that break the line. All others are inline, unknown ones too."""

_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "applet", "b", "bdi", "bdo", "big", "blink", "button", "cite", "code", "data", "del",
        "dfn", "em", "font", "i", "ins", "kbd", "label", "map", "mark", "marquee", "math", "nobr", "output", "picture",
        "q", "rb", "rt", "rtc", "ruby", "s", "samp", "select", "slot", "small", "span", "strike", "strong", "sub",
        "sup", "time", "tt", "u", "var",
    }
)  # fmt: skip
KNOWN = RAW | HOLDERS | VOID | BLOCKS | _INLINE
"""All elements of HTML, those of old among them."""

_NOT_HELD = frozenset({"html", "body", "head"})
"""Never closed within a page; and a page that is hidden as a whole is shown by its script."""

_ENDS = {
    **dict.fromkeys(("dt", "dd"), (("dt", "dd"), ("dl",))),
    **dict.fromkeys(("td", "th"), (("td", "th"), ("table",))),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (("tbody", "thead", "tfoot"), ("table",))),
    "li": (("li",), ("ul", "ol", "menu")),
    "tr": (("tr",), ("table",)),
    "option": (("option",), ("select",)),
    "optgroup": (("optgroup", "option"), ("select",)),
}
"""At the start of these an open one of those ends, unless it holds one of the last."""

_SCOPE = ("table", "caption", "td", "th", "button", "marquee", "applet", "select")
_TABLE = frozenset({"table", "caption", "tbody", "thead", "tfoot", "tr", "td", "th"})
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BLOCK = "*"


class _Element(NamedTuple):
    name: str
    is_gone: bool = False
    is_unseen: bool = False
    is_pre: bool = False


class Open:
    """The elements that are open. Every step takes the same time, however many there are."""

    def __init__(self) -> None:
        self._stack = [_Element("")]
        self._at: dict[str, list[int]] = {}
        """Where the elements of a name, and the blocks, stand in the stack."""

    @property
    def seen(self) -> bool:
        """Whether text is shown here."""
        return not (self._stack[-1].is_gone or self._stack[-1].is_unseen)

    @property
    def is_laid_out(self) -> bool:
        """Whether blocks break the line here, though their text may be invisible."""
        return not self._stack[-1].is_gone

    @property
    def is_pre(self) -> bool:
        """Whether line ends are shown as such."""
        return self._stack[-1].is_pre

    def depth(self, name: str) -> int:
        """How many elements of a name are open."""
        return len(self._at.get(name, ()))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element, and close those that end where it starts."""
        if name in _NOT_HELD:
            return
        if name in _PARAGRAPHS:
            self._close(self._last("p"), self._last(*_SCOPE))
        if name in _ENDS:
            those, holders = _ENDS[name]
            within = self._last(*holders)
            self._close(min((at for key in those if (at := self._last(key)) > within), default=0), within)
        outer = self._stack[-1]
        gone, unseen = _shown(name, attributes, outer)
        for key in (name, _BLOCK) if name in BLOCKS else (name,):
            self._at.setdefault(key, []).append(len(self._stack))
        self._stack.append(_Element(name, gone, unseen, outer.is_pre or name in ("pre", "listing")))

    def end(self, name: str) -> None:
        """Close the last element of a name with all that is open in it, if its end tag may stand here."""
        if name in _TABLE:
            within = self._last("table") - (name == "table")
        elif name in BLOCKS or name in _SCOPE:
            within = self._last(*_SCOPE) - (name in _SCOPE)
        else:
            within = self._last(_BLOCK)
        self._close(self._last(name), within)

    def _last(self, *names: str) -> int:
        """Where the last element of these names stands; 0 if none is open."""
        return max((places[-1] for name in names if (places := self._at.get(name))), default=0)

    def _close(self, place: int, within: int) -> None:
        """Close what stands at a place, if that is inside of another, and all after it."""
        while len(self._stack) > place > max(within, 0):
            name = self._stack.pop().name
            self._at[name].pop()
            if name in BLOCKS:
                self._at[_BLOCK].pop()


def _shown(name: str, attributes: dict[str, str], outer: _Element) -> tuple[bool, bool]:
    """Whether an element is not shown at all, and whether its text is invisible; its style outdoes `hidden`."""
    style = _style(attributes.get("style", ""))
    gone = style["display"] == "none" if "display" in style else "hidden" in attributes
    gone = gone or (name == "dialog" and "open" not in attributes and "display" not in style)
    unseen = style["visibility"] in ("hidden", "collapse") if "visibility" in style else outer.is_unseen
    return outer.is_gone or gone, unseen


def _style(text: str) -> dict[str, str]:
    """The declarations of a `style` attribute: the last of a name counts, but for those that are important."""
    found: dict[str, str] = {}
    parts = [part.lower().partition(":") for part in _COMMENT.sub("", text).split(";")]
    for name, _, value in sorted(parts, key=lambda part: "!important" in part[2]):
        found[name.strip()] = value.replace("!important", "").strip()
    return found

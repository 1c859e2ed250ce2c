"""The text of an HTML page, for attaching: all of it, for navigation and other boilerplate do no harm there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_UNSEEN = ["script", "style", "noscript", "template", "head", "svg", "iframe", "object"]
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s",
        "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_PRE = frozenset({"pre", "textarea"})


def is_html(text: str) -> bool:
    """Whether a text is an HTML page or a part of one."""
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<article", "<div", "<main", "<p>"))


def html_text(html: str) -> str:
    """The text that a reader of the page sees: a line break at the edges of blocks, none at those of inline elements.

    Raises:
        CteError: selectolax is not installed.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise CteError("reading HTML needs selectolax", "pip install 'cte-corpus[attach]'") from None
    tree = LexborHTMLParser(html)
    tree.strip_tags(_UNSEEN)
    parts: list[str] = []
    if tree.body is not None:
        _walk(tree.body, parts)
    return "".join(parts)


def _walk(root: LexborNode, parts: list[str]) -> None:
    """Depth first without recursion, so that no page is nested too deep."""
    todo: list[LexborNode | str] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            parts.append(node)
        elif node.is_text_node:
            text = node.text(deep=False) or ""
            kept = node.parent is not None and node.parent.tag in _PRE
            parts.append(text if kept else text.replace("\n", " ").replace("\r", " "))
        elif node.is_element_node:
            edge = "" if node.tag in _INLINE else "\n"
            parts.append(edge)
            todo.append("" if node.tag == "br" else edge)
            todo.extend(reversed(list(node.iter(include_text=True))))

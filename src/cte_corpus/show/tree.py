"""The tree of labelled values that is shown, as text for a terminal and as HTML for a notebook.

Values are text in which what comes from data is isolated (`terminal.isolate`): the isolates keep right-to-left text in
its place in a terminal, and become `<bdi>` in HTML. Everything else is the same in both.
"""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from cte_corpus.text.terminal import FSI, PDI, painted, pairs

Line = tuple[str, str]
"""What is told, and its value."""

MANY = 6
"""More values of one name than this are folded in HTML."""


COLORS = {
    "told as fact": "bold",
    "told as not so": "bold",
    "alleged": "yellow",
    "conduct alleged": "yellow",
    "denied": "yellow",
    "planned": "cyan",
    "feared or hoped for": "cyan",
    "aim or demand": "cyan",
}
"""The colors of the groups of events in a terminal; what they say stands in their names."""


class Tree(NamedTuple):
    """Something that is shown: its lines, and what it holds, folded in HTML."""

    title: str
    lines: tuple[Line, ...] = ()
    parts: tuple[Tree, ...] = ()


def text(tree: Tree, fit: int = 0) -> str:
    """The tree as lines of text, at most `fit` columns wide; 0 wraps none."""
    title = painted(tree.title, "bold")
    blocks = [f"{title}\n{pairs(tree.lines, fit, styles=COLORS)}" if tree.lines else title]
    blocks += [text(part, fit) for part in tree.parts]
    return "\n\n".join(blocks)


def html(tree: Tree) -> str:
    """The tree as HTML that stands by itself: no script, no style sheet, and the colors of the page around it."""
    return f'<div style="max-width:70em;text-align:left;line-height:1.45">{_strong(tree.title)}{_inner(tree)}</div>'


def _inner(tree: Tree) -> str:
    rows = "".join(
        _row(name, [value for _, value in lines]) for name, lines in groupby(tree.lines, lambda line: line[0])
    )
    grid = "display:grid;grid-template-columns:minmax(6em,max-content) 1fr;column-gap:1em;margin:.2em 0"
    parts = "".join(_folded(_marked(part.title), _inner(part)) for part in tree.parts)
    return (f'<div style="{grid}">{rows}</div>' if rows else "") + parts


def _row(name: str, values: list[str]) -> str:
    cells = "".join(map(_cell, values))
    if len(values) > MANY:
        cells = _folded(str(len(values)), cells)
    return f'<div style="opacity:.7">{_marked(name)}</div><div>{cells}</div>'


def _cell(value: str) -> str:
    """A value. What is isolated as a whole is a paragraph with a direction of its own: `auto` would skip a `<bdi>`."""
    if value.startswith(FSI) and value.find(PDI) == len(value) - 1:
        return f'<div dir="auto" style="text-align:start">{_escaped(value[1:-1])}</div>'
    return f'<div style="padding-left:1.2em;text-indent:-1.2em">{_marked(value)}</div>'


def _folded(head: str, body: str) -> str:
    inner = f'<div style="margin:.1em 0 .4em 1.2em">{body}</div>'
    return f'<details><summary style="cursor:pointer">{head}</summary>{inner}</details>'


def _strong(title: str) -> str:
    return f'<div style="font-weight:600">{_marked(title)}</div>'


def _escaped(value: str) -> str:
    from html import escape

    return escape(value, quote=False)


def _marked(value: str) -> str:
    """The value with its isolates as elements."""
    return _escaped(value).replace(FSI, "<bdi>").replace(PDI, "</bdi>")

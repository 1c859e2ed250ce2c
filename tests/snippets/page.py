"""The fenced blocks of a Markdown page, and what stands under them.

The comment before a block says what it is, where its language does not:

`all of FILE`, `part of FILE`
    The block stands in a file of the repository.
`file NAME`
    The block is a file of this name in the folder where the page is run.
`mend NAME`
    The block is a difference: in this file, the lines marked `+` replace those marked `-`.
`run`, `test`
    Commands that install the package; `.ci/run` and `tests/test_installed.py` run them.
`not run: WHY`
    The block is not run.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
"""Every page whose blocks are run."""

RUN = ("python", "sql", "console", "sh", "r")
"""Languages of blocks that are run."""

SHOWN = ("", "text", "json", "yaml", "diff")
"""Languages of blocks that are only looked at; the blocks of the documentation site's own directives are in braces."""

BLOCK = re.compile(r"(?:^<!-- (?P<does>[^\n]+) -->\n+)?^```(?P<kind>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)
ANSWER = re.compile(r"\n\n```text\n(?P<text>.*?)^```$|\n\n(?P<table>(?:\|[^\n]*\n)+)", re.M | re.S)
PICTURE = re.compile(r"\n\n!\[[^\]\n]+\]\((?P<path>img/[^)\n]+)\)")


class Block(NamedTuple):
    """A fenced block."""

    kind: str
    """Its language."""

    does: str
    """What the comment before it says of it: one of the words above, or nothing."""

    of: str
    """The file that the comment names, or why the block is not run."""

    body: str
    line: int
    """Line of the page on which the body begins."""

    place: tuple[int, int]
    """Where in the page the output stands: that of a console in the body itself, else under the block; or (-1, -1)."""

    answer: str | None
    """What stands there."""

    picture: str
    """The picture under the block, or nothing."""


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order.

    Raises:
        ValueError: a fence is indented or not closed, or a comment before a block has no meaning.
    """
    found = [_block(page, match) for match in BLOCK.finditer(page)]
    if len(re.findall(r"^\s*(?:```|~~~)", page, re.M)) != 2 * len(found):
        raise ValueError("a fence is indented or not closed")
    return found


def _block(page: str, match: re.Match[str]) -> Block:
    does, of = _meaning(match["does"] or "")
    kind, body = match["kind"], match["body"]
    place, answer, picture = (-1, -1), None, ""
    if kind == "console":
        place, answer = match.span("body"), body
    elif kind in RUN:
        if under := ANSWER.match(page, match.end()):
            name = "text" if under["text"] is not None else "table"
            place, answer = under.span(name), under[name]
        if drawn := PICTURE.match(page, match.end()):
            picture = drawn["path"]
    return Block(kind, does, of, body, page.count("\n", 0, match.start("body")) + 1, place, answer, picture)


def _meaning(comment: str) -> tuple[str, str]:
    if not comment or comment in ("run", "test"):
        return comment, ""
    known = re.fullmatch(r"(all of|part of|file|mend) (\S+)|(not run): (.+)", comment)
    if known is None:
        raise ValueError(f"`<!-- {comment} -->` before a block has no meaning")
    return known[1] or known[3], known[2] or known[4]


def commands(block: Block) -> list[str]:
    """The commands of a console: the lines after `$`."""
    return [line.removeprefix("$ ") for line in block.body.splitlines() if line.startswith("$ ")]


def with_answers(page: str, answers: list[tuple[Block, str]]) -> str:
    """The page with other outputs."""
    for block, answer in sorted(answers, key=lambda one: one[0].place, reverse=True):
        start, end = block.place
        page = page[:start] + answer + page[end:]
    return page

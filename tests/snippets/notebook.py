"""The tutorial as a notebook: the same blocks in the same order, made from the page, which stays the only source."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.snippets.page import ANSWER, BLOCK, PICTURE, ROOT

PAGE, NOTEBOOK = (ROOT / "docs" / f"tutorial.{suffix}" for suffix in ("md", "ipynb"))

_SAVED = re.compile(r'^cte\.plot\.save\((.+), "[^"]+"(?:, scale=[0-9.]+)?\)$', re.M)
"""A picture that is written on the page; a notebook shows it."""


def notebook(page: str) -> dict[str, Any]:
    """A notebook without outputs, nbformat 4.5, of a page with blocks in Python, SQL and for a console.

    Raises:
        ValueError: a block is in another language.
    """
    cells: list[dict[str, Any]] = []
    at = 0
    while match := BLOCK.search(page, at):
        cells.append(_cell(len(cells), "markdown", page[at : match.start()]))
        cells.append(_cell(len(cells), "code", _code(match["kind"], match["body"])))
        at = match.end()
        for under in (ANSWER, PICTURE):  # the notebook prints and draws by itself
            found = under.match(page, at)
            at = found.end() if found else at
    cells.append(_cell(len(cells), "markdown", page[at:]))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": [cell for cell in cells if cell["source"]],
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def written(page: str) -> str:
    """The file of that notebook."""
    return json.dumps(notebook(page), ensure_ascii=False, indent=1) + "\n"


def _code(kind: str, body: str) -> str:
    if kind == "python":
        return _SAVED.sub(r"\1", body)
    if kind == "sql":
        return f'cte.connect(corpus).sql("""\n{body}""").df()'
    if kind == "console":
        return "\n".join(f"!{line.removeprefix('$ ')}" for line in body.splitlines() if line.startswith("$ "))
    raise ValueError(f"a notebook has no cells in {kind!r}")


def _cell(number: int, kind: str, source: str) -> dict[str, Any]:
    found = {"cell_type": kind, "id": f"cell-{number:02}", "metadata": {}, "source": source.strip("\n")}
    return found | ({"execution_count": None, "outputs": []} if kind == "code" else {})

"""What is added to pages when the site is built: every command to `commands.md`, every rule to `rules.md`.

Docstrings write `code` as Markdown does; they are made to write it as reStructuredText does.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import click

from cte_corpus.checking.rules import catalogue
from cte_corpus.cli import TABLES, cte

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


def plain(text: str) -> str:
    """A text in which nothing but code between backticks has a meaning in Markdown."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if i % 2 else re.sub(r"([\\*_<>|\[\]#])", r"\\\1", part) for i, part in enumerate(parts))


def cell(text: str) -> str:
    """A text in a cell of a table."""
    return " ".join(plain(text).split())


def fenced(text: str, language: str = "") -> str:
    return f"```{language}\n{text.strip()}\n```"


def command(name: str) -> Iterator[str]:
    """The paragraphs on one command, and on those of a group."""
    group = click.Context(cte, info_name="cte", **cte.context_settings)
    found = cte.get_command(group, name)
    assert found
    yield from told(found, click.Context(found, info_name=name, parent=group))


def told(found: click.Command, context: click.Context) -> Iterator[str]:
    """The paragraphs on a command that is called in a context."""
    yield f"### {context.command_path}"
    yield fenced(" ".join([context.command_path, *found.collect_usage_pieces(context)]))
    yield from (cell(paragraph) for paragraph in inspect.cleandoc(found.help or "").split("\n\n"))
    options = [item for item in found.get_params(context) if isinstance(item, click.Option)]
    said = [record for item in options if (record := item.get_help_record(context))]
    rows = [f"| `{names.replace('|', ' or ')}` | {cell(text)} |" for names, text in said]
    yield "\n".join(["| option | |", "|---|---|", *rows])
    if found.epilog:
        lines = inspect.cleandoc(found.epilog).replace("\b\n", "").split("\n")
        yield fenced("\n".join(line.removeprefix("  ") for line in lines if line != "Examples:"), "text")
    for inner in found.commands.values() if isinstance(found, click.Group) else ():
        yield from told(inner, click.Context(inner, info_name=inner.name, parent=context))


def commands() -> str:
    """All commands, by who needs them."""
    parts = []
    for title, table in TABLES.items():
        parts += [f"## {title}", *(paragraph for name in table for paragraph in command(name))]
    return "\n\n".join(parts)


def rules() -> str:
    """All rules, by level."""
    parts = []
    for number, level in enumerate(catalogue.LEVELS):
        parts.append(f"## Level {number}: {level}")
        for rule in catalogue.rules().values():
            if rule.level == level:
                parts += [f"### {rule.code} {rule.name}", plain(rule.summary)]
                parts.append(f"{rule.severity.capitalize()}, {rule.status}, since {rule.since}.")
                parts += [
                    f"**{title}.** {plain(text)}" for title, text in (("Why", rule.why), ("Mend", rule.mend)) if text
                ]
                for title, text in (("Bad", rule.bad), ("Good", rule.good)):
                    parts += [f"{title}:", fenced(text, "text")] if text.strip() else []
    return "\n\n".join(parts)


PAGES = {"docs/commands": commands, "docs/rules": rules}


def add(app: Sphinx, name: str, source: list[str]) -> None:
    """Put what is generated at the end of its page."""
    if name in PAGES:
        source[0] += f"\n\n{PAGES[name]()}\n"


def as_rest(app: Sphinx, what: str, name: str, found: object, options: object, lines: list[str]) -> None:
    """Double the backticks of a docstring, before its sections are read."""
    lines[:] = re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", "\n".join(lines)).split("\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Have Sphinx call these."""
    app.connect("source-read", add)
    app.connect("autodoc-process-docstring", as_rest, priority=400)
    return {"parallel_read_safe": True}

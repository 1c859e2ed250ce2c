"""How every command prints: nothing that a terminal obeys gets through, wherever the text came from."""

from typing import Any, Literal

import click

from cte_corpus.cli import progress
from cte_corpus.text.terminal import harmless


def say(text: str, *, err: bool = False, end: str = "\n", form: Literal["text", "styled", "json"] = "text") -> None:
    """Print a text in which control characters and bidi overrides are written out: `<U+202E>`, in JSON `\\u202e`.

    This holds in a pipe as well: what is piped is often shown, and JSON loses nothing by it.

    Args:
        text: What to print; its line ends and tabs stay.
        err: Whether it goes to standard error.
        end: What follows the text.
        form: `styled` lets our own colors through, for a text whose parts from data are visible already; `json` is for
            a text that is JSON.
    """
    progress.clear()
    # Colors are decided on before; click would take them out, and only them, where standard output is no terminal.
    click.echo(harmless(text + end, form), err=err, nl=False, color=True)


def say_json(value: Any) -> None:
    """Print a value as indented JSON.

    Raises:
        TypeError: it does not fit into JSON.
    """
    import orjson

    option = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    say(orjson.dumps(value, option=option, default=str).decode(), form="json")

"""Drafts as YAML that reads the same as JSON and as YAML 1.2: strings in quotes, unless they are plain words."""

import json
import re
from collections.abc import Iterator
from typing import Any

WIDTH = 120
"""Characters of a line; what is longer is set on lines of its own, where it can be."""

_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_CODE = re.compile(r"[A-Za-z](?:[:._-]?[A-Za-z0-9])*")
_OTHER = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Words that some reader of YAML takes for something else than a string."""


def quoted(value: str) -> str:
    """A string in quotes: JSON's are YAML's too, but for characters that YAML wants escaped."""
    return _UNPRINTED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def word(value: str) -> str:
    """A code or id, without quotation marks where YAML reads it as a string."""
    return value if _CODE.fullmatch(value) and value.lower() not in _OTHER else quoted(value)


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{word(str(key))}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return word(value) if isinstance(value, str) else json.dumps(value)


def block(value: dict[str, Any] | list[Any], indent: str = "") -> Iterator[str]:
    """The lines of an object or a list that is not empty: each item on one, or, where it is too long, on several."""
    items = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    for key, item in items:
        head = f"{indent}- " if key is None else f"{indent}{word(str(key))}: "
        line = head + flow(item)
        if len(line) <= WIDTH or not isinstance(item, dict | list) or not item:
            yield line
        elif key is None:
            first, *others = block(item, f"{indent}  ")
            yield head + first.lstrip()
            yield from others
        else:
            yield head.rstrip()
            yield from block(item, f"{indent}  ")

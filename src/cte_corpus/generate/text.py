"""Bytes of the generated files."""

import json
from typing import Any

WIDTH = 120


def json_bytes(value: Any) -> bytes:
    """JSON as it is committed: two-space indent, keys as given, non-ASCII as is, final newline.

    A list or object that fits in a line stands in one, so that a diff shows one fact a line.
    """
    return (_lines(value, 0, 0) + "\n").encode()


def _lines(value: Any, depth: int, before: int) -> str:
    """`value` as text; `depth` levels in, after `before` columns of its own line."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or not value or (_is_leaf(value) and before + len(flat) < WIDTH):
        return flat
    pad = "  " * (depth + 1)
    if isinstance(value, dict):
        heads = [pad + json.dumps(key, ensure_ascii=False) + ": " for key in value]
        body = [head + _lines(item, depth + 1, len(head)) for head, item in zip(heads, value.values(), strict=True)]
        opening, closing = "{}"
    else:
        body = [pad + _lines(item, depth + 1, len(pad)) for item in value]
        opening, closing = "[]"
    return opening + "\n" + ",\n".join(body) + "\n" + "  " * depth + closing


def _is_leaf(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return not any(isinstance(item, (dict, list)) for item in items)

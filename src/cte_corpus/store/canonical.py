"""Canonical JSON, made for review: keys in model order, two-space indent, a small object or list on one line.

On one line stands what fits in 120 columns and nests at most two deep: a span, a time, an argument. A record, the list
of records and the root are always spread, so that a diff shows one fact a line.
"""

from typing import Any

import orjson

WIDTH = 120
INLINE_DEPTH = 2

KeyOrder = dict[str, Any]
"""The keys of an object in order, each with the order of what it holds."""


def key_order(schema: dict[str, Any]) -> KeyOrder:
    """The order in which a JSON Schema lists the properties, local references followed."""
    return _order(schema, schema)


def _order(node: dict[str, Any], root: dict[str, Any]) -> KeyOrder:
    while "$ref" in node:
        target: Any = root
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    if "items" in node:
        return _order(node["items"], root)
    return {name: _order(child, root) for name, child in node.get("properties", {}).items()}


def dumps(value: Any, order: KeyOrder) -> bytes:
    """Write a file: the same value gives the same bytes. Keys without a place in the order follow as they came."""
    lines: list[str] = []
    _write(value, order, "", "", lines, spread=True)
    return ("\n".join(lines) + "\n").encode()


def _write(value: Any, order: KeyOrder, indent: str, prefix: str, lines: list[str], *, spread: bool = False) -> None:
    """Append the lines of a value; `prefix` is what stands before it on its first line."""
    if not isinstance(value, dict | list) or not value:
        lines.append(f"{indent}{prefix}{_scalar(value)}")
        return
    if not spread and _depth(value) <= INLINE_DEPTH:
        line = f"{indent}{prefix}{_inline(value, order)}"
        if len(line) < WIDTH:  # a comma may follow
            lines.append(line)
            return
    deeper = indent + "  "
    if isinstance(value, dict):
        lines.append(f"{indent}{prefix}{{")
        for key in _sorted(value, order):
            records = key == "records" and isinstance(value[key], list)
            _write(value[key], order.get(key, {}), deeper, f"{_scalar(key)}: ", lines, spread=records)
            lines[-1] += ","
        lines[-1] = lines[-1][:-1]
        lines.append(f"{indent}}}")
        return
    lines.append(f"{indent}{prefix}[")
    for item in value:
        _write(item, order, deeper, "", lines, spread=isinstance(item, dict) and "id" in item and spread)
        lines[-1] += ","
    lines[-1] = lines[-1][:-1]
    lines.append(f"{indent}]")


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return 0
    return 1 + max(map(_depth, value), default=0)


def _inline(value: Any, order: KeyOrder) -> str:
    if isinstance(value, dict):
        members = (f"{_scalar(key)}: {_inline(value[key], order.get(key, {}))}" for key in _sorted(value, order))
        return f"{{{', '.join(members)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_inline(item, order) for item in value)}]"
    return _scalar(value)


def _sorted(value: dict[str, Any], order: KeyOrder) -> list[str]:
    return [key for key in order if key in value] + [key for key in value if key not in order]


def _scalar(value: Any) -> str:
    return orjson.dumps(value).decode()

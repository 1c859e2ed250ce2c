"""Canonical JSON, made for review: keys in model order, two-space indent, a small object or list on one line.

On one line stands what fits in 120 columns and nests at most two deep: a span, a time, an argument. A record, the list
of records and the root are always spread, so that a diff shows one fact per line.
"""

import json
from typing import Any, NamedTuple

import orjson

from cte_corpus.store.strict import MAX_INTEGER

WIDTH = 120
"""Columns of a line, in code points. One is kept free for a comma, so that a new neighbour changes no other line."""

INLINE_DEPTH = 2

_text = json.encoder.encode_basestring
"""A string in quotes, escaped as little as JSON allows."""


class _Member(NamedTuple):
    key: str
    head: str
    """The key as it is written, with the colon."""

    order: "KeyOrder"


class KeyOrder:
    """The keys of an object in order, each with the order of what it holds; a list has the order of its items."""

    def __init__(self, children: "dict[str, KeyOrder] | None" = None) -> None:
        self.children = children if children is not None else {}
        self._members: dict[tuple[str, ...], list[_Member]] = {}
        self._nested: dict[tuple[str, ...], list[_Member] | None] = {}

    def nested(self, keys: tuple[str, ...]) -> "list[_Member] | None":
        """The members of one object that hold objects with an order of their own; None where its keys are in none."""
        if keys not in self._nested:
            members = self.members(keys)
            in_order = keys == tuple(member.key for member in members)
            self._nested[keys] = [member for member in members if member.order.children] if in_order else None
        return self._nested[keys]

    def members(self, keys: tuple[str, ...]) -> list[_Member]:
        """The keys of one object in order: `$schema`, then known ones, then others as they came."""
        members = self._members.get(keys)
        if members is None:
            first = [key for key in ("$schema", *self.children) if key in keys]
            members = [
                _Member(key, f"{_text(key)}: ", self.children.get(key, _UNKNOWN))
                for key in dict.fromkeys((*first, *keys))
            ]
            if self is not _UNKNOWN:  # remembered for a model's few shapes, not for whatever may come
                self._members[keys] = members
        return members


_UNKNOWN = KeyOrder()


def key_order(schema: dict[str, Any]) -> KeyOrder:
    """The order in which a JSON Schema lists the properties; local references are followed, also circular ones."""
    orders: dict[int, KeyOrder] = {}

    def of(node: dict[str, Any]) -> KeyOrder:
        while "$ref" in node or "items" in node:
            node = target(node["$ref"], schema) if "$ref" in node else node["items"]
        if id(node) not in orders:
            order = orders[id(node)] = KeyOrder()
            order.children.update((name, of(child)) for name, child in node.get("properties", {}).items())
        return orders[id(node)]

    return of(schema)


def target(reference: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The part of a schema to which a local reference leads."""
    found = schema
    for part in reference.removeprefix("#").split("/")[1:]:
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


def dumps(value: Any, order: KeyOrder) -> bytes:
    """Write a file: the same value gives the same bytes, with a final newline. Reading them gives the value again.

    A whole number is written without a point, as far as every reader holds it as an integer.

    Raises:
        TypeError: something is no JSON value.
        UnicodeEncodeError: a string holds half of a surrogate pair.
    """
    if isinstance(value, dict):
        lines = []
        for key, head, child in order.members(tuple(value)):
            item = value[key]
            if key == "records" and isinstance(item, list):
                records = [_spread(record, child, "    ") for record in item]
                lines.append(head + _block("[]", records, "  "))
            else:
                lines.append(head + _lay(item, child, "  ", len(head)))
        text = _block("{}", lines, "")
    else:
        text = _spread(value, order, "")
    return f"{text}\n".encode()


def _lay(value: Any, order: KeyOrder, indent: str, before: int) -> str:
    """A value as it stands on a line that holds `indent` and `before` more columns in front of it."""
    if type(value) is str:
        return _text(value)
    flat = _flat(value, order, INLINE_DEPTH)
    if flat is not None and len(indent) + before + len(flat) < WIDTH:
        return flat
    return _spread(value, order, indent)


def _spread(value: Any, order: KeyOrder, indent: str) -> str:
    """A value with every member or item on lines of its own."""
    deeper = indent + "  "
    if type(value) is dict:
        lines = [head + _lay(value[key], child, deeper, len(head)) for key, head, child in order.members(tuple(value))]
        return _block("{}", lines, indent)
    if type(value) is list:
        return _block("[]", [_lay(item, order, deeper, 0) for item in value], indent)
    return _scalar(value)


def _block(brackets: str, lines: list[str], indent: str) -> str:
    if not lines:
        return brackets
    separator = f",\n{indent}  "
    return f"{brackets[0]}\n{indent}  {separator.join(lines)}\n{indent}{brackets[1]}"


def _flat(value: Any, order: KeyOrder, depth: int) -> str | None:
    """A value on one line, or None if it nests deeper than `depth`."""
    kind = type(value)
    if kind is not dict and kind is not list:
        return _scalar(value)
    if not depth:
        return None
    parts = []
    if kind is list:
        for item in value:
            part = _text(item) if type(item) is str else _flat(item, order, depth - 1)
            if part is None:
                return None
            parts.append(part)
        return f"[{', '.join(parts)}]"
    for key, head, child in order.members(tuple(value)):
        item = value[key]
        part = _text(item) if type(item) is str else _flat(item, child, depth - 1)
        if part is None:
            return None
        parts.append(head + part)
    return f"{{{', '.join(parts)}}}"


def _scalar(value: Any) -> str:
    if type(value) is int:
        return repr(value)
    if type(value) is str:
        return _text(value)
    if type(value) is float and value.is_integer() and abs(value) <= MAX_INTEGER:
        return repr(int(value))
    return orjson.dumps(value).decode()

"""Level 1: a record has the fields, types and codes of the published JSON Schema.

jsonschema-rs says whether a file follows its schema. Where it does not, a walk over schema and value side by side says
why: one place at a time, without a copy of anything, so that a file with a million faults costs no more than its size.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import orjson

from cte_corpus.checking.rules.doc import NONE, Findings, Found
from cte_corpus.store import canonical
from cte_corpus.store.layout import PARTS, schema_dir
from cte_corpus.store.strict import MAX_INTEGER

LISTED = 8
"""How many codes a message names at most."""

SPACES = " \t\n\x0b\x0c\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space as `str.strip` takes it away, but for four controls."""

UNTRIMMED = frozenset({"Span", "lang"})
"""Definitions and fields whose strings are no words of ours: what is quoted, and codes with a rule of their own."""

SETTLE = "look at it in the draft, delete the mark or the item there, and anchor the draft again"
EMPTY = "an optional field that is empty is left out"
AS_INTEGER = "`cte fmt` or `cte check --fix` writes it so"


@cache
def schema(kind: str) -> dict[str, Any]:
    """The published schema of a file kind."""
    loaded: dict[str, Any] = orjson.loads((schema_dir() / f"{kind}.schema.json").read_bytes())
    return loaded


@cache
def validator(kind: str) -> jsonschema_rs.Draft4Validator:
    """The compiled rules for the values of a file kind, or of a `bundle`: one line of a packed corpus.

    They are compiled as draft 4, which differs from 2020-12, as far as the schemas go, in one thing: `5.0` is no
    integer.
    """
    return jsonschema_rs.Draft4Validator({**strict_schema(kind), "$schema": "http://json-schema.org/draft-04/schema#"})


@cache
def strict_schema(kind: str) -> dict[str, Any]:
    """The schema of a file kind, or of a `bundle`, in which words have no white space around them.

    That is a rule of level 0; here it costs next to nothing.
    """
    strict: dict[str, Any] = _trimmed(bundle_schema() if kind == "bundle" else schema(kind))
    return strict


def _trimmed(node: Any) -> Any:
    if isinstance(node, list):
        return [_trimmed(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "string" and node.get("minLength") == 1:
        return node | {"allOf": [{"pattern": f"^[^{SPACES}]"}, {"pattern": f"[^{SPACES}]$"}]}
    return {key: item if key in UNTRIMMED else _trimmed(item) for key, item in node.items()}


@cache
def bundle_schema() -> dict[str, Any]:
    """The schema of one line of a packed corpus, put together from the published definitions."""
    parts: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    for part in PARTS:
        published = schema(part)
        definitions.update(published["$defs"])
        parts[part] = {"$ref": f"#/$defs/{part.rstrip('s').capitalize()}"}
        if part != "document":
            parts[part] = {"type": "array", "items": parts[part]}
    whole = {"type": "object", "properties": parts, "required": list(PARTS), "additionalProperties": False}
    return whole | {"$defs": definitions}


def check(value: Any, kind: str) -> Findings:
    """All findings of level 1 in one decoded file or line, and those of level 0 for which the schema is needed, as it
    tells where words and integers stand. Costs one pass where there are none."""
    if validator(kind).is_valid(value):
        yield from _needless_points(value)
        return
    whole = strict_schema(kind)
    count = 0
    for found in _faults(whole, whole, value, value, None):
        count += 1
        yield found
    if not count:
        raise RuntimeError(f"jsonschema-rs refuses what has no fault by the schema of {kind}")


def _needless_points(value: dict[str, Any]) -> Findings:
    """Whole numbers with a point where the schema lets any number stand: figures, latitude and longitude."""
    events = value.get("events") or value.get("records") or NONE
    holders = [item for event in events if "quantities" in event for item in event["quantities"]]
    if "geo" in value:
        holders.append(value["geo"])
    for holder in holders:
        for key, number in holder.items():
            if type(number) is float and number.is_integer():
                yield _whole_number(holder, key, number)


def _faults(node: dict[str, Any], whole: dict[str, Any], value: Any, holder: Any, key: Any) -> Findings:
    """Where a value does not follow a part of a schema. `holder` and `key` say where the value stands."""
    while "$ref" in node:
        node = canonical.target(node["$ref"], whole)
    kind = node["type"]
    if not _TYPES[kind](value):
        yield _wrong_type(kind, value, holder, key)
    elif kind == "object":
        fields = node["properties"]
        for name in node["required"]:
            if name not in value:
                yield Found("CTE102", value, f"the field `{name}` is missing")
        for name, item in value.items():
            if name in fields:
                yield from _faults(fields[name], whole, item, value, name)
            else:
                yield _unknown(value, name, fields)
    elif kind == "array":
        if len(value) < node.get("minItems", 0):
            yield _short(value, "item", node["minItems"], holder, key)
        for index, item in enumerate(value):
            yield from _faults(node["items"], whole, item, value, index)
    else:
        yield from _scalar(node, value, holder, key)


def _scalar(node: dict[str, Any], value: Any, holder: Any, key: Any) -> Iterator[Found]:
    if "enum" in node and value not in node["enum"]:
        codes = node["enum"]
        message = f"`{value}` is not a code of this field"
        yield Found("CTE104", holder, message, key, _list(codes), near=(value, codes))
    if "pattern" in node and not _pattern(node["pattern"]).search(value):
        yield Found("CTE105", holder, f"expected the form {node['pattern']}, got {_show(value)}", key)
    if "minLength" in node and len(value) < node["minLength"]:
        yield _short(value, "character", node["minLength"], holder, key)
    if "allOf" in node and value.strip() != value:
        stripped = _show(value.strip())
        got = f"white space around {stripped}" if value.strip() else "nothing but white space"
        yield Found(
            "CTE020", holder, f"expected words, got {got}", key, "write them without it, or leave the field out"
        )
    if "minimum" in node and value < node["minimum"]:
        yield Found("CTE106", holder, f"{_show(value)} is less than the minimum of {node['minimum']}", key)
    if "maximum" in node and value > node["maximum"]:
        yield Found("CTE106", holder, f"{_show(value)} is greater than the maximum of {node['maximum']}", key)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of the schemas, whose `$` is the end and not also the place before a last line end."""
    return re.compile(pattern.removesuffix("$") + r"\Z")


def _unknown(holder: Any, name: str, fields: dict[str, Any]) -> Found:
    if name == "proposed":
        return Found("CTE108", holder, "proposed by `cte new`, and nobody has settled it", name, SETTLE)
    return Found("CTE101", holder, f"no field `{name}` here", name, _list(fields), near=(name, fields))


def _wrong_type(expected: str, value: Any, holder: Any, key: Any) -> Found:
    if expected == "integer" and type(value) is float and value.is_integer():
        return _whole_number(holder, key, value)
    got = "null" if value is None else f"{_kind(value)} {_show(value)}"
    return Found("CTE103", holder, f"expected {expected}, got {got}", key, EMPTY if value is None else "")


def _whole_number(holder: Any, key: Any, value: float) -> Found:
    if abs(value) > MAX_INTEGER:
        return Found("CTE009", holder, f"{value!r} is beyond ±(2^53 - 1): other readers would round it", key)
    return Found("CTE018", holder, f"expected {int(value)}, got {value!r}", key, AS_INTEGER)


def _short(value: Any, unit: str, least: int, holder: Any, key: Any) -> Found:
    if value:
        return Found("CTE105", holder, f"expected at least {least} {unit}s, got {_show(value)}", key)
    return Found("CTE107", holder, f"expected at least one {unit}, got none", key, EMPTY)


_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
}


def _list(names: Any) -> str:
    shown = list(names)
    return f"one of {', '.join(shown[:LISTED])}{' …' if len(shown) > LISTED else ''}"


def _show(value: Any) -> str:
    text = orjson.dumps(value).decode()
    return text if len(text) <= 40 else text[:39] + "…"


def _kind(value: Any) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}
    return names.get(type(value), "null")

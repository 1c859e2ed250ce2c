"""Level 1: a record has the fields, types and codes of the published JSON Schema."""

from collections.abc import Callable
from functools import cache
from typing import Any

import jsonschema_rs
import orjson

from cte_corpus.checking.rules.doc import Findings, Found
from cte_corpus.store.layout import PARTS, schema_dir

LISTED = 8
"""How many codes a message names at most."""

SETTLE = "look at it in the draft, delete the mark or the item there, and anchor the draft again"
EMPTY = "an optional field that is empty is left out"


@cache
def schema(kind: str) -> dict[str, Any]:
    """The published schema of a file kind."""
    loaded: dict[str, Any] = orjson.loads((schema_dir() / f"{kind}.schema.json").read_bytes())
    return loaded


@cache
def validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    """The compiled schema of a file kind, or of a `bundle`: one line of a packed corpus."""
    return jsonschema_rs.Draft202012Validator(bundle_schema() if kind == "bundle" else schema(kind))


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
    """All findings of level 1 in one decoded file or line; costs one pass where there are none."""
    compiled = validator(kind)
    if compiled.is_valid(value):
        return
    for error in compiled.iter_errors(value):
        holder, key = value, None
        for part in error.instance_path:
            holder = value if key is None else holder[key]
            key = part
        yield from _explain(error, holder, key, kind)


def _explain(error: jsonschema_rs.ValidationError, holder: Any, key: str | int | None, kind: str) -> Findings:
    target = holder if key is None else holder[key]
    if error.kind.name == "additionalProperties":
        yield from _unknown(error, target, kind)
    elif error.kind.name in _BY_KEYWORD:
        yield from _BY_KEYWORD[error.kind.name](error.kind, holder, key, target)
    else:
        yield Found("CTE106", holder, error.message, key)


def _unknown(error: jsonschema_rs.ValidationError, target: Any, kind: str) -> Findings:
    schema_of_object: Any = bundle_schema() if kind == "bundle" else schema(kind)
    for part in error.schema_path[:-1]:
        schema_of_object = schema_of_object[part]
    fields = schema_of_object["properties"]
    unexpected: Any = error.kind
    for name in unexpected.unexpected:
        if name == "proposed":
            yield Found("CTE108", target, "proposed by `cte new`, and nobody has settled it", name, SETTLE)
            continue
        yield Found("CTE101", target, f"no field `{name}` here", name, _list(fields), near=(name, fields))


def _missing(kind: Any, holder: Any, key: Any, target: Any) -> Findings:
    yield Found("CTE102", target, f"the field `{kind.property}` is missing")


def _type(kind: Any, holder: Any, key: Any, target: Any) -> Findings:
    expected = " or ".join(kind.types)
    help_ = EMPTY if target is None else ""
    got = "null" if target is None else f"{_kind(target)} {_show(target)}"
    yield Found("CTE103", holder, f"expected {expected}, got {got}", key, help_)


def _code(kind: Any, holder: Any, key: Any, target: Any) -> Findings:
    codes = kind.options
    if not isinstance(target, str):
        yield Found("CTE103", holder, f"expected string, got {_kind(target)} {_show(target)}", key)
        return
    message = f"`{target}` is not a code of this field"
    yield Found("CTE104", holder, message, key, _list(codes), near=(target, codes))


def _pattern(kind: Any, holder: Any, key: Any, target: Any) -> Findings:
    yield Found("CTE105", holder, f"expected the form {kind.pattern}, got {_show(target)}", key)


def _short(kind: Any, holder: Any, key: Any, target: Any) -> Findings:
    unit = "character" if isinstance(target, str) else "item"
    if target:
        yield Found("CTE105", holder, f"expected at least {kind.limit} {unit}s, got {_show(target)}", key)
    else:
        yield Found("CTE107", holder, f"expected at least one {unit}, got none", key, EMPTY)


_BY_KEYWORD: dict[str, Callable[[Any, Any, Any, Any], Findings]] = {
    "required": _missing,
    "type": _type,
    "enum": _code,
    "pattern": _pattern,
    "minLength": _short,
    "minItems": _short,
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

"""The columns of the tables with what the published schemas say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.store.layout import schema_dir
from cte_corpus.tabular.arrow_schema import RECORDS
from cte_corpus.tabular.columns import described

if TYPE_CHECKING:
    import pyarrow as pa

    from cte_corpus.release.facts import Facts


@dataclass(frozen=True)
class Column:
    """A column, or a field inside one."""

    name: str
    kind: str
    """string, integer, number, boolean or object; of a list, the kind of its items."""

    many: bool
    """Whether it is a list."""

    description: str
    required: bool
    codes: tuple[str, ...]
    pattern: str
    fields: tuple[Column, ...]
    """The fields of an object."""


def columns(facts: Facts, table: str) -> tuple[Column, ...]:
    """The columns of a record table, in its order."""
    kind, definition = RECORDS[table]
    definitions = orjson.loads((schema_dir() / f"{kind}.schema.json").read_bytes())["$defs"]
    return _fields(facts.schemas[table], definitions, definitions[definition])


def _fields(fields: pa.Schema | pa.StructType, definitions: dict[str, Any], node: dict[str, Any]) -> tuple[Column, ...]:
    required = node.get("required", ())
    found = node.get("properties", {})
    return tuple(_column(field, definitions, found.get(field.name, {}), field.name in required) for field in fields)


def _column(field: pa.Field, definitions: dict[str, Any], node: dict[str, Any], required: bool) -> Column:
    import pyarrow as pa

    many = pa.types.is_list(field.type)
    inner = field.type.value_type if many else field.type
    about = node.get("items", {}) if many else node
    if "$ref" in about:
        about = definitions[about["$ref"].removeprefix("#/$defs/")]
    return Column(
        name=field.name,
        kind=_kind(inner),
        many=many,
        description=node.get("description") or described()["derived"].get(field.name, {}).get("meaning", ""),
        required=required or (not node and field.name in ("id", "document", "section")),
        codes=tuple(about.get("enum", ())),
        pattern=about.get("pattern", ""),
        fields=_fields(inner, definitions, about) if pa.types.is_struct(inner) else (),
    )


def _kind(kind: pa.DataType) -> str:
    import pyarrow as pa

    if pa.types.is_struct(kind):
        return "object"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    return "number" if pa.types.is_floating(kind) else "string"

"""The columns of the tables with what the published schemas say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.store.layout import schema_dir
from cte_corpus.tabular.arrow_schema import RECORDS

if TYPE_CHECKING:
    import pyarrow as pa

    from cte_corpus.release.facts import Facts

_ADDED = {
    "id": "Id of the sentence: the section's with `.n`.",
    "document": "Id of the document.",
    "section": "Id of the section.",
    "derived_earliest": "Derived: first day that the date may mean, ISO; null where open or not given.",
    "derived_latest": "Derived: last day that the date may mean, ISO; null where open or not given.",
    "derived_section": "Derived: id of the section in which the span lies.",
    "derived_sentence": "Derived: id of the sentence in which the span lies; null in headings, bylines and captions.",
    "derived_entity_name": "Derived: preferred English name of the entity.",
    "derived_target_name": "Derived: preferred English name of the target.",
    "derived_authority_name": "Derived: preferred English name of the authority.",
    "derived_realis": "Derived: actual, generic or other (Rich ERE); null where genericity is not coded.",
    "derived_nature": "Derived: happening, state, statement, aim or duty.",
    "derived_whole": "Derived: id of the outermost event of which this one is a part.",
    "derived_cluster": "Derived: id of the first event of its cluster: the same happening, whoever tells it.",
    "derived_vintage": "Derived: EDTF of when its passage was first written, where that is older than the document.",
    "derived_when": "Derived: its days, `earliest/latest`: its own, else those of its whole, else of its vintage.",
    "derived_when_basis": "Derived: where these days come from: own, whole or vintage.",
    "derived_plover": "Derived: codes of the event in PLOVER, nearest first.",
    "derived_cameo": "Derived: codes of the event in CAMEO, nearest first.",
    "derived_acled": "Derived: codes of the event in ACLED, nearest first.",
    "derived_gtd": "Derived: codes of the event in the Global Terrorism Database, nearest first.",
    "derived_digest": "Derived: first 16 hex digits of the SHA-256 of the record as compact JSON with sorted keys.",
    "target": "The code in the other scheme.",
    "match": "How near it is (SKOS).",
}
"""What columns are that the record itself does not have."""


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
        description=node.get("description") or _ADDED.get(field.name, ""),
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

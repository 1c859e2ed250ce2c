"""Arrow schemas, read from the published JSON Schemas, which are generated from the record models.

So a column is what the model says, in the order of the model, and this module needs no pydantic.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.store.layout import schema_dir
from cte_corpus.tabular.crosswalk import SCHEMES

if TYPE_CHECKING:
    import pyarrow as pa

RECORDS = {
    "documents": ("document", "Document"),
    "sections": ("sections", "Section"),
    "sentences": ("sections", "Sentence"),
    "mentions": ("mentions", "Mention"),
    "events": ("events", "Event"),
    "sanctions": ("sanctions", "Sanction"),
    "entities": ("entity", "Entity"),
}
"""The record tables: the schema file of each, and the definition in it."""

FLAT = {
    "arguments": "Argument",
    "times": "Time",
    "places": "Place",
    "quantities": "Quantity",
    "attributions": "Attribution",
    "relations": "Relation",
}
"""The flat tables: the definition of each in the schema of events."""

DAYS = ("derived_earliest", "derived_latest")
PLACE = ("derived_section", "derived_sentence")
DIGEST = ("derived_digest",)
CROSSWALK = tuple(f"derived_{scheme}" for scheme in SCHEMES)
REALITY = ("derived_realis", "derived_nature")
TOGETHER = ("derived_whole", "derived_cluster", "derived_vintage", "derived_when", "derived_when_basis")
SAID_BY = "derived_said_by"
EVENT = ("derived_label", "derived_status", SAID_BY)
"""The event to which an item belongs: its English label, how it stands, and who says it."""

_DERIVED = {
    "documents": (*DAYS, *DIGEST),
    "sections": (*DAYS, *DIGEST),
    "sentences": (),
    "mentions": (*PLACE, "derived_entity_name", *DIGEST),
    "events": (*PLACE, *DAYS, *REALITY, *TOGETHER, *CROSSWALK, *DIGEST),
    "sanctions": (*DAYS, "derived_target_name", "derived_authority_name", *DIGEST),
    "entities": DIGEST,
    "arguments": (*PLACE, "derived_macro_role", "derived_entity_name", *EVENT),
    "times": (*DAYS, *PLACE, *EVENT),
    "places": ("derived_entity_name", *EVENT),
    "quantities": (*DAYS, *PLACE, *EVENT),
    "attributions": (*PLACE, "derived_by_name", "derived_via_name", *EVENT),
    "relations": ("derived_event_label", *EVENT),
}


def record_schemas() -> dict[str, pa.Schema]:
    """The schema of each record table."""
    return {name: _schema(name, *source) for name, source in RECORDS.items()}


def flat_schemas() -> dict[str, pa.Schema]:
    """The schema of each flat table."""
    return {name: _schema(name, "events", definition) for name, definition in FLAT.items()}


def descriptions(name: str) -> dict[str, str]:
    """What the fields of a record table or flat table mean, by the schemas; none of another."""
    kind, definition = RECORDS.get(name) or ("events", FLAT.get(name, ""))
    fields = _definitions(kind)[definition]["properties"] if definition else {}
    return {field: node["description"] for field, node in fields.items() if "description" in node}


def _schema(name: str, kind: str, definition: str) -> pa.Schema:
    import pyarrow as pa

    fields = _fields(_definitions(kind), definition)
    return pa.schema([*_leading(name), *fields, *((column, _derived_type(column)) for column in _DERIVED[name])])


def _leading(name: str) -> list[tuple[str, pa.DataType]]:
    """The columns that say where a row belongs, where its own fields do not."""
    import pyarrow as pa

    if name in FLAT:
        return [("event_id", pa.string()), ("document_id", pa.string()), ("position", pa.int64())]
    if name == "sentences":
        return [("id", pa.string()), ("document", pa.string()), ("section", pa.string())]
    return []


def _derived_type(column: str) -> pa.DataType:
    import pyarrow as pa

    if column in CROSSWALK:
        return pa.list_(pa.struct([("target", pa.string()), ("match", pa.string())]))
    return pa.list_(pa.string()) if column == SAID_BY else pa.string()


@cache
def _definitions(kind: str) -> dict[str, Any]:
    definitions: dict[str, Any] = orjson.loads((schema_dir() / f"{kind}.schema.json").read_bytes())["$defs"]
    return definitions


def _fields(definitions: dict[str, Any], name: str) -> list[tuple[str, pa.DataType]]:
    return [(field, _type(definitions, node)) for field, node in definitions[name]["properties"].items()]


def _type(definitions: dict[str, Any], node: dict[str, Any]) -> pa.DataType:
    import pyarrow as pa

    if "$ref" in node:
        return pa.struct(_fields(definitions, node["$ref"].removeprefix("#/$defs/")))
    if node["type"] == "array":
        return pa.list_(_type(definitions, node["items"]))
    scalars = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return scalars[node["type"]]

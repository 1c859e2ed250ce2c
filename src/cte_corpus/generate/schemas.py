"""The JSON Schemas of the file kinds, generated from the record models.

What pydantic renders is put into one normal form, so that the published schemas do not change with its version:
keywords in a fixed order, `$defs` sorted, no defaults, titles on models only. A keyword that is not foreseen here is an
error.
"""

from typing import Any, Final

from pydantic import BaseModel

from cte_corpus.records import CorpusInfo, Document, Entity, Event, Mention, Retired, Sanction, Section
from cte_corpus.store import canonical
from cte_corpus.store.layout import SCHEMA_VERSION, schema_folder

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FOLDER: Final = f"schemas/{schema_folder(SCHEMA_VERSION)}"
"""Where they lie in the repository."""

AS_GIVEN: Final = canonical.key_order({})
"""Keys as they come: these files set their own order."""

RECORDS: Final[dict[str, type[BaseModel]]] = {
    "corpus": CorpusInfo,
    "entity": Entity,
    "document": Document,
    "sections": Section,
    "mentions": Mention,
    "events": Event,
    "sanctions": Sanction,
    "retired": Retired,
}
"""The record model of each file kind."""

LISTS: Final = frozenset({"sections", "mentions", "events", "sanctions", "retired"})
"""The file kinds that hold a list of records; the others hold one."""

TITLES: Final = {
    "corpus": "The corpus as a whole",
    "entity": "An entity of the registry",
    "document": "A coded document",
    "sections": "The sections of a document",
    "mentions": "The mentions of a document",
    "events": "The events of a document",
    "sanctions": "The sanctions of a document",
    "retired": "Retired ids",
}

_KEYWORDS: Final = (
    "$schema", "$id", "$ref", "title", "description", "type", "enum", "enumDescriptions", "pattern", "minLength",
    "minimum", "maximum", "minItems", "items", "additionalProperties", "required", "properties", "$defs",
)  # fmt: skip

_SCHEMA_PROPERTY: Final = {
    "description": "Relative path of this schema: by it an editor knows what belongs in the file.",
    "type": "string",
}


def render() -> dict[str, bytes]:
    """The schema files by their path in the repository."""
    return {f"{FOLDER}/{kind}.schema.json": canonical.dumps(schema(kind), AS_GIVEN) for kind in RECORDS}


def schema(kind: str) -> dict[str, Any]:
    """The schema of one file kind; it needs no other file.

    Its `$defs` hold the record and what it is made of, each under the name of its model.
    """
    model = RECORDS[kind]
    defs = definitions(model)
    head = {"$schema": DIALECT, "$id": f"urn:cte-corpus:schema:{SCHEMA_VERSION}:{kind}", "title": TITLES[kind]}
    body = _list_of(model) if kind in LISTS else _file_of(model, defs[model.__name__])
    return _ordered(head | body | {"$defs": defs})


def definitions(model: type[BaseModel]) -> dict[str, Any]:
    """The model and every model in it, as normalised schemas under their class names, sorted by name."""
    raw = model.model_json_schema()
    found = raw.pop("$defs", {}) | {model.__name__: raw}
    for definition in found.values():
        for field in definition["properties"].values():
            if "$ref" in field:  # pydantic drops a description that is the same as the model's
                field.setdefault("description", found[field["$ref"].rpartition("/")[2]]["description"])
    return {name: _normal(found[name], keep_title=True) for name in sorted(found)}


def _list_of(model: type[BaseModel]) -> dict[str, Any]:
    records = {
        "description": f"The records, sorted by id. {_first_line(model)}",
        "type": "array",
        "items": {"$ref": f"#/$defs/{model.__name__}"},
    }
    return {
        "description": f"A file of records. {_first_line(model)}",
        "type": "object",
        "additionalProperties": False,
        "required": ["records"],
        "properties": {"$schema": _SCHEMA_PROPERTY, "records": records},
    }


def _file_of(model: type[BaseModel], record: dict[str, Any]) -> dict[str, Any]:
    """The record with one more property. A `$ref` would not do: `additionalProperties` does not see across it."""
    fields = {name: {"$ref": f"#/$defs/{model.__name__}/properties/{name}"} for name in record["properties"]}
    return {
        "description": f"A file with one record. {_first_line(model)}",
        "type": "object",
        "additionalProperties": False,
        "required": record["required"],
        "properties": {"$schema": _SCHEMA_PROPERTY} | fields,
    }


def _first_line(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").partition("\n")[0]


def _normal(node: dict[str, Any], *, keep_title: bool = False) -> dict[str, Any]:
    """The schema node in normal form, and all below it."""
    node = {key: value for key, value in node.items() if key != "default" and (keep_title or key != "title")}
    if "anyOf" in node:
        node = _number(node)
    if "items" in node:
        node["items"] = _normal(node["items"])
    if "properties" in node:
        node["properties"] = {name: _normal(child) for name, child in node["properties"].items()}
        required = set(node.get("required", ()))
        node["required"] = [name for name in node["properties"] if name in required]
    return _ordered(node)


def _number(node: dict[str, Any]) -> dict[str, Any]:
    """`int | float` is what JSON calls a number; pydantic leaves its bounds under their Python names."""
    if node["anyOf"] != [{"type": "integer"}, {"type": "number"}]:
        raise ValueError(f"expected no union but `int | float`, got {node}")
    names = {"ge": "minimum", "le": "maximum"}
    return {"type": "number"} | {names.get(key, key): value for key, value in node.items() if key != "anyOf"}


def _ordered(node: dict[str, Any]) -> dict[str, Any]:
    unknown = node.keys() - set(_KEYWORDS)
    if unknown:
        raise ValueError(f"keywords that are not foreseen: {', '.join(sorted(unknown))}")
    return {key: node[key] for key in _KEYWORDS if key in node}

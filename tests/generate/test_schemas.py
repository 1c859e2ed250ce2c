"""The published schemas: valid, described, in model order, and of one mind with the models."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from pydantic import BaseModel, ValidationError

from cte_corpus.generate.schemas import LISTS, RECORDS, schema
from cte_corpus.records import Entity, Event
from cte_corpus.store.layout import SCHEMA_VERSION

SPAN = {"start": 10, "end": 14, "text": "bomb"}
TEXT = {"text": "Bomb at the market of Arden", "lang": "en"}
EVENT: dict[str, Any] = {
    "id": "tidewater-2030:e01",
    "document": "tidewater-2030",
    "type": "attack.bombing",
    "label": [TEXT],
    "trigger": SPAN,
    "evidence": ["tidewater-2030:s01.1"],
    "status": "occurred",
    "polarity": "positive",
    "prominence": "main",
    "arguments": [{"role": "weapon", "text": TEXT, "span": SPAN}],
    "quantities": [{"measure": "killed", "comparator": "ge", "lower": 4, "of": TEXT, "span": SPAN}],
}
ENTITY: dict[str, Any] = {
    "id": "gpe:arden",
    "kind": "city",
    "names": [{"text": "Arden", "lang": "en", "script": "Latn", "use": "preferred"}],
    "description": [{"text": "A town in Veltania.", "lang": "en"}],
    "privacy": "none",
    "geo": {"lat": 12.5, "lon": -3, "precision": "city"},
}

kinds = pytest.mark.parametrize("kind", RECORDS)


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema, itself first."""
    yield node
    for group in ("properties", "$defs"):
        for child in node.get(group, {}).values():
            yield from nodes(child)
    if "items" in node:
        yield from nodes(node["items"])


def models(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Every model by name."""
    found = {model.__name__: model}
    for child in model.__subclasses__():
        found |= models(child)
    return found


@kinds
def test_is_valid_2020_12(kind: str) -> None:
    rendered = schema(kind)
    jsonschema.Draft202012Validator.check_schema(rendered)
    assert rendered["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    assert rendered["$id"] == f"urn:cte-corpus:schema:{SCHEMA_VERSION}:{kind}"
    jsonschema_rs.validator_for(rendered)


@kinds
def test_every_field_and_code_is_described(kind: str) -> None:
    rendered = schema(kind)
    for node in nodes(rendered):
        for name, field in node.get("properties", {}).items():
            target = rendered["$defs"][RECORDS[kind].__name__]["properties"][name] if set(field) == {"$ref"} else field
            assert target["description"].endswith("."), name
        if "enum" in node:
            assert len(node["enum"]) == len(node["enumDescriptions"]) == len(set(node["enum"]))
            assert all(text.endswith(".") for text in node["enumDescriptions"])


@kinds
def test_holds_no_noise(kind: str) -> None:
    rendered = schema(kind)
    titled = [node["title"] for node in nodes(rendered) if "title" in node]
    assert titled == [rendered["title"], *rendered["$defs"]]
    for node in nodes(rendered):
        assert "default" not in node
        assert "anyOf" not in node
        if "pattern" in node:
            assert node["pattern"].startswith("^")
            assert node["pattern"].endswith("$")
        if "properties" in node:
            assert node["additionalProperties"] is False


@kinds
def test_follows_the_models(kind: str) -> None:
    known = models(BaseModel)
    rendered = schema(kind)
    for name, definition in rendered["$defs"].items():
        fields = known[name].model_fields
        assert list(definition["properties"]) == list(fields)
        assert definition["required"] == [field for field, info in fields.items() if info.is_required()]
        for field in set(fields) - set(definition["required"]):
            shape = definition["properties"][field]
            assert shape.get("type") != "array" or shape["minItems"] == 1, field


@kinds
def test_root_takes_the_record(kind: str) -> None:
    rendered = schema(kind)
    record = rendered["$defs"][RECORDS[kind].__name__]
    if kind in LISTS:
        assert list(rendered["properties"]) == ["$schema", "records"]
        assert rendered["required"] == ["records"]
    else:
        assert list(rendered["properties"]) == ["$schema", *record["properties"]]
        assert rendered["required"] == record["required"]


def answers(model: type[BaseModel], kind: str, record: Any) -> set[bool]:
    """What pydantic, jsonschema-rs and jsonschema say of one record, by the definition that the schema publishes."""
    rendered = schema(kind)
    one = {"$schema": rendered["$schema"], "$ref": f"#/$defs/{model.__name__}", "$defs": rendered["$defs"]}
    try:
        model.model_validate_json(json.dumps(record))
        pydantic = True
    except ValidationError:
        pydantic = False
    reference = jsonschema.Draft202012Validator(one).is_valid(record)
    return {pydantic, jsonschema_rs.validator_for(one).is_valid(record), reference}


def changed(record: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """A copy of the record with another value at the path."""
    result = copy.deepcopy(record)
    place: Any = result
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return result


@pytest.mark.parametrize(
    ("path", "value", "valid"),
    [
        (("mode",), "hawala", True),
        (("mode",), "no_such_mode", False),
        (("mode",), None, False),
        (("id",), "tidewater-2030:e1", False),
        (("id",), "Tidewater:e01", False),
        (("times",), [], False),
        (("label",), [], False),
        (("unknown",), 1, False),
        (("trigger", "start"), True, False),
        (("trigger", "start"), -1, False),
        (("trigger", "start"), 1.5, False),
        (("trigger", "start"), "1", False),
        (("quantities", 0, "lower"), 4.5, True),
        (("quantities", 0, "lower"), 2**70, True),
        (("quantities", 0, "lower"), True, False),
        (("quantities", 0, "lower"), "4", False),
        (("arguments", 0, "implicit"), 1, False),
        (("arguments", 0, "implicit"), True, True),
    ],
)
def test_engines_agree_on_events(path: tuple[str | int, ...], value: Any, valid: bool) -> None:
    assert answers(Event, "events", EVENT) == {True}
    assert answers(Event, "events", changed(EVENT, path, value)) == {valid}


@pytest.mark.parametrize(
    ("path", "value", "valid"),
    [
        (("geo", "lat"), 90, True),
        (("geo", "lat"), 90.1, False),
        (("geo", "lon"), -181, False),
        (("geo", "lon"), False, False),
        (("id",), "city:arden", False),
        (("$schema",), "entity.schema.json", False),
    ],
)
def test_engines_agree_on_entities(path: tuple[str | int, ...], value: Any, valid: bool) -> None:
    assert answers(Entity, "entity", ENTITY) == {True}
    assert answers(Entity, "entity", changed(ENTITY, path, value)) == {valid}


def test_files_may_name_their_schema() -> None:
    for kind, body in (("events", {"records": [EVENT]}), ("entity", ENTITY)):
        validator = jsonschema_rs.validator_for(schema(kind))
        assert validator.is_valid(body)
        assert validator.is_valid({"$schema": "../x.schema.json"} | body)
        assert not validator.is_valid({"$schema": 1} | body)
        assert not validator.is_valid({"other": 1} | body)

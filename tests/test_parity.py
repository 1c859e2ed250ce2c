"""Pydantic, jsonschema-rs and jsonschema are of one mind on every record, and on spoilt ones.

Where they differ (`docs/decisions.md` says so too):

- A float without a fraction where an integer is asked for: an integer to both schema engines, as JSON Schema has it,
  and refused by pydantic. The comparison below gives it to pydantic as the integer it is.
- Python's `$` also matches before a line end. JSON Schema asks for the regular expressions of ECMA-262, where it does
  not; the reference validator is built with that meaning, and then nothing is left of this difference.
"""

import copy
import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cte_corpus.checking.rewrite import data_files
from cte_corpus.checking.rules import file, schema
from cte_corpus.generate.schemas import LISTS, RECORDS
from cte_corpus.store.layout import data_dir, schema_dir

CORPORA = (data_dir(), Path(__file__).parent / "corpora" / "tidewater")

Record = dict[str, Any]


@cache
def records() -> list[tuple[str, Record]]:
    """Every record of both corpora with its kind."""
    found = []
    for root in CORPORA:
        for source, kind in data_files(root):
            value = json.loads(source.data)
            value.pop("$schema", None)
            found += [(kind, record) for record in (value["records"] if kind in LISTS else [value])]
    return found


@cache
def published(kind: str) -> Record:
    loaded: Record = json.loads((schema_dir() / f"{kind}.schema.json").read_bytes())
    return loaded


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    """The keyword `pattern` with the `$` of ECMA-262: the end, not also before a final line end."""
    assert pattern.endswith("$")
    assert "$" not in pattern[:-1]
    if isinstance(instance, str) and not re.search(pattern[:-1] + r"\Z", instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


Reference: Any = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator, {"pattern": _pattern}
)


@cache
def validators(kind: str) -> tuple[Any, Any]:
    """The fast and the reference validator for one record of a kind."""
    schema = published(kind)
    one = {"$schema": schema["$schema"], "$ref": f"#/$defs/{RECORDS[kind].__name__}", "$defs": schema["$defs"]}
    return jsonschema_rs.Draft202012Validator(one), Reference(one)


def pydantic_takes(kind: str, record: Any) -> bool:
    try:
        RECORDS[kind].model_validate_json(json.dumps(record))
    except ValidationError:
        return False
    return True


def whole(value: Any) -> Any:
    """The value with floats that have no fraction as the integers they are to JSON Schema."""
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [whole(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def answers(kind: str, record: Any) -> dict[str, bool]:
    fast, reference = validators(kind)
    return {
        "pydantic": pydantic_takes(kind, whole(record)),
        "jsonschema-rs": fast.is_valid(record),
        "jsonschema": reference.is_valid(record),
    }


def test_there_is_something_of_every_kind() -> None:
    kinds = [kind for kind, _ in records()]
    assert set(kinds) == set(RECORDS)
    assert len(kinds) > 500


def test_every_record_passes_all_three() -> None:
    for kind, record in records():
        assert pydantic_takes(kind, record), record
        assert answers(kind, record) == {"pydantic": True, "jsonschema-rs": True, "jsonschema": True}, record


def test_every_file_passes_its_schema() -> None:
    for root in CORPORA:
        for source, kind in data_files(root):
            value = json.loads(source.data)
            assert jsonschema_rs.is_valid(published(kind), value), source.path
            assert Reference(published(kind)).is_valid(value), source.path


def test_a_model_writes_the_record_and_nothing_else() -> None:
    """Fields that the record does not have are left out, and keys keep their order."""
    for kind, record in records():
        model = RECORDS[kind].model_validate_json(json.dumps(record))
        assert model.model_dump_json() == json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        assert json.dumps(model.model_dump()) == json.dumps(record)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of everything in a record."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in children:
        yield (*path, key)
        yield from places(item, (*path, key))


def at(record: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        record = record[step]
    return record


FIELDS = sorted({key for kind in RECORDS for node in published(kind)["$defs"].values() for key in node["properties"]})
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 1.0, 1.5, -0.0, 1e300, 91, -181, 2**53, 2**70, -(2**70), "", " ", "\n", "x", "eq",
    "occurred", "2022-05-11", "2022-05-11\n", "2022-05-1١", "tidewater:e01", "org:tidal-front", "AA", "Arab", "a" * 64,
    [], {}, [[]], [None], [{}], ["x"], ["x", 1], {"text": "x", "lang": "en"}, [{"text": "x", "lang": "en"}],
    {"start": 0, "end": 1, "text": "x"}, {"x": {"y": {"z": 1}}},
)  # fmt: skip


def neighbours(value: Any) -> list[Any]:
    """Values that differ little from a value, or are it in another type."""
    near: list[Any] = [[value], {"value": value}, [value, value]]
    if isinstance(value, str):
        near += [value + "\n", "\n" + value, value + " ", value[:-1], value + "0", value + "é", value.upper()]
        near += [value.replace("0", "٠"), value.replace(":", ";"), value.replace("-", "--"), value + "-"]
    elif isinstance(value, int | float):
        near += [value + 1, value - 1, -value, float(value), value + 0.5, str(value), bool(value), value * 10**20]
    elif isinstance(value, list):
        near += [
            value + value,
            value[:-1],
            [*value, None],
            value[0] if value else None,
            {str(i): v for i, v in enumerate(value)},
        ]
    elif isinstance(value, dict):
        near += [list(value.values()), json.dumps(value), dict(list(value.items())[1:])]
    return near


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, Any]:
    """A real record after one to three changes."""
    kind = draw(st.sampled_from(sorted(RECORDS)))
    original = draw(st.sampled_from([record for each, record in records() if each == kind]))
    record: Any = copy.deepcopy(original)
    for _ in range(draw(st.integers(1, 3))):
        paths = list(places(record))
        if not paths:
            break
        path = draw(st.sampled_from(paths))
        holder, key = at(record, path[:-1]), path[-1]
        change = draw(st.sampled_from(["delete", "add", "rename", "odd", "near", "move"]))
        if change == "delete":
            del holder[key]
        elif change == "odd":
            holder[key] = copy.deepcopy(draw(st.sampled_from(ODD)))
        elif change == "near":
            holder[key] = copy.deepcopy(draw(st.sampled_from(neighbours(holder[key]))))
        elif change == "move":
            holder[key] = copy.deepcopy(at(record, draw(st.sampled_from(paths))))
        elif isinstance(holder, list):
            holder.append(copy.deepcopy(draw(st.sampled_from(ODD))))
        else:
            name = draw(st.sampled_from(FIELDS) | st.sampled_from([f"{key}s", str(key).upper(), "", "$schema", "id\n"]))
            holder[name] = holder.pop(key) if change == "rename" else copy.deepcopy(draw(st.sampled_from(ODD)))
    return kind, record


def shapes() -> Iterator[tuple[str, Record, tuple[str | int, ...]]]:
    """Each place that the records have, whatever the index in a list, in the smallest record that has it."""
    seen = set()
    for kind, record in sorted(records(), key=lambda item: len(json.dumps(item[1]))):
        for path in places(record):
            shape = (kind, *("*" if isinstance(step, int) else step for step in path))
            if shape not in seen:
                seen.add(shape)
                yield kind, record, path


@pytest.mark.long
def test_every_odd_value_in_every_place_is_judged_alike() -> None:
    judged = {True: 0, False: 0}
    for kind, record, path in shapes():
        changed = copy.deepcopy(record)
        holder, key = at(changed, path[:-1]), path[-1]
        for value in (*ODD, *neighbours(holder[key])):
            holder[key] = value
            found = answers(kind, changed)
            assert len(set(found.values())) == 1, (kind, path, value, found)
            judged[found["jsonschema"]] += 1
    assert min(judged.values()) > 500, judged


@settings(max_examples=800, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(spoilt())
def test_spoilt_records_are_judged_alike(case: tuple[str, Any]) -> None:
    kind, record = case
    given_answers = answers(kind, record)
    assert len(set(given_answers.values())) == 1, given_answers
    assert given_answers["jsonschema-rs"] or not pydantic_takes(kind, record)


def keywords(node: Any) -> Iterator[str]:
    """The keywords of a schema, and of all schemas in it."""
    for key, item in node.items():
        yield key
        if key in ("properties", "$defs"):
            for inner in item.values():
                yield from keywords(inner)
        elif key == "items":
            yield from keywords(item)


def test_level_1_knows_every_keyword_of_the_schemas() -> None:
    judged = {"$ref", "type", "properties", "required", "additionalProperties", "items", "enum", "pattern"}
    judged |= {"minLength", "minItems", "minimum", "maximum"}
    says_nothing = {"$schema", "$id", "$defs", "title", "description", "enumDescriptions"}
    for kind in RECORDS:
        assert {*keywords(published(kind))} <= judged | says_nothing
        objects = [node for node in (published(kind), *published(kind)["$defs"].values()) if node["type"] == "object"]
        assert all(node["additionalProperties"] is False for node in objects)


def named(kind: str, record: Any) -> tuple[set[Any], set[Any]]:
    """The places at which level 1 finds a fault in a file, and those that jsonschema-rs names.

    Both are empty where level 0 refuses the file, or a number in it. What an object lacks or has too much is at the
    object.
    """
    data = json.dumps({"records": [record]} if kind in LISTS else record).encode()
    value, _, refused = file.read(data)
    if refused or b"e+" in data:  # a number that no integer is as large as
        return set(), set()
    value = whole(value)
    paths = {id(at(value, path)): path for path in [(), *places(value)] if isinstance(at(value, path), dict | list)}
    ours = set()
    for found in schema.check(value, kind):
        if found.code != "CTE020":
            key = () if found.key is None or found.code in ("CTE101", "CTE108") else (found.key,)
            ours.add((*paths[id(found.where)], *key))
    theirs = jsonschema_rs.Draft202012Validator(published(kind)).iter_errors(value)
    return ours, {tuple(error.instance_path) for error in theirs}


@settings(max_examples=800, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(spoilt())
def test_level_1_says_where_as_the_engine_does(case: tuple[str, Any]) -> None:
    """The engine says whether, the checker itself says where and why; both mean the same places."""
    ours, theirs = named(*case)
    assert ours == theirs


def test_a_whole_float_is_an_integer_to_the_schemas_alone() -> None:
    event = next(record for kind, record in records() if kind == "events")
    changed = event | {"trigger": event["trigger"] | {"start": float(event["trigger"]["start"])}}
    fast, reference = validators("events")
    assert fast.is_valid(changed)
    assert reference.is_valid(changed)
    assert not pydantic_takes("events", changed)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", " "])
def test_a_line_end_after_a_patterned_string_is_refused_by_all(end: str) -> None:
    for kind in ("events", "entity", "document", "sections"):
        record = next(record for each, record in records() if each == kind)
        assert set(answers(kind, record | {"id": record["id"] + end}).values()) == {False}


def test_python_would_take_it() -> None:
    """Why the reference validator is built anew: as it comes it lets the line end pass."""
    schema = {"type": "string", "pattern": "^[A-Z]{2}$"}
    assert jsonschema.Draft202012Validator(schema).is_valid("MA\n")
    assert not Reference(schema).is_valid("MA\n")
    assert not jsonschema_rs.is_valid(schema, "MA\n")


UNLIKE = ("-0", "-0.0", "1e400", "1e-400", "9007199254740993", "9007199254740993.0", "18446744073709551616", "NaN")
"""Numbers that some readers round, refuse or read as another type."""


def spelled(value: Any, rng: random.Random) -> str:
    """A value as JSON, spelled otherwise here and there, and sometimes as what is not strict JSON."""
    if isinstance(value, dict):
        pairs = [(spelled(key, rng), spelled(item, rng)) for key, item in value.items()]
        if pairs and rng.random() < 0.01:
            pairs.append(rng.choice(pairs))
        return "{" + ",".join(f"{key}{rng.choice([':', ' : '])}{item}" for key, item in pairs) + "}"
    if isinstance(value, list):
        return "[" + rng.choice([",", " ,\n"]).join(spelled(item, rng) for item in value) + "]"
    if isinstance(value, str):
        written = json.dumps(value, ensure_ascii=rng.random() < 0.5)[1:-1]
        if written and "\\" not in written and rng.random() < 0.2:
            at = rng.randrange(len(written))
            units = written[at].encode("utf-16-be")
            escaped = "".join(f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))
            written = written[:at] + escaped + written[at + 1 :]
        if rng.random() < 0.01:
            written += rng.choice(["\\u0000", "\\ud800", "\\udc00x", "\\ufffe", "\\n", "\\u2028", "\\u00a0", "\\u0663"])
        return f'"{written}"'
    if isinstance(value, int | float) and not isinstance(value, bool) and rng.random() < 0.05:
        written = json.dumps(value)
        same = [f"{written}{'' if '.' in written else '.0'}", f"{written}e0", f"{value * 10}e-1"]
        return str(rng.choice([*same, *UNLIKE, f"0{written}"]))
    return json.dumps(value)


@pytest.mark.long
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(spoilt() | st.sampled_from(records()), st.randoms(use_true_random=False))
def test_what_is_spelled_otherwise_is_the_same_to_all_or_refused(case: tuple[str, Any], rng: random.Random) -> None:
    """What passes levels 0 and 1 the models take, with the same values; and what they take passes the schema."""
    kind, record = case
    text = spelled(record, rng)
    data = (f'{{"records": [{text}]}}' if kind in LISTS else text).encode()
    value, _, refused = file.read(data)
    try:
        model = RECORDS[kind].model_validate_json(text)
    except ValidationError:
        model = None
    if refused:
        return
    decoded = value["records"][0] if kind in LISTS else value
    assert json.dumps(decoded) == json.dumps(json.loads(text))
    if model is None:
        assert list(schema.check(value, kind))
    else:
        assert validators(kind)[0].is_valid(decoded)
        assert json.dumps(model.model_dump(), sort_keys=True) == json.dumps(decoded, sort_keys=True)

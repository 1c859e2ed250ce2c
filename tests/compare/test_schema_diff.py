"""What changed in the schemas and the vocabulary, and the step of each change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from cte_corpus.compare.diff import diff
from cte_corpus.compare.schema_diff import Schemas, compare
from cte_corpus.compare.sides import of
from cte_corpus.compare.step import Step
from cte_corpus.errors import CteError
from cte_corpus.store.layout import schema_dir
from tests.compare.states import TALKS, events, record

if TYPE_CHECKING:
    from pathlib import Path

Case = tuple[Callable[[Any], object], tuple[str, str, str]]
"""A change, and what is told of it: what, where, step."""


@pytest.fixture
def after(tmp_path: Path) -> Path:
    """A copy of the schemas, to be changed."""
    return shutil.copytree(schema_dir(), tmp_path / "after")


def rewrite(path: Path, change: Callable[[Any], object]) -> None:
    value = json.loads(path.read_bytes())
    change(value)
    path.write_text(json.dumps(value), "utf-8")


def told(after: Path, before: Path | None = None) -> list[tuple[str, str, str]]:
    found = compare(Schemas.read(before or schema_dir()), Schemas.read(after))
    return [(change.what, ", ".join(change.where), str(change.step)) for change in found]


def define(folder: Path, change: Callable[[Any], object]) -> None:
    """One change of the `$defs` in every file that has the model."""
    for path in folder.glob("*.schema.json"):
        with suppress(KeyError):
            rewrite(path, lambda value: change(value["$defs"]))


def field(model: str, name: str, **keywords: Any) -> Callable[[Any], object]:
    """Keywords of a field; None takes one away."""

    def change(defs: Any) -> None:
        node = defs[model]["properties"].setdefault(name, {})
        node.update(keywords)
        for key in [key for key, value in node.items() if value is None]:
            del node[key]

    return change


def code(model: str, name: str, added: str) -> Callable[[Any], object]:
    def change(defs: Any) -> None:
        node = defs[model]["properties"][name]
        node["enum"].append(added)
        node["enumDescriptions"].append(f"Meaning of {added}.")

    return change


def drop_code(defs: Any) -> None:
    node = defs["Event"]["properties"]["status"]
    del node["enum"][0], node["enumDescriptions"][0]


def test_schemas_and_themselves(after: Path) -> None:
    assert told(after) == []


FIELDS: list[Case] = [
    (field("Event", "mood", type="string"), ("field added", "Event.mood", "minor")),
    (lambda defs: defs["Event"]["properties"].pop("note"), ("field removed", "Event.note", "major")),
    (lambda defs: defs["Event"]["required"].append("mode"), ("became required", "Event.mode", "major")),
    (lambda defs: defs["Event"]["required"].remove("prominence"), ("became optional", "Event.prominence", "minor")),
    (field("Quantity", "value", type="integer"), ("type changed", "Quantity.value", "major")),
    (field("Event", "note", type="array", items={"type": "string"}), ("type changed", "Event.note", "major")),
    (field("Event", "status", enum=None, enumDescriptions=None), ("type changed", "Event.status", "minor")),
    (field("Event", "note", enum=["a"], enumDescriptions=["A."]), ("type changed", "Event.note", "major")),
    (field("Event", "evidence", items={"type": "integer"}), ("type changed", "Event.evidence[]", "major")),
    (field("Event", "trigger", **{"$ref": "#/$defs/Text"}), ("type changed", "Event.trigger", "major")),
    (code("Event", "status", "dreamt"), ("code added", "Event.status", "minor")),
    (drop_code, ("code removed", "Event.status", "major")),
    (field("Span", "start", minimum=1), ("minimum changed", "Span.start", "major")),
    (field("Span", "end", minimum=0), ("minimum changed", "Span.end", "minor")),
    (field("Span", "end", minimum=None), ("minimum changed", "Span.end", "minor")),
    (field("Span", "end", maximum=9), ("maximum changed", "Span.end", "major")),
    (field("Event", "label", minItems=2), ("minItems changed", "Event.label", "major")),
    (field("Event", "id", pattern=None), ("pattern changed", "Event.id", "minor")),
    (field("Event", "id", pattern="^.*$"), ("pattern changed", "Event.id", "major")),
    (field("Event", "evidence", uniqueItems=True), ("uniqueItems changed", "Event.evidence", "major")),
    (field("Event", "note", description="Why."), ("description changed", "Event.note", "patch")),
    (lambda defs: defs["Event"].update(title="Happening"), ("title changed", "Event", "patch")),
    (lambda defs: defs["Event"].update(description="An event."), ("description changed", "Event", "patch")),
    (
        lambda defs: defs["Event"]["properties"]["status"]["enumDescriptions"].__setitem__(0, "It was so."),
        ("code described anew", "Event.status", "patch"),
    ),
]


@pytest.mark.parametrize(("change", "expected"), FIELDS)
def test_a_change_of_a_field(after: Path, change: Callable[[Any], object], expected: tuple[str, str, str]) -> None:
    define(after, change)
    assert told(after) == [expected]


def test_a_required_field_more_is_major(after: Path) -> None:
    def change(defs: Any) -> None:
        field("Event", "mood", type="string")(defs)
        defs["Event"]["required"].append("mood")

    define(after, change)
    (found,) = compare(Schemas.read(schema_dir()), Schemas.read(after))
    assert (found.what, found.after, found.step) == ("field added", "string, required", Step.MAJOR)


def test_a_wider_number_is_minor(tmp_path: Path) -> None:
    before = shutil.copytree(schema_dir(), tmp_path / "before")
    define(before, field("Quantity", "value", type="integer"))
    assert told(schema_dir(), before) == [("type changed", "Quantity.value", "minor")]


def test_both_values_are_told(after: Path) -> None:
    rewrite(
        after / "events.schema.json", lambda v: field("Event", "places", items={"$ref": "#/$defs/Span"})(v["$defs"])
    )
    (found,) = compare(Schemas.read(schema_dir()), Schemas.read(after))
    assert (found.before, found.after) == ("Place", "Span")


def test_a_model_under_another_name_is_the_same_model(after: Path) -> None:
    """Records do not show how the model of a field is called."""
    path = after / "events.schema.json"
    path.write_text(path.read_text("utf-8").replace('"Hedge"', '"Certainty"').replace("/Hedge", "/Certainty"), "utf-8")
    assert told(after) == [("title changed", "Certainty", "patch")]
    define(after, code("Certainty", "degree", "sure"))
    assert told(after) == [("title changed", "Certainty", "patch"), ("code added", "Certainty.degree", "minor")]


def test_a_code_of_several_fields_is_told_once(after: Path) -> None:
    """`basis` is a list of times, places and more."""
    for model in ("Place", "Time", "Vintage"):
        define(after, code(model, "basis", "guessed"))
    assert told(after) == [("code added", "Place.basis, Time.basis, Vintage.basis", "minor")]


@pytest.mark.parametrize("taken", [True, False])
def test_a_file_more_or_less(after: Path, tmp_path: Path, taken: bool) -> None:
    before = shutil.copytree(after, tmp_path / "before")
    ((after if taken else before) / "document.schema.json").unlink()
    expected = ("file removed", "document.json", "major") if taken else ("file added", "document.json", "minor")
    assert told(after, before) == [expected]


def test_a_file_of_one_record_that_becomes_a_list(after: Path) -> None:
    def change(value: Any) -> None:
        value["properties"] = {"records": {"type": "array", "items": {"$ref": "#/$defs/Entity"}}}

    rewrite(after / "entity.schema.json", change)
    assert told(after) == [("type changed", "entity.json", "major")]


def test_the_words_of_a_file(after: Path) -> None:
    rewrite(after / "entity.schema.json", lambda value: value.update(title="Who"))
    rewrite(after / "events.schema.json", lambda value: value["properties"]["records"].update(description="All."))
    assert told(after) == [
        ("title changed", "entity.json", "patch"),
        ("description changed", "events.json.records", "patch"),
    ]


# The vocabulary


def meeting(value: Any) -> Any:
    return next(entry for entry in value["event_types"] if entry["code"] == "dipl.meeting")


def measure(value: Any) -> Any:
    return next(entry for entry in value["event_types"] if entry["code"] == "ctf.measure")


VOCABULARY: list[Case] = [
    (lambda v: v.update(schema_version="1.9"), ("schema version changed", "schemas", "none")),
    (lambda v: meeting(v).update(definition="People meet."), ("definition changed", "dipl.meeting", "patch")),
    (lambda v: meeting(v)["label"].update(ar="لقاء"), ("label changed", "dipl.meeting", "patch")),
    (lambda v: meeting(v)["crosswalk"].pop(), ("crosswalk changed", "dipl.meeting", "minor")),
    (lambda v: meeting(v).update(nature="state"), ("nature changed", "dipl.meeting", "minor")),
    (lambda v: meeting(v).update(mode_natures={"visit": "state"}), ("nature changed", "dipl.meeting", "minor")),
    (lambda v: meeting(v).update(incident=True), ("incident changed", "dipl.meeting", "minor")),
    (
        lambda v: [role.update(macro="theme") for role in meeting(v)["roles"][:2]],
        ("macro-role changed", "dipl.meeting.host, dipl.meeting.chair", "minor"),
    ),
    (lambda v: measure(v)["modes"].append("levy"), ("code added", "modes of ctf.measure", "minor")),
    (lambda v: measure(v)["modes"].remove("guidance"), ("code removed", "modes of ctf.measure", "major")),
    (lambda v: v["languages"].append("qaa"), ("code added", "languages", "minor")),
    (lambda v: v["currencies"].remove("EUR"), ("code removed", "currencies", "major")),
    (
        lambda v: meeting(v)["roles"].append({"role": "guard", "fillers": ["org"], "min": 0}),
        ("role added", "dipl.meeting", "minor"),
    ),
    (
        lambda v: meeting(v)["roles"].append({"role": "guard", "fillers": ["org"], "min": 1}),
        ("role added", "dipl.meeting", "major"),
    ),
    (lambda v: meeting(v)["roles"].pop(0), ("role removed", "dipl.meeting", "major")),
    (lambda v: meeting(v)["roles"][0]["fillers"].append("person"), ("role changed", "dipl.meeting", "minor")),
    (lambda v: meeting(v)["roles"][0]["fillers"].pop(), ("role changed", "dipl.meeting", "major")),
    (lambda v: meeting(v)["roles"][0].update(min=1), ("role changed", "dipl.meeting", "major")),
    (lambda v: meeting(v)["roles"][0].update(max=1), ("role changed", "dipl.meeting", "major")),
    (lambda v: meeting(v)["roles"][5].update(max=3), ("role changed", "dipl.meeting", "minor")),
    (lambda v: meeting(v)["roles"][5].pop("max"), ("role changed", "dipl.meeting", "minor")),
]


@pytest.mark.parametrize(("change", "expected"), VOCABULARY)
def test_a_change_of_the_vocabulary(
    after: Path, change: Callable[[Any], object], expected: tuple[str, str, str]
) -> None:
    rewrite(after / "vocabulary.json", change)
    assert told(after) == [expected]


# With records


def test_a_value_of_a_new_field_is_minor(tidewater: Path, tmp_path: Path) -> None:
    """Even of one in which any change is major: what could be read before is as it was."""
    folders = [tmp_path / name for name in ("before", "after")]
    for folder in folders:
        shutil.copytree(tidewater, folder / "data")
        shutil.copytree(schema_dir(), folder / "schemas" / schema_dir().name)
    rewrite(
        folders[0] / "schemas" / schema_dir().name / "events.schema.json",
        lambda v: v["$defs"]["Event"]["properties"].pop("certainty"),
    )
    hedge = {"degree": "possible", "span": {"start": 0, "end": 1, "text": "x"}}
    rewrite(events(folders[1] / "data"), lambda v: record(v, f"{TALKS}:e01").update(certainty=hedge))
    found = diff(*(of(folder.name, folder / "data") for folder in folders))
    assert [(change.what, change.where) for change in found.schema] == [("field added", ("Event.certainty",))]
    assert [(change.path, change.step) for change in found.changed[0].changes] == [("certainty", Step.MINOR)]
    assert found.step == Step.MINOR


# What is no set of schemas


def test_schemas_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(CteError, match=r"no schemas in .*: vocabulary\.json: No such file") as caught:
        Schemas.read(tmp_path)
    assert "cte schema --write" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("events.schema.json", "{"),
        ("events.schema.json", "[]"),
        ("events.schema.json", "{}"),
        ("events.schema.json", '{"$defs": {}}'),
        ("events.schema.json", '{"$defs": {"Event": {}}, "properties": {"records": {}}}'),
        ("mentions.schema.json", '{"$defs": {"Span": {"properties": {"x": {}}}}, "properties": {"records": {}}}'),
        ("vocabulary.json", "{}"),
        ("vocabulary.json", "[]"),
    ],
)
def test_files_that_are_no_schemas(after: Path, name: str, content: str) -> None:
    (after / name).write_text(content, "utf-8")
    with pytest.raises(CteError, match=rf"{name} is no schema of a corpus"):
        Schemas.read(after)


def test_the_schemas_of_a_corpus_are_those_of_its_version(tidewater: Path, tmp_path: Path) -> None:
    """And not the last by name: `v1.1` is longer than `v2`, and comes before it."""
    shutil.copytree(tidewater, tmp_path / "data")
    for version, folder in {"1.0": "v1", "1.1": "v1.1", "2.0": "v2"}.items():
        shutil.copytree(schema_dir(), tmp_path / "schemas" / folder)
        rewrite(tmp_path / "schemas" / folder / "vocabulary.json", of_version(version))
    for version in ("1.0", "1.1", "2.0"):
        rewrite(tmp_path / "data" / "corpus.json", of_version(version))
        assert of("x", tmp_path / "data").schemas.version == version


def of_version(version: str | None) -> Callable[[Any], object]:
    return lambda value: value.update(schema_version=version)


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("3.1", r"no schemas 3\.1 with the corpus at"),
        ("one", "names no version of the schemas"),
        (None, "names no version"),
    ],
)
def test_a_corpus_whose_schemas_are_nowhere(tidewater: Path, tmp_path: Path, version: str | None, message: str) -> None:
    data = shutil.copytree(tidewater, tmp_path / "data")
    rewrite(data / "corpus.json", of_version(version))
    with pytest.raises(CteError, match=message):
        of("x", data)

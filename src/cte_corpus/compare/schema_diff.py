"""What changed in the schemas and the vocabulary that travel with a corpus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import orjson

from cte_corpus.compare.step import Step
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Raw = dict[str, Any]

VOCABULARY: Final = "vocabulary.json"
SUFFIX: Final = ".schema.json"
HINT: Final = f"they are *{SUFFIX} and {VOCABULARY}, written by `cte schema --write`"

_WIDENED: Final = {"minimum": -1, "minLength": -1, "minItems": -1, "maximum": 1}
"""Bounds, and into which direction each accepts more."""

_WIDER: Final = frozenset({("integer", "number"), ("codes", "string")})
"""Types of which the second takes all that the first takes."""

_WORDS: Final = ("title", "description", "label", "definition", "good", "bad")
"""What the schemas and the vocabulary say to people."""

_TOLD_ONCE: Final = ("code ", "nature ", "incident ", "macro-role ")
"""How changes begin that are one, however many fields, types or roles they concern."""

_APART: Final = frozenset({*_WORDS, "$ref", "type", "enum", "enumDescriptions", "items"})
"""Keywords of a field that are compared in ways of their own."""


@dataclass(frozen=True)
class SchemaChange:
    """One change of what may be written."""

    what: str
    """`field added`, `code removed`, `type changed`, `became required` and so on."""

    where: tuple[str, ...]
    """The fields (`Event.type`), code lists (`languages`), event types or files that it concerns."""

    before: Any
    after: Any
    step: Step


@dataclass(frozen=True)
class Schemas:
    """The schemas of one side: the kinds of files, every model by its name, and the vocabulary."""

    version: str
    files: dict[str, Raw]
    models: dict[str, Raw]
    vocabulary: Raw

    def has(self, model: str, field: str) -> bool:
        """Whether a model has a field; one that is not there under its name is taken to have all."""
        return model not in self.models or field in self.models[model]["properties"]

    @classmethod
    def read(cls, folder: Path) -> Schemas:
        """The schemas in a folder, such as `schemas/v1`.

        Raises:
            CteError: there are none, or a file is none.
        """
        path = folder / VOCABULARY
        files: dict[str, Raw] = {}
        models: dict[str, Raw] = {}
        try:
            vocabulary = orjson.loads(path.read_bytes())
            version = str(vocabulary["schema_version"])
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                schema = orjson.loads(path.read_bytes())
                files[path.name.removesuffix(SUFFIX)] = schema
                for name, model in schema["$defs"].items():
                    if models.setdefault(name, model) != model:
                        raise ValueError(f"{name} is another than in the files before")
                if not all(node["properties"] for node in (schema, *schema["$defs"].values())):
                    raise ValueError("a model has no fields")
        except OSError as error:
            raise CteError(f"no schemas in {folder}: {path.name}: {error.strerror}", HINT) from error
        except (ValueError, KeyError, TypeError) as error:
            raise CteError(f"{path} is no schema of a corpus: {error!r}", HINT) from error
        return cls(version, files, models, vocabulary)


def compare(before: Schemas, after: Schemas) -> list[SchemaChange]:
    """Every change between two sets of schemas; what changes alike in several fields or types is one."""
    while names := _renamed(before.models, after.models):
        before = replace(before, models=_with_names(before.models, names))
    found: dict[bytes, SchemaChange] = {}
    if before.version != after.version:
        found[b""] = SchemaChange("schema version changed", ("schemas",), before.version, after.version, Step.NONE)
    for change in [*_files(before, after), *_models(before, after), *_vocabulary(before.vocabulary, after.vocabulary)]:
        place = None if change.what.startswith(_TOLD_ONCE) else change.where
        key = orjson.dumps([change.what, place, change.before, change.after])
        first = found.setdefault(key, change)
        found[key] = replace(first, where=tuple(dict.fromkeys(first.where + change.where)))
    return list(found.values())


def _renamed(before: dict[str, Raw], after: dict[str, Raw]) -> dict[str, str]:
    """Models that are gone, each with the new one that a field has in its place: no record shows a model's name."""
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    found: dict[str, str] = {}
    for name in sorted(before.keys() & after.keys()):
        was, now = before[name]["properties"], after[name]["properties"]
        for field in was.keys() & now.keys():
            old, other = (_type(node.get("items", node)) for node in (was[field], now[field]))
            if old in gone and other in new and other not in found.values():
                found[old] = other
    return found


def _with_names(models: dict[str, Raw], names: dict[str, str]) -> dict[str, Raw]:
    data = orjson.dumps({names.get(name, name): model for name, model in models.items()})
    for old, new in names.items():
        data = data.replace(f'"#/$defs/{old}"'.encode(), f'"#/$defs/{new}"'.encode())
    renamed: dict[str, Raw] = orjson.loads(data)
    return renamed


def _files(before: Schemas, after: Schemas) -> Iterator[SchemaChange]:
    """A file with one record has the fields of its model; one with a list has its own."""
    for kind in sorted(before.files.keys() | after.files.keys()):
        was, now, where = before.files.get(kind), after.files.get(kind), f"{kind}.json"
        if was is None or now is None:
            what, step = ("file added", Step.MINOR) if was is None else ("file removed", Step.MAJOR)
            yield SchemaChange(what, (where,), None, None, step)
        elif _held(was) != _held(now):
            yield SchemaChange("type changed", (where,), _held(was), _held(now), Step.MAJOR)
        elif "records" in now["properties"]:
            yield from _model(was, now, where)
        else:
            yield from _words(was, now, where)


def _held(schema: Raw) -> str:
    return "list of records" if "records" in schema["properties"] else "one record"


def _models(before: Schemas, after: Schemas) -> Iterator[SchemaChange]:
    """Models that are new or gone show where a field uses them."""
    for name in sorted(before.models.keys() & after.models.keys()):
        yield from _model(before.models[name], after.models[name], name)


def _model(before: Raw, after: Raw, model: str) -> Iterator[SchemaChange]:
    yield from _words(before, after, model)
    was, now = before["properties"], after["properties"]
    needed, needs = set(before.get("required", ())), set(after.get("required", ()))
    for name in dict.fromkeys([*was, *now]):
        where = f"{model}.{name}"
        if name not in now:
            yield SchemaChange("field removed", (where,), _shape(was[name]), None, Step.MAJOR)
        elif name not in was:
            step = Step.MAJOR if name in needs else Step.MINOR
            yield SchemaChange("field added", (where,), None, _shape(now[name], name in needs), step)
        else:
            if (name in needed) != (name in needs):
                what, step = ("became required", Step.MAJOR) if name in needs else ("became optional", Step.MINOR)
                yield SchemaChange(what, (where,), None, None, step)
            yield from _node(was[name], now[name], where)


def _node(before: Raw, after: Raw, where: str) -> Iterator[SchemaChange]:
    """A field's schema, or that of the items of its list."""
    yield from _words(before, after, where)
    types = (_type(before), _type(after))
    if types[0] != types[1]:
        step = Step.MINOR if types in _WIDER else Step.MAJOR
        yield SchemaChange("type changed", (where,), _shape(before), _shape(after), step)
        return
    yield from _codes(_described(before), _described(after), where)
    for key in sorted((before.keys() | after.keys()) - _APART):
        was, now = before.get(key), after.get(key)
        if was != now:
            step = Step.MINOR if _is_wider(key, was, now) else Step.MAJOR
            yield SchemaChange(f"{key} changed", (where,), was, now, step)
    if "items" in before and "items" in after:
        yield from _node(before["items"], after["items"], f"{where}[]")


def _is_wider(key: str, was: Any, now: Any) -> bool:
    """Whether a field takes all that it took, as far as can be told: of two patterns it cannot."""
    return now is None or (key in _WIDENED and was is not None and (now - was) * _WIDENED[key] > 0)


def _codes(before: dict[str, str], after: dict[str, str], where: str) -> Iterator[SchemaChange]:
    for code in dict.fromkeys([*before, *after]):
        if code not in after:
            yield SchemaChange("code removed", (where,), code, None, Step.MAJOR)
        elif code not in before:
            yield SchemaChange("code added", (where,), None, code, Step.MINOR)
        elif before[code] != after[code]:
            was, now = f"{code}: {before[code]}", f"{code}: {after[code]}"
            yield SchemaChange("code described anew", (where,), was, now, Step.PATCH)


def _vocabulary(before: Raw, after: Raw) -> Iterator[SchemaChange]:
    """The frames of event types, and the lists that no schema spells out."""
    types = {entry["code"]: entry for entry in before["event_types"]}
    for entry in after["event_types"]:
        if entry["code"] in types:
            yield from _event_type(types[entry["code"]], entry)
    for name in sorted((before.keys() | after.keys()) - {"schema_version", "codes", "event_types", "roles"}):
        was, now = before.get(name, ()), after.get(name, ())
        yield from _codes(dict.fromkeys(was, ""), dict.fromkeys(now, ""), name)


def _event_type(before: Raw, after: Raw) -> Iterator[SchemaChange]:
    code = after["code"]
    yield from _words(before, after, code)
    yield from _codes(
        dict.fromkeys(before.get("modes", ()), ""), dict.fromkeys(after.get("modes", ()), ""), f"modes of {code}"
    )
    if before.get("crosswalk") != after.get("crosswalk"):
        yield SchemaChange("crosswalk changed", (code,), before.get("crosswalk"), after.get("crosswalk"), Step.MINOR)
    for what, key in (
        ("nature changed", "nature"),
        ("nature changed", "mode_natures"),
        ("incident changed", "incident"),
    ):
        if before.get(key) != after.get(key):
            yield SchemaChange(what, (code,), before.get(key), after.get(key), Step.MINOR)
    was, now = ({role["role"]: dict(role) for role in entry["roles"]} for entry in (before, after))
    for name in dict.fromkeys([*was, *now]):
        old, new = was.get(name), now.get(name)
        if old and new:
            macros = old.pop("macro", None), new.pop("macro", None)
            if macros[0] != macros[1]:
                yield SchemaChange("macro-role changed", (f"{code}.{name}",), *macros, Step.MINOR)
        if old == new:
            continue
        what = "role added" if old is None else "role removed" if new is None else "role changed"
        yield SchemaChange(what, (code,), old, new, Step.MINOR if _accepts(old, new) else Step.MAJOR)


def _accepts(old: Raw | None, new: Raw | None) -> bool:
    """Whether a frame with the new role takes all that it took with the old one."""
    if new is None:
        return False
    least = 0 if old is None else old["min"]
    most = float("inf") if old is None else old.get("max", float("inf"))
    fillers = set() if old is None else set(old["fillers"])
    return (
        new["min"] <= least and (old is None or new.get("max", float("inf")) >= most) and fillers <= {*new["fillers"]}
    )


def _words(before: Raw, after: Raw, where: str) -> Iterator[SchemaChange]:
    for key in _WORDS:
        if before.get(key) != after.get(key):
            yield SchemaChange(f"{key} changed", (where,), before.get(key), after.get(key), Step.PATCH)


def _described(node: Raw) -> dict[str, str]:
    codes = node.get("enum", ())
    return dict(zip(codes, node.get("enumDescriptions", [""] * len(codes)), strict=True))


def _type(node: Raw) -> str:
    """What kind of value a field takes, codes and bounds aside; `codes` is a string from a list."""
    return str(node["$ref"].rpartition("/")[2] if "$ref" in node else "codes" if "enum" in node else node.get("type"))


def _shape(node: Raw, required: bool = False) -> str:
    """A field's type in a word: `list of Quantity`, `codes`, `string, required`."""
    shape = f"list of {_type(node['items'])}" if "items" in node else _type(node)
    return f"{shape}, required" if required else shape

"""What changed in the schemas and the vocabulary that travel with a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from cte_corpus.errors import CteError
from cte_corpus.release.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Raw = dict[str, Any]

VOCABULARY: Final = "vocabulary.json"
SUFFIX: Final = ".schema.json"

_WIDENED: Final = {"minimum": -1, "minLength": -1, "minItems": -1, "maximum": 1}
"""Bounds, and into which direction each accepts more."""

_WORDS: Final = ("title", "description", "label", "definition", "good", "bad")
"""What the schemas and the vocabulary say to people."""


@dataclass(frozen=True)
class SchemaChange:
    """One change of what may be written."""

    what: str
    """`field added`, `code removed`, `type changed`, `became required` and so on."""

    where: tuple[str, ...]
    """The fields (`Event.type`), code lists (`genre`), event types or files that it concerns."""

    before: Any
    after: Any
    step: Step


@dataclass(frozen=True)
class Schemas:
    """The schemas of one side: every model by name, the list files by kind, and the vocabulary."""

    version: str
    models: dict[str, Raw]
    vocabulary: Raw

    def has(self, model: str, field: str) -> bool:
        """Whether a model has a field."""
        return field in self.models.get(model, {}).get("properties", {})

    @classmethod
    def read(cls, folder: Path) -> Schemas:
        """The schemas in a folder, such as `schemas/v1`.

        Raises:
            CteError: there are none, or a file is none.
        """
        models: dict[str, Raw] = {}
        try:
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                schema = orjson.loads(path.read_bytes())
                models |= schema["$defs"]
                if "records" in schema["properties"]:  # a file of one record has the fields of its model
                    models[path.name.removesuffix(SUFFIX) + ".json"] = schema
            vocabulary = orjson.loads((folder / VOCABULARY).read_bytes())
            return cls(vocabulary["schema_version"], models, vocabulary)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CteError(f"no schemas in {folder}: {error}", f"they are *{SUFFIX} and {VOCABULARY}") from error


def compare(before: Schemas, after: Schemas) -> list[SchemaChange]:
    """Every change between two sets of schemas; one code that joins or leaves several fields is one change."""
    if before.version != after.version:
        versions = [SchemaChange("schema version changed", ("schemas",), before.version, after.version, Step.NONE)]
    else:
        versions = []
    found: dict[tuple[str, bytes], SchemaChange] = {}
    for change in [*_models(before.models, after.models), *_vocabulary(before.vocabulary, after.vocabulary)]:
        key = (change.what, orjson.dumps([change.before, change.after], option=orjson.OPT_SORT_KEYS))
        if not change.what.startswith("code "):
            key = (f"{change.what} {change.where}", key[1])
        first = found.setdefault(key, change)
        if first is not change:
            where = tuple(dict.fromkeys(first.where + change.where))
            found[key] = SchemaChange(change.what, where, change.before, change.after, max(first.step, change.step))
    return [*versions, *found.values()]


def _models(before: dict[str, Raw], after: dict[str, Raw]) -> Iterator[SchemaChange]:
    """Models that are new or gone show where a field uses them, or as a file."""
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            if name.endswith(".json"):
                step = Step.MINOR if was is None else Step.MAJOR
                yield SchemaChange("file added" if was is None else "file removed", (name,), None, None, step)
            continue
        yield from _words(was, now, name)
        yield from _fields(was, now, name)


def _fields(before: Raw, after: Raw, model: str) -> Iterator[SchemaChange]:
    was, now = before["properties"], after["properties"]
    needed, needs = set(before.get("required", ())), set(after.get("required", ()))
    for name in dict.fromkeys([*was, *now]):
        where = (f"{model}.{name}",)
        if name not in now:
            yield SchemaChange("field removed", where, _shape(was[name]), None, Step.MAJOR)
        elif name not in was:
            step = Step.MAJOR if name in needs else Step.MINOR
            yield SchemaChange("field added", where, None, _shape(now[name], name in needs), step)
        else:
            if (name in needed) != (name in needs):
                what, step = ("became required", Step.MAJOR) if name in needs else ("became optional", Step.MINOR)
                yield SchemaChange(what, where, None, None, step)
            yield from _node(was[name], now[name], where[0])


def _node(before: Raw, after: Raw, where: str) -> Iterator[SchemaChange]:
    """A field's schema, or that of the items of its list."""
    yield from _words(before, after, where)
    if _type(before) != _type(after):
        wider = (_type(before), _type(after)) == ("integer", "number")
        step = Step.MINOR if wider else Step.MAJOR
        yield SchemaChange("type changed", (where,), _shape(before), _shape(after), step)
        return
    yield from _codes(_described(before), _described(after), where)
    for bound, direction in _WIDENED.items():
        was, now = before.get(bound), after.get(bound)
        if was != now:
            wider = now is None or (was is not None and (now - was) * direction > 0)
            yield SchemaChange(f"{bound} changed", (where,), was, now, Step.MINOR if wider else Step.MAJOR)
    if before.get("pattern") != after.get("pattern"):
        step = Step.MINOR if "pattern" not in after else Step.MAJOR
        yield SchemaChange("pattern changed", (where,), before.get("pattern"), after.get("pattern"), step)
    if "items" in before and "items" in after:
        yield from _node(before["items"], after["items"], f"{where}[]")


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
    was, now = ({role["role"]: role for role in entry["roles"]} for entry in (before, after))
    for name in dict.fromkeys([*was, *now]):
        old, new = was.get(name), now.get(name)
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

"""The vocabulary as the rules need it, read from the published `vocabulary.json`: faster than its TOML source."""

import re
from functools import cache
from typing import Any

import orjson

from cte_corpus.store.layout import schema_dir

PLACE_CLASSES = frozenset({"gpe", "loc"})
ACTOR_CLASSES = frozenset({"person", "org", "gpe", "group"})


MOST_IDS = 20_000
"""How many ids are kept with their class."""


class _Classes(dict[str, str]):
    """Class by entity id, filled as ids come."""

    def __missing__(self, entity: str) -> str:
        if len(self) >= MOST_IDS:
            self.clear()
        self[entity] = entity.partition(":")[0]
        return self[entity]


class_of = _Classes().__getitem__
"""The class in an entity id: `gpe:veltania` -> `gpe`."""


@cache
def vocabulary() -> dict[str, Any]:
    """The published vocabulary."""
    table: dict[str, Any] = orjson.loads((schema_dir() / "vocabulary.json").read_bytes())
    return table


@cache
def fillers() -> dict[str, dict[str, tuple[str, ...]]]:
    """What the roles of an event type take: type -> role -> entity classes, `event`, `text`."""
    return {
        entry["code"]: {role["role"]: tuple(role["fillers"]) for role in entry["roles"]}
        for entry in vocabulary()["event_types"]
    }


@cache
def limits() -> dict[str, list[tuple[str, int, int | None]]]:
    """The roles of an event type that must fill a number of times: (role, min, max or None)."""
    return {
        entry["code"]: [
            (role["role"], role["min"], role.get("max")) for role in entry["roles"] if role["min"] or "max" in role
        ]
        for entry in vocabulary()["event_types"]
    }


@cache
def modes() -> dict[str, frozenset[str]]:
    """The modes that an event type allows."""
    return {entry["code"]: frozenset(entry.get("modes", ())) for entry in vocabulary()["event_types"]}


@cache
def agents() -> dict[str, frozenset[str]]:
    """The roles of an event type whose fillers act: those of the macro-role `agent`."""
    return _of_macro("agent")


@cache
def patients() -> dict[str, frozenset[str]]:
    """The roles of an event type to whose fillers something is done: those of the macro-role `patient`."""
    return _of_macro("patient")


def _of_macro(macro: str) -> dict[str, frozenset[str]]:
    return {
        entry["code"]: frozenset(role["role"] for role in entry["roles"] if role["macro"] == macro)
        for entry in vocabulary()["event_types"]
    }


@cache
def _macros() -> dict[tuple[str, str], str]:
    return {
        (entry["code"], role["role"]): role["macro"] for entry in vocabulary()["event_types"] for role in entry["roles"]
    }


def macro(kind: str, role: str) -> str:
    """The macro-role of a role of an event type; empty where the type has no such role."""
    return _macros().get((kind, role), "")


_TAG = re.compile(
    r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*(?:-x(?:-[a-z0-9]{1,8})+)?"
)


@cache
def is_language(tag: str) -> bool:
    """Whether a tag is one of BCP 47, of a language, script and region that are known."""
    match = _TAG.fullmatch(tag)
    if match is None or match[1] not in known("languages"):
        return False
    script, region = match[2], match[3]
    return (not script or script in known("scripts")) and (
        not region or region.isdigit() or region in known("countries")
    )


@cache
def known(name: str) -> frozenset[str]:
    """ISO codes in use: `countries`, `currencies`, `languages`, `scripts`."""
    return frozenset(vocabulary()[name])

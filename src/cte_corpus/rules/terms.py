"""The vocabulary as the rules need it, read from the published `vocabulary.json`: faster than its TOML source."""

from functools import cache
from typing import Any

import orjson

from cte_corpus.store.layout import schema_dir

PLACE_CLASSES = frozenset({"gpe", "loc"})
ACTOR_CLASSES = frozenset({"person", "org", "gpe", "group"})


@cache
def vocabulary() -> dict[str, Any]:
    """The published vocabulary."""
    table: dict[str, Any] = orjson.loads((schema_dir() / "vocabulary.json").read_bytes())
    return table


@cache
def frames() -> dict[str, dict[str, dict[str, Any]]]:
    """Role frames: event type -> role -> {fillers, min, max}."""
    return {entry["code"]: {role["role"]: role for role in entry["roles"]} for entry in vocabulary()["event_types"]}


@cache
def limits() -> dict[str, list[tuple[str, int, int | None]]]:
    """The roles of an event type that must fill a number of times: (role, min, max or None)."""
    return {
        code: [(role, slot["min"], slot.get("max")) for role, slot in frame.items() if slot["min"] or "max" in slot]
        for code, frame in frames().items()
    }


@cache
def modes() -> dict[str, frozenset[str]]:
    """The modes that an event type allows."""
    return {entry["code"]: frozenset(entry.get("modes", ())) for entry in vocabulary()["event_types"]}


@cache
def known(name: str) -> frozenset[str]:
    """ISO codes in use: `countries`, `currencies`, `languages`, `scripts`."""
    return frozenset(vocabulary()[name])

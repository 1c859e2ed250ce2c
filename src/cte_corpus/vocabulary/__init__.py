"""The controlled terms: code lists, event types with their role frames and crosswalks, country and currency codes.

They are data (TOML beside this file) and load once. Nothing here imports the rest of the package.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def event_types() -> dict[str, dict[str, Any]]:
    """Event types by code, each with label, definition, modes, role frame, examples and crosswalk."""
    return {entry["code"]: entry for entry in _table("event-types")["type"]}


@cache
def codes(name: str) -> dict[str, str]:
    """The codes of one list with their descriptions, in the order of the vocabulary.

    Besides the lists of codes.toml there are `event-type`, `role` and `mode` (the modes of all types).

    Raises:
        KeyError: there is no list of that name.
    """
    if name == "event-type":
        return {code: f"{entry['label']['en']}. {entry['definition']}" for code, entry in event_types().items()}
    if name == "role":
        return dict(_table("roles")["roles"])
    if name == "mode":
        return _modes()
    return dict(_table("codes")[name]["codes"])


def lists() -> dict[str, str]:
    """The lists of codes.toml with what each is for."""
    return {name: entry["about"] for name, entry in _table("codes").items()}


def _modes() -> dict[str, str]:
    users: dict[str, list[str]] = {}
    for code, entry in event_types().items():
        for mode in entry.get("modes", []):
            users.setdefault(mode, []).append(code)
    return {mode: f"{mode.replace('_', ' ').capitalize()}; of {', '.join(types)}." for mode, types in users.items()}

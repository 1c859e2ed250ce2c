"""The published vocabulary: what the checker and other readers take instead of the TOML sources."""

import tomllib
from importlib.resources import files
from typing import Any

from cte_corpus import vocabulary
from cte_corpus.generate.schemas import AS_GIVEN, FOLDER
from cte_corpus.store import canonical
from cte_corpus.store.layout import SCHEMA_VERSION

PATH = f"{FOLDER}/vocabulary.json"


def render() -> dict[str, bytes]:
    """The vocabulary file by its path in the repository."""
    return {PATH: canonical.dumps(table(), AS_GIVEN)}


def table() -> dict[str, Any]:
    """Code lists, event types with frames, examples and crosswalks, roles, and ISO codes in use."""
    return {
        "schema_version": SCHEMA_VERSION,
        "codes": {name: vocabulary.codes(name) for name in vocabulary.lists()},
        "event_types": [_event_type(entry) for entry in vocabulary.event_types().values()],
        "roles": vocabulary.codes("role"),
        **tomllib.loads(files(vocabulary.__name__).joinpath("iso.toml").read_text(encoding="utf-8")),
    }


def _event_type(entry: dict[str, Any]) -> dict[str, Any]:
    keys = (
        "code", "label", "definition", "nature", "mode_natures", "incident", "modes", "roles", "good", "bad",
        "crosswalk",
    )  # fmt: skip
    whole: dict[str, Any] = {"nature": "happening", "incident": False} | entry
    found = {key: whole[key] for key in keys if key in whole}
    return found | {"roles": [_role(role) for role in entry["roles"]]}


def _role(role: dict[str, Any]) -> dict[str, Any]:
    """A role of a frame: `min` is always there, `max` where there is a bound."""
    bounds = {"min": role.get("min", 0)} | ({"max": role["max"]} if "max" in role else {})
    return {"role": role["role"], "macro": role["macro"], "fillers": role["fillers"]} | bounds

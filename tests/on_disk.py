"""The records of the invented corpus as they lie on disk."""

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def records(tidewater: Path) -> dict[str, list[dict[str, Any]]]:
    """The records by type, read with nothing but `json`, in the order in which tables must hold them."""
    found: dict[str, list[dict[str, Any]]] = {"documents": [], "sentences": []}
    for folder in sorted((tidewater / "documents").iterdir()):
        found["documents"].append(_load(folder / "document.json"))
        for part in ("sections", "mentions", "events", "sanctions"):
            found.setdefault(part, []).extend(_load(folder / f"{part}.json")["records"])
    for section in found["sections"]:
        for sentence in section.get("sentences", []):
            head = {"id": f"{section['id']}.{sentence['n']}", "document": section["document"], "section": section["id"]}
            found["sentences"].append(head | sentence)
    entities = [_load(path) for path in (tidewater / "entities").glob("*/*.json")]
    found["entities"] = sorted(entities, key=lambda entity: str(entity["id"]))
    return found


def _load(path: Path) -> Any:
    value = json.loads(path.read_text(encoding="utf-8"))
    del value["$schema"]
    return value

"""The invented corpus, its texts, and the same in packed form."""

import json
import shutil
from pathlib import Path
from typing import Any

import orjson

ROOT = Path(__file__).parent.parent.parent
TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"
TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"
DOCUMENTS = len(list((TIDEWATER / "documents").iterdir()))


def packed(folder: Path) -> Path:
    """The invented corpus, packed."""
    folder.mkdir()
    for name in ("corpus.json", "retired.json"):
        shutil.copy(TIDEWATER / name, folder)
    entities = sorted((TIDEWATER / "entities").glob("*/*.json"))
    lines = [orjson.dumps(_plain(path)) for path in entities]
    (folder / "entities.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    documents = []
    for path in sorted((TIDEWATER / "documents").iterdir()):
        parts = {part: _plain(path / f"{part}.json") for part in ("document", "sections", "mentions", "events")}
        parts["sanctions"] = _plain(path / "sanctions.json")
        documents.append({part: value if part == "document" else value["records"] for part, value in parts.items()})
    (folder / "documents.jsonl").write_bytes(b"\n".join(map(orjson.dumps, documents)) + b"\n")
    return folder


def _plain(path: Path) -> Any:
    value = json.loads(path.read_bytes())
    del value["$schema"]
    return value

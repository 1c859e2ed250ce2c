"""One version, wherever it is written."""

import json
import re
import tomllib
from pathlib import Path

import yaml

from cte_corpus.store import layout

ROOT = Path(__file__).parent.parent


def test_versions_agree() -> None:
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    corpus = json.loads((ROOT / "data" / "corpus.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert package == corpus["version"] == citation["version"] == newest[1]


def test_schema_version_is_that_of_the_schemas() -> None:
    corpus = json.loads((ROOT / "data" / "corpus.json").read_text(encoding="utf-8"))
    for path in layout.schema_dir().glob("*.schema.json"):
        assert json.loads(path.read_text(encoding="utf-8"))["$id"].split(":")[3] == corpus["schema_version"]

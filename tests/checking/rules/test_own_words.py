"""What is held against the words of the source, and what is the source's own."""

import shutil
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import orjson
import pytest

from cte_corpus.checking import engine
from cte_corpus.checking.rules.own_words import OWN_WORDS, PLACES
from tests.conftest import ROOT

TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"


@pytest.mark.parametrize(("field", "codes"), [("title", set()), ("gloss", {"CTE312"})])
def test_a_title_is_cited_as_it_is_and_a_gloss_is_ours(
    field: str, codes: set[str], tidewater: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(tidewater, tmp_path / "corpus"))
    path = root / "documents" / "harbour-talks" / "document.json"
    document = orjson.loads(path.read_bytes())
    text = (TEXTS / "harbour-talks.txt").read_text(encoding="utf-8")
    place = document[field] if field == "title" else document[field][0]
    place["text"] = text[text.index("Veltania's") :].partition(".")[0]
    path.write_bytes(orjson.dumps(document))
    found = engine.run(root, text=TEXTS, select=frozenset({"CTE312"}))
    assert {one.code for one in found.diagnostics} == codes


def _places(schema: dict[str, Any], node: dict[str, Any], path: str = "") -> Iterator[str]:
    """The paths of a schema's strings of own words; a span is the source's."""
    node = _meant(schema, node)
    yield from _places(schema, node["items"], path) if "items" in node else ()
    fields = node.get("properties", {})
    for key, field in fields.items():
        if key in OWN_WORDS and "start" not in fields and _meant(schema, field).get("type") == "string":
            yield f"{path}.{key}".removeprefix(".records")[1:]
        yield from _places(schema, field, f"{path}.{key}")


def _meant(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """The node to which references lead."""
    while "$ref" in node:
        node = reduce(getitem, node["$ref"].removeprefix("#/").split("/"), schema)
    return node


@pytest.mark.parametrize("part", PLACES)
def test_own_words_are_sought_wherever_a_schema_has_them(part: str) -> None:
    found: set[str] = set()
    for path in sorted((ROOT / "schemas").glob(f"v*/{part}.schema.json")):
        schema = orjson.loads(path.read_bytes())
        found.update(place for place in _places(schema, schema) if not place.startswith("title."))
    assert found == set(PLACES[part].split())

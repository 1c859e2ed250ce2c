"""Web Annotations by the schemas of the W3C's own tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT4

from cte_corpus.exchange import web_annotation
from cte_corpus.exchange.annotated import annotated
from tests.exchange.annotating import coded

if TYPE_CHECKING:
    from pathlib import Path

ASKED = ("textQuoteSelector", "textPositionSelector", "prefix", "suffix")
"""What an annotation may or should have, and ours have."""


def test_annotations_are_what_the_recommendation_asks(shared: Path) -> None:
    raw, text = coded("bayan-al-marfa")
    page = json.loads(web_annotation.written(annotated(raw, text), "urn:tidewater:1.0.0:"))["first"]
    spans = [item for item in page["items"] if item["motivation"] == "classifying"]
    folder = shared / "peers" / "w3c-web-annotation"
    definitions = [
        (path.name, DRAFT4.create_resource(json.loads(path.read_bytes())))
        for path in (folder / "definitions").glob("*.json")
    ]
    registry = Registry().with_resources(definitions)
    judged = 0
    for path in sorted((folder / "annotations" / "specificResource").glob("*.json")):
        schema = json.loads(path.read_bytes())
        if schema["assertionType"] == "must" or path.stem.partition("-")[2] in ASKED:
            del schema["id"]
            validator = jsonschema.Draft4Validator(schema, registry=registry)
            assert all(map(validator.is_valid, spans[:8])), path.name
            judged += 1
    assert judged > 10


def test_no_more_of_the_text_than_its_surroundings_goes_out() -> None:
    raw, text = coded("harbour-talks")
    data = json.loads(web_annotation.written(annotated(raw, text), "urn:tidewater:1.0.0:"))
    longest = max(len(value) for value in strings(data) if value in text)
    assert longest <= 80 + web_annotation.AROUND


def strings(value: object) -> list[str]:
    """Every string inside a value."""
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for item in items for one in strings(item)]

"""Figures of the targets of a designation: of all, of parts that add up, of one class."""

from pathlib import Path
from typing import Any, cast

import orjson
import pytest

from cte_corpus.checking.rules import sanctions
from cte_corpus.checking.rules.doc import Doc
from cte_corpus.store.layout import PARTS

TARGETS = ("person:a", "person:b", "person:c", "org:d")


@pytest.mark.parametrize(
    ("figures", "refused"),
    [
        ([4], 0),
        ([3, 1], 0),
        ([4, 2], 0),
        ([2, 2], 0),
        ([3], 0),
        ([1], 0),
        ([2], 1),
        ([5], 1),
        ([3, 2], 1),
        ([3, (2, 1)], 0),
        ([2, 1], 1),
        ([5, 3, 1], 1),
        ([], 0),
    ],
)
def test_figures_of_some_targets(figures: list[int | tuple[int, int]], refused: int, tidewater: Path) -> None:
    folder = tidewater / "documents" / "harbour-talks"
    bundle: dict[str, Any] = {part: orjson.loads((folder / f"{part}.json").read_bytes()) for part in PARTS}
    bundle = {part: value if part == "document" else value["records"] for part, value in bundle.items()}
    first = bundle["sanctions"][0]
    bundle["sanctions"] = [{**first, "target": target} for target in TARGETS]
    event = next(event for event in bundle["events"] if event["id"] == first["event"])
    pairs = [figure if isinstance(figure, tuple) else (figure, 0) for figure in figures]
    event["quantities"] = [
        {"measure": "targets", "comparator": "eq", "value": value, **({"within": whole} if whole else {})}
        for value, whole in pairs
    ]
    for item in event["quantities"]:
        item["span"] = event["trigger"]
    bundle["document"]["coding"]["guideline"] = "edition 1"  # which asks nothing of the corpus
    found = [one.code for one in sanctions.check(Doc(bundle), cast("Any", None)) if one.code == "CTE416"]
    assert len(found) == refused

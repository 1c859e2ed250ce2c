"""What edition 3 of the guidelines asks, it asks of no document that was coded before."""

import tomllib
from pathlib import Path

import pytest

from cte_corpus.checking.engine import run
from cte_corpus.checking.rules.doc import Doc
from cte_corpus.store.stored import Stored

from .casework import CASES, apply, corpus

SINCE_EDITION_3 = {
    *("CTE318", "CTE319", "CTE321", "CTE322", "CTE323", "CTE325", "CTE327", "CTE328"),
    *("CTE426", "CTE427", "CTE428", "CTE430"),
}
"""Rules that hold from edition 3 on; of CTE426 the half that is about `mod` alone."""

GATED = [case for case in CASES if case.name[:6] in SINCE_EDITION_3]


def coded_by(root: Path, guideline: str) -> None:
    pointer = {"pointer": "/coding/guideline", "value": guideline}
    apply(root, {"edit": [{"file": "documents/harbour-talks/document.json", **pointer}]})


@pytest.mark.parametrize("guideline", ["edition 1", "edition 2", "1", "of the house"])
@pytest.mark.parametrize("case", GATED, ids=lambda case: case.name)
def test_a_document_of_an_earlier_edition_is_judged_without_them(case: Path, folder: Path, guideline: str) -> None:
    root = corpus(folder)
    change = tomllib.loads((case / "bad.toml").read_text(encoding="utf-8"))
    if case.name.startswith("CTE426"):
        change["edit"] = change["edit"][:1]
    apply(root, change)
    coded_by(root, guideline)
    assert run(root).diagnostics == []


@pytest.mark.parametrize(
    ("guideline", "edition"),
    [
        ("edition 3", 3),
        ("edition 12", 12),
        ("2", 2),
        ("of the house", 0),
        ("edition three", 0),
        ("edition " + "9" * 5_000, 999_999_999),
    ],
)
def test_the_edition_is_the_first_number(folder: Path, guideline: str, edition: int) -> None:
    root = corpus(folder)
    coded_by(root, guideline)
    raw = next(raw for raw in Stored(root).raw_documents if raw["document"]["id"] == "harbour-talks")
    assert Doc(raw).edition == edition

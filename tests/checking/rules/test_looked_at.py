"""A warning that a coder has looked at stands in the note of its event, with a reason."""

from pathlib import Path

import pytest

from cte_corpus.checking.engine import run

from .casework import corpus, edit

EVENTS = "documents/harbour-talks/events.json"


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("sic CTE331: the text has the wrong year.", []),
        ("sic CTE331:", ["CTE331"]),
        ("sic CTE334: the text has the wrong year.", ["CTE331"]),
    ],
)
def test_a_note_with_a_reason_lets_a_warning_stand(folder: Path, note: str, codes: list[str]) -> None:
    root = corpus(folder)
    edit(root / EVENTS, "/records/6/times/0/edtf", {"value": "2017~"})
    edit(root / EVENTS, "/records/6/note", {"value": note})
    assert [item.code for item in run(root).diagnostics] == codes


def test_an_error_does_not_stand(folder: Path) -> None:
    root = corpus(folder)
    edit(root / EVENTS, "/records/6/times/0/edtf", {"value": "2016-13"})
    edit(root / EVENTS, "/records/6/note", {"value": "sic CTE401: it is printed so."})
    assert "CTE401" in [item.code for item in run(root).diagnostics]

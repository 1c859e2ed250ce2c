"""The schema of drafts: it takes what `cte anchor` takes, and holds dates to the form of EDTF."""

import re
from pathlib import Path

import jsonschema
import pytest

from cte_corpus import edtf
from cte_corpus.authoring import drafts, folder
from cte_corpus.authoring.redraft import redraft
from cte_corpus.generate.drafts import EDTF, schema
from tests.conftest import ROOT

VALID = jsonschema.Draft202012Validator(schema())


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", ["harbour-talks", "bayan-al-marfa"])
def test_a_draft_of_records_is_valid(name: str, tidewater: Path) -> None:
    text = folder.read_text(ROOT / "tests" / "corpora" / "tidewater-texts" / f"{name}.txt")
    draft = redraft(folder.read(tidewater, name), text)
    assert [error.message for error in VALID.iter_errors(draft)] == []


def test_the_draft_of_the_walk_is_valid_and_its_slips_are_found() -> None:
    draft = drafts.load(ROOT / "docs" / "walk" / "courier-verdict.draft.yaml")
    assert [error.message for error in VALID.iter_errors(draft)] == []
    cash = next(event for event in draft["events"] if event["type"] == "fin.transfer")
    for change in (
        {"mode": "trial"},
        {"arguments": [{"role": "detainee", "entity": "person:tavo-merrin"}]},
        {"times": [{"edtf": "3 June 2022", "basis": "stated", "role": "when"}]},
        {"trigger": 5},
        {"triger": "carried"},
    ):
        assert list(VALID.iter_errors({**draft, "events": [{**cash, **change}]})), change


@pytest.mark.parametrize(
    "date",
    ["2022", "2022-05-11", "2014/..", "../2019", "2019~", "201X", "2022-05-XX", "2022-21", "2019/", "/2019",
     "-0044", "Y170000002", "[2022-05-09..2022-05-11]", "[2019,2021]", "2014-09/2015-01?"],
)  # fmt: skip
def test_the_pattern_takes_what_is_edtf(date: str) -> None:
    edtf.bounds(date)
    assert re.search(EDTF, date)


@pytest.mark.parametrize("date", ["May 2022", "2022-5", "11.05.2022", "2014/2015/2016", "20222", "", "2022-05-11T10"])
def test_and_not_what_is_none(date: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        edtf.bounds(date)
    assert not re.search(EDTF, date)

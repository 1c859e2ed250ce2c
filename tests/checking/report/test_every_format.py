"""What holds for each format of a report."""

import re

import pytest

from cte_corpus.checking.report import FORMATS, render
from tests.checking.report.invented import ALL, HOSTILE, PLAIN, context

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]")
LINES = ("full", "concise", "github")


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_found_is_a_report_too(form: str) -> None:
    assert render(form, [], context()).strip()


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "json"])
def test_no_control_character_of_the_data_comes_through(form: str) -> None:
    report = render(form, ALL, context(*ALL))
    assert CONTROL.findall(report) == []


@pytest.mark.parametrize("form", FORMATS)
def test_each_finding_is_in_the_report(form: str) -> None:
    report = render(form, ALL, context(*ALL))
    for item in ALL:
        assert item.code in report
    assert "person:ina-torvalt" in report


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "full"])
def test_repeats_are_all_reported(form: str) -> None:
    report = render(form, [PLAIN] * 300, context(PLAIN))
    assert report.count("`person:ina-torvalt`") >= 300


@pytest.mark.parametrize("form", FORMATS)
def test_a_path_that_is_no_utf8_can_be_reported(form: str) -> None:
    item = PLAIN._replace(location=PLAIN.location._replace(path="caf\udce9/events.json"))
    report = render(form, [item], context(item))
    assert report.encode("utf-8", "backslashreplace")
    assert "caf" in report


@pytest.mark.parametrize("form", LINES)
def test_the_last_line_says_what_was_found_and_looked_at(form: str) -> None:
    looked = "2 documents, 1 entity, 1,500 records, 12 files."
    assert render(form, [], context()).splitlines()[-1] == f"No findings in {looked}"
    assert render(form, [PLAIN], context(PLAIN)).splitlines()[-1] == f"Found 1 error in {looked}"
    last = render(form, ALL, context(*ALL)).splitlines()[-1]
    assert last == f"Found 3 errors, 1 warning, 1 info in {looked} 1 can be mended with --fix."


@pytest.mark.parametrize("form", ["concise", "github"])
def test_a_finding_is_one_line_whatever_the_data(form: str) -> None:
    first, last = render(form, [HOSTILE], context(HOSTILE)).splitlines()
    assert "CTE101" in first
    assert last.startswith("Found 1 warning")


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_not_listed_is_counted(form: str) -> None:
    found = [PLAIN] * 99 + [PLAIN._replace(more=1_234)]
    report = render(form, found, context(PLAIN))
    if form == "json":
        assert '"error": 1334' in report
        assert '"more": 1234' in report
    elif form == "full":
        assert "1,314 more CTE201 unknown-reference; `-o concise` lists 100 of them" in report
    else:
        assert "1,234 more of CTE201 in this file are not listed" in report
    if form in LINES:
        assert report.splitlines()[-1].startswith("Found 1,334 errors in ")
        assert report.endswith(" 1,234 of them are not listed.")

"""Every rule has a case that breaks it and it alone, and a twin in which the same is done right."""

import os
from pathlib import Path

import pytest

from cte_corpus.checking.rules.catalogue import rules

from .casework import CASES, findings, render


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    expected = sorted(f"{rule.code}-{rule.name}" for rule in rules().values() if rule.status != "removed")
    assert [case.name for case in CASES] == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_breaks_this_rule_alone(case: Path, folder: Path) -> None:
    found = findings(case / "bad.toml", folder)
    report = render(found)
    if os.environ.get("CTE_UPDATE") == "1":
        (case / "expected.txt").write_text(report, encoding="utf-8")
    assert {item.code for item in found} == {case.name[:6]}, report
    assert report == (case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mended_input_is_clean(case: Path, folder: Path) -> None:
    assert (case / "mended.toml").read_bytes() != (case / "bad.toml").read_bytes()
    assert render(findings(case / "mended.toml", folder)) == ""

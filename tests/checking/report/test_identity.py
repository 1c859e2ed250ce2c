"""What code scanning needs to follow a finding, and what keeps quoted values apart."""

from typing import Any

import pytest

from cte_corpus.checking.diagnostic import Diagnostic
from cte_corpus.checking.report import render
from cte_corpus.text.terminal import FSI, PDI
from tests.checking.report.invented import PLAIN, TWICE, context
from tests.checking.report.test_for_programs import sarif


def fingerprints(*found: Diagnostic) -> list[Any]:
    return [result["partialFingerprints"]["cte/v1"] for result in sarif(*found)["results"]]


def test_fingerprint_outlives_a_record_that_is_added_before() -> None:
    place = PLAIN.location._replace(line=90, pointer=("records", 5, "arguments", 0, "entity"))
    assert fingerprints(PLAIN._replace(location=place)) == fingerprints(PLAIN)


def test_fingerprints_tell_equal_findings_apart() -> None:
    assert len(set(fingerprints(PLAIN, PLAIN, TWICE))) == 3


def test_relative_paths_start_at_the_root_of_the_source() -> None:
    relative, absolute = (
        result["locations"][0]["physicalLocation"]["artifactLocation"] for result in sarif(PLAIN, TWICE)["results"]
    )
    assert relative["uriBaseId"] == "%SRCROOT%"
    assert "uriBaseId" not in absolute


@pytest.mark.parametrize("form", ["full", "concise"])
def test_two_right_to_left_values_keep_their_order(form: str) -> None:
    """Isolated as one run, the second would stand left of the first."""
    item = PLAIN._replace(message="one of `مرفأ`, `ميناء`")
    assert f"`{FSI}مرفأ{PDI}`, `{FSI}ميناء{PDI}`" in render(form, [item], context(item))

"""docs/schema-policy.md says what the code does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from cte_corpus.compare import step
from cte_corpus.store import layout
from tests.compare.test_schema_diff import FIELDS, VOCABULARY
from tests.compare.test_steps import ALL, GRADES
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (ROOT / "docs" / "schema-policy.md").read_text("utf-8")


def rows(header: str) -> Iterator[list[str]]:
    """The cells of the table under a header line."""
    lines = PAGE.splitlines()
    for line in lines[lines.index(header) + 2 :]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


RECORDS = list(rows("| grade | added | removed | another | for example |"))
SCHEMAS = list(rows("| change | step | |"))


def test_every_grade_is_explained() -> None:
    assert {row[0].strip("`") for row in RECORDS} == GRADES


@pytest.mark.parametrize("row", RECORDS, ids=lambda row: row[0])
def test_the_table_of_grades(row: list[str]) -> None:
    grade, *steps, examples = row
    kinds: tuple[step.Kind, ...] = ("added", "removed", "changed")
    for kind, told in zip(kinds, steps, strict=True):
        assert told.rpartition("else ")[2] == str(step.step_of(grade.strip("`"), kind, "grey", "blue"))
    assert steps[2].partition(" ")[0] == str(step.step_of(grade.strip("`"), "changed", "greyish", "grayish"))
    for model, field in re.findall(r"`(\w+)\.(\w+)`", examples):
        assert step.grade_of(ALL[model], field) == grade.strip("`"), (model, field)


def test_the_table_of_schema_changes() -> None:
    told = {what: row for row in SCHEMAS for what in re.findall("`([^`]+)`", row[0])}
    seen = {"file added", "file removed"}  # tested by themselves
    for _, (what, _, found) in (*FIELDS, *VOCABULARY):
        seen.add(what)
        assert found == told[what][1] or f"{found} " in f"{told[what][2]} ", (what, found)
    assert seen == told.keys()


def test_names_of_files_and_of_what_is_in_them() -> None:
    for path in re.findall(r"`((?:src|tests|data|docs)/[\w./-]+\.\w+)`", PAGE):
        if not path.endswith("corpus/migrate_v1.py"):  # the first one, once there is one
            assert (ROOT / path).is_file(), path
    assert len(list((ROOT / "schemas" / "v1").glob("*.schema.json"))) == 8
    assert "eight `*.schema.json`" in PAGE
    for version, folder in {"1.0": "v1", "1.1": "v1.1", "2.0": "v2"}.items():
        assert layout.schema_folder(version) == folder
        assert f"`schemas/{folder}`" in PAGE

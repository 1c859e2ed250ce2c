"""Whatever stops a command that writes, and wherever: what lies there is old or new, and the next run does its work."""

import os
from pathlib import Path

import pytest

from tests.faults import JOBS, Job, measured
from tests.hostile import ROOT

PAGE = (ROOT / "docs" / "hostile.md").read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="processes are forked")
@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_what_is_left_is_old_or_new(job: Job, tmp_path: Path) -> None:
    found = measured(job, tmp_path / "job", kills=2)
    assert found.kills >= 2
    assert found.full >= 5


def test_the_page_lists_them_all() -> None:
    assert [job.shown for job in JOBS if f"| `{job.shown}` |" not in PAGE] == []

"""Each hostile input ends in its message, within its memory and time; docs/hostile.md has them in full size."""

import re
from pathlib import Path

import pytest

from cte_corpus.release.build import Pack
from tests.hostile import CASES, ROOT, Case, run

PAGE = (ROOT / "docs" / "hostile.md").read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_hostile_input_ends_in_its_message(case: Case, small: Pack, tmp_path: Path) -> None:
    _, done = run(case, tmp_path, small.archive, scale=40)
    said = done.out + done.err
    assert (done.code, case.message in said) == (case.code, True), said[:2000]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", said)  # a terminal would obey it
    assert done.peak <= case.memory
    assert done.seconds <= case.seconds
    assert not Path("/tmp/outside.csv").exists()


def test_the_page_lists_them_all() -> None:
    rows = [line.split(" | ")[0].removeprefix("| ") for line in PAGE.splitlines() if line.startswith("| ")]
    assert [case.what for case in CASES if case.what not in rows] == []

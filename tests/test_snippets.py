"""Every block of code of every page runs, and prints what stands under it.

CTE_UPDATE=1 writes what is printed into the pages.
"""

import os
import re
import sys
from pathlib import Path

import pytest

from tests.snippets.page import PAGES, ROOT, blocks, with_answers
from tests.snippets.running import Reader

SOON = ("README.md", "CONTRIBUTING.md", "quickstart.md")
"""Pages that are run each time; all together they take long."""

EACH = [pytest.param(path, id=path.name, marks=() if path.name in SOON else pytest.mark.long) for path in PAGES]


@pytest.mark.parametrize("path", EACH)
def test_the_blocks_of_a_page_run_and_print_what_stands_under_them(path: Path, tmp_path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    reader = Reader(Path(sys.executable), tmp_path)
    try:
        outcomes = list(reader.follow(blocks(page)))
    finally:
        reader.close()
    failed = [f"{path.name}:{one.block.line}\n{one.error}" for one in outcomes if one.error]
    assert not failed, "\n".join(failed)
    new = with_answers(page, [(one.block, one.printed) for one in outcomes if one.block.answer is not None])
    if os.environ.get("CTE_UPDATE") == "1":
        path.write_text(new, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == new


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_a_page_shows_of_files_stands_in_them(path: Path) -> None:
    for block in blocks(path.read_text(encoding="utf-8")):
        if block.does in ("all of", "part of"):
            content = (ROOT / block.of).read_text(encoding="utf-8")
            assert block.body == content if block.does == "all of" else block.body in content


def test_the_walk_as_shown_fails_once_and_ends_green() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    console = "".join(block.body for block in blocks(page) if block.kind == "console")
    assert re.findall(r"^exit code \d$", console, re.M) == ["exit code 1", *["exit code 0"] * 5]
    assert "nothing was written" in console


def test_a_block_that_could_not_be_run_is_refused() -> None:
    for page in ("- a list\n  ```python\n  1\n  ```\n", "```python\n1\n", "<!-- sometimes -->\n```python\n1\n```\n"):
        with pytest.raises(ValueError, match=r"fence|meaning"):
            blocks(page)


def test_a_wrong_answer_and_a_failure_are_found(tmp_path: Path) -> None:
    page = "```python\nprint(1)\n```\n\n```text\n2\n```\n\n```sh\nfalse\n```\n\n```python\n1 / 0\n```\n"
    reader = Reader(Path(sys.executable), tmp_path)
    wrong, shell, python = reader.follow(blocks(page))
    reader.close()
    assert (wrong.printed, wrong.block.answer) == ("1\n", "2\n")
    assert shell.error.startswith("exit code 1")
    assert "ZeroDivisionError" in python.error
    assert with_answers(page, [(wrong.block, wrong.printed)]) == page.replace("2\n", "1\n")

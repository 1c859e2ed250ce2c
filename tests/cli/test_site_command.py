"""`cte site`: how corpus and folder are named."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from click.testing import CliRunner

from cte_corpus.cli import cte as group

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_corpus_of_the_folder_that_one_is_in_can_be_named(
    tidewater: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tidewater, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(group, ["site", "data", "out"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "index.html").is_file()
    done = CliRunner().invoke(group, ["site", "--corpus", "data", "data", "out"])
    assert done.exit_code == 2
    assert "named twice" in done.output
    done = CliRunner().invoke(group, ["site"])
    assert done.exit_code == 1
    assert "cte site site/" in str(done.exception) + done.output

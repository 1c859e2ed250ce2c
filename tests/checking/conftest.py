"""Fixtures of the command that the checker shares."""

import shutil
from pathlib import Path

import pytest

from tests.checking import corpora
from tests.cli.conftest import packed

__all__ = ["packed"]


@pytest.fixture(params=["tree", "packed"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "packed":
        return corpora.packed(tmp_path / "corpus")
    shutil.copytree(corpora.TIDEWATER, tmp_path / "corpus")
    return tmp_path / "corpus"

"""The invented corpus to write to."""

import shutil
from pathlib import Path

import pytest

TEXTS = Path(__file__).parent.parent / "corpora" / "tidewater-texts"


@pytest.fixture
def corpus(tmp_path: Path, tidewater: Path) -> Path:
    """A copy of the invented corpus."""
    return Path(shutil.copytree(tidewater, tmp_path / "tidewater"))

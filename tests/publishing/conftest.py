"""A pack of the invented corpus, to cite and to push."""

import shutil
from pathlib import Path

import pytest

from cte_corpus.release.build import build

DAY = "2024-02-01"


@pytest.fixture(scope="session")
def pack(tidewater: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pack of the day `DAY`; its archive lies beside it. Not to be changed."""
    return build(tidewater, tmp_path_factory.mktemp("dist"), date=DAY).folder


@pytest.fixture
def own_pack(pack: Path, tmp_path: Path) -> Path:
    """A copy of the pack, to break."""
    return shutil.copytree(pack, tmp_path / pack.name)

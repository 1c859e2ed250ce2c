"""What all tests share: the invented corpus, and the material beside the checkout."""

import gc
import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from cte_corpus.published import ledger, versions
from cte_corpus.store.layout import data_dir
from tests.needs import missing
from tests.on_disk import records
from tests.packs import bundled, odd, own_pack, pack, small

__all__ = ["bundled", "odd", "own_pack", "pack", "records", "small"]  # fixtures

# The same examples in every run, so that a change is judged by what it changes; CTE_EXPLORE=1 looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=os.environ.get("CTE_EXPLORE") != "1")
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent

# Hundreds of tests start a process of their own. What they import is compiled once, whatever the machine is set to.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stay until the end: the garbage collector looks at none of them, now or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of this run's own, so that no test rests on what an earlier run left."""
    folder = tmp_path_factory.mktemp("cache")
    os.environ[versions.CACHE] = str(folder)
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the source texts and other schemes' lists: beside the checkout, or where CTE_SHARED says.

    It is no part of the repository. Tests that need it are skipped without it, and fail if CTE_REQUIRE_SHARED is 1.
    """
    folder = Path(os.environ.get("CTE_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        missing(f"no folder {folder}; set CTE_SHARED to where the source texts are")
    return folder


@pytest.fixture(scope="session")
def sources(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text of every coded document, named by its id, as `--text` takes them; `.ci/run` collects the same."""
    folder = tmp_path_factory.mktemp("sources")
    for document in (data_dir() / "documents").iterdir():
        publisher, _, name = document.name.partition("-")
        found = [*(shared / "sources").glob(f"{document.name}.*"), *(shared / "texts" / publisher).glob(f"*-{name}.md")]
        shutil.copy(found[0], folder / f"{document.name}{found[0].suffix}")
    return folder


@pytest.fixture(scope="session")
def tidewater() -> Path:
    """A small valid corpus about invented people."""
    return ROOT / "tests" / "corpora" / "tidewater"


@pytest.fixture
def no_releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package whose ledger is empty, as before its first release, whatever this one has released."""
    path = tmp_path / "no-releases.json"
    path.write_bytes(b'{"releases": []}')
    monkeypatch.setattr(ledger, "PATH", path)

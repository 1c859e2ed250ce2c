"""Earlier releases from the history of a clone: no address, no network, held to the digests of the ledger."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.published import git, history, ledger, versions
from cte_corpus.store import layout
from cte_corpus.store.digests import root_digest
from tests.conftest import ROOT
from tests.needs import missing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository() -> Path:
    if not (ROOT / ".git").exists():
        missing("needs the history of the repository, and this is no checkout")
    if git.commit(ROOT, ledger.ledger()[0].commit) is None:
        missing("needs the whole history: `git fetch --unshallow`")
    return ROOT


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(versions.CACHE, str(tmp_path / "cache"))
    monkeypatch.delenv(versions.BASE, raising=False)


def stats(package: Path, version: str) -> subprocess.CompletedProcess[str]:
    """`cte stats` of a release, run by the package in a folder."""
    command = [sys.executable, "-m", "cte_corpus.cli", "--corpus-version", version, "stats"]
    environment = os.environ | {"PYTHONPATH": str(package)}
    return subprocess.run(command, cwd=package, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("release", ledger.ledger(), ids=lambda release: release.version)
def test_the_ledger_names_the_commit_of_each_release(repository: Path, release: ledger.Release, tmp_path: Path) -> None:
    assert history.commit(repository, release) == release.commit
    git.extract(repository, release.commit, history.FOLDERS, tmp_path / "there")
    assert history.is_release(tmp_path / "there", release)


def test_a_release_comes_out_of_the_history_once(repository: Path) -> None:
    release = ledger.entry("0.1.0")
    corpus = Corpus(version="0.1.0")
    assert root_digest(corpus.stored) == release.root_digest
    kept = corpus.path.parent
    assert history.is_release(kept, release)
    before = (kept / "data" / "corpus.json").stat().st_ino
    assert Corpus(version="0.1.0").path == corpus.path
    assert (kept / "data" / "corpus.json").stat().st_ino == before


def test_what_was_altered_in_the_cache_is_brought_again(repository: Path) -> None:
    corpus = Corpus(version="0.1.0")
    (corpus.path / "retired.json").unlink()
    next((corpus.path.parent / "schemas" / "v1").iterdir()).write_text("{}")
    again = Corpus(version="0.1.0")
    assert history.is_release(again.path.parent, ledger.entry("0.1.0"))


def test_a_fresh_clone_has_it_and_a_shallow_one_says_what_to_fetch(repository: Path, tmp_path: Path) -> None:
    for name, depth in (("whole", ()), ("shallow", ("--depth", "1"))):
        subprocess.run(["git", "clone", "-q", *depth, repository.as_uri(), str(tmp_path / name)], check=True)
        shutil.copytree(repository / "src", tmp_path / name / "src", dirs_exist_ok=True)  # what is not committed yet
    whole = stats(tmp_path / "whole" / "src", "0.1.0")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "alamsar-2022-marrakesh" in whole.stdout
    shutil.rmtree(versions.cache())
    shallow = stats(tmp_path / "shallow" / "src", "0.1.0")
    assert (shallow.returncode, shallow.stdout) == (2, "")
    assert "nothing says where release 0.1.0 is" in shallow.stderr
    assert "git fetch --unshallow" in shallow.stderr


def test_an_installed_package_says_what_to_do(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(layout.PACKAGE, site / "cte_corpus", ignore=shutil.ignore_patterns("__pycache__"))
    for name in history.FOLDERS:
        shutil.copytree(ROOT / name, site / "cte_corpus" / f"_{name}")
    found = stats(site, "0.1.0")
    assert (found.returncode, found.stdout) == (2, "")
    assert "set CTE_RELEASES to the folder or address that holds cte-corpus-0.1.0.tar" in found.stderr
    assert "run a clone of the repository" in found.stderr

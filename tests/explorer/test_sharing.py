"""A site is the same whether one process writes it or several."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.explorer import groups, sharing
from cte_corpus.explorer import site as sites

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def in_turn(number: int) -> Iterator[Any]:
    yield map


def test_shares_make_the_same_site(tidewater: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups of one document, so that each of three shares has some; the shares are worked off in this process."""
    monkeypatch.setattr(groups, "SIZE", 1)
    monkeypatch.setattr(sharing, "WORTH", 1)
    sites.build(Corpus(tidewater), tmp_path / "one")
    monkeypatch.setattr(sharing, "workers", in_turn)
    number = sites.build(Corpus(tidewater), tmp_path / "three", processes=3)
    assert number > 50
    assert files(tmp_path / "one") == files(tmp_path / "three")


@pytest.mark.long
def test_processes_make_the_same_site(tidewater: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "WORTH", 1)
    sites.build(Corpus(tidewater), tmp_path / "one")
    sites.build(Corpus(tidewater), tmp_path / "two", processes=2)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    (path, *_) = sorted((tmp_path / "one").glob("documents/*.html"))
    assert path.read_bytes()
    with pytest.raises(CteError, match="is no folder"):
        sites.build(Corpus(tidewater), tmp_path / "three", text=tmp_path / "none", processes=2)


LAYOUT = """
from collections import Counter
from cte_corpus.plot import ties
names = [f"org:{letter}" for letter in "abcdefghijkl"]
pairs = [(names[i], names[i * 5 % 12], "fact", "on") for i in range(12) if i != i * 5 % 12]
print(ties.spread(Counter(pairs + [(names[0], name, "fact", "on") for name in names[1:]]), 900, 700))
"""


def test_a_layout_is_the_same_in_every_process() -> None:
    """Sets of text are in another order in each, unless the seed of their hashes is the same."""
    found = {
        subprocess.run(
            [sys.executable, "-c", LAYOUT], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "123"
    }
    assert len(found) == 1

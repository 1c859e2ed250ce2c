"""The canary: one string, in every place where it is looked for."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cte_corpus import Corpus
from cte_corpus.release.build import Pack, build
from cte_corpus.release.metadata import words
from cte_corpus.store.layout import data_dir
from tests.conftest import ROOT
from tests.packs import DAY

FORM = re.compile(r"cte-corpus:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def canary() -> str:
    found = str(json.loads((data_dir() / "corpus.json").read_bytes())["canary"])
    assert FORM.fullmatch(found)
    return found


def test_it_is_a_field_of_the_corpus(canary: str) -> None:
    assert Corpus().info.canary == canary


@pytest.mark.parametrize("name", ["README.md", "corpus.json"])
def test_every_pack_has_it(bundled: Pack, canary: str, name: str) -> None:
    assert FORM.findall((bundled.folder / name).read_text(encoding="utf-8")) == [canary]


def test_the_page_and_the_card_ask_for_the_same(bundled: Pack, canary: str) -> None:
    for page in (ROOT / "README.md", bundled.folder / "README.md"):
        section = page.read_text(encoding="utf-8").partition("## Canary\n\n")[2].partition("\n## ")[0]
        assert " ".join(section.split()) == f"{words.CANARY} `{canary}`"


def test_there_is_one(canary: str) -> None:
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = {
        name
        for name in files.split("\0")
        if name and (ROOT / name).is_file() and FORM.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    }
    assert found == {"README.md", "data/corpus.json"}


def test_a_corpus_without_one_asks_for_nothing(tidewater: Path, tmp_path: Path) -> None:
    made = build(shutil.copytree(tidewater, tmp_path / "tree"), tmp_path / "dist", date=DAY)
    assert "Canary" not in (made.folder / "README.md").read_text(encoding="utf-8")

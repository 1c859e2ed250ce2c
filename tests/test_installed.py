"""The wheel in a fresh environment, and the pages followed with it from an empty folder, without and with extras.

`pip` takes what the package needs from its index, as it is configured; where it cannot, these tests fail and say so.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.snippets.page import PAGES, Block, blocks
from tests.snippets.running import Outcome, Reader
from tests.test_no_prose import repository_files

pytestmark = pytest.mark.long

MISSING = re.compile(r"pip install ['\"]cte-corpus\[\w+\]['\"]|No module named '(?:altair|duckdb|polars)'")
"""What a block may end with where an extra is missing: the message of this package, or of an import in the block."""


def run(*command: str | Path, cwd: Path | None = None, **environment: str) -> str:
    """What a command prints; where it fails, so does the test."""
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=os.environ | environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.fail(f"{' '.join(map(str, command))}\n{done.stdout}", pytrace=False)
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with release 1.0.0, as if it had been downloaded: it has no address yet."""
    folder = tmp_path_factory.mktemp("cache")
    run(sys.executable, "-m", "cte_corpus", "stats", "--corpus-version", "1.0.0", cwd=ROOT, CTE_CACHE=str(folder))
    return folder


@pytest.fixture(scope="module", params=["", "[all]"], ids=["bare", "all"])
def python(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel."""
    home = tmp_path_factory.mktemp("home") / "venv"
    run(sys.executable, "-m", "venv", home)
    run(home / "bin" / "python", "-m", "pip", "install", "--quiet", f"{wheel}{request.param}", cwd=home.parent)
    return home / "bin" / "python"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_pages_hold_for_who_installed_the_wheel(
    path: Path, python: Path, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTE_CACHE", str(releases))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    reader = Reader(python, tmp_path)
    try:
        outcomes = list(reader.follow(blocks(path.read_text(encoding="utf-8"))))
    finally:
        reader.close()
    bare = "duckdb" not in run(python, "-m", "pip", "list")
    lost = [] if not bare else list(without_extras(outcomes))
    wrong = [one for one in outcomes if one not in lost and (one.error or one.block.answer not in (None, one.printed))]
    assert not [f"{path.name}:{one.block.line}\n{one.error or one.printed}" for one in wrong]


def without_extras(outcomes: list[Outcome]) -> Iterator[Outcome]:
    """The blocks that an extra is missing for, and those that rest on one of them."""
    lost: list[Block] = []
    for one in outcomes:
        unnamed = re.search(r"NameError: name '(\w+)' is not defined", one.error)
        if (
            MISSING.search(one.error + one.printed)
            or (unnamed and any(re.search(rf"\b{unnamed[1]}\b", block.body) for block in lost))
            or (one.block.kind == "r" and one.error and any(block.kind == "sh" for block in lost))
        ):
            lost.append(one.block)
            yield one


def test_the_first_command_leaves_an_install_that_reads_the_checkout(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    for file in repository_files():
        target = clone / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    (first,) = (block for block in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if block.does == "run")
    printed = run("bash", "-euc", first.body, cwd=clone)
    assert "No findings in 3 documents" in printed
    assert "incidents that are alleged" in printed
    cte = clone / ".venv" / "bin" / "cte"
    corpus = clone / "data" / "corpus.json"
    corpus.write_text(corpus.read_text(encoding="utf-8").replace('"title": "', '"title": "Mine: '), encoding="utf-8")
    script = "import cte_corpus as cte; print(cte.Corpus().info.title)"
    assert run(clone / ".venv" / "bin" / "python", "-c", script, cwd=tmp_path).startswith("Mine: ")
    assert "No findings" in run(cte, "check", cwd=tmp_path)

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

EXTRA = re.compile(r"pip install ['\"]cte-corpus\[\w+\]['\"]|No module named '(?:altair|duckdb|polars)'")
"""What a block may end with where an extra is missing: the message of this package, or of an import in the block."""

RELEASE = re.compile(r"nothing says where release 1\.0\.0 is|release 1\.0\.0 is not at hand")
"""What a block may end with outside a clone: this release has no address yet. The message says what to do."""


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


@pytest.fixture(scope="module", params=["", "[all]"], ids=["bare", "all"])
def python(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel."""
    home = tmp_path_factory.mktemp("home") / "venv"
    run(sys.executable, "-m", "venv", home)
    package = f"{wheel}{request.param}"
    run(home / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-compile", package, cwd=home.parent)
    return home / "bin" / "python"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_pages_hold_for_who_installed_the_wheel(
    path: Path, python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    (tmp_path / "empty").mkdir()
    reader = Reader(python, tmp_path / "empty")
    try:
        outcomes = list(reader.follow(blocks(path.read_text(encoding="utf-8"))))
    finally:
        reader.close()
    bare = not list(python.parent.parent.glob("lib/*/site-packages/duckdb"))
    expected = re.compile(f"{EXTRA.pattern}|{RELEASE.pattern}") if bare else RELEASE
    assert not [f"{path.name}:{one.block.line}\n{one.error or one.printed}" for one in wrong(outcomes, expected)]


def wrong(outcomes: list[Outcome], expected: re.Pattern[str]) -> Iterator[Outcome]:
    """The blocks that failed or print something else, without those that say what they lack, and what rests on them."""
    lost: list[Block] = []
    for one in outcomes:
        if not one.error and one.block.answer in (None, one.printed):
            continue
        unnamed = re.search(r"NameError: name '(\w+)' is not defined", one.error)
        shell = one.block.kind in ("console", "sh", "r", "diff") and any(
            block.kind in ("console", "sh") for block in lost
        )
        named = unnamed and any(re.search(rf"\b{unnamed[1]}\b", block.body) for block in lost)
        if expected.search(one.error + one.printed) or shell or named:
            lost.append(one.block)
        else:
            yield one


def test_the_first_command_leaves_an_install_that_reads_the_checkout(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    for file in repository_files():
        target = clone / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    (first,) = (block for block in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if block.does == "run")
    printed = run("bash", "-euc", first.body, cwd=clone, PIP_COMPILE="0")
    assert "No findings in 5 documents" in printed
    assert "incidents that are alleged" in printed
    cte = clone / ".venv" / "bin" / "cte"
    corpus = clone / "data" / "corpus.json"
    corpus.write_text(corpus.read_text(encoding="utf-8").replace('"title": "', '"title": "Mine: '), encoding="utf-8")
    script = "import cte_corpus as cte; print(cte.Corpus().info.title)"
    assert run(clone / ".venv" / "bin" / "python", "-c", script, cwd=tmp_path).startswith("Mine: ")
    assert "No findings" in run(cte, "check", cwd=tmp_path)

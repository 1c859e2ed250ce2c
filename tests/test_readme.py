"""What the README claims is so."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import cte_corpus as cte

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def fenced(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_figures() -> None:
    corpus = cte.Corpus()
    claim = re.search(r"(\d+) sentences, (\d+) mentions of (\d+) entities, (\d+) events and\s+(\d+) sanctions", README)
    assert claim
    things = ("sentences", "mentions", "entities", "events", "sanctions")
    assert [int(number) for number in claim.groups()] == [len(getattr(corpus, name)) for name in things]
    assert {mention.entity for mention in corpus.mentions.values()} <= corpus.entities.keys()
    assert all(coded.document.coding.status == "adjudicated" for coded in corpus)


def test_code_runs() -> None:
    (code,) = fenced("python")
    code = code.replace("path/to/corpus", str(ROOT / "tests/corpora/tidewater"))
    exec(compile(code, "README.md", "exec"), {})


@pytest.mark.parametrize(
    "line", [line for block in fenced("sh") for line in block.splitlines() if line.startswith("cte ")]
)
def test_commands_run(line: str) -> None:
    command = line.split("#")[0]
    for shown, here in (
        (". --text sources/", "tests/corpora/tidewater --text tests/corpora/tidewater-texts"),
        ("notice.txt claims", "docs/walk/courier-verdict.txt tests/attach/claims"),
        ("article.html", "tests/corpora/tidewater-texts --corpus tests/corpora/tidewater"),
    ):
        command = command.replace(shown, here)
    done = subprocess.run(
        [sys.executable, "-m", "cte_corpus", *shlex.split(command)[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"

"""The scripts of the pages are typed and linted, and small."""

import subprocess
from pathlib import Path

from tests.conftest import ROOT
from tests.needs import node

FOLDER = Path(__file__).parent
EXPLORER = ROOT / "src" / "cte_corpus" / "explorer"
SCRIPTS = [EXPLORER / "static", EXPLORER / "reviewing" / "static"]


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [node(FOLDER), FOLDER / "node_modules" / tool, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_types_hold() -> None:
    done = run("typescript/bin/tsc", "--project", FOLDER)
    assert done.returncode == 0, done.stdout


def test_the_linter_finds_nothing() -> None:
    done = run("eslint/bin/eslint.js", "--max-warnings", "0", "--config", FOLDER / "eslint.config.mjs", *SCRIPTS)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_script_is_longer_than_a_module_may_be() -> None:
    scripts = [path for folder in SCRIPTS for path in folder.glob("*.js")]
    assert [path.name for path in scripts if path.read_text(encoding="utf-8").count("\n") > 300] == []

"""A sample of wrong records, always the same: the checker sees what its table says."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

CORPORA = ROOT / "tests" / "corpora"


def mutations(corpus: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    seed = ["--seed", os.urandom(4).hex()] if os.environ.get("CTE_EXPLORE") == "1" else []
    command = [sys.executable, ROOT / "benchmarks" / "mutations.py", "--corpus", corpus, *arguments, *seed]
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)


def test_what_a_rule_could_see_is_seen() -> None:
    done = mutations(CORPORA / "tidewater", "--texts", CORPORA / "tidewater-texts", "--most", "1", "--sample", "250")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "no rule can see" in done.stdout


def test_a_bound_that_is_not_met_fails() -> None:
    corpus = CORPORA / "tidewater"
    done = mutations(corpus, "--sample", "20", "--of-all", "100.1")
    assert done.returncode == 1, done.stdout[-3000:] + done.stderr[-3000:]

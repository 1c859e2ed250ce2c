"""The example from labels to a score: it trains, predicts and is scored, and does the same every time."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.long

TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"


def _run(*arguments: str | Path) -> str:
    command: list[str | Path] = [sys.executable, ROOT / "examples" / "tagger.py", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=80)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _f1(printed: str) -> dict[str, float]:
    return {name: float(f1) for name, f1 in re.findall(r"^(.+?): .* F1 (\d\.\d+)$", printed, re.M)}


def test_it_learns_what_it_is_shown_and_the_same_every_time(tmp_path: Path) -> None:
    both: list[str | Path] = [
        "--train",
        "harbour-talks",
        "bayan-al-marfa",
        "--test",
        "harbour-talks",
        "--corpus",
        TIDEWATER,
    ]
    runs = [_run(ROOT / "tests" / "corpora" / "tidewater-texts", *both, "--out", tmp_path / f"{n}.jsonl") for n in "12"]
    assert runs[0] == runs[1]
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert min(_f1(runs[0])[name] for name in ("mentions, exact", "mentions, span and type", "Tri-C")) > 0.9
    assert "|documents:harbour-talks|match:exact|" in runs[0].splitlines()[-1]


def test_it_finds_names_in_a_release_that_it_has_not_seen(shared: Path) -> None:
    printed = _run(shared / "sources", "--train", "treasury-jy0772", "--test", "treasury-jy0791")
    assert _f1(printed)["mentions, exact"] > 0.4
    assert _f1(printed)["mentions, overlap"] > 0.5


def test_a_text_that_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "harbour-talks.txt").write_text("another text")
    command: list[str | Path] = [sys.executable, ROOT / "examples" / "tagger.py", tmp_path, "--corpus", TIDEWATER]
    done = subprocess.run(command, capture_output=True, text=True, timeout=80)
    assert done.returncode == 1
    assert "is missing, or another one" in done.stderr

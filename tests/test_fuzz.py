"""Some thousand executions of each target of `benchmarks/fuzz.py`, always the same."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

FAST = (
    "strict", "level0", "locate", "edtf", "plain", "markdown", "reference", "fold", "html", "terminal", "segment",
    "manifest", "ledger",
)  # fmt: skip
READING = ("claims", "corrections", "citations", "printed")
CODING = ("draft", "anchor", "propose", "attach", "archive")


def fuzz(*arguments: str) -> subprocess.CompletedProcess[str]:
    seed = [] if os.environ.get("CTE_EXPLORE") == "1" else ["--seed", "steady"]
    command = [sys.executable, str(ROOT / "benchmarks" / "fuzz.py"), *arguments, *seed]
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)


@pytest.mark.long
def test_no_target_breaks() -> None:
    done = fuzz("--count", "1500", *FAST, *READING)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert done.stdout.count(": 1,500 executions") == len(FAST + READING)


@pytest.mark.long
def test_no_draft_text_or_archive_breaks() -> None:
    done = fuzz("--count", "500", *CODING)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert done.stdout.count(": 500 executions") == len(CODING)


@pytest.mark.long
def test_no_check_breaks() -> None:
    done = fuzz("--count", "1000", "check")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_every_target_is_run() -> None:
    help_ = fuzz("--help").stdout
    assert "".join(help_.split("TARGET")[-1].split()).startswith(
        ",".join([*FAST[:11], "check", *FAST[11:], *CODING, *READING])
    )


def test_a_breach_ends_the_run_and_names_the_input() -> None:
    code = (
        "import runpy, sys\n"
        "sys.argv = ['fuzz.py', '--count', '9', '--seed', 'x', 'edtf']\n"
        "from cte_corpus import edtf\n"
        "edtf.bounds = lambda text: ('2022-05-11', '2022-05')\n"
        "edtf.is_reversed = lambda text: False\n"
        f"sys.path.insert(0, {str(ROOT / 'benchmarks')!r})\n"
        f"runpy.run_path({str(ROOT / 'benchmarks' / 'fuzz.py')!r}, run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "edtf: BreachError: 2022-05 does not sort\nseed x, execution 1\n" in done.stdout

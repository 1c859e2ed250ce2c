"""How far a command has come is told to a terminal, on standard error; nothing of it is in a pipe."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from cte_corpus.cli import progress
from cte_corpus.scale.progress import doing, listening
from tests.checking.corpora import TIDEWATER

AT_ONCE = """
import sys
from cte_corpus import cli
from cte_corpus.cli import progress
progress.AFTER = progress.EVERY = 0
sys.argv[0] = "cte"
cli.main()
"""


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ((5_000_000, 20_000_000, "bytes", 2), "[######------------------] 25%  5 MB  2.5 MB/s  0:06 left"),
        ((1_200, 0, "files", 60), "1,200 files  20.0/s"),
        ((30, 20, "documents", 3), "30 documents  10.0/s"),
    ],
)
def test_the_line_says_how_much_how_fast_and_how_long(given: tuple[int, int, str, float], shown: str) -> None:
    assert progress.line(*given) == shown


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, "[######------------------] 25%  5 MB  2.5 MB/s  0:06 left"),
        (58, "[######------------------] 25%  5 MB  2.5 MB/s  0:06 left"),
        (57, "25%  5 MB  2.5 MB/s  0:06 left"),
        (30, "25%  5 MB  2.5 MB/s  0:06 lef"),
        (1, ""),
    ],
)
def test_the_line_never_wraps(width: int, shown: str) -> None:
    assert progress.fitting(progress.line(5_000_000, 20_000_000, "bytes", 2), width) == shown


def test_a_line_without_a_bar_is_cut() -> None:
    assert progress.fitting("1,200 files  20.0/s", 10) == "1,200 fil"


def test_work_within_work_is_part_of_it() -> None:
    heard = []

    def listener(total: int, unit: str):  # type: ignore[no-untyped-def]
        heard.append((total, unit))
        return progress.bar(total, unit)

    with listening(listener):
        with doing(2, "documents"), doing(3, "files") as step:
            step(1)
        with doing(4, "copies"):
            pass
    with doing(5, "pages") as step:
        step(1)
    assert heard == [(2, "documents"), (4, "copies")]


def on_terminal(*given: str, columns: int = 80, kind: str = "xterm") -> tuple[str, str]:
    """What a command writes to standard output, in a pipe, and to a terminal as standard error."""
    terminal, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, *given],
            stdout=subprocess.PIPE,
            stderr=end,
            env={**os.environ, "TERM": kind},
        )
        os.close(end)
        out, _ = process.communicate(timeout=120)
        err = b""
        while True:
            try:
                part = os.read(terminal, 4096)
            except OSError:
                break
            err += part
    finally:
        os.close(terminal)
    return out.decode(), err.decode()


@pytest.mark.long
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_terminal_is_told_and_a_pipe_is_not(jobs: str, tmp_path: Path) -> None:
    given = ("check", str(TIDEWATER), "--no-cache", "--jobs", jobs)
    out, err = on_terminal(*given)
    assert "left" in err
    assert err.endswith("\r\x1b[K")
    assert out.startswith("No findings in 2 documents")
    _, narrow = on_terminal(*given, columns=20)
    assert "%" in narrow
    assert max(map(len, narrow.split("\r\x1b[K"))) < 20
    assert on_terminal(*given, kind="dumb") == (out, "")
    piped = subprocess.run([sys.executable, "-c", AT_ONCE, *given], capture_output=True, text=True, check=True)
    assert (piped.stdout, piped.stderr) == (out, "")

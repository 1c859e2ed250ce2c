"""Seconds of processor, which other work on the machine changes least: turns, medians, ratios, processes, a table."""

import gc
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"

LAUNCHER = """
import os, sys
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(pid, 0)
with open(sys.argv[1], "w") as file:
    print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss, file=file)
"""
"""A small process between, because the peak of a process is never below that of its parent."""


class Cost(NamedTuple):
    """What a process took, with those for which it waited."""

    seconds: float
    """Of processor."""

    peak: float
    """Megabytes of memory, at most at a time."""


def pin() -> str:
    """Bind this process and its children to one core, where the system can; what was done."""
    if not hasattr(os, "sched_setaffinity"):
        return "not bound to a core (this system cannot)"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"bound to core {core}"


def turns(jobs: dict[str, Callable[[], object]], repeats: int) -> dict[str, list[float]]:
    """Seconds of each job in each turn, with its processes. In turns, a slow minute is slow for all; no GC in any."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(repeats):
        for name, job in jobs.items():
            _progress(f"  turn {turn + 1} of {repeats}: {name}")
            gc.collect()
            gc.disable()
            start = _seconds()
            job()
            seconds[name].append(_seconds() - start)
            gc.enable()
    _progress("")
    return seconds


def _seconds() -> float:
    """Seconds of processor of this process, and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)


def ratio(slow: Sequence[float], fast: Sequence[float]) -> float:
    """The median over the turns of one time in the other."""
    return median(a / b for a, b in zip(slow, fast, strict=True))


def python(code: str, *arguments: str) -> str:
    """What a fresh interpreter prints for some code; with byte code cached."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment()).stdout


def process(command: Sequence[str], wanted: Sequence[int] = (0,), **variables: str) -> Cost:
    """Run a program, and measure it.

    Args:
        command: The program and its arguments.
        wanted: The exit codes with which it may end.
        variables: Of its environment, beside those of this one.

    Raises:
        SystemExit: it ended otherwise.
    """
    with tempfile.TemporaryFile() as said, tempfile.NamedTemporaryFile() as used:
        launcher = [sys.executable, "-ISc", LAUNCHER, used.name, *command]
        subprocess.run(launcher, check=True, stdout=said, stderr=said, env=environment() | variables)
        code, seconds, peak = map(float, used.read().split())
        if code not in wanted:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} ended with {code:.0f}:\n{said.read().decode()[-2000:]}")
    return Cost(seconds, peak / (2**20 if sys.platform == "darwin" else 2**10))


def environment() -> dict[str, str]:
    """This environment, but byte code may be cached, and nobody is asked on the network."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1"}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a head, in columns."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    for row in (head, ["-" * width for width in widths], *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  " + "  ".join(cells).rstrip())
    print(flush=True)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of the same table in Markdown."""
    return [f"| {' | '.join(row)} |" for row in (head, ["---", *["---:"] * (len(head) - 1)], *rows)]


def with_(*tools: str) -> str:
    """What was measured with, but for a full stop."""
    named = ", ".join(f"{name} {version(name)}" for name in ("cte-corpus", *tools))
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"Measured on {platform.machine()}, {os.cpu_count()} cores, {system}; {named}"


def write(mark: str, lines: Sequence[str]) -> None:
    """Put lines into the page, between two comments that bear a name."""
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    page = "".join([head, begin, *(f"{line}\n" for line in lines), end, rest.partition(end)[2]])
    PAGE.write_text(page, encoding="utf-8")

"""Timing on one core: repeats that take turns, medians, ratios within a turn, and a table."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median


def pin() -> str:
    """Bind this process and its children to one core, where the system can; what was done."""
    if not hasattr(os, "sched_setaffinity"):
        return "not bound to a core (this system cannot)"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"bound to core {core}"


def turns(jobs: dict[str, Callable[[], object]], repeats: int) -> dict[str, list[float]]:
    """Seconds of each job in each turn. The jobs take turns, so that a slow minute is slow for all; no GC in any."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(repeats):
        for name, job in jobs.items():
            _progress(f"  turn {turn + 1} of {repeats}: {name}")
            gc.collect()
            gc.disable()
            start = time.perf_counter()
            job()
            seconds[name].append(time.perf_counter() - start)
            gc.enable()
    _progress("")
    return seconds


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
    print()

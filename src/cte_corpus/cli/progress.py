"""How far a command has come, on a terminal, where it takes more than a moment."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from cte_corpus.scale.progress import Step

AFTER = 1.0
"""Seconds of a command before anything is shown."""

EVERY = 0.2
"""Seconds between two looks."""

CELLS = 24

_CLEAR = "\r\x1b[K"
_BEGUN = time.monotonic()
_shown = False


def clear() -> None:
    """Clear the line, before anything else is printed; the next step writes it again."""
    global _shown
    if _shown:
        _shown = False
        click.echo(_CLEAR, err=True, nl=False, color=True)


@contextmanager
def bar(total: int, unit: str) -> Iterator[Step]:
    """A line on standard error with what is done, how fast, and how long the rest will take; at the end it goes.

    Args:
        total: How much there is to do; 0 if nobody knows.
        unit: What it is counted in; bytes are shown as megabytes.
    """
    begun = last = time.monotonic()
    done = 0

    def step(more: int) -> None:
        nonlocal done, last
        global _shown
        done += more
        now = time.monotonic()
        if now - _BEGUN >= AFTER and now - last >= EVERY:
            last, _shown = now, True
            click.echo(_CLEAR + fitting(line(done, total, unit, now - begun), _width()), err=True, nl=False, color=True)

    try:
        yield step
    finally:
        clear()


def line(done: int, total: int, unit: str, seconds: float) -> str:
    """What is shown: `[######------] 50%  12 MB  3.1 MB/s  0:04 left`."""
    scale, name = (1e6, "MB") if unit == "bytes" else (1, unit)
    parts = [f"{done / scale:,.0f} {name}", f"{done / scale / seconds:,.1f} {'MB' if name == 'MB' else ''}/s"]
    if 0 < done <= total:
        full = done * CELLS // total
        parts.insert(0, f"[{'#' * full}{'-' * (CELLS - full)}] {done / total:.0%}")
        left = round(seconds * (total - done) / done)
        parts.append(f"{left // 60}:{left % 60:02} left")
    return "  ".join(parts).replace(" /s", "/s")


def fitting(shown: str, width: int) -> str:
    """What is shown, in fewer cells than the terminal has: a line that wraps would not be cleared."""
    return shown if len(shown) < width else shown.rpartition("] ")[2][: max(width - 1, 0)]


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80

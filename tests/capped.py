"""Processes whose memory and time are capped, so that a test of what exhausts them exhausts only its own."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 2**20


@dataclass(frozen=True)
class Run:
    """What became of a process."""

    code: int
    out: str
    err: str

    seconds: float
    """Of the processor."""

    peak: int
    """Megabytes of memory."""


def capped(
    *command: str | Path,
    memory: int = 4096,
    seconds: int = 60,
    env: dict[str, str] | None = None,
    unprivileged: bool = False,
) -> Run:
    """Run a command with so many megabytes of address space and seconds of the processor.

    `unprivileged`: root is refused what others are refused.
    """

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory * MEGABYTE, memory * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if unprivileged:
            _give_up_rights()

    with TemporaryFile() as out, TemporaryFile() as err:
        process = subprocess.Popen(
            [*map(str, command)], stdout=out, stderr=err, preexec_fn=limit, env=os.environ | (env or {})
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said, complained = (stream.read(MEGABYTE).decode("utf-8", "replace") for stream in (out, err))
    used, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 // MEGABYTE
    return Run(process.returncode, said, complained, used, peak)


def _give_up_rights() -> None:
    """Two capabilities less, for this process and what it runs."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    drop_from_bounding_set, override, read_search = 24, 1, 2
    for capability in (override, read_search):
        libc.prctl(drop_from_bounding_set, capability, 0, 0, 0)


def cte(
    *arguments: str | Path,
    memory: int = 4096,
    seconds: int = 60,
    env: dict[str, str] | None = None,
    unprivileged: bool = False,
) -> Run:
    """Run the command; it never ends in a traceback, nor killed."""
    command = [sys.executable, "-m", "cte_corpus.cli", *arguments]
    env = {"PYTHONIOENCODING": "utf-8", **(env or {})}
    done = capped(*command, memory=memory, seconds=seconds, env=env, unprivileged=unprivileged)
    assert "Traceback" not in done.err, done.err[-2000:]
    assert done.code in (0, 1, 2), (done.code, done.err[-2000:])
    return done


def python(script: str, *arguments: str | Path, memory: int = 4096, seconds: int = 60) -> Run:
    """Run a script of Python."""
    return capped(sys.executable, "-c", script, *arguments, memory=memory, seconds=seconds)

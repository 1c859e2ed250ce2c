"""Processes whose memory and time are capped, so that a test of what exhausts them exhausts only its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile

MEGABYTE = 2**20

LAUNCH = """
import os, resource, sys
used, memory, seconds, unprivileged, *command = sys.argv[1:]
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if int(unprivileged):  # two capabilities less, for the process and what it runs
        import ctypes
        for capability in (1, 2):
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
    os.execvp(command[0], command)
_, status, found = os.wait4(child, 0)
with open(used, "w") as file:
    file.write(f"[{os.waitstatus_to_exitcode(status)}, {found.ru_utime + found.ru_stime}, {found.ru_maxrss}]")
"""
"""Runs a command with limits, and writes its exit code, seconds of the processor, and peak in kilobytes."""


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

    # The one that runs it is small and new: the peak of a process begins with that of the one from which it was forked.
    with TemporaryFile() as out, TemporaryFile() as err, NamedTemporaryFile() as used:
        run = [sys.executable, "-I", "-S", "-c", LAUNCH, used.name]  # alone: it starts in half the time
        run += [str(memory * MEGABYTE), str(seconds), str(int(unprivileged))]
        subprocess.run([*run, *map(str, command)], stdout=out, stderr=err, env=os.environ | (env or {}), check=False)
        code, spent, peak = json.loads(Path(used.name).read_text("utf-8"))
        out.seek(0)
        err.seek(0)
        said, complained = (stream.read(MEGABYTE).decode("utf-8", "replace") for stream in (out, err))
    return Run(code, said, complained, spent, peak * 1024 // MEGABYTE)


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

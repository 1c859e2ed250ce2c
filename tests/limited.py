"""`cte` in a process that may take so much memory and time and no more."""

import os
import resource
import subprocess
import sys
from pathlib import Path

GIGABYTE = 2**30


def limited(
    *arguments: str | Path,
    memory: int = GIGABYTE,
    seconds: int = 20,
    cwd: Path | None = None,
    unprivileged: bool = False,
    code: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run `cte`, or Python code with these arguments; it ends within the limits, and without a traceback.

    Args:
        arguments: Those of the command, or of the code.
        memory: Bytes of address space.
        seconds: Seconds of processor time.
        cwd: Where to run it.
        unprivileged: Whether the rights of files hold even for root.
        code: Python code to run instead of the command.
    """

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if unprivileged:
            _give_up_rights()

    start = ["-c", code] if code else ["-m", "cte_corpus.cli"]
    done = subprocess.run(
        [sys.executable, *start, *map(str, arguments)],
        preexec_fn=prepare,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=8 * seconds,
        cwd=cwd,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    assert "MemoryError" not in done.stderr
    assert done.returncode in (0, 1, 2), (done.returncode, done.stderr[-3000:])
    return done


def _give_up_rights() -> None:
    """Let root be refused what others are refused: two capabilities less, for this process and what it runs."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    drop_from_bounding_set, override, read_search = 24, 1, 2
    for capability in (override, read_search):
        libc.prctl(drop_from_bounding_set, capability, 0, 0, 0)

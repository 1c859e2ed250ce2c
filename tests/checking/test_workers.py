"""Real processes: they find what one process finds; a dead one is named; an interrupted run leaves none behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.checking import engine, piecework
from cte_corpus.errors import CteError
from cte_corpus.scale.workers import workers
from tests.checking.corpora import TIDEWATER


class Deadly(str):
    """A task on which a worker is killed, as the system does it where memory runs out."""


class Large(str):
    """A task for which memory does not suffice, as Python says it where the system sets a limit."""


def work(task: str) -> str:
    if isinstance(task, Large):
        raise MemoryError
    if isinstance(task, Deadly):
        os.kill(os.getpid(), signal.SIGKILL)
    return task.upper()


def fail(task: str) -> str:
    raise KeyError(task)


def test_results_come_in_order_and_a_killed_worker_is_named_with_what_it_held() -> None:
    with workers(2, module=__name__) as found:
        assert found
        assert list(found.map(work, map(str, "abcdefghij"))) == list("ABCDEFGHIJ")
        with pytest.raises(CteError, match="not enough memory for harbour-talks"):
            list(found.map(work, ["a", Large("harbour-talks"), "b"]))
        with pytest.raises(CteError, match="killed while it held harbour-talks to harbour-wharf") as error:
            list(found.map(work, ["a", "b", Deadly("harbour-talks to harbour-wharf"), "c"]))
    assert "memory" in error.value.hint


@pytest.mark.long
def test_a_fault_of_the_work_is_raised_as_it_is() -> None:
    with workers(2, module=__name__) as found:
        assert found
        with pytest.raises(KeyError):
            list(found.map(fail, ["a"]))


@pytest.mark.long
def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    with workers(2, module=piecework.__name__) as found:
        for cache in (None, tmp_path, tmp_path):
            result = piecework.run(TIDEWATER, workers=found, cache=cache)
            assert result._replace(recalled=0) == engine.run(TIDEWATER)
    assert result.recalled == result.documents


SLEEPER = """
import sys, time
from cte_corpus.scale.workers import workers
from tests.checking.test_workers import wait
if __name__ == "__main__":
    with workers(2) as found:
        list(found.map(wait, [sys.argv[1]] * 6))
"""


def wait(fifo: str) -> None:
    """Say that a worker is at work, and wait for what never comes."""
    with Path(fifo).open("w") as pipe:
        pipe.write(f"{os.getpid()}\n")
    signal.pause()


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_its_parent(tmp_path: Path, how: signal.Signals) -> None:
    fifo = tmp_path / "at-work"
    os.mkfifo(fifo)
    root = Path(__file__).parent.parent.parent
    environment: dict[str, Any] = os.environ | {"PYTHONPATH": str(root)}
    (tmp_path / "sleeper.py").write_text(SLEEPER)
    process = subprocess.Popen([sys.executable, str(tmp_path / "sleeper.py"), str(fifo)], env=environment, cwd=root)
    pids: set[int] = set()
    while len(pids) < 2:
        pids.update(map(int, fifo.read_text().split()))
    process.send_signal(how)
    assert process.wait(60) != 0
    for pid in pids:
        for _ in range(600):
            if gone(pid):
                break
            os.sched_yield()
            signal.sigtimedwait([], 0.1)
        assert gone(pid)

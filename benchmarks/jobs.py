"""What a second process gains, and what Dask costs: `python benchmarks/jobs.py`, on Linux, as it reads /proc."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from subprocess import Popen
from typing import NamedTuple

import measure
import orjson

SIZES = (5_000, 20_000)
MOST_BUILT = 5_000
TURNS = 3
EVERY = 0.02
"""Seconds from one look at the processes to the next."""

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")

CLUSTER = """
from dask.distributed import Client, LocalCluster

def executor():
    return Client(LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)).get_executor()
"""


class Used(NamedTuple):
    """What a program and all its processes took."""

    wall: float
    """Seconds from its start to its end."""

    critical: float
    """Seconds of processor of its first process and of the busiest of the others: as long as it takes on idle cores."""

    total: float
    """Seconds of processor of all processes."""

    peak: float
    """Megabytes of memory of all at a time, each counted whole."""

    said: bytes
    """What it printed."""


def used(command: Sequence[str], **variables: str) -> Used:
    """Run a program in a session of its own, and look at the processes of that."""
    seconds: dict[int, float] = {}
    peak = 0.0
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        environment = measure.environment() | variables
        with Popen(command, stdout=said, env=environment, start_new_session=True) as running:
            while running.poll() is None:
                memory = 0.0
                for pid, cpu, resident in _session(running.pid):
                    seconds[pid] = cpu
                    memory += resident
                peak = max(peak, memory)
                time.sleep(EVERY)
        wall = time.perf_counter() - start
        if running.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)} ended with {running.returncode}")
        said.seek(0)
        first = seconds.pop(running.pid)
        return Used(wall, first + max(seconds.values(), default=0), first + sum(seconds.values()), peak, said.read())


def _session(leader: int) -> Iterator[tuple[int, float, float]]:
    """The processes of a session: number, seconds of processor, megabytes."""
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                stat = (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            if int(stat[3]) == leader:
                yield int(path.name), (int(stat[11]) + int(stat[12])) / TICKS, int(stat[21]) * PAGE / 1e6


def flawed(work: Path, count: int) -> Path:
    """A packed corpus in which one document of a hundred has errors, so that there are findings to compare."""
    valid, root = work / f"packed-{count}", work / f"flawed-{count}"
    if not valid.is_dir():
        generator = str(Path(__file__).parent / "generate.py")
        measure.process([sys.executable, generator, str(valid), f"-n{count}", "--packed"])
    if not root.is_dir():
        root.mkdir()
        for path in valid.iterdir():
            if path.name != "documents.jsonl":
                (root / path.name).write_bytes(path.read_bytes())
        with (valid / "documents.jsonl").open("rb") as lines, (root / "documents.jsonl").open("wb") as file:
            file.writelines(_flawed(line, number) if number % 100 == 7 else line for number, line in enumerate(lines))
    return root


def _flawed(line: bytes, number: int) -> bytes:
    """A line with an error, of four kinds in turn."""
    document = orjson.loads(line)
    match number // 100 % 4:
        case 0:
            document["mentions"][number % 50]["entity"] = "person:nobody-of-that-name"
        case 1:
            document["events"][0]["trigger"]["start"] += 1
        case 2:
            document["sections"][-1]["end"] += number
        case 3:
            document["document"]["text"]["sha256"] = "0" * 64  # the same as in others
    return orjson.dumps(document) + b"\n"


def compared(ways: dict[str, Sequence[str]], turns: int, **variables: str) -> dict[str, list[Used]]:
    """What each way took in each turn."""
    found: dict[str, list[Used]] = {name: [] for name in ways}
    for turn in range(turns):
        for name, arguments in ways.items():
            found[name].append(used([sys.executable, "-m", "cte_corpus", *arguments], **variables))
            print(f"  turn {turn + 1}, {name}: {found[name][-1].wall:.1f} s", file=sys.stderr, flush=True)
    return found


def rows(found: dict[str, list[Used]]) -> Iterator[list[str]]:
    """A line for each way: medians, and how much faster it is than the first, in each turn."""
    base = next(iter(found.values()))
    for name, runs in found.items():
        wall = measure.ratio([run.wall for run in base], [run.wall for run in runs])
        critical = measure.ratio([run.critical for run in base], [run.critical for run in runs])
        middle = [median(values) for values in zip(*(run[:4] for run in runs), strict=True)]
        same = "same" if all(run.said == base[0].said for run in runs) else "OTHER"
        yield [
            name,
            *(f"{value:.1f}" for value in middle[:3]),
            f"{middle[3]:.0f}",
            f"{wall:.2f}",
            f"{critical:.2f}",
            "" if name.startswith("build") else same,
        ]


def main() -> None:
    """Measure, print and, if wanted, write into the docs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of documents")
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--work", type=Path, help="keep the generated corpora in this folder")
    parser.add_argument("--no-build", action="store_true", help="do not measure `cte build`")
    parser.add_argument("--write", action="store_true", help="put the table into the docs")
    options = parser.parse_args()
    head = ["", "wall s", "critical s", "all CPU s", "MB", "wall gain", "critical gain", "findings"]
    made: list[list[str]] = []
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        (Path(temporary) / "invented_cluster.py").write_text(CLUSTER)
        for size in options.sizes:
            root = str(flawed(work, size))
            check = ("check", root, "--no-cache", "-o", "json")
            dask = ("--executor", "invented_cluster:executor")
            ways: dict[str, Sequence[str]] = {
                f"check {size:,}": check,
                "--jobs 2": (*check, "--jobs", "2"),
                "Dask, 2 workers": (*check, *dask),
            }
            made += rows(compared(ways, options.turns, PYTHONPATH=temporary))
            if size <= MOST_BUILT and not options.no_build:
                build = ("build", str(work / f"packed-{size}"), "--out", f"{temporary}/out", "--date", "2026-01-31")
                made += rows(compared({f"build {size:,}": build, "build --jobs 2": (*build, "--jobs", "2")}, 1))
    measure.table(head, made)
    if options.write:
        measure.write("jobs", [*measure.markdown(head, made), "", f"{measure.with_('distributed')}."])


if __name__ == "__main__":
    main()

"""Commands that write, stopped at their steps: killed, with a full disk, with a limit on files, and twice at once.

`python -m tests.faults JOB HOME KILLS` prints what was found, as JSON. Each attempt is a process of its own, forked
from one that has loaded everything, on a fresh copy of what the job begins with.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
CORPORA = ROOT / "tests" / "corpora"
WALK = ROOT / "docs" / "walk"
GOOD = {"record": "harbour-talks:e01", "field": "prominence", "value": "secondary", "quote": "one-day meeting"}
LIMITS = (0, 200, 3_000)
"""Bytes that a file may have, where a write is to end half-way."""

STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.link", "os.symlink", "os.truncate"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
REFUSED, FAULT = 2, 9


@dataclass(frozen=True)
class Job:
    """A command that writes."""

    name: str
    arguments: tuple[str, ...]
    """Paths in them lead from the home of the job."""

    target: str
    """What it writes, a file or folder in its home."""

    begin: Callable[[Path], None] = lambda home: None
    """Makes what it begins with, beside the corpus and the texts."""

    one_by_one: bool = False
    """Whether it writes files that stand alone: each is old or new, and a run that is stopped leaves some of each."""

    @property
    def shown(self) -> str:
        """The command, as the table says it."""
        more = {"export": f" {self.arguments[1]}", "check": " --fix" if "--fix" in self.arguments else " --out"}
        return f"cte {self.arguments[0]}{more.get(self.arguments[0], '')}"


class Found(NamedTuple):
    """What became of a job."""

    kills: int
    after_kills: str
    full: int
    after_full: str
    seconds: float


def spread(home: Path) -> None:
    for path in (home / "corpus").rglob("*.json"):
        path.write_bytes(json.dumps(json.loads(path.read_bytes()), ensure_ascii=False).encode())


def walk(home: Path) -> None:
    for name in ("courier-verdict.txt", "courier-verdict.draft.yaml"):
        shutil.copy(WALK / name, home)
    shutil.copy(WALK / "tavo-merrin.json", home / "corpus" / "entities" / "person")


def emptied(home: Path) -> None:
    (home / "draft.yaml").write_text("document: bayan-al-marfa\nsanctions: []\nevents: []\n", encoding="utf-8")


def correction(home: Path) -> None:
    (home / "correction.json").write_text(json.dumps(GOOD), encoding="utf-8")


def copies(home: Path) -> None:
    (home / "copies" / "2024-05-01").mkdir(parents=True)
    shutil.copy(home / "texts" / "harbour-talks.txt", home / "copies" / "2024-05-01")


def old(name: str) -> Callable[[Path], None]:
    """An older file in the place of what is written."""

    def begin(home: Path) -> None:
        (home / name).write_bytes(b"old\n")

    return begin


def remembered(home: Path) -> None:
    folder = home / "cache" / "verdicts"
    folder.mkdir(parents=True)
    for name in ("a.jsonl", "b.jsonl", "a.registry.json"):
        (folder / name).write_bytes(b"{}\n")


CORPUS = ("--corpus", "corpus")
JOBS = (
    Job("fmt", ("fmt", "corpus"), "corpus", spread, one_by_one=True),
    Job("check-fix", ("check", "corpus", "--fix", "--no-cache"), "corpus", spread, one_by_one=True),
    Job("check-out", ("check", "corpus", "--no-cache", "-o", "json", "--out", "x.json"), "x.json", old("x.json")),
    Job("new", ("new", "courier-verdict.txt", "--document", "courier", "--lang", "en", "--publisher",
        "org:tidewater-post", *CORPUS, "--out", "c.yaml"), "corpus", walk),
    Job("anchor", ("anchor", "draft.yaml", "--text", "texts", *CORPUS), "corpus", emptied),
    Job("correct", ("correct", "correction.json", "--text", "texts", *CORPUS), "corpus", correction),
    Job("drift", ("drift", "copies", "--out", "drift.json", *CORPUS), "drift.json", copies),
    Job("cite", ("cite", "harbour-talks", *CORPUS, "--out", "x.bib"), "x.bib"),
    Job("build", ("build", "corpus", "--out", "dist", "--date", "2026-01-31"), "dist", one_by_one=True),
    Job("export-csv", ("export", "csv", "--out", "tables", *CORPUS), "tables", one_by_one=True),
    Job("export-xlsx", ("export", "xlsx", "--out", "x.xlsx", *CORPUS), "x.xlsx", old("x.xlsx")),
    Job("export-parquet", ("export", "parquet", "--out", "tables", *CORPUS), "tables", one_by_one=True),
    Job("plot", ("plot", "timeline", "--out", "x.svg", *CORPUS), "x.svg", old("x.svg")),
    Job("site", ("site", "corpus", "site"), "site", one_by_one=True),
    Job("cache", ("cache", "--clear"), "cache", remembered, one_by_one=True),
)  # fmt: skip


def measured(job: Job, home: Path, kills: int = 20) -> Found:
    """Run a job with faults, in processes of their own.

    Raises:
        AssertionError: something half was left, or a run ended in a traceback; the message says what.
    """
    home.mkdir(parents=True)
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1769817600", "CTE_CACHE": str(home / "here" / "cache")}
    command = [sys.executable, "-m", "tests.faults", job.name, str(home), str(kills)]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=900, check=False)
    assert done.returncode == 0, f"{job.name}: {done.stdout[-1500:]}\n{done.stderr[-3000:]}"
    found = json.loads(done.stdout.splitlines()[-1])
    return Found(found["kills"], found["killed"], found["full"], found["filled"], time.monotonic() - begun)


# In the process that forks


class Trial:
    """The attempts of one job."""

    def __init__(self, job: Job, space: Path) -> None:
        self.job = job
        self.words = ""
        """What the last run printed on standard error."""

        self.pipes: dict[int, int] = {}
        self.origin, self.home = space / "origin", space / "here"
        shutil.copytree(CORPORA / "tidewater", self.origin / "corpus")
        shutil.copytree(CORPORA / "tidewater-texts", self.origin / "texts")
        job.begin(self.origin)
        self.fresh()
        self.before = self.state()
        assert self.attempt() == 0, self.words
        self.after = self.state()
        assert self.after != self.before

    def fresh(self) -> None:
        """Begin anew."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.origin, self.home)

    def state(self) -> dict[str, str]:
        """Digests of the files that count, by path; what waits in `.pending` counts already."""
        target = self.home / self.job.target
        paths = [target] if target.is_file() else sorted(target.rglob("*"))
        found, waiting = {}, {}
        for path in filter(Path.is_file, paths):
            parts = path.relative_to(self.home).parts
            if ".pending" in parts:
                waiting["/".join(part for part in parts if part != ".pending")] = digest(path)
            elif not any(part.startswith(".") for part in parts):
                found["/".join(parts)] = digest(path)
        return found | waiting

    def attempt(self, stop: int = 0, how: str = "", limit: int | None = None) -> int:
        """One run; its exit code, or the number of the signal that ended it, negative."""
        return self.end(self.start(stop, how, limit))

    def end(self, child: int) -> int:
        """Wait for a run, and take what it says."""
        said = os.fdopen(self.pipes.pop(child), encoding="utf-8", errors="replace")
        with said:
            self.words = said.read()
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def start(self, stop: int = 0, how: str = "", limit: int | None = None) -> int:
        """Begin a run; its process."""
        reading, writing = os.pipe()  # a limit on the size of files is none on what is said
        child = os.fork()
        if child:
            os.close(writing)
            self.pipes[child] = reading
            return child
        code = FAULT
        try:
            os.chdir(self.home)
            os.dup2(writing, 2)
            os.close(writing)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            if limit is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            code = self.run(stop, how)
        finally:
            sys.stderr.flush()
            os._exit(code)

    def run(self, stop: int, how: str) -> int:
        """The command in this process, with something that happens at one of its steps."""
        import traceback

        from cte_corpus.cli import cte as group
        from cte_corpus.errors import CteError

        seen = 0

        def watch(name: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            if name in STEPS and self.concerns(name, arguments):
                seen += 1
                if seen == stop and how == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                if seen == stop and how == "full" and name not in ("os.remove", "os.rmdir"):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))

        sys.addaudithook(watch)
        try:
            group.main(list(self.job.arguments), standalone_mode=False)
            code = 0
        except SystemExit as end:
            code = int(end.code or 0) and REFUSED
        except (CteError, OSError) as error:
            print(error, file=sys.stderr)
            code = REFUSED
        except BaseException:
            traceback.print_exc()
            code = FAULT
        if how == "count":
            (self.home.parent / "steps").write_text(str(seen))
        return code

    def concerns(self, name: str, arguments: tuple[object, ...]) -> bool:
        """Whether a step changes something in the home of the job."""
        if name == "open" and not (isinstance(arguments[2], int) and arguments[2] & WRITES):
            return False
        places = [str(place) for place in arguments[:2] if isinstance(place, str | os.PathLike)]
        return any(Path(self.home, place).is_relative_to(self.home) for place in places)

    def judged(self, why: str) -> str:
        """What a run has left: the old files, the new ones, or, where they stand alone, some of each."""
        now = self.state()
        if now == self.before:
            return "old"
        if now == self.after:
            return "new"
        wrong = {name for name, found in now.items() if found not in (self.before.get(name), self.after.get(name))}
        wrong |= {name for name in self.before if name not in now and name in self.after}
        assert not wrong, f"{self.job.name}, {why}: half: {sorted(wrong)[:5]}"
        assert self.job.one_by_one, f"{self.job.name}, {why}: some old and some new: {sorted(now)[:9]}"
        return "some of each"

    def again(self, why: str) -> None:
        """The next run ends what one that was stopped has begun."""
        code = self.attempt()
        assert code == 0 or "exists" in self.words or "already" in self.words, f"{why}: {self.words}"
        assert code or self.state() == self.after, f"{self.job.name}, {why}: not what a run makes: {self.differs()}"

    def differs(self) -> list[str]:
        now = self.state()
        return sorted(name for name in now | self.after if now.get(name) != self.after.get(name))[:5]


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def even(most: int, count: int) -> list[int]:
    """So many numbers from 1 to `most`, evenly spread; all of them where there are no more."""
    count = min(count, most)
    return sorted({1 + n * (most - 1) // max(count - 1, 1) for n in range(count)})


def main(name: str, space: str, kills: int) -> None:
    (job,) = (job for job in JOBS if job.name == name)
    gc.disable()
    trial = Trial(job, Path(space))
    trial.fresh()
    trial.attempt(how="count")
    steps = int((Path(space) / "steps").read_text())
    killed, filled, full = Counter[str](), Counter[str](), 0
    for stop in even(steps, kills):
        why = f"killed at step {stop} of {steps}"
        trial.fresh()
        assert trial.attempt(stop, "kill") == -signal.SIGKILL, why
        killed[trial.judged(why)] += 1
        trial.again(why)
    for stop in even(steps, max(kills // 2, 2)):
        why = f"no room at step {stop} of {steps}"
        trial.fresh()
        code = trial.attempt(stop, "full")
        assert code in (0, REFUSED), f"{name}, {why}: {code} {trial.words}"
        filled[trial.judged(why)] += 1
        full += 1
    for limit in LIMITS:
        why = f"files of {limit:,} bytes at most"
        trial.fresh()
        code = trial.attempt(limit=limit)
        assert code in (0, REFUSED), f"{name}, {why}: {code} {trial.words}"
        assert code == 0 or trial.words.strip(), f"{name}, {why}: refused without a word"
        filled[trial.judged(why)] += 1
        full += 1
    trial.fresh()
    both = [trial.end(child) for child in [trial.start(), trial.start()]]
    assert 0 in both, f"{name}, twice at once: {both} {trial.words}"
    assert set(both) <= {0, REFUSED}, f"{name}, twice at once: {both} {trial.words}"
    assert trial.state() == trial.after, f"{name}, twice at once: {trial.differs()}"
    told = [", ".join(f"{number} {state}" for state, number in sorted(found.items())) for found in (killed, filled)]
    print(json.dumps({"kills": killed.total(), "killed": told[0], "full": full, "filled": told[1]}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

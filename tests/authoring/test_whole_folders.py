"""Anchoring writes a folder or none: killed anywhere, with a full disk, beside readers, and two at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from cte_corpus.authoring import folder
from cte_corpus.authoring.run import anchor_file
from cte_corpus.checking import engine
from cte_corpus.store import bundles, folders
from tests.authoring.conftest import TEXTS
from tests.authoring.drafting import draft_of
from tests.capped import cte

NAME = "harbour-talks"
TEXT = TEXTS / f"{NAME}.txt"

posix = pytest.mark.skipif(os.name != "posix", reason="processes are forked")


def parts(corpus: Path, name: str = NAME) -> dict[str, bytes]:
    """The files of a document as a reader finds them."""
    return {part: source.data for part, source in bundles.document(corpus / "documents" / name).sources.items()}


def left(corpus: Path) -> list[str]:
    """What writers left in a corpus."""
    return sorted(str(path.relative_to(corpus)) for path in corpus.rglob("*") if folders.is_left(path.name))


@pytest.fixture
def drafts(corpus: Path, tmp_path: Path) -> list[Path]:
    """Two drafts of one document, which differ in every file."""
    made = []
    for number, word in enumerate(("first", "second")):
        draft = draft_of(folder.read(corpus, NAME), folder.read_text(TEXT))
        draft["document"]["authors"] = [word]
        draft["sections"][0]["gist"][0]["text"] = f"The {word} gist."
        next(iter(draft["mentions"].values()))[0]["note"] = word
        draft["events"][0]["label"][0]["text"] = f"The {word} label"
        draft["sanctions"][0]["programme"] = [word]
        path = tmp_path / f"draft-{number}.json"
        path.write_bytes(orjson.dumps(draft))
        made.append(path)
    return made


KILLED = """
import gc, os, signal, sys
from pathlib import Path
from cte_corpus.authoring.run import anchor_file
from cte_corpus.store import bundles, folders

corpus, text, name, wanted, *paths = sys.argv[1:]
corpus, text, drafts = Path(corpus), Path(text), [Path(path) for path in paths]
place = corpus / "documents" / name
STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.listdir", "os.scandir"}

def attempt(draft, last):
    "In a process of its own, which ends as the operation numbered `last` of those on the corpus begins."
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = 0
    def step(what, arguments):
        nonlocal seen
        if what == "fsync" or (what in STEPS and str(arguments[0]).startswith(str(corpus))):
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)
    os.fsync = lambda handle: step("fsync", ())  # what a killed process has written is there without
    sys.addaudithook(step)
    try:
        os._exit(bool(anchor_file(draft, text, corpus).problems))
    except BaseException as error:
        print(repr(error), file=sys.stderr)
        os._exit(2)

def found():
    if not place.exists():
        return None
    return {part: source.data for part, source in bundles.document(place).sources.items()}

states = [found()] if not place.exists() else []
for draft in drafts:
    assert attempt(draft, 0) == 0
    states.append(found())
assert len({repr(state) for state in states}) == len(states)
gc.freeze()

def fresh():
    if None in states:
        __import__("shutil").rmtree(place, ignore_errors=True)

kills, seen, rounds = 0, set(), 0
while kills < int(wanted):
    rounds += 1
    last = 1
    while True:
        fresh()
        before, draft = found(), drafts[(rounds + last) % len(drafts)]
        status = attempt(draft, last)
        now = found()
        assert now in states, {part: data in [state and state[part] for state in states] for part, data in now.items()}
        seen.add(states.index(now))
        if status != -signal.SIGKILL:
            assert status == 0, status
            assert now == states[drafts.index(draft) + (len(states) - len(drafts))]
            assert not [p for p in corpus.rglob("*") if folders.is_left(p.name)]
            break
        assert now in (before, states[drafts.index(draft) + (len(states) - len(drafts))])
        kills += 1
        last += 1
print(kills, rounds, sorted(seen))
"""


@posix
@pytest.mark.long
@pytest.mark.parametrize("name", [NAME, "talks-again"])
def test_killed_at_any_step_a_folder_is_the_old_or_the_new_one(name: str, corpus: Path, drafts: list[Path]) -> None:
    """Every operation of the writer on the corpus is the last of several processes, over what others had left."""
    for path in drafts if name != NAME else []:
        path.write_bytes(path.read_bytes().replace(NAME.encode(), name.encode()))
    command: list[str | Path] = [sys.executable, "-c", KILLED, corpus, TEXT, name, "210", *drafts]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    kills, rounds, seen = done.stdout.split(maxsplit=2)
    assert int(kills) >= 210
    assert int(rounds) > 1
    assert len(orjson.loads(seen)) == (2 if name == NAME else 3)
    assert engine.run(corpus / "documents" / name).files > 0


@posix
def test_what_was_complete_is_read_and_what_was_not_is_no_part_of_the_corpus(corpus: Path, drafts: list[Path]) -> None:
    anchor_file(drafts[0], TEXT, corpus)
    first = parts(corpus)
    anchor_file(drafts[1], TEXT, corpus)
    second = parts(corpus)
    place = corpus / "documents" / NAME
    anchor_file(drafts[0], TEXT, corpus)
    pending = place / folders.PENDING
    pending.mkdir()
    for part in ("events", "sanctions", "mentions"):  # the others were moved already
        (pending / f"{part}.json").write_bytes(second[part])
    for part in ("document", "sections"):
        (place / f"{part}.json").write_bytes(second[part])
    for name in (".cte.0123abcd.tmp", ".events.json.0123abcd.tmp"):
        (place / name).write_text("{")
    (place / ".pending.0123abcd.tmp").mkdir()
    (place.parent / ".talks.0123abcd.tmp").mkdir()
    (corpus / "entities" / "org" / ".cte.0123abcd.tmp").write_text("{")
    (corpus / ".cte.lock.tmp").touch()
    assert len(left(corpus)) == 7
    assert parts(corpus) == second
    codes = {item.code for item in engine.run(corpus).diagnostics}
    assert not codes & {"CTE001", "CTE015", "CTE016", "CTE017"}
    stray = place / "notes.txt"
    stray.write_text("mine")
    assert {item.code for item in engine.run(corpus).diagnostics} - codes == {"CTE016"}
    done = cte("fmt", corpus)
    assert done.code == 0, done.err
    assert left(corpus) == []
    assert (parts(corpus), stray.read_text()) == (second, "mine")
    assert first != second


@posix
def test_the_next_anchor_clears_its_own_folder(corpus: Path, drafts: list[Path]) -> None:
    place = corpus / "documents" / NAME
    (place / ".pending.0123abcd.tmp").mkdir()
    (place / ".cte.0123abcd.tmp").touch()
    (place.parent / f".{NAME}.0123abcd.tmp").mkdir()
    anchor_file(drafts[0], TEXT, corpus)
    assert left(corpus) == []


WRITER = """
import os, sys
from pathlib import Path
from cte_corpus.authoring.run import anchor_file
os.fsync = lambda handle: None  # which only makes the time between two changes longer
corpus, text, drafts = Path(sys.argv[1]), Path(sys.argv[2]), [Path(path) for path in sys.argv[3:]]
while True:
    for draft in drafts:
        anchor_file(draft, text, corpus)
"""


@posix
def test_a_reader_never_finds_a_mixture(corpus: Path, drafts: list[Path]) -> None:
    states = []
    for draft in drafts:
        anchor_file(draft, TEXT, corpus)
        states.append(parts(corpus))
    command: list[str | Path] = [sys.executable, "-c", WRITER, corpus, TEXT, *drafts]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as writer:
        try:
            changes, reads, last = 0, 0, states[1]
            while changes < 60:
                now = parts(corpus)
                assert now in states
                changes += now != last
                last = now
                reads += 1
                assert writer.poll() is None
        finally:
            writer.kill()
    assert reads >= changes


@posix
def test_two_at_once_write_one_after_the_other(corpus: Path, drafts: list[Path]) -> None:
    states = []
    for draft in drafts:
        anchor_file(draft, TEXT, corpus)
        states.append(parts(corpus))
    command: list[str | Path] = [sys.executable, "-m", "cte_corpus.cli", "anchor"]
    for _ in range(8):
        more = ("--text", str(TEXT), "--corpus", str(corpus))
        started = [subprocess.Popen([*command, str(draft), *more], stdout=subprocess.DEVNULL) for draft in drafts * 2]
        assert [process.wait(timeout=120) for process in started] == [0] * 4
        assert parts(corpus) in states
        assert left(corpus) == []


FULL = """
import os, resource, signal, sys
from pathlib import Path
from cte_corpus.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv = ["cte", *sys.argv[2:]]
main()
"""


@posix
def test_files_that_cannot_be_written_whole_leave_the_old_ones(corpus: Path, drafts: list[Path]) -> None:
    """The limit of a file's size stands for a disk that is full from some file on."""
    anchor_file(drafts[0], TEXT, corpus)
    before = parts(corpus)
    sizes = sorted(len(data) for data in before.values())
    for size in {0, 1, *(one - 1 for one in sizes), *(one + 60 for one in sizes[:-1])}:
        command: list[str | Path] = [sys.executable, "-c", FULL, str(size)]
        command += ["anchor", drafts[1], "--text", TEXT, "--corpus", corpus]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2, (size, done.stderr)
        assert "File too large" in done.stderr
        assert ".json" in done.stderr
        assert parts(corpus) == before
        assert left(corpus) == []


@posix
@pytest.mark.long
def test_a_full_disk_leaves_the_old_folder(corpus: Path, drafts: list[Path], tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here; the limit of a file's size stands for it above")
    try:
        root = Path(shutil.copytree(corpus, disk / "corpus"))
        states = []
        for draft in drafts:
            anchor_file(draft, TEXT, root)
            states.append(parts(root))
        page, filler = os.statvfs(disk).f_bsize, disk / "filler"
        ends = set()
        for free in [*range(14), 16, 20, 30]:
            filler.unlink(missing_ok=True)
            for number in range(3):  # what a folder takes for its names is not known before
                with filler.open("ab") as file:
                    while (room := os.statvfs(disk).f_bavail - free) > 0:
                        file.write(b"x" * page * room)
                        file.flush()
                old = parts(root)
                draft = drafts[old == states[0]]
                done = cte("anchor", draft, "--text", TEXT, "--corpus", root)
                assert done.code in (0, 2)
                assert parts(root) == (states[drafts.index(draft)] if done.code == 0 else old), (free, number)
                assert done.code == 0 or "No space left on device" in done.err
                assert left(root) == []
                ends.add(done.code)
        assert ends == {0, 2}
    finally:
        subprocess.run(["umount", str(disk)], check=True)

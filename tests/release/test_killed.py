"""A release killed anywhere while it is prepared: nothing half passes for finished, and the next run ends it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from cte_corpus.checking import engine
from cte_corpus.checking.rules.file import order
from cte_corpus.store import canonical
from tests.release import checkouts

KILLED = """
import gc, os, shutil, signal, sys
from pathlib import Path
from jsonschema import Draft202012Validator
from cte_corpus.published import pack
from cte_corpus.release import cut, judge, verify

repo = Path(sys.argv[1])
version, day = "1.0.1", "2026-02-28"
found = judge.Source(repo, repo)
out = repo / "dist"
folder, tar = out / f"tidewater-{version}", out / f"tidewater-{version}.tar"
before = found.ledger.read_bytes()
WRITES = {"open", "os.mkdir", "os.listdir", "os.scandir", "os.rename", "os.remove", "os.rmdir", "os.chmod"}
places = (str(out), str(found.ledger.parent))

known = []  # judging the schemas themselves takes most of a run, and always ends the same
check_schema = Draft202012Validator.check_schema
Draft202012Validator.check_schema = lambda schema: schema in known or known.append(check_schema(schema) or schema)

def run(last):
    "In a process of its own that ends as the operation numbered `last` of those on what is written begins."
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = 0
    def watch(name, arguments):
        nonlocal seen
        if name in WRITES and str(arguments[0]).startswith(places):
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    try:
        assert cut.prepare(found, day, out).release.version == version
        os._exit(0)
    except BaseException as error:
        print(repr(error), file=sys.stderr)
        os._exit(1)

def fresh():
    shutil.rmtree(out, ignore_errors=True)
    found.ledger.write_bytes(before)

cut.prepare(found, day, out)  # here, so that what is loaded once is loaded before processes are forked
whole, after = pack.sha256_of(tar), found.ledger.read_bytes()
assert after != before and verify.verify(tar).ok
gc.freeze()

def holds(status):
    "What a killed process left is whole, or has a name that nothing is ever looked for under."
    named = {path.name for path in out.iterdir() if not path.name.startswith(".")} if out.exists() else set()
    assert named <= {folder.name, tar.name}, named
    assert not folder.exists() or not any(pack.verify_files(folder))
    assert not tar.exists() or (pack.sha256_of(tar) == whole and folder.exists())
    now = found.ledger.read_bytes()
    assert now in (before, after)
    assert now == before or tar.exists()
    assert judge._altered(repo, version) == []
    return len(named), now == after

fresh()
kills, states, last = 0, {}, 1
while (status := run(last)) == -signal.SIGKILL:
    kills += 1
    state = holds(status)
    states[state] = states.get(state, 0) + 1
    if states[state] == 1 or kills % 40 == 0:  # the next run ends what this one began
        assert run(0) == 0
        assert holds(0) == (2, True)
    if folder.exists():
        fresh()
    last += 1
assert status == 0, status
assert holds(0) == (2, True)
print(kills, len(states))
"""


def shrink(data: Path) -> None:
    """Leave one document and the entities that it names, so that each of many runs is short."""
    shutil.rmtree(data / "documents" / "harbour-talks")
    path = data / "documents" / "bayan-al-marfa" / "events.json"
    events = orjson.loads(path.read_bytes())
    for record in events["records"]:
        record.pop("relations", None)  # they lead to the other document
    path.write_bytes(canonical.dumps(events, order("events")))
    while unused := [Path(item.location.path) for item in engine.run(data).diagnostics if item.code == "CTE504"]:
        for entity in unused:
            entity.unlink()
    path = data / "retired.json"
    retired = orjson.loads(path.read_bytes())
    for record in retired["records"]:
        record.pop("replaced_by", None)  # that went, too
    path.write_bytes(canonical.dumps(retired, order("retired")))


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="processes are forked")
def test_a_release_killed_at_any_step_leaves_nothing_half(tmp_path: Path) -> None:
    repo = checkouts.checkout(tmp_path / "repo")
    checkouts.name_version(repo, "1.0.1", "2026-02-28")
    shrink(repo / "data")
    checkouts.commit(repo, "Version 1.0.1")
    command = [sys.executable, "-c", KILLED, str(repo)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    kills, states = map(int, done.stdout.split())
    assert kills >= 200
    assert states == 4  # nothing, the folder, the archive, and the ledger

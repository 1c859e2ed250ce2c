"""Files all over a tree are written as one: whoever is killed at any step leaves the old ones or the new ones."""

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from cte_corpus.store import folders

OLD = {
    "corpus.json": b"{}",
    "entities/org/a.json": b"a",
    "documents/d/events.json": b"1",
    "documents/d/mentions.json": b"2",
}
NEW = {
    "corpus.json": b"{}", "entities/group/b.json": b"b", "documents/d/events.json": b"3",
    "documents/d/mentions.json": b"2", "retired.json": b"a",
}  # fmt: skip
CHANGES = {"entities/org/a.json": None} | {name: data for name, data in NEW.items() if OLD.get(name) != data}


def tree(root: Path, contents: dict[str, bytes]) -> Path:
    for name, data in contents.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def found(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_files_are_written_and_deleted(tmp_path: Path) -> None:
    root = tree(tmp_path, OLD)
    folders.write_tree(root, CHANGES)
    assert found(root) == NEW
    assert not [path for path in root.rglob("*") if folders.is_left(path.name)]


@pytest.mark.skipif(os.name != "posix", reason="processes are forked")
def test_whoever_is_killed_leaves_the_old_or_the_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own for each operation on the tree, which ends as that begins."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # what a killed process has written is there without
    steps, states = 0, []
    while True:
        steps += 1
        root = tree(tmp_path / "tree", OLD)
        child = os.fork()
        if not child:
            _die_at(steps, root)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        folders.settle(root)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        states.append(found(root))
        with folders.writing(root):
            folders.clear(root)
        assert found(root) in (OLD, NEW)
        assert not [path for path in root.rglob("*") if folders.is_left(path.name)]
        shutil.rmtree(root)
    seen = [{name: data for name, data in state.items() if ".tmp" not in name} for state in states]
    assert all(state in (OLD, NEW) for state in seen)  # before the next writer, too
    assert seen[0] == OLD
    assert seen[-1] == NEW
    assert steps > 20


def _die_at(last: int, root: Path) -> None:
    seen = 0

    def step(what: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        touches = what in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.scandir")
        if touches and str(arguments[0]).startswith(str(root)):
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(step)
    try:
        with folders.writing(root):
            folders.write_tree(root, CHANGES)
        os._exit(0)
    except BaseException:
        os._exit(2)


def test_a_change_that_leads_out_of_the_tree_is_refused(tmp_path: Path) -> None:
    """A `.pending` may come with a corpus of anybody."""
    outside = tree(tmp_path / "outside", {"kept.json": b"kept"})
    root = tree(tmp_path / "tree", OLD | {".pending/entities/gpe/kept.json.gone": b""})
    (root / "entities" / "gpe").symlink_to(outside)
    with pytest.raises(OSError, match="a link leads out"):
        folders.settle(root)
    assert found(outside) == {"kept.json": b"kept"}

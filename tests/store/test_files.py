"""Atomic writing: the old file or the new one, whatever happens."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cte_corpus.store.files import write

OLD = b"old " * 200_000
NEW = b"new " * 200_000

WRITER = """
import sys
from pathlib import Path
from cte_corpus.store.files import write

path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    write(path, b"new " * 200_000)
    write(path, b"old " * 200_000)
"""


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o664, 0o755])
def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path, bits: int) -> None:
    path = tmp_path / "events.json"
    path.write_bytes(OLD)
    path.chmod(bits)
    write(path, NEW)
    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == bits
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_gets_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    write(tmp_path / "a.json", NEW)
    (tmp_path / "b.json").write_bytes(NEW)
    assert (tmp_path / "a.json").stat().st_mode == (tmp_path / "b.json").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "target.json"
    target.write_bytes(OLD)
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_what_is_no_file_is_written_to_and_stays(tmp_path: Path) -> None:
    """To replace the null device of a machine would break it."""
    device = tmp_path / "null"
    try:
        os.mknod(device, 0o20666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root makes devices")
    link = tmp_path / "link"
    link.symlink_to(device)
    for path in (device, link):
        write(path, NEW)
    assert stat.S_ISCHR(device.stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "null"]


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.mkdir()  # a folder in the place: the last step, the renaming, fails
    with pytest.raises(OSError, match=r"events\.json"):
        write(path, NEW)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_bytes(OLD)
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from cte_corpus.store.files import write\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write(Path(sys.argv[1]), b'x' * 100_000)\n"
    )
    result = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=False)
    assert b"OSError" in result.stderr
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "none" / "events.json", NEW)


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_killed_process_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_bytes(OLD)
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            seen = [path.read_bytes()]
            while len(seen) < 4:  # while it writes, every reader sees a whole file
                now = path.read_bytes()
                assert now in (OLD, NEW)
                assert process.poll() is None
                if now != seen[-1]:
                    seen.append(now)
            process.send_signal(signal.SIGKILL)
        assert path.read_bytes() in (OLD, NEW)

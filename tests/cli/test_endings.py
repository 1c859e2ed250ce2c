"""How the command ends when something goes wrong."""

import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.conftest import EVENTS
from tests.cli.test_group import CTE, on_terminal

SWEEP = """
import signal, sys
from cte_corpus import cli

calls, last = 0, int(sys.argv[1])

def count(frame, event, argument):
    global calls
    calls += 1
    if calls == last:
        sys.setprofile(None)
        signal.raise_signal(signal.SIGINT)

sys.argv = ["cte", *sys.argv[2:]]
sys.setprofile(count)
try:
    cli.main()
finally:
    sys.setprofile(None)
    if not last:
        print("calls", calls, file=sys.stderr)
"""
"""Runs a command, and interrupts it at the call of that number; for 0 it says how many there are."""


def sweep(call: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SWEEP, str(call), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)


@pytest.mark.parametrize(
    "command",
    [
        "check --no-cache {root}",
        "fmt --check {root}",
        "stats {root}",
        pytest.param("find lantern --corpus {root}", marks=pytest.mark.long),
        pytest.param("list events --corpus {root}", marks=pytest.mark.long),
        pytest.param("sql events --corpus {root}", marks=pytest.mark.long),
    ],
)
def test_interrupt_at_any_moment(command: str, tidewater: Path) -> None:
    """Also while modules are loaded, some of which crash when that is torn. The first calls install the handler."""
    arguments = command.format(root=tidewater).split()
    calls = int(sweep(0, *arguments).stderr.rpartition("calls")[2])
    assert calls > 1000
    for part in range(12):
        done = sweep(100 + calls * part // 12, *arguments)
        assert (done.returncode, done.stderr.strip()) == (128 + signal.SIGINT, ""), part


def test_interrupt_from_outside(tidewater: Path, tmp_path: Path) -> None:
    """A command that waits for a lock, here of another build, is interrupted by a signal."""
    from filelock import FileLock

    with FileLock(tmp_path / ".cte-build.lock"):
        command = [*CTE, "build", str(tidewater), "--out", str(tmp_path), "--date", "2026-01-01"]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            while f"{tmp_path}/.cte-build.lock" not in open_files(process.pid):
                assert process.poll() is None, process.stderr
            process.send_signal(signal.SIGINT)
            written = process.stderr.read() if process.stderr else b""
    assert process.returncode == 128 + signal.SIGINT
    assert b"Traceback" not in written


def open_files(process: int) -> list[str]:
    """The paths of the files that a process has opened."""
    found = []
    for handle in (Path("/proc") / str(process) / "fd").iterdir():
        with suppress(OSError):
            found.append(str(handle.readlink()))
    return found


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check {root}", 0),
        ("check {root} --output full", 0),
        ("check {broken}", 1),
        ("check /nowhere", 2),
        ("stats {root}", 0),
        ("show org:grey-lantern --corpus {root}", 0),
        ("fmt --check {root}", 0),
        ("find lantern --corpus {root}", 0),
        ("list events --corpus {root}", 0),
        ("rule", 0),
        ("--help", 0),
        ("no-such-command", 2),
    ],
)
def test_a_closed_stream_changes_no_answer(command: str, code: int, closed: str, tidewater: Path, broken: Path) -> None:
    line = f"{shlex.join(CTE)} {command.format(root=tidewater, broken=broken)} {closed}"
    done = subprocess.run(line, shell=True, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    "command",
    ["find daesh", "list events -o json", pytest.param("sql 'from range(200000)' -o csv", marks=pytest.mark.long)],
)
def test_a_reader_that_goes_leaves_no_traceback(command: str) -> None:
    """More is printed than a pipe holds, and `head` has gone by then."""
    line = f"{shlex.join(CTE)} {command} | head -n 1"
    done = subprocess.run(line, shell=True, capture_output=True, encoding="utf-8", check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_nothing_is_written_into_a_file_that_gets_the_number_of_a_closed_stream(corpus: Path) -> None:
    """`fmt` opens what it writes after the streams, and says on standard output what it wrote."""
    path = corpus / EVENTS
    good = path.read_bytes()
    path.write_bytes(b" " + good)
    done = subprocess.run(f"{shlex.join(CTE)} fmt {corpus} >&- 2>&-", shell=True, check=False)
    assert (done.returncode, path.read_bytes()) == (0, good)


def test_a_full_disk_behind_standard_output_is_an_error(tidewater: Path) -> None:
    line = f"{shlex.join(CTE)} check {tidewater} > /dev/full"
    done = subprocess.run(line, shell=True, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "No space left" in done.stderr


def test_fault_of_the_program_is_no_finding() -> None:
    """Exit code 1 would blame the data."""
    script = (
        "import sys, types, click\n"
        "from cte_corpus import cli\n"
        "cli.COMMANDS['faulty'] = 'Divide by zero.'\n"
        "command = click.Command('faulty', callback=lambda: 1 / 0)\n"
        "sys.modules['cte_corpus.cli.faulty'] = types.SimpleNamespace(command=command)\n"
        "sys.argv = ['cte', 'faulty']\n"
        "cli.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "ZeroDivisionError" in done.stderr


def test_error_holds_no_control_character_of_a_path(tmp_path: Path) -> None:
    """On a terminal, where click takes no escape sequence out."""
    code, written = on_terminal("check", tmp_path / "a\x1b[2Jb", columns=200)
    assert code == 2
    assert "\x1b" not in written
    assert "a<U+001B>[2Jb" in written


def test_report_to_what_is_no_file(tidewater: Path) -> None:
    """Renaming a report over a device would replace the device."""
    done = subprocess.run(
        [*CTE, "check", tidewater, "--out", "/dev/stdout"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No findings in ")

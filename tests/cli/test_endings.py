"""How the command ends when something goes wrong."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.cli.test_group import CTE, on_terminal


def test_interrupt(tidewater: Path, tmp_path: Path) -> None:
    """A pipe in place of a text holds the command until it is interrupted."""
    pipe = tmp_path / "bayan-al-marfa.txt"
    os.mkfifo(pipe)
    with subprocess.Popen([*CTE, "check", tidewater, "--text", tmp_path], stderr=subprocess.PIPE) as process:
        with pipe.open("wb"):  # returns when the command has opened its end
            process.send_signal(signal.SIGINT)
            written = process.stderr.read() if process.stderr else b""
        assert process.wait() == 128 + signal.SIGINT
    assert b"Traceback" not in written


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

"""The command as a whole: help, errors, completion, and the surroundings it runs in."""

import os
import pty
import re
import shlex
import subprocess
import sys
import termios
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cte_corpus.cli import COMMANDS
from cte_corpus.cli import cte as group
from tests.cli.conftest import EVENTS, Cte

CTE = [sys.executable, "-m", "cte_corpus"]


def commands() -> dict[str, click.Command]:
    found = {name: group.get_command(click.Context(group), name) for name in COMMANDS}
    return {name: command for name, command in found.items() if command is not None}


def subcommands() -> dict[str, click.Command]:
    """The commands of the commands that are groups, as they are called."""
    found = {name: command for name, command in commands().items() if isinstance(command, click.Group)}
    return {f"{name} {inner}": one for name, group in found.items() for inner, one in group.commands.items()}


def on_terminal(
    *arguments: str | Path, columns: int, env: dict[str, str] | None = None, cwd: Path | None = None
) -> tuple[int, str]:
    """Exit code and output of `cte` in a pseudo terminal of that width."""
    here, there = pty.openpty()
    termios.tcsetwinsize(there, (50, columns))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    process = subprocess.Popen(
        [*CTE, *map(str, arguments)],
        stdin=there, stdout=there, stderr=there, env=environment | {"TERM": "xterm"} | (env or {}), cwd=cwd,
    )  # fmt: skip
    os.close(there)
    read = b""
    while True:
        try:
            part = os.read(here, 65536)
        except OSError:  # how Linux ends a terminal whose other side is closed
            part = b""
        if not part:
            break
        read += part
    os.close(here)
    return process.wait(timeout=60), read.decode().replace("\r\n", "\n")


def test_help_lists_the_commands_and_imports_none() -> None:
    script = (
        "import sys, runpy\n"
        "sys.argv = ['cte', '--help']\n"
        "try:\n    runpy.run_module('cte_corpus', run_name='__main__')\n"
        "except SystemExit as end:\n    assert not end.code\n"
        "print('loaded:', *sorted(n for n in sys.modules if n.startswith('cte_corpus.')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    text, _, loaded = done.stdout.rpartition("loaded: ")
    for name, summary in COMMANDS.items():
        assert f"\n  {name:<{max(map(len, COMMANDS)) + 2}}{summary}\n" in text
    assert loaded.split() == ["cte_corpus.cli", "cte_corpus.cli.ending", "cte_corpus.cli.old", "cte_corpus.errors"]


def test_help_has_a_table_for_each_kind_of_user(cte: Cte) -> None:
    text = cte("--help").stdout
    tables = re.findall(r"^(For \w+):\n((?:  \w+ .+\n)+)", text, re.M)
    assert [(title, [line.split()[0] for line in rows.splitlines()]) for title, rows in tables] == [
        (
            "For readers",
            [
                "show",
                "find",
                "list",
                "stats",
                "sql",
                "plot",
                "site",
                "export",
                "cite",
                "status",
                "attach",
                "drift",
                "ground",
                "score",
                "verify",
            ],
        ),
        (
            "For coders",
            [
                "init",
                "new",
                "anchor",
                "propose",
                "draft",
                "import",
                "review",
                "entity",
                "correct",
                "check",
                "merge",
                "cache",
                "rule",
                "fmt",
                "agreement",
                "diff",
            ],
        ),
        ("For maintainers", ["schema", "build", "release", "push"]),
    ]


def test_every_command_is_there_with_the_help_of_the_list() -> None:
    assert {name: command.get_short_help_str(200) for name, command in commands().items()} == COMMANDS


@pytest.mark.parametrize("name", [*COMMANDS, *subcommands()])
def test_every_command_has_examples_and_help_for_every_option(name: str) -> None:
    done = CliRunner().invoke(group, [*name.split(), "-h"])
    assert done.exit_code == 0, done.output
    told = done.output.partition("  Examples:\n")[2].partition("\n\n")[0]
    examples = [line.strip() for line in told.replace("\\\n", "").splitlines()]
    assert len(examples) >= 3
    assert all(re.match(f"cte {name}( |$)", line) for line in examples)
    for parameter in (commands() | subcommands())[name].params:
        assert not isinstance(parameter, click.Option) or parameter.help


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_required_and_not_given_is_named(name: str) -> None:
    """An empty command line is an error of its user, and never of the command."""
    required = [parameter for parameter in commands()[name].params if parameter.required]
    if required:
        done = CliRunner().invoke(group, [name, *("x" for one in required if isinstance(one, click.Argument))][:1])
        assert done.exit_code == 2
        assert "issing" in done.output


@pytest.mark.parametrize("name", ["", *COMMANDS, *subcommands()])
def test_help_fits_into_a_terminal_of_100_columns(name: str) -> None:
    output = CliRunner().invoke(group, [*name.split(), "--help"], terminal_width=100).output
    assert max(map(len, output.splitlines())) <= 100


@pytest.mark.parametrize(("typed", "meant"), [("chekc", "check"), ("stat", "stats"), ("schemas", "schema")])
def test_a_wrong_command_names_the_nearest(cte: Cte, typed: str, meant: str) -> None:
    done = cte(typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: no command '{typed}'\n  help: did you mean `{meant}`? try `cte --help`\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["chekc"],
        ["--verson"],
        ["show"],
        ["show", "org:gray-lantern"],
        ["show", "x", "y", "z"],
        ["check", "nosuch"],
        ["check", "--selct", "CTE1"],
        ["check", "--select"],
        ["check", "--fix=yes"],
        ["cite", "-o", "apa"],
        ["attach"],
        ["stats", ".", "--corpus", "."],
        ["release", "one"],
        ["new", "a.txt"],
    ],
    ids=" ".join,
)
def test_errors_of_the_parser_and_of_the_package_look_alike(cte: Cte, arguments: list[str]) -> None:
    done = cte(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"error: [^A-Z\n][^\n]*[^.\n]\n  help: [^\n]+[^.\n]\n", done.stderr)


def test_without_a_command_the_help_is_shown(cte: Cte) -> None:
    done = cte()
    assert done.returncode == 2
    assert (done.stdout, done.stderr) == ("", cte("--help").stdout)
    assert cte("nothing-like-it").stderr == "error: no command 'nothing-like-it'\n  help: try `cte --help`\n"


def test_the_version_is_that_of_the_package(cte: Cte) -> None:
    from importlib.metadata import version

    assert cte("--version").stdout == f"cte-corpus {version('cte-corpus')}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(cte: Cte, shell: str) -> None:
    done = cte(env={"_CTE_COMPLETE": f"{shell}_source"})
    assert done.returncode == 0
    assert f"_CTE_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cte sche", "plain,schema"),
        ("cte rule CTE00", "plain,CTE005"),
        ("cte rule cte00", "plain,CTE005"),
        ("cte rule invalid-j", "plain,invalid-json"),
        ("cte check --select CTE101,CTE00", "plain,CTE101,CTE005"),
        ("cte check -o sar", "plain,sarif"),
    ],
)
def test_bash_completes(cte: Cte, words: str, expected: str) -> None:
    assert expected in cte(env={"_CTE_COMPLETE": "bash_complete", "COMP_LINE": words}).stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "replies"),
    [
        ("cte show org:grey-l", ["grey-lantern"]),  # bash completes what follows the colon
        ("cte show harbour-t", ["harbour-talks"]),
        ("cte show harbour-talks:e0", ["e01", "e02", "e03"]),
        ("cte list events --entity org:grey-l", ["grey-lantern"]),
        ("cte list events --document harb", ["harbour-talks"]),
        ("cte cite harbour-talks:e01 org:grey-l", ["grey-lantern"]),
        ("cte show nothing-like-it", []),
    ],
)
def test_bash_completes_ids_with_their_colons(cte: Cte, line: str, replies: list[str]) -> None:
    words = re.sub(":", "\n:\n", line.replace(" ", "\n")).split("\n")  # as bash cuts them
    given = " ".join(shlex.quote(word) for word in words)
    script = f"""{cte(env={"_CTE_COMPLETE": "bash_source"}).stdout}
        COMP_LINE={shlex.quote(line)}; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=({given}); COMP_CWORD={len(words) - 1}
        _cte_completion cte; printf '%s\\n' "${{COMPREPLY[@]}}" """
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    found = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=Path(__file__).parents[1] / "corpora/tidewater", env=os.environ | {"PATH": path},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert [reply for reply in found.stdout.splitlines() if reply][: len(replies) or None] == replies


def test_zsh_and_fish_complete_with_what_a_rule_checks(cte: Cte) -> None:
    zsh = cte(env={"_CTE_COMPLETE": "zsh_complete", "COMP_WORDS": "cte rule CTE005", "COMP_CWORD": "2"})
    assert zsh.stdout.splitlines()[:2] == ["plain", "CTE005"]
    assert "JSON" in zsh.stdout
    fish = cte(env={"_CTE_COMPLETE": "fish_complete", "COMP_WORDS": "cte rule", "COMP_CWORD": "CTE005"})
    assert fish.stdout.replace("\n", "\t").split("\t")[0] == "plain,CTE005"


def test_a_closed_pipe_ends_quietly() -> None:
    process = subprocess.Popen([*CTE, "rule", "-o", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait(timeout=60) == 1


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONIOENCODING": "", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=["C", "ascii"],
)
def test_ascii_is_taken_for_a_wrong_setting(cte: Cte, tidewater: Path, env: dict[str, str]) -> None:
    done = cte("show", "gpe:port-sable", "--corpus", tidewater, env=env)
    assert done.returncode == 0
    assert "بورت سابل" in done.stdout
    assert cte("show", "gpe:مرفأ", "--corpus", tidewater, env=env).returncode == 2


def test_output_that_cannot_hold_arabic_escapes_it(cte: Cte, tidewater: Path) -> None:
    done = cte("show", "gpe:port-sable", "--corpus", tidewater, env={"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0
    assert "\\u0628\\u0648\\u0631\\u062a" in done.stdout


def test_a_path_that_is_no_utf8(tidewater: Path) -> None:
    done = subprocess.run([*CTE, "check", b"caf\xe9"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: no corpus at caf\\udce9\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
@pytest.mark.parametrize("arguments", [["fmt"], ["stats"], ["show", "x"]], ids=lambda a: a[0])
def test_what_may_not_be_read_is_named(cte: Cte, corpus: Path, arguments: list[str]) -> None:
    (corpus / EVENTS).chmod(0)
    done = cte(*arguments, "--corpus", "corpus", cwd=corpus.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: corpus/{EVENTS}: Permission denied\n"


def test_a_folder_in_the_place_of_a_file_is_named(cte: Cte, corpus: Path) -> None:
    (corpus / EVENTS).unlink()
    (corpus / EVENTS).mkdir()
    done = cte("stats", "corpus", cwd=corpus.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: corpus/{EVENTS} cannot be read: expected a file, got a folder\n  help: ")


def test_a_report_on_a_terminal_is_full_and_in_color(broken: Path) -> None:
    code, output = on_terminal("check", broken, columns=80)
    assert code == 1
    assert "\x1b[31merror CTE201\x1b[0m" in output
    assert "^" in output
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        code, plain = on_terminal("check", broken, columns=80, env=env)
        assert code == 1
        assert "\x1b" not in plain
        assert "error CTE201 unknown-entity" in plain


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize(
    "arguments",
    [
        ["rule"],
        ["rule", "CTE005"],
        ["stats"],
        ["show", "harbour-talks:e06"],
        ["show", "org:grey-lantern"],
        ["sql"],
        ["sql", "from clusters"],
        ["sql", "from contested"],
        ["sql", "from events"],
    ],
    ids=lambda a: a[-1],
)
def test_what_is_printed_fits_into_a_terminal(tidewater: Path, arguments: list[str], columns: int) -> None:
    from cte_corpus.text.terminal import FSI, PDI, width

    reads = arguments[0] in ("stats", "show") or (len(arguments) > 1 and arguments[0] == "sql")
    code, output = on_terminal(*arguments, *(["--corpus", str(tidewater)] if reads else []), columns=columns)
    assert code == 0
    lines = output.splitlines()
    assert max(map(width, lines)) <= columns
    assert all(line.count(FSI) == line.count(PDI) for line in lines)
    assert set(re.findall(r"\x1b\[?[0-9]*.?", output)) <= {f"\x1b[{code}m" for code in (0, 1, 2, 31, 33, 36)}

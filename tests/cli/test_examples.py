"""What the help of a command gives as an example runs as it stands, where it needs nothing but the bundled corpus."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cte_corpus.cli import COMMANDS
from cte_corpus.cli import cte as group

from ..conftest import ROOT

ALONE = ("show", "find", "list", "stats", "sql", "cite", "status", "rule", "cache")
"""Commands whose examples name nothing that a reader has to have first."""

OWN = re.compile(r"copies/|references\.bib|>|\$\(|&&|--clear|--files| \.(?: |$)")
"""What examples of these name all the same: a reader's own files, or what a shell does."""


def examples(name: str) -> list[str]:
    """The examples in the help of a command, without what is said of them."""
    text = CliRunner().invoke(group, [name, "--help"], terminal_width=120).output.partition("Examples:")[2]
    return [re.split(r"\s{2,}", line.strip())[0] for line in text.splitlines() if line.strip()]


RUN = [
    pytest.param(one, marks=pytest.mark.long if name == "sql" else (), id=one)  # a database for each takes a second
    for name in ALONE
    for one in examples(name)
    if not OWN.search(one)
]


@pytest.mark.parametrize("example", RUN)
def test_an_example_runs_as_it_stands(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(example)
    done = CliRunner().invoke(group, arguments)
    assert program == "cte"
    assert done.exit_code in (0, 1), done.output
    assert done.exit_code == 0 or isinstance(done.exception, SystemExit)
    assert done.stdout.strip()


def test_examples_name_documents_that_are_there() -> None:
    there = {path.name for path in (ROOT / "data" / "documents").iterdir()}
    named = [
        one for name in COMMANDS for line in examples(name) for one in re.findall(r"data/documents/([\w-]+)", line)
    ]
    assert len(RUN) > 20
    assert named
    assert set(named) <= there

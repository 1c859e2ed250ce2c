"""Old spellings: each says what the new one says, until the release in which they go."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from cte_corpus.cli import cte as group
from cte_corpus.cli import old
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.store.version import numbers

BUNDLED = Corpus().version
EVENT = "harbour-talks:e06"
QUERY = "select count(*) from events"
NEW = ["new", "{text}", "--lang", "en", "--publisher", "org:tidewater-post", "--corpus", "{copy}"]

PAIRS = [
    (["cite", "--format", "ris"], ["cite", "-o", "ris"]),
    (["cite", "--version", BUNDLED], ["cite", "--corpus-version", BUNDLED]),
    (["check", "{corpus}", "--output-file=old-one"], ["check", "{corpus}", "--out=new-one"]),
    ([*NEW, "--id", "old-one", "--draft", "old-one.yaml"], [*NEW, "--document", "new-one", "--out", "new-one.yaml"]),
    (["show", EVENT, "{corpus}"], ["show", EVENT, "--corpus", "{corpus}"]),
    (["sql", QUERY, "{corpus}"], ["sql", QUERY, "--corpus", "{corpus}"]),
    (["--corpus-version", BUNDLED, "stats"], ["stats", "--corpus-version", BUNDLED]),
]


@pytest.mark.usefixtures("no_releases")
@pytest.mark.parametrize(("before", "now"), PAIRS, ids=[" ".join(before) for before, _ in PAIRS])
def test_it_says_what_the_new_one_says(
    before: list[str],
    now: list[str],
    corpus: Path,
    tidewater: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = tidewater.parent / "tidewater-texts" / "harbour-talks.txt"

    def run(arguments: list[str]) -> str:
        given = [word.format(corpus=tidewater, copy=corpus, text=texts) for word in arguments]
        done = CliRunner().invoke(group, given)
        assert done.exit_code == 0, done.output
        return done.output

    assert run(before).replace("old-one", "new-one") == run(now)
    for path in tmp_path.glob("old-one*"):
        now_there = path.with_name(path.name.replace("old", "new"))
        assert path.read_bytes().replace(b"old-one", b"new-one") == now_there.read_bytes()


def test_every_old_spelling_is_tried() -> None:
    tried = {(before[0], word.partition("=")[0]) for before, _ in PAIRS for word in before}
    assert {(name, spelling) for name, spellings in old.OPTIONS.items() for spelling in spellings} <= tried
    assert {(name, "{corpus}") for name in old.ARGUMENTS} <= tried


def test_a_command_that_writes_takes_no_release_before_it_either() -> None:
    done = CliRunner().invoke(group, ["--corpus-version", BUNDLED, "fmt"])
    assert done.exit_code == 2
    assert "`cte fmt` reads no release; leave --corpus-version out." in done.stderr


@pytest.mark.parametrize("module", ["cte_corpus", "cte_corpus.cli"])
def test_the_package_and_its_room_of_commands_can_be_run(module: str) -> None:
    done = subprocess.run([sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"cte-corpus {version('cte-corpus')}\n"


def test_they_go_in_the_release_that_is_named() -> None:
    """Fails in that release: delete cli/old.py, this file, cli/__main__.py and what names them."""
    assert numbers(version("cte-corpus")) < numbers(old.GOES)

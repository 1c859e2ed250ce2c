"""`cte cite` from end to end."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from cte_corpus.cli import cte as group
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.terminal import FSI, PDI
from tests.cli.conftest import Cte, cte
from tests.packs import CITED as DAY

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["cte"]

EVENT = "alamsar-2022-marrakesh:e31"
TITLE = "بمشاركة 80 دولة.. التحالف الدولي ضد “داعش” يجتمع بمراكش لأول مرة بإفريقيا"


@pytest.mark.parametrize("form", ["text", "bibtex", "ris", "csl-json", "cff", "datacite"])
def test_the_title_comes_out_whole_and_unchanged_in_every_format(cte: Cte, form: str) -> None:
    done = cte("cite", EVENT, "-o", form)
    assert done.returncode == 0, done.stderr
    assert TITLE in done.stdout
    assert not set(done.stdout) & {FSI, PDI}
    assert done.stdout.endswith("\n")
    assert not done.stdout.endswith("\n\n")


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal")
def test_arabic_is_isolated_on_a_terminal_in_text_alone() -> None:
    text, bibtex = on_terminal("cite", EVENT), on_terminal("cite", EVENT, "-o", "bibtex")
    assert text.startswith(f"Al-Amsar (between 2022-05-09 and 2022-05-11): {FSI}{TITLE}{PDI}.")
    assert TITLE in bibtex
    assert FSI not in bibtex


def on_terminal(*arguments: str) -> str:
    """What the command prints on a terminal."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "cte_corpus", *arguments]
    with subprocess.Popen(command, stdout=follower, env=os.environ | {"PYTHONIOENCODING": "utf-8"}) as process:
        os.close(follower)
        found = b""
        try:
            while part := os.read(leader, 4096):
                found += part
        except OSError:  # Linux says so that nobody writes any more
            pass
    os.close(leader)
    assert process.returncode == 0
    return found.decode().replace("\r\n", "\n")


def test_the_corpus_at_its_version(cte: Cte, pack: Path) -> None:
    done = cte("cite", "--corpus", pack)
    digest = json.loads((pack / "manifest.json").read_text())["root_digest"]
    assert done.stdout == (
        f"the cte-corpus contributors ({DAY[:4]}): Tidewater: an invented corpus for tests. tidewater, version 0.2.0. "
        f"Data set. urn:tidewater:0.2.0. SHA-256 {digest}.\n"
    )


@pytest.mark.usefixtures("no_releases")
def test_a_version_is_the_bundled_one_where_it_is() -> None:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(group, arguments)

    version = Corpus().version
    bundled = run("cite", "org:daesh").stdout
    assert f"version {version}." in bundled
    assert run("cite", "--corpus-version", version, "org:daesh").stdout == bundled


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["org:deash"], "error: no record 'org:deash'\n  help: did you mean `org:daesh`?\n"),
        (["--corpus-version", "9.9.9"], "error: no release 9.9.9 in the ledger of this package\n"),
        (["--corpus-version", "0.1.0", "--corpus", "x"], "error: the corpus is named twice; name it once\n"),
        (["--corpus", "nosuch"], "error: no corpus at nosuch\n"),
        (["-o", "apa"], "'apa' is not one of"),
    ],
)
def test_what_cannot_be_cited(cte: Cte, arguments: list[str], message: str) -> None:
    done = cte("cite", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr

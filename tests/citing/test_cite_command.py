"""`cte cite` from end to end."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from cte_corpus.cli import cte as group
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.text.terminal import FSI, PDI
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


# Several records, and bibliographies


def test_each_document_stands_once_however_many_records_are_cited(cte: Cte) -> None:
    keys = [EVENT, "org:daesh", "alamsar-2022-marrakesh:e39", "treasury-jy0772:e03", EVENT]
    for form, mark in {
        "text": TITLE,
        "bibtex": "@article{",
        "ris": "TY  - NEWS",
        "csl-json": TITLE,
        "cff": TITLE,
    }.items():
        done = cte("cite", *keys, "-o", form)
        assert done.returncode == 0, done.stderr
        assert done.stdout.count(mark) == 1
        for key in keys:
            assert f"urn:cte-corpus:{Corpus().version}:{key}" in done.stdout
    resources = json.loads(cte("cite", *keys, "-o", "datacite").stdout)
    assert len(resources) == 3
    assert len([one for one in resources[-1]["relatedIdentifiers"] if one["relationType"] == "HasPart"]) == 4


def test_a_bibliography_gets_what_it_lacks(cte: Cte, tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_text("@book{other,\n  title = {Another},\n}\n", encoding="utf-8")
    done = cte("cite", EVENT, "org:daesh", "--out", path)
    assert done.stdout == f"written: {path} (3 new entries)\n"
    assert cte("cite", "alamsar-2022-marrakesh:e39", "--out", path).stdout == f"written: {path} (1 new entry)\n"
    before = path.read_bytes()
    assert cte("cite", "org:daesh", EVENT, "--out", path).stdout == f"unchanged: {path} has all of them\n"
    assert path.read_bytes() == before
    keys = re.findall(r"^@\w+\{(.+),$", path.read_text(encoding="utf-8"), re.M)
    assert len(keys) == len(set(keys)) == 5
    assert keys[0] == "other"


def test_a_key_with_another_digest_is_refused(cte: Cte, tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    assert cte("cite", "org:daesh", "--out", path).returncode == 0
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("SHA-256 [0-9a-f]{64}", f"SHA-256 {'0' * 64}", text), encoding="utf-8")
    done = cte("cite", "org:daesh", "--out", path)
    assert done.returncode == 2
    assert "is in the bibliography with another digest" in done.stderr


def test_a_file_of_another_format_is_written_whole(cte: Cte, tmp_path: Path) -> None:
    path = tmp_path / "cited.json"
    assert cte("cite", "org:daesh", "-o", "csl-json", "--out", path).stdout == f"written: {path}\n"
    assert json.loads(path.read_text(encoding="utf-8"))[0]["type"] == "dataset"
    done = cte("cite", "-o", "ris", "--out", tmp_path / "a.bib")
    assert (done.returncode, "is for BibTeX, not for ris" in done.stderr) == (2, True)


def test_an_old_style_finds_what_to_print_for_a_data_set() -> None:
    """Classic BibTeX takes an unknown type for `@misc`, which has no version and no publisher."""
    found = CliRunner().invoke(group, ["cite", "-o", "bibtex"]).stdout
    assert found.startswith("@dataset{")
    assert f"  howpublished = {{Data set, version {Corpus().version}}},\n" in found
    assert "  note = {urn:cte-corpus:" in found

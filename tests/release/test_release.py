"""`cte release` as a person runs it: what it says and writes, what remains, and that doing it twice is harmless."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from cte_corpus.errors import CteError
from cte_corpus.published import git, ledger
from cte_corpus.published.pack import Manifest, sha256_of
from cte_corpus.release import cut
from cte_corpus.release.judge import LEDGER, Source
from cte_corpus.store import layout
from tests.release import checkouts
from tests.release.checkouts import ROOT, commit, name_version

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = str(ROOT / "tests" / "corpora" / "tidewater-texts")
NEXT, DAY = "1.0.1", "2026-02-28"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the package itself in it, and a version that may be released."""
    repo = checkouts.checkout(tmp_path_factory.mktemp("home") / "repo")
    hidden = shutil.ignore_patterns("__pycache__", ledger.NAME)
    shutil.copytree(ROOT / "src" / "cte_corpus", repo / "src" / "cte_corpus", dirs_exist_ok=True, ignore=hidden)
    shutil.copyfile(ROOT / "LICENSE-DATA", repo / "LICENSE-DATA")
    (repo / ".gitignore").write_text("dist/\n.*.tmp\n__pycache__/\n")
    name_version(repo, NEXT, DAY)
    commit(repo, f"Version {NEXT}")
    return repo


@pytest.fixture
def repo(home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(home, tmp_path / "repo")


@pytest.fixture
def run(repo: Path) -> Run:
    """The command of the package in the checkout."""

    def run(*arguments: str, source: Path = repo / "src") -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"PYTHONPATH": str(source), "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-m", "cte_corpus", "release", *arguments]
        done = subprocess.run(
            command, cwd=repo, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
        )
        assert "Traceback" not in done.stderr
        return done

    return run


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths if ".git" not in path.parts}


def test_a_release_is_prepared_and_what_remains_is_said(repo: Path, run: Run) -> None:
    before = files(repo)
    done = run(NEXT, "--text", TEXTS)
    assert done.returncode == 0, done.stderr + done.stdout
    archive = repo / "dist" / f"tidewater-{NEXT}.tar"
    entry = ledger.entry(NEXT, repo / LEDGER)
    manifest = Manifest.read(archive.with_suffix(""))
    assert (entry.date, entry.records, entry.schema_version) == (DAY, manifest.records, layout.SCHEMA_VERSION)
    assert (entry.archive, entry.archive_size) == (archive.name, archive.stat().st_size)
    assert entry.archive_sha256 == sha256_of(archive)
    assert entry.root_digest == manifest.root_digest
    name = layout.schema_dir().name
    assert entry.schemas == {f"{name}/{path.name}": sha256_of(path) for path in (repo / "schemas" / name).iterdir()}
    assert entry.urls == ()
    assert {path for path, data in files(repo).items() if before.get(path) != data and path[:4] != "dist"} == {LEDGER}
    assert done.stdout == (
        "No findings in 2 documents and 70 records with their texts; what changed since 1.0.0 asks for 1.0.1.\n"
        "1.0.1 of 2026-02-28 may be released.\n"
        "  pack         dist/tidewater-1.0.1/\n"
        "  archive      dist/tidewater-1.0.1.tar\n"
        f"  sha256       {entry.archive_sha256}\n"
        f"  root digest  {entry.root_digest}\n"
        "  ledger       src/cte_corpus/releases.json\n"
        "\n"
        "What remains:\n"
        '  git commit -m "Release 1.0.1" -- src/cte_corpus/releases.json\n'
        '  git tag -a v1.0.1 -m "Release 1.0.1"\n'
        "  git push origin HEAD v1.0.1\n"
        "  publish dist/tidewater-1.0.1.tar\n"
        "  once it has an address, write it under `urls` of the entry, and commit the ledger\n"
    )

    # Again on the same state: nothing changes, and it says so.
    was = files(repo)
    again = run(NEXT, "--text", TEXTS)
    assert again.returncode == 0
    assert files(repo) == was
    assert "dist/tidewater-1.0.1/  (was there, the same to the byte)\n" in again.stdout
    assert "src/cte_corpus/releases.json  (has this entry already)\n" in again.stdout

    # Built again anywhere, whatever the day, the ledger says of which day it is.
    shutil.rmtree(repo / "dist")
    built = subprocess.run(
        [sys.executable, "-m", "cte_corpus", "build", "--out", "dist"],
        cwd=repo,
        env=os.environ | {"PYTHONPATH": str(repo / "src")},
        check=False,
    )
    assert built.returncode == 0
    assert sha256_of(archive) == entry.archive_sha256

    # What remains, done as it says; then the address, which changes nothing else.
    commands = re.findall(r"^  (git (?:commit|tag) .*)$", done.stdout, re.MULTILINE)
    identity = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"]
    for command in commands:
        subprocess.run(["bash", "-c", command.replace("git", f"git {' '.join(identity)}", 1)], cwd=repo, check=True)
    assert git.altered(repo) == []
    url = "https://releases.example/tidewater-1.0.1.tar"
    last = run(NEXT, "--text", TEXTS, "--url", url)
    assert f"  address      {url}\n" in last.stdout
    assert last.stdout.endswith(
        "What remains:\n"
        '  git commit -m "Release 1.0.1" -- src/cte_corpus/releases.json\n'
        f"  publish dist/tidewater-1.0.1.tar at {url}\n"
    )
    changed = ledger.entry(NEXT, repo / LEDGER)
    assert asdict(changed) | {"urls": ()} == asdict(entry)
    assert changed.urls == (url,)


def test_a_dry_run_writes_nothing(repo: Path, run: Run) -> None:
    before = files(repo)
    done = run(NEXT, "--text", TEXTS, "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("1.0.1 of 2026-02-28 may be released.\n")
    assert files(repo) == before


def test_findings_are_those_of_a_check_and_nothing_is_written(repo: Path, run: Run) -> None:
    (repo / "CITATION.cff").write_text('version: 1.0.0\ndate-released: "2026-02-28"\n')
    before = files(repo)
    done = run(NEXT, "--text", TEXTS)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "CITATION.cff:1:10: CTE603 error expected version 1.0.1, got 1.0.0",
        "CITATION.cff: CTE607 error it is not as in the last commit",
        "Found 2 errors in 2 documents, 16 entities, 70 records, 28 files.",
    ]
    assert files(repo) == before
    full = run(NEXT, "--text", TEXTS, "-o", "full").stdout
    assert "--> CITATION.cff:1:10\n   |\n 1 | version: 1.0.0\n   |          ^\n  help: write 1.0.1\n" in full


def test_without_a_text_there_is_a_finding(run: Run, tmp_path: Path) -> None:
    done = run(NEXT, "--text", str(tmp_path))
    assert done.returncode == 1
    assert "CTE317" in done.stdout


def test_what_must_hold_of_every_commit_needs_no_version_and_no_text(repo: Path, run: Run) -> None:
    done = run("--check")
    assert (done.returncode, done.stdout[:14]) == (0, "No findings in")
    (repo / "CITATION.cff").unlink()
    done = run("--check")
    assert (done.returncode, done.stdout[:19]) == (1, "CITATION.cff: CTE60")


def test_what_a_commit_holds_is_released_and_tagged_there(repo: Path, run: Run) -> None:
    (repo / LEDGER).write_bytes(b'{"releases": []}')
    commit(repo, "Forget the releases")
    expected = git.commit(repo, "HEAD~3")
    done = run("1.0.0", "--text", TEXTS, "--rev", "HEAD~3")
    assert done.returncode == 0, done.stderr + done.stdout
    assert f'\n  git tag -a v1.0.0 -m "Release 1.0.0" {expected}\n' in done.stdout
    entry = ledger.entry("1.0.0", repo / LEDGER)
    assert entry.date == "2026-01-31"
    assert Manifest.read(repo / "dist" / "tidewater-1.0.0").root_digest == entry.root_digest


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give a version, or --check"),
        (["--check", NEXT], "give a version, or --check"),
        ([NEXT], "give their folder with --text"),
        (["1.0", "--text", TEXTS], "'1.0' is no version of a release"),
        (["v1.0.1", "--text", TEXTS], "'v1.0.1' is no version of a release"),
        ([NEXT, "--text", TEXTS, "--url", "dist/x.tar"], "'dist/x.tar' is no whole address"),
        ([NEXT, "--text", "nowhere"], "no folder with texts at nowhere"),
        ([NEXT, "--text", TEXTS, "--rev", "nowhere"], "no revision 'nowhere'"),
    ],
)
def test_a_wrong_call_is_said(run: Run, arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_an_installed_package_releases_nothing(run: Run, tmp_path: Path) -> None:
    hidden = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / "cte_corpus", tmp_path / "site" / "cte_corpus", ignore=hidden)
    done = run(NEXT, "--text", TEXTS, source=tmp_path / "site")
    assert done.returncode == 2
    assert done.stderr == (
        "error: a release is made in a checkout, and this package is installed\n  help: pip install --editable .\n"
    )


def test_other_bytes_under_the_same_version_are_refused(repo: Path) -> None:
    found = Source(repo, repo)
    cut.prepare(found, DAY, repo / "dist")
    written = (repo / LEDGER).read_bytes()
    with pytest.raises(CteError, match=r"tidewater-1\.0\.1 is there already, with other bytes"):
        cut.prepare(found, "2026-03-01", repo / "dist")
    with pytest.raises(CteError, match=r"1\.0\.1 is in the ledger with other facts: date, archive_sha256"):
        cut.prepare(found, "2026-03-01", repo / "elsewhere")
    assert (repo / LEDGER).read_bytes() == written

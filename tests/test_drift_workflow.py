"""The weekly look at the pages: its steps, run here against a repository on this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.test_publishing_workflows import perform, step
from tests.test_workflows import GITHUB, load, run

if TYPE_CHECKING:
    from pathlib import Path

DRIFT = GITHUB / "workflows" / "drift.yml"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a runner's shell")


def git(folder: Path, *arguments: str) -> str:
    """What a command of git prints."""
    settings = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main")
    done = run(["git", *settings, *arguments], cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def checkout(tidewater: Path, tmp_path: Path) -> Path:
    """A clone of a repository with the invented corpus; the page of its one address is on this machine."""
    folder = tmp_path / "checkout"
    shutil.copytree(tidewater, folder / "data")
    path = folder / "data" / "documents" / "harbour-talks" / "document.json"
    text = path.read_text("utf-8")
    assert "https://tidewater-post.example/harbour-talks" in text
    path.write_text(text.replace("https://tidewater-post.example", "http://127.0.0.1"), "utf-8")
    git(tmp_path, "init", "--quiet", "--bare", "origin")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "First")
    git(folder, "remote", "add", "origin", str(tmp_path / "origin"))
    return folder


def act(checkout: Path, job: str, name: str) -> tuple[int, str]:
    found = step(DRIFT, job, name)
    summary = str(checkout / "summary.md")
    done = perform(checkout, found["run"], **found.get("env", {}), GITHUB_STEP_SUMMARY=summary)
    return done.returncode, done.stdout + done.stderr


def test_figures_are_kept_and_are_there_the_next_time(checkout: Path, tidewater: Path) -> None:
    day = checkout / "copies" / "2024-05-01"
    shutil.copytree(tidewater.parent / "tidewater-texts", day)
    figures = checkout / "drift.json"
    assert act(checkout, "keep", "Keep") == (0, "There are no figures.\n")
    assert act(checkout, "look", "Take the figures of the last time") == (0, "There is no last time.\n")
    assert not figures.exists()
    look: list[str | Path] = ["cte", "drift", "copies", "--corpus", "data", "--out", "drift.json"]
    assert run(look, cwd=checkout).returncode == 0
    first = figures.read_bytes()
    assert act(checkout, "keep", "Keep") == (0, "")
    assert act(checkout, "keep", "Keep") == (0, "Nothing new is known.\n")
    figures.unlink()
    assert act(checkout, "look", "Take the figures of the last time")[0] == 0
    assert figures.read_bytes() == first
    day.rename(day.with_name("2024-05-08"))
    path = day.with_name("2024-05-08") / "harbour-talks.txt"
    path.write_text(path.read_text("utf-8").replace("Ina Torvald", "Ino Torvald"), "utf-8")
    assert run(look, cwd=checkout).returncode == 1
    assert act(checkout, "keep", "Keep") == (0, "")
    log = git(checkout.parent / "origin", "log", "--format=%s", "drift", "--", "drift.json")
    assert [bool(re.fullmatch(r"Figures of \d{4}-\d\d-\d\d", line)) for line in log.splitlines()] == [True, True]
    shown = git(checkout.parent / "origin", "show", "drift:drift.json")
    assert [record["day"] for record in json.loads(shown)["records"]] == ["2024-05-08", "2024-05-08"]


def test_a_repository_that_does_not_answer_is_no_first_time(checkout: Path) -> None:
    (checkout.parent / "origin").rename(checkout.parent / "elsewhere")
    code, said = act(checkout, "look", "Take the figures of the last time")
    assert code not in (0, 2)
    assert "first" not in said


def test_the_look_tells_its_rows_and_fails_where_nothing_could_be_read(checkout: Path) -> None:
    code, said = act(checkout, "look", "Look")
    assert code == 2
    summary = (checkout / "summary.md").read_text("utf-8")
    for text in (said, summary):
        assert "127.0.0.1 is 127.0.0.1, which is not a public address" in text
        assert "error: no page could be read" in text
    assert not (checkout / "drift.json").exists()


def test_what_reads_pages_may_write_nothing() -> None:
    workflow = load(DRIFT)
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["look"]
    keep = workflow["jobs"]["keep"]
    assert keep["permissions"] == {"contents": "write"}
    assert not any("cte" in one.get("run", "") or "pip" in one.get("run", "") for one in keep["steps"])


def test_every_action_is_named_by_its_commit_as_in_the_release() -> None:
    pattern = r"uses: (\S+@[0-9a-f]{40}) # (v\d+\.\d+\.\d+)$"
    text = DRIFT.read_text("utf-8")
    found = set(re.findall(pattern, text, re.MULTILINE))
    assert text.count("uses: ") == len(re.findall(pattern, text, re.MULTILINE)) > 0
    assert found <= set(re.findall(pattern, (GITHUB / "workflows" / "release.yml").read_text("utf-8"), re.MULTILINE))

"""The site on GitHub Pages: what the workflow may do, and its build, run here."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.test_publishing_workflows import step
from tests.test_workflows import GITHUB, load, run

if TYPE_CHECKING:
    from pathlib import Path

PAGES = GITHUB / "workflows" / "pages.yml"


def test_every_action_is_named_by_its_commit() -> None:
    used = re.findall(r"uses: (\S+)(.*)", PAGES.read_text(encoding="utf-8"))
    assert len(used) == 4
    for action, comment in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action


def test_only_the_deployment_may_write_and_only_pages() -> None:
    workflow = load(PAGES)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}  # YAML 1.1: `on` is true
    build, deploy = workflow["jobs"]["build"], workflow["jobs"]["deploy"]
    assert "permissions" not in build
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert deploy["needs"] == "build"
    assert "secrets." not in PAGES.read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="a runner's shell")
def test_the_build_makes_what_is_uploaded(tmp_path: Path) -> None:
    """In a copy of what git holds, with the package of this environment."""
    pytest.importorskip("furo", reason='needs pip install "cte-corpus[docs]"')
    checkout = tmp_path / "checkout"
    done = run(["git", "clone", "--quiet", ROOT, checkout])
    assert done.returncode == 0, done.stderr
    done = run(["bash", "-e", "-c", step(PAGES, "build", "Build")["run"]], cwd=checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    [upload] = (found for found in load(PAGES)["jobs"]["build"]["steps"] if "upload" in found.get("uses", ""))
    web = checkout / upload["with"]["path"]
    assert {"index.html", "search.html", "static", "ar", "docs"} <= {path.name for path in web.iterdir()}
    assert (web / "docs" / "docs" / "api.html").is_file()

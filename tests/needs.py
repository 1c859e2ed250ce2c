"""What a test needs besides Python: without it the test is skipped, or fails where nothing may be skipped."""

import os
import shutil
from pathlib import Path

import pytest


def missing(why: str) -> None:
    """Skip the test, or fail it if CTE_REQUIRE_SHARED is 1."""
    if os.environ.get("CTE_REQUIRE_SHARED") == "1":
        pytest.fail(why)
    pytest.skip(why)


def node(folder: Path) -> str:
    """The path of Node.js, with the packages of a folder installed."""
    found = shutil.which("node")
    if found is None or not (folder / "node_modules").is_dir():
        missing(f"needs node and `npm ci --prefix tests/{folder.name}`")
    return str(found)

"""VS Code's JSON language service completes and explains the fields of a data file from the schema that it names."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cte_corpus import vocabulary

HERE = Path(__file__).parent


def test_json_language_service_completes_event_types() -> None:
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules").is_dir():
        why = "needs node and `npm ci --prefix tests/editor`"
        if os.environ.get("CTE_REQUIRE_SHARED") == "1":
            pytest.fail(why)
        pytest.skip(why)
    assert f"{len(vocabulary.event_types())} event types offered" in run([node, "editor.mjs"])


def run(command: list[str]) -> str:
    """Run a command beside this file; its output."""
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout

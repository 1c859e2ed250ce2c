"""VS Code's JSON language service completes and explains the fields of a data file from the schema that it names."""

import subprocess
from pathlib import Path

from cte_corpus import vocabulary
from tests.needs import node

HERE = Path(__file__).parent


def test_json_language_service_completes_event_types() -> None:
    assert f"{len(vocabulary.event_types())} event types offered" in run([node(HERE), "editor.mjs"])


def run(command: list[str]) -> str:
    """Run a command beside this file; its output."""
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout

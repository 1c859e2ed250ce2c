"""Asking the page's scripts in Node.js."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from cte_corpus.explorer import skeleton
from tests.needs import missing

HERE = Path(__file__).parent
STATIC = Path(skeleton.__file__).parent / "static"
CORE = [f"{name}.js" for name in (*skeleton.FOLDING, *skeleton.ATTACHING) if not name.startswith("copy")]
"""The scripts that need no page."""


def ask(*questions: dict[str, Any]) -> list[Any]:
    """The answers to questions as `answers.mjs` takes them."""
    node = shutil.which("node")
    if node is None:
        missing("needs node")
    command = [str(node), "answers.mjs", str(STATIC), "vendor/markdown-it.min.js", *CORE]
    done = subprocess.run(
        command, cwd=HERE, input=json.dumps(list(questions)), capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return list(json.loads(done.stdout))

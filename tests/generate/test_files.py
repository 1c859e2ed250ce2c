"""Generated files are the same every time, and a file that drifted is found, shown and mended."""

import os
import subprocess
import sys
from pathlib import Path

from cte_corpus import generate
from cte_corpus.generate.schemas import FOLDER

ROOT = Path(__file__).parents[2]
EVENTS = f"{FOLDER}/events.schema.json"


def test_committed_files_are_up_to_date() -> None:
    assert generate.check(ROOT) == [], generate.diff(ROOT)


def test_rendering_is_the_same_in_another_process() -> None:
    script = (
        "import hashlib; from cte_corpus import generate\n"
        "for path, data in generate.render().items(): print(path, hashlib.sha256(data).hexdigest())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_drift_is_found_shown_and_mended(tmp_path: Path) -> None:
    assert len(generate.write(tmp_path)) == len(generate.render())
    assert generate.check(tmp_path) == []
    assert generate.diff(tmp_path) == ""

    events = tmp_path / EVENTS
    events.write_text(events.read_text(encoding="utf-8").replace("The events of a document", "Happenings"), "utf-8")
    (tmp_path / "docs/codebook.md").unlink()
    assert generate.check(tmp_path) == [EVENTS, "docs/codebook.md"]
    diff = generate.diff(tmp_path)
    assert '-  "title": "Happenings",\n+  "title": "The events of a document",\n' in diff
    assert "+# Codebook\n" in diff

    assert generate.write(tmp_path) == [EVENTS, "docs/codebook.md"]
    assert generate.check(tmp_path) == []

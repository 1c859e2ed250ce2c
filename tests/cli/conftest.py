"""The command run for real, and corpora to run it on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

Cte = Callable[..., subprocess.CompletedProcess[str]]

EVENTS = Path("documents") / "harbour-talks" / "events.json"


@pytest.fixture
def cte() -> Cte:
    """Run `cte` in a process of its own; `cwd` and `env` (added to this one's) as keywords."""

    def run(
        *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cte_corpus", *map(str, arguments)]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})}
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", cwd=cwd, env=environment, timeout=120, check=False
        )
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def corpus(tidewater: Path, tmp_path: Path) -> Path:
    """A copy of the invented corpus, to break."""
    return shutil.copytree(tidewater, tmp_path / "corpus")


@pytest.fixture
def broken(corpus: Path) -> Path:
    """A corpus with one finding that is not fixable: an id that is spelled wrongly."""
    path = corpus / EVENTS
    good, bad = '"via": "org:harbour-news-agency"', '"via": "org:harbour-news-agent"'
    path.write_text(path.read_text(encoding="utf-8").replace(good, bad, 1), encoding="utf-8")
    return corpus


@pytest.fixture
def packed(tidewater: Path, tmp_path: Path) -> Path:
    """The invented corpus, packed."""
    from cte_corpus.corpus.corpus import Corpus

    source, target = Corpus(tidewater), tmp_path / "packed"
    target.mkdir()
    for name in ("corpus.json", "retired.json"):
        shutil.copy(tidewater / name, target)
    for name, records in (("documents", source.raw_documents), ("entities", source.raw_entities)):
        lines = [orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records]
        (target / f"{name}.jsonl").write_bytes(b"".join(lines))
    return target

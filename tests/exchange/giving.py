"""An export in this process: its files, and what it leaves out by kind."""

from __future__ import annotations

import json
import shutil
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cte_corpus.cli.export import FORMATS
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.exchange.job import Job
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"


def exported(name: str, corpus: Path | Corpus, text: Path | None = None, **options: Any) -> tuple[bytes, Job]:
    """A file in a format, and its job."""
    job = Job(Corpus.of(corpus), text, **options)
    data = import_module(f"cte_corpus.exchange.{FORMATS[name]}").export(job)
    assert isinstance(data, bytes)
    return data, job


def lost(job: Job) -> dict[str, list[str]]:
    """The ids of what is left out, by kind."""
    found: dict[str, list[str]] = {}
    for row in job.loss.rows():
        assert row["count"] == len(row["ids"]) > 0
        assert row["why"]
        found.setdefault(row["kind"], []).extend(row["ids"])
    return found


def renamed(corpus: Path, target: Path, name: str) -> Path:
    """A copy of a corpus in which everything has one name."""
    shutil.copytree(corpus, target)
    for path in (target / "entities").rglob("*.json"):
        entity = json.loads(path.read_bytes())
        entity["names"] = [{"text": name, "lang": "en", "script": "Latn", "use": "preferred"}]
        path.write_text(json.dumps(entity), encoding="utf-8")
    return target

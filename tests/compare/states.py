"""States of the invented corpus, to be compared."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

from cte_corpus.checking.rules.file import order
from cte_corpus.compare.diff import Diff, diff
from cte_corpus.compare.sides import of
from cte_corpus.generate.schemas import RECORDS
from cte_corpus.store import canonical, layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cte_corpus.compare.fields import Change

TALKS, BAYAN = "harbour-talks", "bayan-al-marfa"
ALONE = (
    "gpe:iceland",
    "group:foreign-fighters",
    "group:independent-experts",
    "loc:salt-islands",
    "org:league-of-harbours",
)
"""Entities of which BAYAN alone speaks."""


def edit(path: Path, change: Callable[[Any], object]) -> None:
    """Change a data file in place; it stays in canonical form."""
    value = json.loads(path.read_bytes())
    change(value)
    path.write_bytes(canonical.dumps(value, order(path.stem if path.stem in RECORDS else "entity")))


def put(**fields: Any) -> Callable[[Any], object]:
    """A change that gives fields of a record their values."""
    return lambda value: value.update(fields)


def record(value: Any, key: str) -> Any:
    """The record of an id in a file of records."""
    return next(found for found in value["records"] if found["id"] == key)


def events(corpus: Path, document: str = TALKS) -> Path:
    return corpus / "documents" / document / "events.json"


def entity(corpus: Path, key: str) -> Path:
    return corpus / layout.entity_path(key)


def without_bayan(corpus: Path) -> None:
    """Take BAYAN out, with its entities and all that points to it."""
    shutil.rmtree(corpus / "documents" / BAYAN)
    for key in ALONE:
        entity(corpus, key).unlink()

    def unrelate(value: Any) -> None:
        for event in value["records"]:
            kept = [item for item in event.get("relations", ()) if not item["event"].startswith(BAYAN)]
            event.pop("relations", None)
            if kept:
                event["relations"] = kept

    edit(events(corpus), unrelate)


def between(before: Path, after: Path) -> Diff:
    return diff(of("before", before), of("after", after))


def only_change(found: Diff) -> Change:
    """The one change of the one record that differs."""
    (record,) = found.changed
    (change,) = record.changes
    assert found == Diff((), (), found.changed, ())
    return change


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=nobody", "-c", "user.email=nobody@example.org", *arguments],
        cwd=folder, check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout.strip()


def commit(folder: Path, message: str) -> str:
    """Commit all that is in a checkout; its hash."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")

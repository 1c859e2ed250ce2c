"""For programs: one JSON object with every difference in full."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from cte_corpus.compare.diff import Diff
    from cte_corpus.compare.sides import Side


def render(before: Side, after: Side, diff: Diff, everything: bool) -> str:
    """`{from, to, step, counts, added, removed, changed, schema}`; nothing is ever cut."""
    report = {
        "from": _side(before),
        "to": _side(after),
        "step": str(diff.step),
        "counts": {
            "added": Counter(item.table for item in diff.added),
            "removed": Counter(gone.item.table for gone in diff.removed),
            "changed": Counter(changed.item.table for changed in diff.changed),
            "schema": len(diff.schema),
        },
        "added": [asdict(item) for item in diff.added],
        "removed": [asdict(gone.item) | {"retired": gone.tombstone} for gone in diff.removed],
        "changed": [
            asdict(changed.item)
            | {"step": str(changed.step), "changes": [_step(asdict(change)) for change in changed.changes]}
            for changed in diff.changed
        ],
        "schema": [_step(asdict(change)) for change in diff.schema],
    }
    return orjson.dumps(report, option=orjson.OPT_INDENT_2).decode()


def _side(side: Side) -> dict[str, str]:
    return {"name": side.name, "version": side.version, "schema_version": side.schemas.version}


def _step(change: dict[str, Any]) -> dict[str, Any]:
    return change | {"step": str(change["step"])}

"""For the changelog and the pull request: short, with nothing that a page would take for markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cte_corpus.release.changes import MOST, by_table, counted, groups, one, value, values
from cte_corpus.release.step import Step
from cte_corpus.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.release.diff import Diff, Removed
    from cte_corpus.release.sides import Side


def render(before: Side, after: Side, diff: Diff, everything: bool) -> str:
    """Added, changed, retired, removed and the schemas, each under a heading where there is something."""
    sections = {
        "Added": _added(diff, everything),
        "Changed": _cut(list(_changed(diff, everything)), everything),
        "Retired": (_gone(gone) for gone in diff.removed if gone.tombstone is not None),
        "Removed without a tombstone": (_gone(gone) for gone in diff.removed if gone.tombstone is None),
        "Schemas": _schema(diff, everything),
    }
    step = "no differences" if not diff else f"a {diff.step} step" if diff.step else "only versions differ"
    blocks = [f"### Data from {before.version} to {after.version}: {step}"]
    for title, lines in sections.items():
        listed = list(lines)
        if listed:
            blocks.append("\n".join([f"#### {title}", "", *(f"- {line}" for line in listed)]))
    return "\n\n".join(blocks)


def _added(diff: Diff, everything: bool) -> Iterator[str]:
    for group in groups(diff):
        tables = by_table(group.added)
        if not tables:
            continue
        if group.title in dict(tables).get("documents", ()):
            parts = [counted(len(ids), table) for table, ids in tables if table != "documents"]
            yield f"document {_code(group.title)}: {', '.join(parts) or 'no records yet'}"
            continue
        for table, ids in tables:
            shown = ids if everything else ids[:MOST]
            more = f" and {len(ids) - len(shown):,} more" if len(ids) > len(shown) else ""
            yield f"{counted(len(ids), table)}: {', '.join(map(_code, shown))}{more}"


def _changed(diff: Diff, everything: bool) -> Iterator[str]:
    for changed in diff.changed:
        for change in changed.changes:
            where = f"{_code(changed.item.id)} {_code(change.path)}"
            if change.kind == "changed":
                was, now = values(change.before, change.after, everything)
                yield f"{where}: {_code(was)} → {_code(now)} ({change.step})"
            elif change.kind == "reordered":
                yield f"{where}: in another order ({change.step})"
            else:
                item = value(change.after if change.kind == "added" else change.before, everything)
                yield f"{where} {change.kind}: {_code(item)} ({change.step})"


def _gone(gone: Removed) -> str:
    line = f"{one(gone.item.table)} {_code(gone.item.id)}"
    if gone.tombstone is not None:
        successor = gone.tombstone.get("replaced_by")
        line += f", replaced by {_code(successor)}" if successor else ""
        line += f": {_plain(gone.tombstone['reason'])}"
    return f"{line} (major)"


def _schema(diff: Diff, everything: bool) -> Iterator[str]:
    worded = 0
    for change in diff.schema:
        if change.step == Step.PATCH and not everything:
            worded += 1
            continue
        where = ", ".join(map(_code, change.where))
        shown = " → ".join(_code(value(item, everything)) for item in (change.before, change.after) if item is not None)
        yield f"{change.what}: {where}{': ' if shown else ''}{shown} ({change.step})"
    if worded:
        yield f"{worded:,} descriptions worded anew (patch)"


def _cut(lines: list[str], everything: bool) -> list[str]:
    most = 5 * MOST
    return lines if everything or len(lines) <= most else [*lines[:most], f"{len(lines) - most:,} more changes"]


def _code(text: str) -> str:
    """A code span, with as many backticks as its text needs."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _plain(text: str) -> str:
    """Text in which nothing is markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", safe(text))

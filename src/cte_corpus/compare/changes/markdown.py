"""For the changelog and the pull request: short, with nothing that a page would take for markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cte_corpus.compare.changes import MOST, by_table, counted, counts, groups, one, sides, value, values, whole
from cte_corpus.compare.step import Step
from cte_corpus.text.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.compare.changes import Group
    from cte_corpus.compare.diff import Diff
    from cte_corpus.compare.sides import Side


def render(before: Side, after: Side, diff: Diff, everything: bool) -> str:
    """Added, changed, retired, removed and the schemas, each under a heading where there is something."""
    found = groups(diff, everything)
    gone = [line for group in found for line in _gone(group)]
    sections = {
        "Added": [line for group in found for line in _added(group, everything)],
        "Changed": _cut([line for group in found for line in _changed(group, everything)], everything),
        "Retired": _cut([line for line, retired in gone if retired], everything),
        "Removed without a tombstone": _cut([line for line, retired in gone if not retired], everything),
        "Schemas": list(_schema(diff, everything)),
    }
    step = "no differences" if not diff else f"a {diff.step} step" if diff.step else "only versions differ"
    blocks = [f"### Data from {_plain(before.version)} to {_plain(after.version)}: {step}"]
    blocks += [
        "\n".join([f"#### {title}", "", *(f"- {line}" for line in lines)]) for title, lines in sections.items() if lines
    ]
    return "\n\n".join(blocks)


def _added(group: Group, everything: bool) -> Iterator[str]:
    if whole(group.added):
        yield f"document {_name(group.title)}: {counts(group.added)}"
        return
    for table, ids in by_table(group.added):
        shown = ids if everything else ids[:MOST]
        more = f" and {len(ids) - len(shown):,} more" if len(ids) > len(shown) else ""
        yield f"{counted(len(ids), table)}: {', '.join(map(_name, shown))}{more}"


def _changed(group: Group, everything: bool) -> Iterator[str]:
    if group.moved:
        yield f"{_name(group.title)}: offsets and digests in {counts(group.moved)} follow the new text (major)"
    for changed in group.changed:
        for change in changed.changes:
            where = f"{_name(changed.item.id)} {_name(change.path)}"
            if change.kind == "changed":
                was, now = values(change.before, change.after, everything)
                yield f"{where}: {_code(was)} → {_code(now)} ({change.step})"
            elif change.kind == "reordered":
                yield f"{where}: in another order ({change.step})"
            else:
                item = value(change.after if change.kind == "added" else change.before, everything)
                yield f"{where} {change.kind}: {_code(item)} ({change.step})"


def _gone(group: Group) -> Iterator[tuple[str, bool]]:
    """What went, and whether a tombstone says so; a document takes its records with it."""
    items = [gone.item for gone in group.removed]
    gone_whole = whole(items)
    for gone in group.removed:
        if gone_whole and gone.item.table != "documents":
            continue
        line = f"{one(gone.item.table)} {_name(gone.item.id)}" + (f" with {counts(items)}" if gone_whole else "")
        if gone.tombstone is not None:
            successor = gone.tombstone.get("replaced_by")
            line += f", replaced by {_name(successor)}" if successor else ""
            line += f": {_plain(gone.tombstone['reason'])}"
        yield f"{line} (major)", gone.tombstone is not None


def _schema(diff: Diff, everything: bool) -> Iterator[str]:
    worded = 0
    for change in diff.schema:
        if change.step == Step.PATCH and not everything:
            worded += 1
            continue
        where = ", ".join(map(_name, change.where))
        shown = " → ".join(map(_code, sides(change, everything)))
        yield f"{change.what}: {where}{': ' if shown else ''}{shown} ({change.step})"
    if worded:
        yield f"{counted(worded, 'descriptions')} worded anew (patch)"


def _cut(lines: list[str], everything: bool) -> list[str]:
    most = 5 * MOST
    return lines if everything or len(lines) <= most else [*lines[:most], f"{len(lines) - most:,} more changes"]


def _name(text: str) -> str:
    return _code(safe(text))


def _code(text: str) -> str:
    """A code span, with as many backticks as its text needs."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _plain(text: str) -> str:
    """Text in which nothing is markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", safe(text))

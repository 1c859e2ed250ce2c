"""For people at a terminal: by document and record, both values of what changed, long lists counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.release.changes import MOST, by_table, counted, groups, one, ranges, value, values
from cte_corpus.release.step import Step
from cte_corpus.terminal import colored, columns, safe, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.release.changes import Group
    from cte_corpus.release.diff import Changed, Diff, Removed
    from cte_corpus.release.fields import Change
    from cte_corpus.release.schema_diff import SchemaChange
    from cte_corpus.release.sides import Side

_COLORS = {"+": "32", "-": "31", "~": "33", "bold": "1", "major": "31", "minor": "33", "patch": "36", "none": "2"}


def render(before: Side, after: Side, diff: Diff, everything: bool) -> str:
    """The differences in blocks, and the step in the last line."""
    blocks = [f"{_named(before)} -> {_named(after)}"]
    blocks += ["\n".join([_paint(group.title, "bold"), *_group(group, everything)]) for group in groups(diff)]
    if diff.schema:
        blocks.append("\n".join([_paint("schemas", "bold"), *_schema(diff.schema, everything)]))
    return "\n\n".join([*blocks, _verdict(diff)])


def _named(side: Side) -> str:
    return side.version if side.version == side.name else f"{side.version} ({safe(side.name)})"


def _group(group: Group, everything: bool) -> Iterator[str]:
    for gone in group.removed:
        yield from _line("-", f"{one(gone.item.table)} {gone.item.id}{_why(gone)}", Step.MAJOR)
    for table, ids in by_table(group.added):
        if group.title in ids:
            yield from _line("+", "the document", Step.MINOR)
        elif table == "retired":
            yield from _line("+", f"{counted(len(ids), table)}: {_some(ids, everything)}", Step.PATCH)
        else:
            shown = _some(ids, everything) if table == "entities" else ranges(ids)
            yield from _line("+", f"{counted(len(ids), table)}: {shown}", Step.MINOR)
    for number, changed in enumerate(group.changed):
        if number == MOST and not everything:
            yield f"  … {len(group.changed) - MOST:,} more records changed; --all shows them"
            break
        yield from _changed(changed, everything)


def _changed(changed: Changed, everything: bool) -> Iterator[str]:
    name = changed.item.id if changed.item.table == "corpus" else f"{one(changed.item.table)} {changed.item.id}"
    yield f"  {_paint('~', '~')} {name}"
    for number, change in enumerate(changed.changes):
        if number == MOST and not everything:
            yield f"      … {len(changed.changes) - MOST:,} more changes; --all shows them"
            break
        yield from _change(change, everything)


def _change(change: Change, everything: bool) -> Iterator[str]:
    step = _grade(change.step)
    if change.kind == "added":
        yield f"      {change.path} added{step}"
        yield from _value("+", value(change.after, everything))
    elif change.kind == "removed":
        yield f"      {change.path} removed{step}"
        yield from _value("-", value(change.before, everything))
    elif change.kind == "reordered":
        yield f"      {change.path} in another order{step}"
    else:
        yield f"      {change.path}{step}"
        was, now = values(change.before, change.after, everything)
        yield from _value("-", was)
        yield from _value("+", now)


def _value(sign: str, text: str) -> Iterator[str]:
    for number, line in enumerate(_wrapped(text, 10)):
        yield f"        {_paint(sign, sign) if number == 0 else ' '} {line}"


def _schema(changes: tuple[SchemaChange, ...], everything: bool) -> Iterator[str]:
    """Of what is only worded anew, the places; of all else, both values."""
    worded = [change for change in changes if change.step == Step.PATCH]
    for change in changes:
        if change in worded and not everything:
            continue
        sign = "+" if "added" in change.what else "-" if "removed" in change.what else "~"
        after = "" if change.after is None else value(change.after, everything)
        before = "" if change.before is None else value(change.before, everything)
        shown = " -> ".join(filter(None, (before, after)))
        where = ", ".join(change.where[:MOST]) + (", …" if len(change.where) > MOST else "")
        yield from _line(sign, f"{change.what}: {safe(where)}" + (f": {shown}" if shown else ""), change.step)
    if worded and not everything:
        yield from _line("~", f"{len(worded):,} descriptions worded anew; --all shows them", Step.PATCH)


def _verdict(diff: Diff) -> str:
    if not diff:
        return "No differences."
    reasons = [reason for step, reason in diff.reasons() if step == diff.step]
    if diff.step == Step.NONE:
        return "Only versions differ."
    because = "; ".join(map(safe, reasons[:3])) + (f"; and {len(reasons) - 3:,} more" if len(reasons) > 3 else "")
    return f"Step: {_paint(str(diff.step), str(diff.step))}, as {because}."


def _why(gone: Removed) -> str:
    if gone.tombstone is None:
        return " removed, without a tombstone"
    successor = gone.tombstone.get("replaced_by")
    instead = f", replaced by {successor}" if successor else ""
    return f" retired in {gone.tombstone['since']}{instead}: {safe(gone.tombstone['reason'])}"


def _some(ids: list[str], everything: bool) -> str:
    shown = ids if everything else ids[:MOST]
    more = f", and {len(ids) - MOST:,} more; --all shows them" if len(ids) > len(shown) else ""
    return ", ".join(map(safe, shown)) + more


def _line(sign: str, text: str, step: Step) -> Iterator[str]:
    """A line with a sign and a step; what does not fit stands below."""
    first, *rest = _wrapped(f"{text}  {step}", 4)
    lines = [first, *rest]
    last = lines[-1].removesuffix(str(step))
    lines[-1] = f"{last}{_paint(str(step), str(step))}"
    yield f"  {_paint(sign, sign)} {lines[0]}"
    yield from (f"    {line}" for line in lines[1:])


def _grade(step: Step) -> str:
    return f"  {_paint(str(step), str(step))}"


def _wrapped(text: str, indent: int) -> list[str]:
    fit = columns()
    return wrap(text, max(40, fit - indent) if fit else 0)


def _paint(text: str, color: str) -> str:
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if colored() else text

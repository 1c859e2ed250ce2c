"""For people at a terminal: by document and record, both values of what changed, long lists counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from cte_corpus.compare.changes import MOST, by_table, counted, counts, groups, one, ranges, sides, value, values, whole
from cte_corpus.compare.step import Step
from cte_corpus.text.terminal import colored, columns, safe, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cte_corpus.compare.changes import Group
    from cte_corpus.compare.diff import Changed, Diff, Item, Removed
    from cte_corpus.compare.fields import Change
    from cte_corpus.compare.schema_diff import SchemaChange
    from cte_corpus.compare.sides import Side

T = TypeVar("T")

_COLORS = {"+": "32", "-": "31", "~": "33", "bold": "1", "major": "31", "minor": "33", "patch": "36", "none": "2"}


def render(before: Side, after: Side, diff: Diff, everything: bool) -> str:
    """The differences in blocks, and the step in the last line."""
    blocks = [f"{_named(before)} -> {_named(after)}"]
    blocks += [
        "\n".join([_paint(safe(group.title), "bold"), *_group(group, everything)]) for group in groups(diff, everything)
    ]
    if diff.schema:
        blocks.append("\n".join([_paint("schemas", "bold"), *_schema(diff.schema, everything)]))
    return "\n\n".join([*blocks, _verdict(diff)])


def _named(side: Side) -> str:
    return safe(side.version if side.version == side.name else f"{side.version} ({side.name})")


def _group(group: Group, everything: bool) -> Iterator[str]:
    yield from _removed(group.removed, everything)
    yield from _added(group.added, everything)
    if group.moved:
        what = f"offsets and digests in {counts(group.moved)} follow the new text; --all shows them"
        yield from _line("~", what, Step.MAJOR)
    for changed in _first(group.changed, everything):
        yield from _changed(changed, everything)
    yield from _more(len(group.changed), "records changed", everything)


def _removed(removed: list[Removed], everything: bool) -> Iterator[str]:
    """A document that goes takes its records with it; any other record is told by itself."""
    items = [gone.item for gone in removed]
    gone_whole = whole(items)
    told = [gone for gone in removed if not gone_whole or gone.item.table == "documents"]
    for gone in _first(told, everything):
        name = f"the document, with {counts(items)}," if gone_whole else f"{one(gone.item.table)} {gone.item.id}"
        yield from _line("-", safe(f"{name} {_why(gone)}"), Step.MAJOR)
    yield from _more(len(told), "records removed", everything)


def _added(added: list[Item], everything: bool) -> Iterator[str]:
    if whole(added):
        yield from _line("+", f"the document, with {counts(added)}", Step.MINOR)
        return
    for table, ids in by_table(added):
        shown = ranges(ids) if added[0].document else _some(ids, everything)
        yield from _line(
            "+", f"{counted(len(ids), table)}: {safe(shown)}", Step.PATCH if table == "retired" else Step.MINOR
        )


def _changed(changed: Changed, everything: bool) -> Iterator[str]:
    name = changed.item.id if changed.item.table == "corpus" else f"{one(changed.item.table)} {changed.item.id}"
    yield f"  {_paint('~', '~')} {safe(name)}"
    for change in _first(changed.changes, everything):
        yield from _change(change, everything)
    yield from _more(len(changed.changes), "changes", everything, indent=6)


def _first(items: Sequence[T], everything: bool) -> Sequence[T]:
    return items if everything else items[:MOST]


def _more(number: int, what: str, everything: bool, indent: int = 2) -> Iterator[str]:
    if number > MOST and not everything:
        yield f"{' ' * indent}… {number - MOST:,} more {what}; --all shows them"


def _change(change: Change, everything: bool) -> Iterator[str]:
    path, step = safe(change.path), _grade(change.step)
    if change.kind == "added":
        yield f"      {path} added{step}"
        yield from _value("+", value(change.after, everything))
    elif change.kind == "removed":
        yield f"      {path} removed{step}"
        yield from _value("-", value(change.before, everything))
    elif change.kind == "reordered":
        yield f"      {path} in another order{step}"
    else:
        yield f"      {path}{step}"
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
        shown = " -> ".join(sides(change, everything))
        where = ", ".join(change.where[:MOST]) + (", …" if len(change.where) > MOST else "")
        yield from _line(sign, f"{change.what}: {safe(where)}" + (f": {shown}" if shown else ""), change.step)
    if worded and not everything:
        yield from _line("~", f"{counted(len(worded), 'descriptions')} worded anew; --all shows them", Step.PATCH)


def _verdict(diff: Diff) -> str:
    if not diff:
        return "No differences."
    if diff.step == Step.NONE:
        return "Only versions differ."
    reasons = [safe(reason) for step, reason in diff.reasons() if step == diff.step]
    more = f", and others. In all: {_tally(diff)}" if len(reasons) > 3 else ""
    first, *rest = _wrapped(f"Step: {diff.step}, as {'; '.join(reasons[:3])}{more}.", 0)
    return "\n".join([first.replace(str(diff.step), _paint(str(diff.step), str(diff.step)), 1), *rest])


def _tally(diff: Diff) -> str:
    """What asks for the step, by kind: `66 events gone; 119 events, 49 entities changed`."""
    counts = Counter((what, item.table if item else "places in the schemas") for what, item in diff.asking())
    found: dict[str, list[str]] = {}
    for (what, table), number in counts.items():
        found.setdefault(what, []).append(counted(number, table))
    return "; ".join(f"{', '.join(parts)} {what}" for what, parts in found.items())


def _why(gone: Removed) -> str:
    if gone.item.table == "retired":
        return "taken back"
    if gone.tombstone is None:
        return "removed, without a tombstone"
    successor = gone.tombstone.get("replaced_by")
    instead = f", replaced by {successor}" if successor else ""
    return f"retired in {gone.tombstone['since']}{instead}: {gone.tombstone['reason']}"


def _some(ids: list[str], everything: bool) -> str:
    more = f", and {len(ids) - MOST:,} more; --all shows them" if len(ids) > MOST and not everything else ""
    return ", ".join(_first(ids, everything)) + more


def _line(sign: str, text: str, step: Step) -> Iterator[str]:
    """A line of safe text with a sign and a step; what does not fit stands below."""
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
    return wrap(text, max(24, fit - indent) if fit else 0)


def _paint(text: str, color: str) -> str:
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if colored() else text

"""For people: each finding with its line, a caret, what to do, and the places that belong to it."""

import re
from collections import Counter
from collections.abc import Sequence

from cte_corpus.checking.diagnostic import Diagnostic, render_pointer
from cte_corpus.checking.report import Context, totals
from cte_corpus.checking.report.concise import place
from cte_corpus.text.terminal import RTL_RUN, STYLES, safe, visible, width

MOST = 20
"""How many findings of one rule are shown; the rest are counted."""

WIDE = 100
"""Longest piece of a line that is shown."""

COLORS = {"error": "red", "warning": "yellow", "info": "cyan"}
"""The color of each severity."""


def render(diagnostics: Sequence[Diagnostic], context: Context) -> str:
    """All findings, at most 20 a rule, and the totals."""
    blocks = [_block(item, context) for item in spelled_out(diagnostics)]
    listed = Counter(item.code for item in diagnostics)
    for code, number in _counts(diagnostics).items():
        if number > MOST:
            all_ = "all" if number == listed[code] else f"{listed[code]:,} of them"
            blocks.append(f"{number - MOST:,} more {code} {context.rules[code].name}; `-o concise` lists {all_}")
    return "\n\n".join([*blocks, totals(diagnostics, context)])


def _counts(diagnostics: Sequence[Diagnostic]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for item in diagnostics:
        counts[item.code] += 1 + item.more
    return counts


def spelled_out(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings that are not only counted, and whose lines the context is to hold."""
    seen: Counter[str] = Counter()
    chosen = []
    for item in diagnostics:
        seen[item.code] += 1
        if seen[item.code] <= MOST:
            chosen.append(item)
    return chosen


def _block(item: Diagnostic, context: Context) -> str:
    def paint(text: str, color: str) -> str:
        return f"\x1b[{STYLES[COLORS.get(color, color)]}m{text}\x1b[0m" if context.color else text

    lines = [f"{paint(f'{item.severity} {item.code}', item.severity)} {paint(item.name, 'bold')}: {safe(item.message)}"]
    where = [part for part in (item.location.record, render_pointer(item.location.pointer)) if part]
    lines.append(f"  --> {safe(place(item.location))}" + (f"  ({safe(', '.join(where))})" if where else ""))
    source = context.lines.get((item.location.path, item.location.line))
    if source is not None:
        margin = " " * (len(str(item.location.line)) + 2)
        piece, mark = _piece(source, item.location.column)
        bar = paint("|", "dim")
        numbered = f" {paint(str(item.location.line), 'dim')} {bar} {piece}"
        lines += [margin + bar, numbered, f"{margin}{bar} {paint(mark, item.severity)}"]
    lines += [f"  note: {safe(place(other.location))}: {safe(other.message)}" for other in item.related]
    if item.help:
        lines.append(f"  help: {safe(item.help)}")
    return "\n".join(lines)


def _piece(text: str, column: int) -> tuple[str, str]:
    """The piece of a line around a column as it is shown, and what marks the column in the line below.

    A terminal may or may not show right-to-left letters in their own order, so a column among them is marked by carets
    under the whole run.
    """
    at = min(column - 1, len(text))
    start = max(0, min(at - WIDE // 3, len(text) - WIDE))
    lead = "…" if start else ""
    end = "…" if start + WIDE < len(text) else ""
    piece = text[start : start + WIDE].rstrip()
    run = next((found for found in re.finditer(RTL_RUN, piece) if found.start() <= at - start < found.end()), None)
    left, right = run.span() if run else (at - start, at - start)
    space = width(lead + visible(_tabs(piece[:left])))
    return lead + safe(_tabs(piece)) + end, " " * space + "^" * max(1, width(visible(piece[left:right])))


def _tabs(text: str) -> str:
    return text.replace("\t", "    ")

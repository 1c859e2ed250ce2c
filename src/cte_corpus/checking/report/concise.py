"""One line a finding: `path:line:col: CODE severity message [record]`."""

from collections.abc import Sequence

from cte_corpus.checking.diagnostic import Diagnostic, Location
from cte_corpus.checking.report import Context, message, totals
from cte_corpus.text.terminal import safe


def render(diagnostics: Sequence[Diagnostic], context: Context) -> str:
    """All findings, a line each, and the totals."""
    return "\n".join([*(line(item) for item in diagnostics), totals(diagnostics, context)])


def line(item: Diagnostic) -> str:
    """One finding."""
    record = f" [{item.location.record}]" if item.location.record else ""
    return f"{safe(place(item.location))}: {item.code} {item.severity} {safe(message(item))}{safe(record)}"


def place(location: Location) -> str:
    """`path:line:col`, as editors and terminals link it."""
    return f"{location.path}:{location.line}:{location.column}" if location.line else location.path

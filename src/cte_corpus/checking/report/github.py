"""Workflow commands of GitHub Actions, which show as annotations on a diff."""

from collections.abc import Sequence

from cte_corpus.checking.diagnostic import Diagnostic
from cte_corpus.checking.report import Context, message, totals
from cte_corpus.text.terminal import visible

_KINDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(diagnostics: Sequence[Diagnostic], context: Context) -> str:
    """One command a finding, and the totals as a line of the log."""
    return "\n".join([*map(_command, diagnostics), totals(diagnostics, context)])


def _command(item: Diagnostic) -> str:
    properties = {"file": item.location.path}
    if item.location.line:
        properties |= {"line": str(item.location.line), "col": str(item.location.column)}
    properties["title"] = f"{item.code} {item.name}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = message(item) + (f" [{item.location.record}]" if item.location.record else "")
    return f"::{_KINDS[item.severity]} {listed}::{_data(text + (f'. Help: {item.help}' if item.help else ''))}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

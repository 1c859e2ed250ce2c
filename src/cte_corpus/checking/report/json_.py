"""For programs: one JSON object, stable between versions."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import orjson

from cte_corpus.checking.diagnostic import Diagnostic, Location, render_pointer
from cte_corpus.checking.report import Context, decodable


def render(diagnostics: Sequence[Diagnostic], context: Context) -> str:
    """`{version, summary, diagnostics}`; lines and columns from 1, columns in code points, 0 for a whole file.

    The summary counts all findings; `more` says at the last one of a rule in a file how many more of it are there.
    """
    severities: Counter[str] = Counter()
    for item in diagnostics:
        severities[item.severity] += 1 + item.more
    report = {
        "version": context.version,
        "summary": {**context.counts, **{name: severities[name] for name in ("error", "warning", "info")}},
        "diagnostics": [_diagnostic(item) for item in diagnostics],
    }
    return orjson.dumps(report, option=orjson.OPT_INDENT_2).decode()


def _diagnostic(item: Diagnostic) -> dict[str, Any]:
    return {
        "code": item.code,
        "name": item.name,
        "severity": item.severity,
        **_location(item.location),
        "message": item.message,
        "help": item.help,
        "related": [{**_location(other.location), "message": other.message} for other in item.related],
        "fix": item.fix.description if item.fix else None,
        "more": item.more,
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "path": decodable(location.path),
        "line": location.line,
        "column": location.column,
        "pointer": render_pointer(location.pointer),
        "record": location.record,
    }

"""SARIF 2.1.0 (OASIS), for code scanning."""

import hashlib
import os
import posixpath
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from cte_corpus.checking.diagnostic import Diagnostic, Location, render_pointer
from cte_corpus.checking.report import Context, decodable, message
from cte_corpus.text.terminal import visible

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}

MOST = 5_000
"""Results in a report: code scanning shows no more, and takes no report of more than five times as many."""


def render(diagnostics: Sequence[Diagnostic], context: Context) -> str:
    """One run with the rules that were broken and a result for each finding; columns count code points.

    Of more findings than code scanning shows, the errors come first, and a notification says how many are left out.
    """
    found = len(diagnostics)
    if found > MOST:
        diagnostics = sorted(diagnostics, key=lambda item: list(_LEVELS).index(item.severity))[:MOST]
    codes = sorted({item.code for item in diagnostics})
    driver = {"name": "cte", "version": context.version, "rules": [_rule(code, context) for code in codes]}
    seen: Counter[str] = Counter()
    results = []
    for item in diagnostics:
        identity = _identity(item, context)
        seen[identity] += 1
        results.append(_result(item, codes.index(item.code), f"{identity}:{seen[identity]}", context))
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    if found > MOST:
        text = f"{found - MOST:,} of {found:,} findings are not in this report; `cte check` in a terminal shows all"
        note = {"level": "warning", "message": {"text": text}}
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [note]}]
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return orjson.dumps(log, option=orjson.OPT_INDENT_2).decode()


def _rule(code: str, context: Context) -> dict[str, Any]:
    rule = context.rules[code]
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.help or rule.summary},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _identity(item: Diagnostic, context: Context) -> str:
    """What stays when records are added before this one and lines move; neither indices nor messages do."""
    keys = "/".join(part for part in item.location.pointer if isinstance(part, str))
    text = "\n".join((item.code, decodable(_in_repository(item.location.path, context)), item.location.record, keys))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _result(item: Diagnostic, index: int, fingerprint: str, context: Context) -> dict[str, Any]:
    place = item.location
    result: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": index,
        "level": _LEVELS[item.severity],
        "message": {"text": visible(message(item) + (f" Help: {item.help}" if item.help else ""))},
        "locations": [_location(place, context)],
        "partialFingerprints": {"cte/v1": fingerprint},
    }
    if item.related:
        result["relatedLocations"] = [
            {"id": number, **_location(other.location, context), "message": {"text": visible(other.message)}}
            for number, other in enumerate(item.related, 1)
        ]
    return result


def _location(place: Location, context: Context) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(_in_repository(place.path, context))}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": place.column}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.record:
        name = visible(f"{place.record}{render_pointer(place.pointer)}")
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "object"}]
    return location


def _in_repository(name: str, context: Context) -> str:
    """A path from the root of the repository, whatever folder the command was run in; one outside of it as it is."""
    path = posixpath.normpath(posixpath.join(context.folder, Path(name).as_posix()))
    inside = posixpath.relpath(path, context.root) if context.root and posixpath.isabs(path) else path
    return name if inside.startswith("../") else inside


def _artifact(name: str) -> dict[str, str]:
    path = Path(name)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(os.fsencode(path.as_posix())), "uriBaseId": "%SRCROOT%"}

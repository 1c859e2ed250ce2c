"""SARIF 2.1.0 (OASIS), for code scanning."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from cte_corpus.diagnostic import Diagnostic, Location, render_pointer
from cte_corpus.report import Context, decodable
from cte_corpus.terminal import visible

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(diagnostics: Sequence[Diagnostic], context: Context) -> str:
    """One run with the rules that were broken and a result a finding; columns count code points."""
    codes = sorted({item.code for item in diagnostics})
    driver = {"name": "cte", "version": context.version, "rules": [_rule(code, context) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, codes.index(item.code)) for item in diagnostics],
    }
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


def _result(item: Diagnostic, index: int) -> dict[str, Any]:
    place = item.location
    identity = "\n".join((item.code, decodable(place.path), place.record, render_pointer(place.pointer), item.message))
    result: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": index,
        "level": _LEVELS[item.severity],
        "message": {"text": visible(item.message + (f" Help: {item.help}" if item.help else ""))},
        "locations": [_location(place)],
        "partialFingerprints": {"cte/v1": hashlib.sha256(identity.encode()).hexdigest()[:32]},
    }
    if item.related:
        result["relatedLocations"] = [
            {"id": number, **_location(other.location), "message": {"text": visible(other.message)}}
            for number, other in enumerate(item.related, 1)
        ]
    return result


def _location(place: Location) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.path)}}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": place.column}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.record:
        name = visible(f"{place.record}{render_pointer(place.pointer)}")
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "object"}]
    return location


def _uri(name: str) -> str:
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))

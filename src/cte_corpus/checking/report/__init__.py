"""Reports: one module per format, each with `render(diagnostics, context) -> str`.

They know diagnostics and nothing else of the package.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

from cte_corpus.checking.diagnostic import Diagnostic

FORMATS = ("full", "concise", "json", "github", "sarif", "junit")

_MODULES = {"json": "json_"}


class RuleText(NamedTuple):
    """What a report says of a rule."""

    name: str
    summary: str
    severity: str
    help: str


class Context(NamedTuple):
    """What a report knows besides the findings."""

    version: str
    counts: Mapping[str, int]
    """What was looked at: documents, entities, records, files."""

    rules: Mapping[str, RuleText]
    """The rules of the findings by code."""

    lines: Mapping[tuple[str, int], str]
    """The text of each line that a finding points at."""

    color: bool = False

    root: str = ""
    """The folder from which code scanning reads paths, that of the repository, with `/`; empty where there is none."""

    folder: str = ""
    """The folder that one is in, with `/`: relative paths of findings lead from there."""


def render(form: str, diagnostics: Sequence[Diagnostic], context: Context) -> str:
    """The report in one of FORMATS, without a final newline."""
    module = import_module(f"{__name__}.{_MODULES.get(form, form)}")
    text: str = module.render(diagnostics, context)
    return text


def totals(diagnostics: Sequence[Diagnostic], context: Context) -> str:
    """One line: what was found and what was looked at."""
    looked = ", ".join(f"{number:,} {_plural(name, number)}" for name, number in context.counts.items())
    if not diagnostics:
        return f"No findings in {looked}."
    kinds = []
    for severity in ("error", "warning", "info"):
        number = sum(1 + item.more for item in diagnostics if item.severity == severity)
        if number:
            kinds.append(f"{number:,} {_plural(severity + 's', number)}")
    fixable = sum(1 + item.more for item in diagnostics if item.fix is not None)
    mend = f" {fixable:,} can be mended with --fix." if fixable else ""
    more = sum(item.more for item in diagnostics)
    listed = f" {more:,} of them are not listed." if more else ""
    return f"Found {', '.join(kinds)} in {looked}.{listed}{mend}"


def message(item: Diagnostic) -> str:
    """What is wrong; at the last listed finding of a rule in a file also how many more there are."""
    return (
        f"{item.message}. {item.more:,} more of {item.code} in this file are not listed" if item.more else item.message
    )


def decodable(path: str) -> str:
    """A path whose bytes are no UTF-8 with these bytes written out, as in `caf\\xe9`; another as it is."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _plural(name: str, number: int) -> str:
    if number != 1:
        return name
    return name.removesuffix("ies") + "y" if name.endswith("ies") else name.removesuffix("s")

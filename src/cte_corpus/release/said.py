"""What the files of a checkout say of their version and its day, each with its line and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cte_corpus.checking.diagnose import shown
from cte_corpus.checking.rules.release import Written

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "pyproject.toml"
CORPUS = "data/corpus.json"
CITATION = "CITATION.cff"
CHANGELOG = "CHANGELOG.md"

FILES = (PACKAGE, CORPUS, CITATION, CHANGELOG)
"""Where a version is named."""

_FORMS = {
    PACKAGE: re.compile(r'^\[project\]\n(?:(?!\[).*\n)*?version\s*=\s*"([^"\n]*)"', re.MULTILINE),
    CORPUS: re.compile(r'^\s*"version":\s*"([^"\n]*)"', re.MULTILINE),
    CITATION: re.compile(r"""^version:\s*["']?([^"'\s#]*)""", re.MULTILINE),
}
_CITED_DAY = re.compile(r"""^date-released:\s*["']?([^"'\s#]*)""", re.MULTILINE)
_SECTION = re.compile(r"^## \[(\d+\.\d+\.\d+)\](?: - (.*\S))?", re.MULTILINE)
_ENTRY = re.compile(r"^\s*[-*] \S", re.MULTILINE)


def version(root: Path, name: str) -> Written:
    """The version that a file names: PACKAGE, CORPUS or CITATION."""
    path = root / name
    text = _read(path)
    return _written(path, text, _FORMS[name].search(text))


def cited_day(root: Path) -> Written:
    """The day of the release by CITATION.cff."""
    path = root / CITATION
    text = _read(path)
    return _written(path, text, _CITED_DAY.search(text))


def newest(root: Path) -> tuple[Written, Written, int]:
    """The newest version in CHANGELOG.md, its day, and how many entries its section has.

    See https://keepachangelog.com/en/1.1.0/: the newest section comes first, and is headed `## [1.0.0] - 2026-01-31`.
    """
    path = root / CHANGELOG
    text = _read(path)
    found = _SECTION.search(text)
    if found is None:
        return Written(shown(str(path))), Written(shown(str(path))), 0
    section = text[found.end() :].partition("\n## ")[0]
    heading = _written(path, text, found)
    day = _written(path, text, found, 2) if found[2] else heading._replace(value="")
    return heading, day, len(_ENTRY.findall(section))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _written(path: Path, text: str, found: re.Match[str] | None, group: int = 1) -> Written:
    if found is None:
        return Written(shown(str(path)))
    start = found.start(group)
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return Written(shown(str(path)), found[group], line, column)

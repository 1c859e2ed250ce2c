"""The page's folding against Python's: shared cases, and every character."""

import json
import sys
import unicodedata
from pathlib import Path

import pytest

from cte_corpus.generate import folding
from cte_corpus.text import fold
from tests.conftest import ROOT
from tests.explorer.asking import ask

CASES = json.loads((ROOT / folding.CASES).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["clean", "fold"])
def test_shared_cases(name: str) -> None:
    [answers] = ask({"ask": "form", "name": name, "texts": [case["text"] for case in CASES]})
    assert answers == [case[name] for case in CASES]


RECLASSIFIED = "\U0001171e"
"""A mark of the Ahom script that combines with its letter since Unicode 15, and so is kept."""


def test_every_character() -> None:
    """Those that this Python knows: Node.js may have a newer version of Unicode. Rare digits stay as they are."""
    chars = [
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(char) not in ("Cn", "Cs", "Co")
        and char != RECLASSIFIED
        and (ord(char) < folding.BEYOND or unicodedata.digit(char, None) is None)
    ]
    [answers] = ask({"ask": "chars", "chars": chars})
    expected = [[fold._clean_char(char), fold._fold_char(char), char.isspace()] for char in chars]
    assert [row for row in zip(chars, expected, answers, strict=True) if row[1] != row[2]] == []


def test_generated_files_are_where_the_page_looks() -> None:
    assert (ROOT / folding.TABLE).is_file()
    assert Path(folding.TABLE).name == "fold-table.js"

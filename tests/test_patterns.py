"""No regular expression takes time that grows with the square of what it reads, whatever that is."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import cte_corpus

SIZE = 6_000
"""Characters of an input: of a pattern that is not linear it takes ten times the time that is given."""

MOST = 0.05
"""Seconds of the processor."""

ANYWHERE = {"search", "finditer", "findall", "sub", "subn", "split"}
"""Methods that try a pattern at every place; the others try it at one."""

CLASSES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}

FOLDED = {("cte_corpus.attach.verified", "BOUNDARY")}
"""Read texts as a recipe makes them, without two spaces in a row."""

Place = tuple[str, str]


def patterns() -> Iterator[tuple[Place, re.Pattern[Any], set[str]]]:
    """The patterns of all modules with their names, and the methods that are called of them."""
    for found in pkgutil.walk_packages(cte_corpus.__path__, "cte_corpus."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        called: dict[str, set[str]] = {}
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_bytes())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called.setdefault(node.value.id, set()).add(node.attr)
        for name, value in vars(module).items():
            for one in [value, *(value.values() if isinstance(value, dict) else ())]:
                if isinstance(one, re.Pattern):
                    yield (found.name, name), one, called.get(name, set()) & (ANYWHERE | {"match", "fullmatch"})


def letters(tree: Any) -> set[str]:
    """Characters that a pattern takes, and one that it does not."""
    found = {"x"}
    for kind, value in tree:
        name = str(kind)
        if name in ("LITERAL", "NOT_LITERAL"):
            found.add(chr(value))
        elif name == "IN":
            for inner, given in value:
                if str(inner) == "RANGE":
                    found |= {chr(given[0]), chr(given[1])}
                elif str(inner) == "LITERAL":
                    found.add(chr(given))
                elif str(inner) == "CATEGORY":
                    found.add(CLASSES.get(str(given), "-"))
        elif name == "BRANCH":
            found |= set().union(*map(letters, value[1]))
        elif name == "SUBPATTERN":
            found |= letters(value[3])
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            found |= letters(value[2])
        elif name in ("ASSERT", "ASSERT_NOT"):
            found |= letters(value[1])
        elif name == "ATOMIC_GROUP":
            found |= letters(value)
    return found


def slowest(pattern: re.Pattern[Any], methods: set[str]) -> tuple[float, str]:
    """The longest time that a pattern takes for one of many monotonous inputs, and what is repeated in it."""
    chosen = sorted(letters(parser.parse(pattern.pattern, pattern.flags)))[:12]
    units = [*chosen, *map("".join, permutations(chosen[:6], 2))]
    worst = (0.0, "")
    for unit in units:
        text: Any = unit * (SIZE // len(unit)) + "\x00"
        text = text.encode() if isinstance(pattern.pattern, bytes) else text
        begun = time.process_time()
        for method in methods & {"match", "fullmatch"}:
            getattr(pattern, method)(text)
        if methods & ANYWHERE:
            for _ in pattern.finditer(text):
                pass
        worst = max(worst, (time.process_time() - begun, unit))
        if worst[0] > MOST:
            break
    return worst


@pytest.mark.long
def test_every_pattern_takes_time_in_proportion_to_what_it_reads() -> None:
    found = list(patterns())
    assert len(found) > 100
    slow = {place: slowest(pattern, methods or {"match", "fullmatch"}) for place, pattern, methods in found}
    assert {place: what for place, what in slow.items() if what[0] > MOST and place not in FOLDED} == {}


def test_a_pattern_that_is_not_linear_would_be_found() -> None:
    assert slowest(re.compile(r"\s+(?:to|for)\s.*"), {"search"})[0] > MOST
    assert slowest(re.compile(r"(?:a|b|ab)*c"), {"search"})[0] > MOST

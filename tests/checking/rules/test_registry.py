"""The registry of rules: codes, names, pages, and that it and the code of the rules know the same codes."""

import re
from collections import Counter
from pathlib import Path

import pytest

import cte_corpus
from cte_corpus.checking.rules.catalogue import LEVELS, STATUSES, Rule, find, rules
from cte_corpus.errors import UnknownIdError

PACKAGE = Path(cte_corpus.__file__).parent
ALL = list(rules().values())


def test_codes_and_names_are_unique_and_well_formed() -> None:
    assert Counter(rule.name for rule in ALL).most_common(1)[0][1] == 1
    for code, rule in rules().items():
        assert rule.code == code
        assert re.fullmatch(r"CTE[0-9]{3}", code)
        assert LEVELS[int(code[3])] == rule.level
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
        assert rule.severity in ("error", "warning", "info")
        assert rule.status in STATUSES
        assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", rule.since)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_every_rule_has_a_page(rule: Rule) -> None:
    for text in (rule.summary, rule.why, rule.bad, rule.good, rule.mend):
        assert text.strip()
    assert rule.bad != rule.good
    for sentence in (rule.summary, rule.why, rule.mend):
        assert sentence.rstrip()[-1] in ".}]", sentence


def test_there_are_enough_stable_rules() -> None:
    assert sum(rule.status == "stable" for rule in ALL) >= 45


def test_codes_in_the_source_are_the_registered_ones() -> None:
    used: set[str] = set()
    for path in (PACKAGE / "checking").rglob("*.py"):
        used.update(re.findall(r'"(CTE[0-9]{3})"', path.read_text(encoding="utf-8")))
    assert used == {rule.code for rule in ALL if rule.status != "removed"}


def test_find_by_code_and_name() -> None:
    assert find("CTE304").name == "span-text-mismatch"
    assert find("cte304").code == "CTE304"
    assert find("span-text-mismatch").code == "CTE304"
    assert find(" Span-Text-Mismatch ").code == "CTE304"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [("span-text-missmatch", "span-text-mismatch"), ("unknown-entitty", "unknown-entity")],
)
def test_find_hints_at_the_nearest(wrong: str, hint: str) -> None:
    with pytest.raises(UnknownIdError, match=f"no rule `{wrong}`\ndid you mean `{hint}`"):
        find(wrong)


def test_find_hints_at_nothing_where_nothing_is_near() -> None:
    for wrong in ("xyzzy", "CTE999"):
        with pytest.raises(UnknownIdError) as caught:
            find(wrong)
        assert (caught.value.message, caught.value.hint) == (f"no rule `{wrong}`", "`cte rule` lists all rules")

"""The catalogue of rules: codes, names, severities and texts. Loaded only when there is something to say.

A code is `CTE` and three digits, of which the first is the level. A code is never reused: a removed rule keeps its
entry with status `removed`.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from cte_corpus.errors import UnknownIdError

LEVELS = ("file", "schema", "reference", "evidence", "meaning", "corpus", "release")
"""The levels in order; each stands in a module and a text of its name. The last is judged by `cte release` alone."""

STATUSES = ("stable", "preview", "deprecated", "removed")


class Rule(NamedTuple):
    """One rule and its page."""

    code: str
    name: str
    level: str
    severity: str  # error, warning or info
    status: str  # one of STATUSES
    since: str  # version of the package
    summary: str  # what it checks, in a sentence
    why: str
    bad: str
    good: str
    mend: str


@cache
def rules() -> dict[str, Rule]:
    """All rules by code, in order.

    Raises:
        ValueError: a code or name stands twice, or a code does not fit its level.
    """
    import tomllib

    table: dict[str, Rule] = {}
    for number, level in enumerate(LEVELS):
        text = Path(__file__).with_name(f"{level}.toml").read_text(encoding="utf-8")
        for code, entry in tomllib.loads(text).items():
            if code[3] != str(number) or code in table or any(entry["name"] == rule.name for rule in table.values()):
                raise ValueError(f"{code} {entry['name']} in {level}.toml: wrong level or not unique")
            table[code] = Rule(code=code, level=level, **{"status": "stable", **entry})
    return table


def find(code_or_name: str) -> Rule:
    """The rule of a code (`CTE304`) or name (`span-text-mismatch`).

    Raises:
        UnknownIdError: there is none; the hint has the nearest name.
    """
    table = rules()
    wanted = code_or_name.strip()
    if wanted.upper() in table:
        return table[wanted.upper()]
    for rule in table.values():
        if rule.name == wanted.lower():
            return rule
    from cte_corpus.text.suggest import hint

    near = hint(wanted.lower(), [rule.name for rule in table.values()])
    raise UnknownIdError(f"no rule `{wanted}`", f"{near} `cte rule` lists all rules".strip())

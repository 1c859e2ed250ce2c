"""What each column of the tables and views means: fields by the published schemas, all others by columns.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from cte_corpus.tabular import arrow_schema

Described = dict[str, dict[str, dict[str, str]]]


@cache
def described() -> Described:
    """What columns.toml says: of each table each column's `meaning` and, where it has them, the list of its `codes`;
    in `lists` the codes of lists that the vocabulary does not have."""
    found: Described = tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
    return found


def meaning(table: str, column: str) -> str:
    """What a column of a table or view of the database means; empty where nothing says it."""
    fields = arrow_schema.descriptions(table)
    homes = ("derived", "shared") if fields else (table, "shared")
    own = (described()[home][column]["meaning"] for home in homes if column in described().get(home, ()))
    return fields.get(column) or next(own, "")

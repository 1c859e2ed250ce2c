"""A query reads the tables that it needs, by itself or by views, and no others."""

from pathlib import Path

import pytest

from cte_corpus import UnknownIdError, connect, tables
from cte_corpus.tabular import database


@pytest.mark.parametrize(
    ("query", "needs"),
    [
        ("select count(*) from events", {"events"}),
        ("SELECT type FROM Events join Mentions using (document)", {"events", "mentions"}),
        ("select * from names", {"entities"}),
        ("select 1", set(database.TABLES)),
        ("show tables", set(database.TABLES)),
    ],
)
def test_the_tables_of_a_query(query: str, needs: set[str]) -> None:
    assert database._named(query) >= needs
    if "names" not in query:
        assert database._named(query) == needs


def test_views_find_all_that_they_rest_on(tidewater: Path) -> None:
    whole = connect(tidewater)
    views = whole.execute("select view_name from duckdb_views() where not internal").fetchall()
    assert views
    for (view,) in views[::6]:
        query = f"select * from {view} order by all"
        assert connect(tidewater, query=query).execute(query).fetchall() == whole.execute(query).fetchall()


def test_a_table_by_its_name(tidewater: Path) -> None:
    whole = tables(tidewater)
    for name, table in whole.items():
        assert tables(tidewater, names=[name]) == {name: table}
    with pytest.raises(UnknownIdError, match="no record type 'event'"):
        tables(tidewater, names=["event"])

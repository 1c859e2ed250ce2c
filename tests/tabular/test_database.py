"""DuckDB views over the tables."""

import sys
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.errors import CteError
from cte_corpus.tabular.database import TABLES, connect

VIEWS = (
    *("conduct", "contested", "designations", "edges", "entity_names", "incidents", "list_differences", "memberships"),
    *("names", "participation", "participation_through", "statements"),
)


def test_tables_and_views_are_those_of_the_database(tidewater: Path) -> None:
    with connect(tidewater) as connection:
        tables = {row[0] for row in connection.sql("select table_name from duckdb_tables()").fetchall()}
        views = {row[0] for row in connection.sql("select view_name from duckdb_views() where not internal").fetchall()}
    assert tables == set(TABLES)
    assert views == set(VIEWS)


def test_views_hold_the_records(tidewater: Path, records: dict[str, list[dict[str, Any]]]) -> None:
    with connect(tidewater) as connection:
        for name, expected in records.items():
            rows = connection.sql(f"select id from {name}").fetchall()
            assert [row[0] for row in rows] == [record["id"] for record in expected]


def test_types_are_counted(tidewater: Path) -> None:
    with connect(tidewater) as connection:
        found = connection.sql("select type, count(*) from events group by 1 order by 2 desc, 1 limit 2").fetchall()
    assert found == [("dipl.statement", 3), ("fin.transfer", 3)]


def test_every_view_says_what_it_is_for(tidewater: Path) -> None:
    with connect(tidewater) as connection:
        query = "select view_name from duckdb_views() where not internal and comment is null"
        assert connection.sql(query).fetchall() == []


def test_flat_views_join_with_entities(tidewater: Path) -> None:
    query = """
        select e.derived_earliest, n.kind from arguments a
        join events e on e.id = a.event_id join entities n on n.id = a.entity
        where a.role = 'target' order by 1, 2
    """
    with connect(tidewater) as connection:
        found = connection.sql(query).fetchall()
    assert found == [("2022-05-09", "person"), (None, "armed-group"), (None, "person")]


def test_designations_name_who_whom_why_and_where(tidewater: Path) -> None:
    query = "select authority_name, target_name, instruments, legal_grounds, document_id, sentences from designations"
    with connect(tidewater) as connection:
        (found,) = connection.sql(query).fetchall()
    authority, target, instruments, grounds, document, sentences = found
    assert (authority, target, document) == ("Ministry of Foreign Affairs of Veltania", "Joren Maas", "harbour-talks")
    assert instruments == ["work:order-12"]
    assert len(grounds) == 1
    assert sentences == ["harbour-talks:s02.2"]


def test_participation_is_in_the_order_of_dates(tidewater: Path) -> None:
    with connect(tidewater) as connection:
        query = "select part, role, event_id, derived_earliest from participation where entity = 'org:tidal-front'"
        (first, *rest) = connection.sql(query).fetchall()
    assert first == ("argument", "predecessor", "harbour-talks:e07", "2016-01-01")
    days = [row[3] for row in rest if row[3]]
    assert days == sorted(days)


def test_without_duckdb_the_extra_is_named(tidewater: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(CteError, match=r'pip install "cte-corpus\[sql\]"'):
        connect(tidewater)

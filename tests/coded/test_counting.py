"""What the page on counting answers is what the texts say; `test_snippets` runs its queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cte_corpus.tabular.database import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb


@pytest.fixture(scope="module")
def corpus() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as connection:
        yield connection


FIVE = {"Ari Kardian", "Dini Ramadhani", "Dwi Dahlia Susanti", "Muhammad Dandi Adhiguna", "Rudi Heryadi"}

ANSWERS = {
    "How many meetings on 9 May 2022?": (
        "select count(*) from incidents where type = 'dipl.meeting' and days = '2022-05-09'",
        [(1,)],
    ),
    "Which attacks are told as having happened, where and when?": (
        """
        select p.derived_entity_name, e.derived_when from events e join places p on p.event_id = e.id
        where e.type ^@ 'attack' and e.derived_realis = 'actual' and e.derived_whole is not null order by 2
        """,
        [
            ("Paris", "2015-11-01/2015-11-30"),
            ("Brussels", "2016-03-01/2016-03-31"),
            ("London", "2017-03-01/2017-03-31"),
        ],
    ),
    "How many arrests?": ("select count(*) from incidents where type = 'legal.arrest'", [(1,)]),
    "How much money did Susanti help to move, and how much of it was diverted?": (
        """
        select q.value, q.comparator, e.derived_whole is not null from quantities q join events e on e.id = q.event_id
        where q.measure = 'money' and e.status = 'alleged' and e.document = 'treasury-jy0772' order by 1 desc
        """,
        [(4000.0, "approx", False), (500.0, "approx", True)],
    ),
    "Whom does the list link otherwise than the documents?": (
        "select target_name, document_says, list_says from list_differences order by 1",
        [
            ("Dini Ramadhani", ["Islamic State (Daesh)"], ["Dwi Dahlia Susanti"]),
            ("Muhammad Dandi Adhiguna", ["Islamic State (Daesh)"], ["Dwi Dahlia Susanti"]),
        ],
    ),
    "By whom is anybody accused of smuggling children?": (
        "select distinct unnest(alleged_by) from conduct where mode = 'child_smuggling'",
        [("US Department of the Treasury",)],
    ),
    "How many members does each document give?": (
        """
        select document_id, q.comparator, q.value from quantities q join events e on e.id = q.event_id
        where e.type = 'state.situation' and e.mode = 'membership' and q.measure <> 'groups' order by 1, 3
        """,
        [
            ("alamsar-2022-marrakesh", "eq", 79.0),
            ("alamsar-2022-marrakesh", "eq", 84.0),
            ("treasury-jy0179", "approx", 70.0),
            ("treasury-jy0772", "approx", 70.0),
        ],
    ),
}


@pytest.mark.parametrize(("query", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_the_answers_are_those_of_the_texts(
    corpus: duckdb.DuckDBPyConnection, query: str, expected: list[tuple[object, ...]]
) -> None:
    assert corpus.execute(query).fetchall() == expected


def test_all_five_are_accused_of_smuggling_children_in_both_texts(corpus: duckdb.DuckDBPyConnection) -> None:
    query = "select distinct target_name, document_id from conduct where mode = 'child_smuggling'"
    documents = ("alamsar-2022-marrakesh", "treasury-jy0772")
    assert set(corpus.execute(query).fetchall()) == {(name, document) for name in FIVE for document in documents}


def test_what_us_persons_must_do(corpus: duckdb.DuckDBPyConnection) -> None:
    query = """
        select e.mode, count(*) from events e join arguments a on a.event_id = e.id
        where e.derived_nature = 'duty' and a.entity = 'group:us-persons' and a.role = 'addressee'
        group by 1 order by 1
    """
    found = dict(corpus.execute(query).fetchall())
    assert set(found) == {"asset_freeze", "reporting_duty", "transaction_ban"}

"""The views that count, on the invented corpus with a few records changed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.show.lookup import ORDER, standing
from cte_corpus.tabular.arrow import flat_tables, tables
from cte_corpus.tabular.columns import described, meaning
from cte_corpus.tabular.database import TABLES, connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

TALKS, BAYAN = "harbour-talks", "bayan-al-marfa"


class World:
    """A copy of the invented corpus whose records a test may change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def events(self, document: str, **changes: dict[str, Any]) -> None:
        """Change events of a document: `e01={...}` sets fields of its first."""
        self._change(document, "events", changes)

    def sanctions(self, document: str, **changes: dict[str, Any]) -> None:
        self._change(document, "sanctions", changes)

    def _change(self, document: str, part: str, changes: dict[str, dict[str, Any]]) -> None:
        path = self.folder / "documents" / document / f"{part}.json"
        value = json.loads(path.read_text(encoding="utf-8"))
        for record in value["records"]:
            record.update(changes.get("all", {}) | changes.get(record["id"].partition(":")[2], {}))
        path.write_text(json.dumps(value), encoding="utf-8")

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with connect(self.folder) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
def world(tidewater: Path, tmp_path: Path) -> World:
    found = World(shutil.copytree(tidewater, tmp_path / "corpus"))
    for document in (TALKS, BAYAN):
        found.events(document, all={"genericity": "specific"})
    return found


@pytest.fixture
def plain(tidewater: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(tidewater) as connection:
        yield connection


def test_every_column_of_every_table_and_view_has_a_meaning_and_views_no_other(
    plain: duckdb.DuckDBPyConnection,
) -> None:
    found: dict[str, list[str]] = {}
    for table, column in plain.execute(
        "select table_name, column_name from duckdb_columns() where not internal"
    ).fetchall():
        found.setdefault(table, []).append(column)
    assert len(found) > 20
    assert [
        f"{table}.{column}" for table, names in found.items() for column in names if not meaning(table, column)
    ] == []
    exported = ("incidents", "edges", "designations")  # their sections describe what `cte export` writes
    for view in found.keys() - {*TABLES, *exported}:
        assert set(described().get(view, ())) <= set(found[view])


def test_incidents_are_merged_told_and_dated(world: World) -> None:
    found = world.ask("select label, told, alleged_by, days, documents from incidents where type = 'dipl.meeting'")
    assert found == [("The league meets in Osterhavn", "fact", None, "2022-05-11", [BAYAN, TALKS])]
    query = "select told, alleged_by, days, actors from incidents where incident_id = 'harbour-talks:e04'"
    assert world.ask(query) == [
        ("alleged", ["Ministry of Foreign Affairs of Veltania"], None, ["Joren Maas"]),
    ]
    (attack,) = world.ask("select actors, targets, [f.printed for f in figures] from incidents where type ^@ 'attack'")
    assert attack == (["Grey Lantern"], ["a market for fish"], ["nearly 30 people"])


def test_generic_demanded_and_feared_events_are_no_incidents(world: World) -> None:
    world.events(TALKS, e08={"genericity": "generic"})
    found = {row[0] for row in world.ask("select incident_id from incidents")}
    assert not found & {f"{TALKS}:e08", f"{BAYAN}:e04", f"{BAYAN}:e06", f"{BAYAN}:e01"}


def test_parts_are_folded_into_an_incident(world: World) -> None:
    world.events(TALKS, e04={"relations": [{"rel": "part-of", "event": f"{TALKS}:e06"}]})
    found = world.ask("select incident_id, parts from incidents where type = 'fin.transfer' and parts is not null")
    assert found == [(f"{TALKS}:e06", [f"{TALKS}:e04"])]


def test_places_have_coordinates_and_precision(world: World) -> None:
    (places,) = world.ask("select places from incidents where type = 'dipl.meeting'")[0]
    assert {(place["name"], place["precision"]) for place in places} == {("Osterhavn", "city")}
    assert all(place["lat"] and place["lon"] for place in places)


def test_edges_have_status_and_speaker(plain: duckdb.DuckDBPyConnection) -> None:
    query = """
        select source_name, relation, target_name, status, said_by from edges
        where relation = 'fin.transfer/cash_courier'
    """
    assert plain.execute(query).fetchall() == [
        (
            "Joren Maas",
            "fin.transfer/cash_courier",
            "Grey Lantern",
            "alleged",
            ["Ministry of Foreign Affairs of Veltania"],
        )
    ]


def test_statements_say_who_said_what_of_whom(plain: duckdb.DuckDBPyConnection) -> None:
    query = "select speaker_name, act, of_whom, said from statements where event_id = 'harbour-talks:e06'"
    assert plain.execute(query).fetchall() == [
        ("Ina Torvald", "alleges", ["Grey Lantern"], "Grey Lantern is said to have moved millions through Port Sable")
    ]


def test_conduct_names_the_speaker_and_the_sentence(plain: duckdb.DuckDBPyConnection) -> None:
    query = "select target_name, type, status, alleged_by, sentences from conduct"
    assert plain.execute(query).fetchall() == [
        ("Joren Maas", "fin.transfer", "alleged", ["Ministry of Foreign Affairs of Veltania"], [f"{TALKS}:s02.2"])
    ]


def figure(text: str, **bounds: Any) -> dict[str, Any]:
    span = {"start": 0, "end": len(text), "text": text}
    return {"measure": "countries", "of": {"text": "states", "lang": "en"}, "span": span} | bounds


def test_contested_has_both_sides_and_never_one(world: World) -> None:
    query = "select document_id, says from contested where kind = 'figure'"
    assert world.ask(query) == []  # one tells states, the other delegations
    world.events(TALKS, e01={"quantities": [figure("41 states", comparator="eq", value=41)]})
    world.events(BAYAN, e02={"quantities": [figure("36", comparator="eq", value=36)]})
    assert world.ask(query) == [(BAYAN, ["36"]), (TALKS, ["41 states"])]
    world.events(BAYAN, e02={"quantities": [figure("41", comparator="eq", value=41)]})
    assert world.ask(query) == []


def test_facts_that_exclude_each_other_are_contested(plain: duckdb.DuckDBPyConnection) -> None:
    query = "select document_id, said_by, says from contested where kind = 'fact'"
    assert plain.execute(query).fetchall() == [
        (BAYAN, ["League of Harbours"], ["أقل من 900 ألف دولار"]),
        (TALKS, ["Ina Torvald"], ["at least 2 million dollars"]),
    ]


@pytest.mark.parametrize("words", ["grey lantern", "GREY LANTÉRN", "الفانوس", "الفانُوس الرّمادي"])
def test_entities_are_found_by_any_name(plain: duckdb.DuckDBPyConnection, words: str) -> None:
    found = plain.execute("select entity from entity_search(?)", [words]).fetchall()
    assert found == [("org:grey-lantern",)]


def test_what_ones_group_does_is_told_apart(world: World) -> None:
    path = world.folder / "entities" / "person" / "joren-maas.json"
    value = json.loads(path.read_text(encoding="utf-8"))
    value["links"] = [{"rel": "member-of", "entity": "org:grey-lantern"}]
    path.write_text(json.dumps(value), encoding="utf-8")
    own = "select count(*) from participation where entity = 'person:joren-maas' and event_id = 'harbour-talks:e08'"
    assert world.ask(own) == [(0,)]
    through = """
        select through_name, role from participation_through
        where entity = 'person:joren-maas' and event_id = 'harbour-talks:e08'
    """
    assert world.ask(through) == [("Grey Lantern", "perpetrator")]


def test_a_list_that_links_to_another_is_shown(world: World) -> None:
    look = {"list": "un-sc", "key": "X.1", "result": "differs", "linked_to": ["org:tidal-front"], "source": "invented"}
    world.sanctions(TALKS, x01={"registry": [look], "supports": ["org:grey-lantern"]})
    query = "select target_name, document_says, list_says from list_differences"
    assert world.ask(query) == [("Joren Maas", ["Grey Lantern"], ["Tidal Front"])]


def test_lists_are_empty_and_marks_false_never_null(tidewater: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    for name, table in (tables(tidewater) | flat_tables(tidewater)).items():
        for field in table.schema:
            if pyarrow.types.is_list(field.type) or pyarrow.types.is_boolean(field.type):
                assert table[field.name].null_count == 0, (name, field.name)


def test_wholes_and_days_follow(world: World) -> None:
    world.events(BAYAN, e03={"relations": [{"rel": "part-of", "event": f"{BAYAN}:e02"}]})
    found = world.ask(
        "select derived_whole, derived_when, derived_when_basis from events where id = 'bayan-al-marfa:e03'"
    )
    assert found == [(f"{BAYAN}:e02", "2022-05-11", "whole")]


def test_realis(world: World) -> None:
    world.events(TALKS, e08={"genericity": "generic"})
    found = dict(world.ask(f"select id[15:], derived_realis from events where document = '{TALKS}'"))
    assert (found["e01"], found["e04"], found["e08"]) == ("actual", "other", "generic")


def test_the_groups_of_participation_are_those_of_show(plain: duckdb.DuckDBPyConnection) -> None:
    corpus = Corpus()
    events = {event["id"]: event for raw in corpus.raw_documents for event in raw["events"]}
    with connect(corpus) as connection:
        found = connection.execute("select event_id, told, status, label from participation").fetchall()
    assert {told for _, told, _, _ in found} >= {"told as fact", "alleged", "aim or demand", "feared or hoped for"}
    places = [ORDER.index(told) for _, told, _, _ in found]
    assert places == sorted(places)
    for key, told, status, label in found:
        assert told == standing(events[key])
        assert (status, label) == (events[key]["status"], events[key]["label"][0]["text"])
    query = "select dates from participation where event_id = 'harbour-talks:e03' limit 1"
    assert plain.execute(query).fetchone() == (["effective 2022-05-09/.."],)


@pytest.mark.parametrize("table", ["arguments", "places", "attributions", "times", "quantities", "relations"])
def test_a_part_of_an_event_says_how_the_event_stands(plain: duckdb.DuckDBPyConnection, table: str) -> None:
    query = f"""from {table} t join events e on e.id = t.event_id
      where t.derived_status is distinct from e.status
      or t.derived_said_by is distinct from coalesce(said_by_of(e.id), [])"""
    assert plain.execute(query).fetchall() == []
    assert plain.execute(f"select count(*) from {table}").fetchone() != (0,)


EVENTS_OF = {
    "participation": ("status", "said_by", "dates"),
    "participation_through": ("status", "said_by", "dates"),
    "incidents": ("told", "said_by", "alleged_by", "days"),
    "edges": ("status", "said_by", "dates"),
    "statements": ("status", "speaker", "dates"),
    "conduct": ("status", "alleged_by", "dates"),
    "contested": ("status", "said_by"),
    "clusters": ("statuses", "derived_said_by"),
}
"""The views that say what an event is, with the columns that say how it stands, who says it, and when."""


def test_every_view_with_a_label_of_an_event_says_how_it_stands(plain: duckdb.DuckDBPyConnection) -> None:
    rows = plain.execute("select table_name, column_name from duckdb_columns() where not internal").fetchall()
    columns: dict[str, set[str]] = {}
    for view, column in rows:
        columns.setdefault(view, set()).add(column)
    labelled = {view for view, names in columns.items() if names & {"label", "act", "said"}}
    assert labelled - {"events", "attributions"} <= set(EVENTS_OF)
    for view, names in EVENTS_OF.items():
        assert columns[view] >= set(names)

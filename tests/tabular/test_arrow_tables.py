"""The Arrow tables hold the records as they are, and what is derived from them."""

import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pytest

from cte_corpus.errors import CteError
from cte_corpus.records import Document, Entity, Event, Mention, Sanction, Section
from cte_corpus.tabular import arrow

from .comparing import stated

MODELS = {
    "documents": Document,
    "sections": Section,
    "mentions": Mention,
    "events": Event,
    "sanctions": Sanction,
    "entities": Entity,
}


@pytest.fixture(scope="module")
def tables(tidewater: Path) -> dict[str, pa.Table]:
    return arrow.tables(tidewater)


@pytest.fixture(scope="module")
def flat(tidewater: Path) -> dict[str, pa.Table]:
    return arrow.flat_tables(tidewater)


@pytest.mark.parametrize("name", arrow.RECORD_TYPES)
def test_rows_are_the_records(tables: dict[str, pa.Table], records: dict[str, list[dict[str, Any]]], name: str) -> None:
    assert stated(tables[name].to_pylist()) == records[name]


@pytest.mark.parametrize(("name", "model"), MODELS.items())
def test_columns_are_the_fields_of_the_model_in_its_order(tables: dict[str, pa.Table], name: str, model: Any) -> None:
    columns = [column for column in tables[name].column_names if not column.startswith("derived_")]
    assert columns == list(model.model_fields)


@pytest.mark.parametrize(("name", "model"), MODELS.items())
def test_rows_validate_as_records(tables: dict[str, pa.Table], name: str, model: Any) -> None:
    for row in tables[name].to_pylist():
        model.model_validate(stated(row))


@pytest.mark.parametrize("name", [*arrow.RECORD_TYPES, *arrow.FLAT])
def test_no_column_is_a_timestamp(tables: dict[str, pa.Table], flat: dict[str, pa.Table], name: str) -> None:
    def leaves(kind: pa.DataType) -> set[str]:
        if pa.types.is_struct(kind):
            return set().union(*(leaves(kind.field(i).type) for i in range(kind.num_fields)))
        return leaves(kind.value_type) if pa.types.is_list(kind) else {str(kind)}

    found = set().union(*(leaves(field.type) for field in (tables | flat)[name].schema))
    assert found <= {"string", "int64", "double", "bool"}


def test_edtf_stays_as_coded(flat: dict[str, pa.Table]) -> None:
    found = flat["times"].to_pydict()
    assert list(zip(found["edtf"], found["derived_earliest"], found["derived_latest"], strict=True)) == [
        ("2022-05-12", "2022-05-12", "2022-05-12"),
        ("2022-05-11", "2022-05-11", "2022-05-11"),
        ("../2023", None, "2023-12-31"),
        ("2019/..", "2019-01-01", None),
        ("2022-05-11", "2022-05-11", "2022-05-11"),
        ("2022-05-09", "2022-05-09", "2022-05-09"),
        ("2022-05-09/..", "2022-05-09", None),
        ("2019/..", "2019-01-01", None),
        ("2016~", "2016-01-01", "2016-12-31"),
        ("2021-03", "2021-03-01", "2021-03-31"),
    ]


def test_days_of_an_event_are_those_of_its_when(tables: dict[str, pa.Table]) -> None:
    days = {row["id"]: (row["derived_earliest"], row["derived_latest"]) for row in tables["events"].to_pylist()}
    assert days["harbour-talks:e08"] == ("2021-03-01", "2021-03-31")
    assert days["harbour-talks:e06"] == ("2019-01-01", None)
    assert days["bayan-al-marfa:e06"] == (None, None)  # a deadline only


def test_days_of_other_records(tables: dict[str, pa.Table]) -> None:
    assert tables["documents"]["derived_latest"].to_pylist() == ["2022-05-12", "2022-05-11"]
    assert tables["sections"]["derived_earliest"].to_pylist()[-1] == "2021-01-01"
    assert tables["sanctions"]["derived_earliest"].to_pylist() == ["2022-05-09"]


def test_spans_lie_in_their_section_and_sentence(tables: dict[str, pa.Table], flat: dict[str, pa.Table]) -> None:
    sentences = {row["id"]: row for row in tables["sentences"].to_pylist()}
    sections = {row["id"]: row for row in tables["sections"].to_pylist()}
    rows = [row | {"span": row.get("span") or row.get("trigger")} for name in ("mentions", "events")
            for row in tables[name].to_pylist()]  # fmt: skip
    rows += [row for name in ("times", "quantities", "attributions") for row in flat[name].to_pylist() if row["span"]]
    for row in rows:
        for found in (sentences[row["derived_sentence"]], sections[row["derived_section"]]):
            assert found["start"] <= row["span"]["start"] < row["span"]["end"] <= found["end"]


def test_what_has_no_span_lies_nowhere(flat: dict[str, pa.Table]) -> None:
    inferred = [row for row in flat["times"].to_pylist() if row["basis"] == "inferred"]
    assert inferred
    assert all(row["derived_section"] is None and row["derived_sentence"] is None for row in inferred)


def test_a_heading_lies_in_no_sentence(tidewater: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tidewater, tmp_path / "corpus")
    path = copy / "documents" / "harbour-talks" / "mentions.json"
    value = orjson.loads(path.read_bytes())
    heading = next(row for row in arrow.tables(copy)["sections"].to_pylist() if row["id"] == "harbour-talks:s03")[
        "heading"
    ]
    value["records"][0]["span"] = heading
    path.write_bytes(orjson.dumps(value))
    row = next(row for row in arrow.tables(copy)["mentions"].to_pylist() if row["id"] == "harbour-talks:m001")
    assert (row["derived_section"], row["derived_sentence"]) == ("harbour-talks:s03", None)


def test_crosswalk_codes_are_those_of_the_event(tables: dict[str, pa.Table]) -> None:
    rows = {row["id"]: row for row in tables["events"].to_pylist()}
    bombing, meeting = rows["harbour-talks:e08"], rows["bayan-al-marfa:e02"]
    assert bombing["derived_gtd"] == [{"target": "3", "match": "close"}]
    assert bombing["derived_acled"][0] == {"target": "Remote explosive/landmine/IED", "match": "close"}
    assert [code["target"] for code in meeting["derived_cameo"]] == ["040", "046", "044"]
    assert rows["bayan-al-marfa:e08"]["derived_cameo"] == []  # denied, and of an edition without genericity


def test_digest_is_of_the_record_with_sorted_keys(
    tables: dict[str, pa.Table], records: dict[str, list[dict[str, Any]]]
) -> None:
    for name in MODELS:
        expected = [
            sha256(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16] for record in records[name]
        ]
        assert tables[name]["derived_digest"].to_pylist() == expected


@pytest.mark.parametrize("name", arrow.FLAT)
def test_flat_rows_are_the_items_of_events(
    flat: dict[str, pa.Table], records: dict[str, list[dict[str, Any]]], name: str
) -> None:
    expected = [
        {"event_id": event["id"], "document_id": event["document"], "position": position} | item
        for event in records["events"]
        for position, item in enumerate(event.get(name, []), 1)
    ]
    assert expected
    assert stated(flat[name].to_pylist()) == expected


def test_the_same_corpus_gives_the_same_tables(tidewater: Path, tables: dict[str, pa.Table]) -> None:
    again = arrow.tables(tidewater)
    assert list(again) == list(tables) == list(arrow.RECORD_TYPES)
    assert all(again[name].equals(table, check_metadata=True) for name, table in tables.items())


def test_a_wrong_date_is_named_with_its_record(tidewater: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tidewater, tmp_path / "corpus")
    path = copy / "documents" / "harbour-talks" / "events.json"
    path.write_text(path.read_text(encoding="utf-8").replace("2016~", "2016-13"), encoding="utf-8")
    with pytest.raises(CteError, match=r"harbour-talks:e07: .*month 13"):
        arrow.tables(copy)


def test_a_missing_field_is_named(tidewater: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tidewater, tmp_path / "corpus")
    path = copy / "documents" / "harbour-talks" / "events.json"
    value = orjson.loads(path.read_bytes())
    del value["records"][0]["trigger"]
    path.write_bytes(orjson.dumps(value))
    with pytest.raises(CteError, match="a record lacks the field 'trigger'"):
        arrow.tables(copy)


def test_a_wrong_type_is_an_error_to_read(tidewater: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tidewater, tmp_path / "corpus")
    path = copy / "documents" / "harbour-talks" / "sections.json"
    value = orjson.loads(path.read_bytes())
    value["records"][0]["order"] = "first"
    path.write_bytes(orjson.dumps(value))
    with pytest.raises(CteError, match="does not fit its table"):
        arrow.tables(copy)


def test_pandas_and_polars_read_the_tables(tables: dict[str, pa.Table]) -> None:
    import polars

    frame = tables["events"].to_pandas()
    assert list(frame["id"]) == tables["events"]["id"].to_pylist()
    assert frame.set_index("id").loc["harbour-talks:e07", "times"][0]["edtf"] == "2016~"
    found = polars.DataFrame(tables["events"]).explode("times").select(polars.col("times").struct.field("edtf"))
    assert "2016~" in found["edtf"].to_list()

"""`cte export`: what other programs read in the files."""

from __future__ import annotations

import csv
import json
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from cte_corpus.cli import cte as group
from cte_corpus.cli.export import FORMATS
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.exchange import csv_, parquet, xlsx
from cte_corpus.exchange.job import Files, save
from cte_corpus.exchange.loss import Loss, beside
from cte_corpus.exchange.sheets import TABLES, sheets
from cte_corpus.tabular.columns import described as columns_of
from cte_corpus.tabular.database import connect
from cte_corpus.text.nouns import count
from tests.cli.conftest import Cte, corpus, cte
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["corpus", "cte"]

Tables = dict[str, pa.Table]
NAMES = [*TABLES, "codes", "about"]


@pytest.fixture(scope="session")
def tables() -> Tables:
    return sheets()


@pytest.fixture(scope="session")
def invented(tidewater: Path) -> Tables:
    return sheets(tidewater)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_xlsx(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet as openpyxl reads them."""
    found = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return found


def write(files: Files, target: Path) -> None:
    """Write what a format made, and no more."""
    if isinstance(files, bytes):
        target.write_bytes(files)
        return
    target.mkdir(exist_ok=True)
    for name, data in files.items():
        (target / name).write_bytes(data)


def joined(value: Any) -> Any:
    return " | ".join(value) or None if isinstance(value, list) else value


# What is in the tables


def test_one_row_per_incident_event_edge_and_designation(tables: Tables) -> None:
    assert list(tables) == NAMES
    with connect() as database:
        for name in TABLES:
            (rows,) = database.sql(f"select count(*) from {name}").fetchall()
            assert tables[name].num_rows == rows[0] > 0
    for name, key in {"incidents": "incident_id", "events": "event_id", "designations": "sanction_id"}.items():
        ids = tables[name].column(key).to_pylist()
        assert len(set(ids)) == len(ids)


def test_whom_a_target_is_said_to_support_is_never_told_as_a_fact(tables: Tables) -> None:
    names = tables["designations"].column_names
    assert {"said_to_support", "said_to_support_names"} <= {*names}
    assert not [name for name in names if name.startswith("supports")]
    (meaning,) = (row["meaning"] for row in tables["codes"].to_pylist() if row["column"] == "said_to_support")
    assert "an accusation, not a fact" in meaning


def test_every_column_is_a_scalar_or_a_list_of_texts(tables: Tables) -> None:
    for table in tables.values():
        for field in table.schema:
            kind = field.type.value_type if pa.types.is_list(field.type) else field.type
            assert kind == pa.string() or (kind in (pa.int64(), pa.float64()) and kind == field.type), field


def test_no_item_of_a_list_holds_the_separator(tables: Tables, invented: Tables) -> None:
    for table in [*tables.values(), *invented.values()]:
        for row in table.to_pylist():
            assert not [item for value in row.values() if isinstance(value, list) for item in value if " | " in item]


def test_the_code_sheet_describes_every_column_and_every_code_that_occurs(tables: Tables) -> None:
    rows = tables["codes"].to_pylist()
    described = columns_of()
    known: dict[str, set[str]] = {}
    for row in rows:
        assert row["meaning"]
        if row["code"]:
            known.setdefault(row["list"], set()).add(row["code"])
    for name in NAMES:
        assert list(described[name]) == tables[name].column_names
    for name in TABLES:
        assert [row["column"] for row in rows if row["table"] == name] == tables[name].column_names
        for row in (row for row in rows if row["table"] == name and row["list"]):
            values = tables[name].column(row["column"]).to_pylist()
            found = {one for value in values for one in (value if isinstance(value, list) else [value]) if one}
            assert found <= known[row["list"]], row


def test_who_is_accused_stands_beside_who_accuses(tables: Tables) -> None:
    alleged = [row for row in tables["incidents"].to_pylist() if row["told"] == "alleged"]
    assert alleged
    assert all(row["alleged_by"] for row in alleged)
    with connect() as database:
        said = dict(
            database.sql("select event_id, list(distinct derived_by_name) from attributions group by 1").fetchall()
        )
    for row in tables["events"].to_pylist():
        assert sorted(row["said_by"] or []) == sorted(said.get(row["event_id"], []))


def test_days_figures_and_points(tables: Tables) -> None:
    incidents = {row["incident_id"]: row for row in tables["incidents"].to_pylist()}
    freed = incidents["alamsar-2022-marrakesh:e133"]
    assert (freed["earliest"], freed["latest"], freed["days_basis"]) == (None, "2017-12-31", "own")
    paris = incidents["alamsar-2022-marrakesh:e142"]
    assert (paris["lat"], paris["precision"]) == (48.85341, "city")
    figures = incidents["alamsar-2022-marrakesh:e51"]["figures"]
    assert any(re.fullmatch(r"killed: ge 2600( .*)?", figure) for figure in figures), figures


def test_the_about_sheet_says_how_to_cite_and_what_it_is_not(invented: Tables) -> None:
    about = dict(zip(*(invented["about"].column(name).to_pylist() for name in ("what", "value")), strict=True))
    assert about["version"] == "0.2.0"
    assert "urn:tidewater:0.2.0" in about["cite"]
    assert "no evidence against anybody" in about["what it is not"]


# What is in the files


def test_csv_has_a_mark_and_the_same_cells(tables: Tables, tmp_path: Path) -> None:
    write(csv_.files(tables), tmp_path / "tables")
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == sorted(f"{name}.csv" for name in NAMES)
    for name in NAMES:
        assert (tmp_path / "tables" / f"{name}.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
        read = read_csv(tmp_path / "tables" / f"{name}.csv")
        expected = [{k: joined(v) for k, v in row.items()} for row in tables[name].to_pylist()]
        assert read == [{k: "" if v is None else str(v) for k, v in row.items()} for row in expected]


def test_xlsx_has_the_same_cells_and_arabic_from_right_to_left(tables: Tables, tmp_path: Path) -> None:
    write(xlsx.workbook(tables), tmp_path / "corpus.xlsx")
    read = read_xlsx(tmp_path / "corpus.xlsx")
    assert list(read) == NAMES
    for name in NAMES:
        assert read[name] == [{k: joined(v) for k, v in row.items()} for row in tables[name].to_pylist()]
    events = openpyxl.load_workbook(tmp_path / "corpus.xlsx")["events"]
    columns = {cell.value: events.column_dimensions[cell.coordinate.rstrip("1")] for cell in events[1]}
    assert columns["label_ar"].alignment.readingOrder == 2
    assert columns["label"].alignment.readingOrder == 0


def test_the_same_tables_give_the_same_workbook(invented: Tables, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write(xlsx.workbook(invented), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_parquet_keeps_lists(tables: Tables, tmp_path: Path) -> None:
    write(parquet.files(tables), tmp_path)
    for name in NAMES:
        assert pq.read_table(tmp_path / f"{name}.parquet").equals(tables[name])


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("https://a.example","b")']
HARMLESS = ["a=b", "1-2", "https://a.example", "{=1}", "داعش", "'quoted'", "50 %", " =1"]


@pytest.fixture
def hostile() -> Tables:
    return {"events": pa.table({"label": DANGEROUS + HARMLESS, "lat": [-1.5] * len(DANGEROUS + HARMLESS)})}


def test_no_cell_of_a_csv_file_can_run(hostile: Tables, tmp_path: Path) -> None:
    write(csv_.files(hostile), tmp_path)
    rows = read_csv(tmp_path / "events.csv")
    assert [row["label"] for row in rows] == [f"'{text}" for text in DANGEROUS] + HARMLESS
    assert {row["lat"] for row in rows} == {"-1.5"}


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(hostile: Tables, tmp_path: Path) -> None:
    write(xlsx.workbook(hostile), tmp_path / "corpus.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "corpus.xlsx")["events"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert [cell.value for cell in cells if cell.quotePrefix] == [text.replace("\r", "_x000D_") for text in DANGEROUS]
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {-1.5}


def test_an_item_of_a_list_can_be_dangerous_as_well(tmp_path: Path) -> None:
    write(csv_.files({"events": pa.table({"actors": [["=1", "b"], ["b", "=1"], []]})}), tmp_path)
    assert [row["actors"] for row in read_csv(tmp_path / "events.csv")] == ["'=1 | b", "b | =1", ""]


def test_what_a_sheet_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CteError, match=r"events.label has a cell of 32768 characters; a sheet's holds 32767"):
        write(xlsx.workbook({"events": pa.table({"label": ["x" * 32_768]})}), tmp_path / "corpus.xlsx")
    with pytest.raises(CteError, match="events has 1048576 rows; a sheet holds 1048575"):
        write(xlsx.workbook({"events": pa.table({"n": pa.nulls(1_048_576, pa.int64())})}), tmp_path / "corpus.xlsx")
    assert list(tmp_path.iterdir()) == []


# The command


def test_the_command_writes_a_workbook_named_by_the_corpus(cte: Cte, tidewater: Path, tmp_path: Path) -> None:
    done = cte("export", "xlsx", "--corpus", tidewater, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("written: tidewater-0.2.0.xlsx (incidents ")
    assert list(read_xlsx(tmp_path / "tidewater-0.2.0.xlsx")) == NAMES


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_command_writes_a_folder(cte: Cte, kind: str, tidewater: Path, tmp_path: Path) -> None:
    done = cte("export", kind, "--corpus", tidewater, "--out", tmp_path / "deep" / "tables")
    assert done.returncode == 0, done.stderr
    assert {path.suffix for path in (tmp_path / "deep" / "tables").iterdir()} == {f".{kind}"}


def test_what_is_left_out_is_said_and_stands_beside(tidewater: Path, tmp_path: Path) -> None:
    command = ["export", "csv", "--corpus", str(tidewater), "--out", str(tmp_path / "tables")]
    done = CliRunner().invoke(group, command, catch_exceptions=False)
    rows = json.loads((tmp_path / "tables.loss.json").read_bytes())
    corpus = Corpus(tidewater)
    found = {row["kind"]: sorted(row["ids"]) for row in rows}
    assert {kind: ids for kind, ids in found.items() if not kind.startswith("field of ")} == {
        "section": sorted(corpus.sections),
        "sentence": sorted(corpus.sentences),
        "mention": sorted(corpus.mentions),
    }
    assert all(row["count"] == len(row["ids"]) and row["why"] for row in rows)
    shown = [f"left out: {count(row['count'], row['kind'])}: {row['why']}" for row in rows]
    assert done.stdout.splitlines()[1:] == shown
    why = "a flat table has no row for this kind; `cte.load_dataset` and a release pack hold all"
    assert shown[0] == f"left out: {len(corpus.sections)} sections: {why}"


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (1, "section", "1 section"),
        (2, "entity", "2 entities"),
        (1203, "field of events", "1,203 fields of events"),
        (2, "control character", "2 control characters"),
        (2, "span `PER`", "2 spans `PER`"),
    ],
)
def test_things_are_counted_in_words(number: int, noun: str, words: str) -> None:
    assert count(number, noun) == words


def test_nothing_left_out_is_an_empty_list(tidewater: Path, tmp_path: Path) -> None:
    save(b"all", Loss(), tmp_path / "all.txt", Corpus(tidewater))
    assert beside(tmp_path / "all.txt").read_bytes() == b"[]\n"


def test_no_export_is_written_into_the_corpus_or_over_what_is_no_file(corpus: Path, tmp_path: Path) -> None:
    before = sorted(corpus.rglob("*"))
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    files: Files
    for files, target, said in (
        (b"", corpus / "documents" / "x", "lies in the corpus"),
        ({"x": b""}, corpus, "lies in the corpus"),
        (b"", tmp_path / "folder", "is a folder, and what is written is a file"),
        ({"x": b""}, tmp_path / "file", "is a file, and what is written is a folder"),
    ):
        with pytest.raises(CteError, match=said):
            save(files, Loss(), target, Corpus(corpus))
    assert sorted(corpus.rglob("*")) == before


def test_an_option_that_a_format_has_not_is_refused(tidewater: Path) -> None:
    done = CliRunner().invoke(group, ["export", "csv", "--corpus", str(tidewater), "--policy", "strict"])
    assert done.exit_code == 2
    assert "csv takes no --policy" in done.stderr


def test_another_release_is_exported_as_it_was() -> None:
    old = sheets(version="1.0.0")
    assert old["events"].num_rows == len(Corpus(version="1.0.0").events)
    assert old["about"].to_pylist()[1] == {"what": "version", "value": "1.0.0"}


def test_a_missing_extra_is_one_message_with_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(
        CteError, match=r"XlsxWriter is not installed\ninstall it with: pip install \"cte-corpus\[export\]"
    ):
        write(xlsx.workbook({}), tmp_path / "corpus.xlsx")


def test_the_separator_and_marks_on_the_page_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "loading.md").read_text(encoding="utf-8")
    assert json.dumps(" | ") in page
    assert "`incidents` has one row per incident" in page


def test_every_format_has_its_interface_and_its_place_on_the_page() -> None:
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    for name, module in FORMATS.items():
        made = import_module(f"cte_corpus.exchange.{module}")
        assert callable(made.export)
        assert isinstance(made.SUFFIX, str)
        assert set(made.OPTIONS) <= {"text", "policy"}
        assert sum(line.startswith("|") and f"`{name}`" in line.split("|")[1] for line in page.splitlines()) == 2

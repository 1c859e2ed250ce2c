"""A query reaches the tables and nothing else: no file, no network, no setting; and neither does it take all memory."""

from __future__ import annotations

import json
import os
from threading import Thread
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pytest

from cte_corpus.tabular.database import TABLES, connect
from tests.capped import cte
from tests.cli.test_printing import OBEYED
from tests.running import Rude, running

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = 16

REACHES = [
    "select * from read_csv('{file}')",
    "select * from read_text('{file}')",
    "select * from read_blob('{file}')",
    "select * from '{file}'",
    "from sniff_csv('{file}')",
    "from glob('{folder}/*')",
    "from read_json('{url}')",
    "from parquet_scan('{url}')",
    "select * from '{url}'",
    "copy events to '{new}'",
    "copy (select 1) to '{new}' (format parquet)",
    "export database '{new}'",
    "import database '{folder}'",
    "attach '{new}' as other",
    "attach '{url}' as other",
    "install httpfs",
    "install httpfs from '{url}'",
    "load httpfs",
    "load '{file}'",
    "create secret (type s3, key_id 'a', secret 'b')",
    "set enable_external_access = true",
    "set autoinstall_known_extensions = true",
    "set lock_configuration = false",
    "set memory_limit = '64GB'",
    "set temp_directory = '{folder}'",
    "pragma memory_limit = '64GB'",
    "reset enable_external_access",
]


@pytest.mark.parametrize("query", REACHES)
def test_a_query_reaches_nothing_but_the_tables(query: str, tidewater: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("secret\n1\n")
    with running(Rude(lambda _: None)) as server, connect(tidewater) as connection:
        places = {
            "file": tmp_path / "secret.csv",
            "folder": tmp_path,
            "new": tmp_path / "new",
            "url": f"{server.url}/x.csv",
        }
        for one in (connection, connection.cursor()):
            with pytest.raises(duckdb.Error, match=r"disabled|locked|does not exist|requires the extension"):
                one.execute(query.format(**places)).fetchall()
    assert server.connections == 0
    assert os.listdir(tmp_path) == ["secret.csv"]  # noqa: PTH208


def test_nothing_is_written_for_a_query_that_needs_much(
    tidewater: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    query = "select a.range, b.range from range(60000) a, range(60000) b order by hash(a.range * b.range)"
    with connect(tidewater) as connection, pytest.raises(duckdb.OutOfMemoryException):
        connection.execute(query).fetchmany(1)
    assert list(tmp_path.iterdir()) == []


def test_with_files_a_query_reads_and_writes_them(tidewater: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    with connect(tidewater, files=True) as connection:
        connection.execute(f"copy events to '{path}'")
        assert connection.execute(f"select count(*) from '{path}'").fetchone() == (EVENTS,)
        connection.execute("set memory_limit = '64GB'")
    other = tmp_path / "other.csv"
    done = cte("sql", f"copy events to '{other}'", tidewater)
    assert (done.code, other.exists()) == (2, False)
    assert "file system operations are disabled" in done.err
    assert "help: with --files a query may read and write files" in done.err
    assert cte("sql", "--files", f"copy events to '{other}'", tidewater).code == 0
    assert other.exists()


def test_results_leave_by_python_and_tables_come_in(tidewater: Path) -> None:
    with connect(tidewater) as connection:
        assert connection.sql("from events").arrow().read_all().num_rows == EVENTS
        assert len(connection.sql("from events").df()) == EVENTS
        connection.register("mine", pa.table({"id": ["harbour-talks:e01"]}))
        assert connection.execute("select count(*) from mine join events using (id)").fetchone() == (1,)


def test_cursors_see_the_tables_and_each_thread_may_have_one(tidewater: Path) -> None:
    with connect(tidewater) as connection:
        for name in (*TABLES, "designations", "participation"):
            assert connection.cursor().execute(f"select count(*) from {name}").fetchone()
        answers: list[tuple[int, ...] | None] = []

        def ask() -> None:
            answers.append(connection.cursor().execute("select count(*) from events").fetchone())

        threads = [Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [(EVENTS,)] * 8


@pytest.mark.long
def test_millions_of_rows_are_printed_in_little_memory(tidewater: Path) -> None:
    query = "select range as n, 'a' as b from range(300000)"
    done = cte("sql", query, tidewater, memory=2048, seconds=60)
    assert (done.code, done.peak < 500) == (0, True)
    lines = cte("sql", query.replace("300000", "80000"), tidewater).out.splitlines()  # a megabyte is read at most
    assert (len(lines), lines[-1].split(), lines[12].split()) == (80_002, ["79999", "a"], ["10", "a"])
    for output in ("csv", "json"):
        done = cte("sql", query, tidewater, "--output", output, memory=2048, seconds=60)
        assert (done.code, done.peak < 500) == (0, True)


@pytest.mark.long
def test_rows_that_come_in_pieces_are_the_same(tidewater: Path) -> None:
    query = "select range as n, [range, 2] as more, 'é\u202e' as text from range(2500)"
    done = cte("sql", query, tidewater, "--output", "json")
    assert json.loads(done.out) == [{"n": n, "more": [n, 2], "text": "é\u202e"} for n in range(2500)]
    assert not OBEYED.search(done.out)
    assert json.loads(cte("sql", "from range(0)", tidewater, "--output", "json").out) == []
    assert cte("sql", "select range as n from range(2500)", tidewater, "--output", "csv").out.split() == [
        "n",
        *map(str, range(2500)),
    ]


def test_an_error_is_printed_in_its_own_lines(tidewater: Path) -> None:
    done = cte("sql", "select statu\nfrom events", tidewater)
    assert done.code == 2
    assert "U+000A" not in done.err
    lines = done.err.splitlines()
    assert lines[0] == 'error: DuckDB: Binder Error: Referenced column "statu" not found in FROM clause!'
    at = next(number for number, line in enumerate(lines) if line.startswith("  LINE 1: "))
    assert lines[at + 1].index("^") == lines[at].index("statu")
    assert lines[-1] == "  help: `cte sql` lists the tables and views, and `cte sql NAME` the columns of one"


@pytest.mark.long
def test_what_does_not_fit_into_memory_is_said(tidewater: Path) -> None:
    query = "select list(range) from range(2000000000)"
    done = cte("sql", query, tidewater, memory=4096, seconds=120)
    assert done.code == 2
    assert "Out of Memory" in done.err or "not enough memory" in done.err

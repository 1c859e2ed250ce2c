"""`cte show`, `stats` and `sql` from end to end: exit codes and errors. What they print is tested in tests/tabular."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import EVENTS, Cte

QUERY = "select count(*) as events from events"


def test_they_work_on_a_corpus(cte: Cte, tidewater: Path, packed: Path) -> None:
    for path in (tidewater, packed):
        assert cte("show", "org:grey-lantern", "--corpus", path).stdout.startswith("entity org:grey-lantern\n")
        assert cte("stats", path).stdout.startswith("records\n")
        assert cte("sql", QUERY, "--corpus", path).stdout == "events\n------\n    16\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "org:gray-lantern", "--corpus", "corpus"], "did you mean `org:grey-lantern`?"),
        (["show", "org:grey-lantern", "--corpus", "nosuch"], "no corpus at nosuch"),
        (["show"], "error: missing argument 'ID'\n  help: try `cte show --help`\n"),
        (["stats", "nosuch"], "no corpus at nosuch"),
        (["sql", "selec 1", "--corpus", "corpus"], "DuckDB: Parser Error"),
        (["sql", "select statu from events", "--corpus", "corpus"], '"statu" not found'),
        (["sql", QUERY, "--corpus", "nosuch"], "no corpus at nosuch"),
    ],
)
def test_what_cannot_run_is_exit_code_2(cte: Cte, corpus: Path, arguments: list[str], message: str) -> None:
    done = cte(*arguments, cwd=corpus.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.parametrize(
    "content",
    [
        '{"records": [{"id": "harbour-talks:e01"}]}',
        '{"records": [5]}',
        '{"records": {}}',
        "[1",
        "7",
        '{"records": [{"id": ["x"], "document": 7}]}',
    ],
)
@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "harbour-talks:e01"],
        ["stats"],
        ["sql", QUERY],
        ["export", "csv", "--out", "tables"],
    ],
    ids=lambda a: a[0],
)
def test_an_invalid_corpus_is_named(cte: Cte, corpus: Path, arguments: list[str], content: str) -> None:
    (corpus / EVENTS).write_text(content, encoding="utf-8")
    done = cte(*arguments, "--corpus", "corpus", cwd=corpus.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert "run `cte check` for all that is wrong" in done.stderr


@pytest.mark.parametrize("name", ["corpus.json", "documents/harbour-talks/document.json", EVENTS])
@pytest.mark.parametrize("content", ["{}", "7", "[1"])
@pytest.mark.parametrize("command", ["attach copy.txt --document harbour-talks", "cite harbour-talks:e01"])
def test_what_a_command_needs_and_is_none_is_named(
    cte: Cte, corpus: Path, command: str, name: str, content: str
) -> None:
    (corpus / name).write_text(content, encoding="utf-8")
    (corpus.parent / "copy.txt").write_text("A copy of the harbour talks.\n", encoding="utf-8")
    done = cte(*command.split(), "--corpus", "corpus", cwd=corpus.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr


def test_json_of_what_sql_can_hold(cte: Cte, tidewater: Path) -> None:
    query = "select map {1: 2} as pairs, 'nan'::double as number, date '2021-03-01' as day"
    done = cte("sql", query, "--corpus", tidewater, "-o", "json")
    assert json.loads(done.stdout) == [{"pairs": {"1": 2}, "number": None, "day": "2021-03-01"}]
    done = cte(
        "sql", "select 170141183460469231731687303715884105727::hugeint as n", "--corpus", tidewater, "-o", "json"
    )
    assert done.returncode == 2
    assert "do not fit into JSON" in done.stderr

"""`cte fmt`: writes canonically, or says what it would write."""

from pathlib import Path

import pytest

from tests.cli.conftest import EVENTS, Cte


@pytest.fixture
def untidy(corpus: Path) -> Path:
    """A corpus with one file that is valid and not canonical."""
    path = corpus / EVENTS
    path.write_bytes(path.read_bytes().replace(b"\n", b"\n  "))
    return corpus


def test_a_canonical_corpus_stays_as_it_is(cte: Cte, corpus: Path) -> None:
    done = cte("fmt", corpus)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "0 of 28 files changed\n")


def test_it_writes_what_differs_and_once(cte: Cte, untidy: Path, tidewater: Path) -> None:
    done = cte("fmt", "corpus", cwd=untidy.parent)
    assert (done.returncode, done.stdout) == (0, f"wrote corpus/{EVENTS}\n")
    assert (untidy / EVENTS).read_bytes() == (tidewater / EVENTS).read_bytes()
    assert cte("fmt", "corpus", cwd=untidy.parent).stderr == "0 of 28 files changed\n"


def test_one_document_from_within(cte: Cte, untidy: Path) -> None:
    done = cte("fmt", ".", cwd=(untidy / EVENTS).parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "wrote events.json\n", "1 of 5 files changed\n")


def test_check_changes_nothing(cte: Cte, untidy: Path) -> None:
    before = (untidy / EVENTS).read_bytes()
    done = cte("fmt", "corpus", "--check", cwd=untidy.parent)
    assert (done.returncode, done.stdout) == (1, f"would write corpus/{EVENTS}\n")
    assert done.stderr == "1 of 28 files would change\n"
    assert (untidy / EVENTS).read_bytes() == before
    assert cte("fmt", untidy / "documents" / "bayan-al-marfa", "--check").returncode == 0


def test_diff_shows_what_would_change(cte: Cte, corpus: Path) -> None:
    path = corpus / "corpus.json"
    path.write_bytes(path.read_bytes().replace(b'  "name"', b' "name"'))
    before = path.read_bytes()
    done = cte("fmt", "corpus", "--diff", cwd=corpus.parent)
    assert done.returncode == 1
    assert done.stdout.startswith("--- corpus/corpus.json\n+++ corpus/corpus.json (canonical)\n@@ ")
    assert '\n- "name"' in done.stdout
    assert '\n+  "name"' in done.stdout
    assert path.read_bytes() == before


def test_a_file_that_is_no_json_is_left_alone_with_its_place(cte: Cte, untidy: Path) -> None:
    bad = untidy / "retired.json"
    bad.write_bytes(b'{"records": [1,\n 2')
    done = cte("fmt", "corpus", cwd=untidy.parent)
    assert done.returncode == 1
    assert done.stdout == f"wrote corpus/{EVENTS}\n"
    assert done.stderr.startswith("corpus/retired.json:2:3: ")
    assert "; left as it is\n1 of 28 files changed\n" in done.stderr
    assert bad.read_bytes() == b'{"records": [1,\n 2'


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        '"text"',
        '{"records": [5, {"id": 7}, {"id": "x:e2"}, null]}',
        '{"records": [{"id": 166.0}, {"id": "../x:e01"}]}',
        "{}",
    ],
)
def test_json_of_any_shape_is_written(cte: Cte, corpus: Path, content: str) -> None:
    (corpus / EVENTS).write_text(content, encoding="utf-8")
    assert cte("fmt", corpus).returncode == 0
    assert cte("fmt", corpus, "--check").returncode == 0


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nosuch", "no corpus at nosuch"),
        ("corpus/corpus.json", "no corpus at corpus/corpus.json"),
        ("corpus/documents", "no corpus at corpus/documents"),
        ("packed", "no data files in packed"),
    ],
)
def test_where_there_is_nothing_to_write_is_exit_code_2(
    cte: Cte, corpus: Path, packed: Path, path: str, message: str
) -> None:
    done = cte("fmt", path, cwd=corpus.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {message}\n  help: ")

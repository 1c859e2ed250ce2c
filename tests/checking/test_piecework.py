"""A check in pieces finds what a check in one process finds, to the byte, whatever is wrong and however it is cut."""

import pickle
import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.checking import again, engine, piecework, verdicts
from cte_corpus.checking.result import Result
from cte_corpus.scale.workers import Workers
from cte_corpus.store import pieces
from tests.checking.corpora import TEXTS, packed
from tests.checking.test_again import Edits


class Inline(Executor):
    """An executor that works at once, on what another process would get and give."""

    def submit(self, function: Callable[..., Any], /, *given: Any, **others: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(pickle.loads(pickle.dumps(function(*pickle.loads(pickle.dumps(given))))))
        return future


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """One document a piece."""
    monkeypatch.setattr(pieces, "LEAST", 1)
    monkeypatch.setattr(pieces, "MOST", 1)


def in_pieces(corpus: Path, **how: Any) -> Result:
    return piecework.run(corpus, workers=Workers(Inline(), 2, "inline"), **how)


def came(run: Callable[[], Result]) -> Result | str:
    try:
        return run()._replace(recalled=0)
    except Exception as error:
        return repr(error)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 8))])
def test_whatever_is_edited_the_findings_are_the_same(corpus: Path, tmp_path: Path, seed: int) -> None:
    shutil.copytree(TEXTS, tmp_path / "texts")
    edits = Edits(corpus, tmp_path / "texts", 100 + seed)
    for _ in range(15):
        edits.edit()
        text = edits.random.choice([None, tmp_path / "texts"])
        whole = came(lambda text=text: engine.run(corpus, text=text))  # type: ignore[misc]
        assert came(lambda text=text: in_pieces(corpus, text=text)) == whole  # type: ignore[misc]
        remembering = came(lambda text=text: in_pieces(corpus, text=text, cache=tmp_path / "cache"))  # type: ignore[misc]
        assert remembering == whole


def test_what_is_remembered_is_the_same(corpus: Path, tmp_path: Path) -> None:
    again.run(corpus, cache=tmp_path / "one")
    in_pieces(corpus, cache=tmp_path / "two")
    kept = [
        {path.name: path.read_bytes() for path in (tmp_path / name / verdicts.FOLDER).iterdir()}
        for name in ("one", "two")
    ]
    assert kept[0] == kept[1]
    found = in_pieces(corpus, cache=tmp_path / "one")
    assert found == again.run(corpus, cache=tmp_path / "two")
    assert found.recalled == found.documents


def same(corpus: Path, **how: Any) -> Result:
    found = in_pieces(corpus, **how)
    assert found == engine.run(corpus, **how)
    return found


def lines(corpus: Path) -> list[bytes]:
    return (corpus / "documents.jsonl").read_bytes().splitlines(keepends=True)


@pytest.fixture
def line(tmp_path: Path) -> tuple[Path, list[bytes]]:
    corpus = packed(tmp_path / "corpus")
    return corpus, lines(corpus)


def test_a_document_that_stands_twice_is_found(line: tuple[Path, list[bytes]]) -> None:
    corpus, rows = line
    (corpus / "documents.jsonl").write_bytes(b"".join([rows[0], *rows]))
    assert "CTE208" in {item.code for item in same(corpus).diagnostics}


def test_more_findings_than_are_listed_are_counted_alike(line: tuple[Path, list[bytes]]) -> None:
    """Of plain ones, of those of one slip, and of both in one line, beyond all bounds."""
    corpus, rows = line
    broken = [rows[0].replace(b'"lang":"en"', b'"lang":"zz"').replace(b"harbour", b"h%d" % n) for n in range(60)]
    slips = [rows[0].replace(b'"org:', b'"org:x%d' % (n % 40)).replace(b"harbour", b"k%d" % n) for n in range(60)]
    mixed = [row for pair in zip(broken, slips, strict=True) for row in pair]
    (corpus / "documents.jsonl").write_bytes(b"".join([*rows, *mixed]))
    found = same(corpus)
    assert any(item.more for item in found.diagnostics)
    assert any("more places" in item.message for item in found.diagnostics)
    same(corpus, select=frozenset({"CTE201", "CTE420"}))


def test_a_file_of_lines_that_are_no_records_is_left_alone_at_the_same_line(line: tuple[Path, list[bytes]]) -> None:
    corpus, rows = line
    (corpus / "documents.jsonl").write_bytes(b"".join([*rows, b"{}\n" * (engine.MOST_BROKEN + 50), b"\n"]))
    assert "CTE001" in {item.code for item in same(corpus).diagnostics}

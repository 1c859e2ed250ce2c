"""Shards that are checked apart and merged give what a check of the whole gives, to the byte."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from cte_corpus.checking import engine, merge, partial
from cte_corpus.checking.result import Result
from cte_corpus.errors import CteError
from cte_corpus.store.layout import corpus_dir, data_dir, real
from tests.checking.corpora import TEXTS, TIDEWATER, packed
from tests.checking.test_again import Edits
from tests.checking.test_piecework import came

SHARDS = 3


@pytest.fixture(params=["tree", "packed"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "packed":
        return real(packed(tmp_path / "corpus"))
    shutil.copytree(TIDEWATER, tmp_path / "corpus")
    return real(tmp_path / "corpus")


def in_shards(corpus: Path, parts: Path, **how: Any) -> Result:
    corpus_dir(corpus, ", or give one document's folder")  # asked by the command, before it judges a shard
    for shard in random.Random(str(parts)).sample(range(1, SHARDS + 1), SHARDS):
        partial.write(corpus, parts, shard, SHARDS, **how)
    return merge.merge([parts], corpus)


def same(corpus: Path, parts: Path, **how: Any) -> Result:
    found = in_shards(corpus, parts, **how)
    assert found == engine.run(corpus, **how)
    return found


def test_the_bundled_corpus_is_merged_without_judging_any_document_again(tmp_path: Path) -> None:
    root = real(data_dir())
    for shard in (1, 2):
        partial.write(root, tmp_path, shard, 2)
    assert merge.across(sorted(tmp_path.iterdir())).again == frozenset()
    assert merge.merge([tmp_path], root) == engine.run(root)


def test_whatever_is_edited_the_findings_are_the_same(corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(TEXTS, tmp_path / "texts")
    edits = Edits(corpus, tmp_path / "texts", 7)
    for _ in range(15):
        edits.edit()
        how = {"text": edits.random.choice([None, tmp_path / "texts"])}
        merged = came(lambda how=how: in_shards(corpus, tmp_path / "parts", **how))  # type: ignore[misc]
        assert merged == came(lambda how=how: engine.run(corpus, **how))  # type: ignore[misc]


def _events(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for event in value["records"] if "relations" in event]


def _related(value: dict[str, Any], key: str, new: str) -> None:
    for event in _events(value):
        for item in event["relations"]:
            item[key] = item["event"].partition(":")[0] + f":{new}" if key == "event" else new


def _all(value: dict[str, Any], key: str, new: str) -> None:
    for event in _events(value):
        event[key] = new


def _dates(value: dict[str, Any]) -> None:
    for event in _events(value):
        for time in event.get("times", ()):
            time["edtf"] = "1999-12-31"


ACROSS: dict[str, Callable[[dict[str, Any]], None]] = {
    "an event of another document is not there": lambda value: _related(value, "event", "e77"),
    "a relation is said on one side alone": lambda value: _related(value, "rel", "conflicts-with"),
    "what is the same is of another type": lambda value: _all(value, "type", "legal.ban"),
    "what is the same is on another day": lambda value: _dates(value),
}


@pytest.mark.parametrize("what", ACROSS)
def test_what_spans_documents_is_found(tmp_path: Path, what: str) -> None:
    root = real(tmp_path) / "corpus"
    shutil.copytree(TIDEWATER, root)
    path = next(path for path in sorted(root.glob("documents/*/events.json")) if b'"relations"' in path.read_bytes())
    value = json.loads(path.read_bytes())
    ACROSS[what](value)
    path.write_bytes(orjson.dumps(value))
    assert {item.location.path for item in same(root, tmp_path / "parts").diagnostics} != set()


def test_a_document_that_is_gone_is_missed(tmp_path: Path) -> None:
    root = real(tmp_path) / "corpus"
    shutil.copytree(TIDEWATER, root)
    shutil.rmtree(min((root / "documents").iterdir()))
    assert not same(root, tmp_path / "parts").ok


def test_a_document_and_a_text_that_stand_twice_are_found(tmp_path: Path) -> None:
    root = real(packed(tmp_path / "corpus"))
    rows = (root / "documents.jsonl").read_bytes().splitlines(keepends=True)
    other = rows[0].replace(b"bayan-al-marfa", b"other-al-marfa")
    (root / "documents.jsonl").write_bytes(b"".join([*rows, rows[0], other]))
    assert {"CTE208", "CTE501"} <= {item.code for item in same(root, tmp_path / "parts").diagnostics}


def test_options_are_those_of_the_shards(corpus: Path, tmp_path: Path) -> None:
    path = next(corpus.glob("documents*")) if (corpus / "documents.jsonl").exists() else corpus / "corpus.json"
    path.write_bytes(path.read_bytes().replace(b"2", b"3"))
    same(corpus, tmp_path / "a", ignore=frozenset({"CTE012"}))
    same(corpus, tmp_path / "b", select=frozenset({"CTE301", "CTE207"}))


def test_a_shard_is_checked_again_only_if_something_has_changed(tmp_path: Path) -> None:
    root = real(tmp_path) / "corpus"
    shutil.copytree(TIDEWATER, root)
    first, made = partial.write(root, tmp_path / "parts", 1, 2)
    assert made
    (tmp_path / "parts" / "00001-of-00002.tmp").write_text("what a killed one had begun")
    assert partial.write(root, tmp_path / "parts", 1, 2) == (first, False)
    partial.write(root, tmp_path / "parts", 2, 2)
    document = min((root / "documents").iterdir()) / "document.json"
    document.write_bytes(document.read_bytes() + b" ")
    with pytest.raises(CteError, match="shard 1/2 is not as it was"):
        merge.merge([tmp_path / "parts"], root)
    again, made = partial.write(root, tmp_path / "parts", 1, 2)
    assert (again.exists(), first.exists(), made) == (True, False, True)
    assert not partial.write(root, tmp_path / "parts", 2, 2)[1]
    assert merge.merge([tmp_path / "parts"], root) == engine.run(root)


def test_a_change_that_keeps_the_size_is_a_change(corpus: Path, tmp_path: Path) -> None:
    """Also of a part that is kept from an earlier run, in a folder of its own."""
    in_shards(corpus, tmp_path / "parts")
    path = next(corpus.glob("documents.jsonl"), None) or min(corpus.glob("documents/*/events.json"))
    data = path.read_bytes()
    path.write_bytes(data.replace(b"occurred", b"occurrad"))
    with pytest.raises(CteError, match="is not as it was"):
        merge.merge([tmp_path / "parts"], corpus)
    assert not same(corpus, tmp_path / "parts").ok
    path.write_bytes(data)
    assert same(corpus, tmp_path / "parts").ok


def test_a_shard_is_checked_here_and_merged_there(corpus: Path, tmp_path: Path) -> None:
    """The corpus lies elsewhere, and something is missing in it."""
    path = next(corpus.glob("documents.jsonl"), None) or min(corpus.glob("documents/*/events.json"))
    path.write_bytes(path.read_bytes()[:-9])
    in_shards(corpus, tmp_path / "parts")
    there = real(tmp_path) / "there"
    shutil.copytree(corpus, there / "corpus")
    shutil.copytree(tmp_path / "parts", there / "parts")
    shutil.rmtree(corpus)
    assert merge.merge([there / "parts"], there / "corpus") == engine.run(there / "corpus")


def test_two_texts_of_a_broken_document_are_no_error(tmp_path: Path) -> None:
    root = real(tmp_path) / "corpus"
    shutil.copytree(TIDEWATER, root)
    shutil.copytree(TEXTS, tmp_path / "texts")
    text = min((tmp_path / "texts").glob("*.txt"))
    shutil.copy(text, text.with_suffix(".md"))
    (root / "documents" / text.stem / "events.json").write_bytes(b"{")
    assert "CTE005" in {item.code for item in same(root, tmp_path / "parts", text=tmp_path / "texts").diagnostics}


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "half of it": lambda data: data[: len(data) // 2],
    "another line": lambda data: data + b"{}\n",
    "a line less": lambda data: b"".join(data.splitlines(keepends=True)[:-2] + data.splitlines(keepends=True)[-1:]),
    "its first line": lambda data: data.splitlines(keepends=True)[0],
    "no last line": lambda data: b"".join(data.splitlines(keepends=True)[:-1]),
    "another figure": lambda data: data.replace(b'"counts": [1', b'"counts": [2'),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_damaged_part_is_named(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    root = real(TIDEWATER)
    for shard in (2, 1):
        path, _ = partial.write(root, tmp_path, shard, 2)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(CteError, match=r"is no part|damaged"):
        merge.merge([tmp_path], root)
    assert partial.write(root, tmp_path, 1, 2) == (path, True)
    assert merge.merge([tmp_path], root) == engine.run(root)


def test_parts_of_two_ways_to_cut_a_corpus_are_not_taken_together(tmp_path: Path) -> None:
    root = real(TIDEWATER)
    for shard, shards in ((1, 2), (2, 2), (1, 3)):
        partial.write(root, tmp_path, shard, shards)
    with pytest.raises(CteError, match="parts are of different checks"):
        merge.merge([tmp_path], root)


def test_a_missing_shard_is_named(tmp_path: Path) -> None:
    root = real(TIDEWATER)
    partial.write(root, tmp_path, 2, 3)
    with pytest.raises(CteError, match="of 3 shards these are missing: 1, 3"):
        merge.merge([tmp_path], root)
    with pytest.raises(CteError, match="no parts"):
        merge.merge([tmp_path / "none"], root)

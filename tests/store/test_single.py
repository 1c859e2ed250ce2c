"""One document or entity is found among many, without the others, however they are packed."""

import shutil
from pathlib import Path

import orjson
import pyarrow as pa
import pytest

from cte_corpus import Corpus
from cte_corpus.checking import engine
from cte_corpus.show import lookup
from cte_corpus.show.describe import describe
from cte_corpus.store import bundles, layout, packed
from cte_corpus.store.stored import Stored
from tests.checking.test_piecework import in_pieces

ROOT = Path(__file__).parent.parent.parent
TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"
SIZE = 300

FORMS = ("plain", "compressed", "shards", "compressed shards")


def write(folder: Path, form: str, lines: list[bytes], kind: str = "documents") -> Path:
    """Lines as the files of a packed corpus."""
    folder.mkdir(exist_ok=True)
    shutil.copy(TIDEWATER / "corpus.json", folder)
    shutil.copy(TIDEWATER / "retired.json", folder)
    count = 7 if "shards" in form else 1
    for number in range(count):
        part = lines[len(lines) * number // count : len(lines) * (number + 1) // count]
        name = f"{kind}-{number:05d}-of-{count:05d}.jsonl" if "shards" in form else f"{kind}.jsonl"
        data = b"".join(part)
        if "compressed" in form:
            (folder / f"{name}.zst").write_bytes(pa.Codec("zstd").compress(data, asbytes=True))
        else:
            (folder / name).write_bytes(data)
    return folder


def document(number: int, words: int) -> bytes:
    return orjson.dumps({"document": {"id": f"report-{number:04}"}, "note": "x" * words}) + b"\n"


@pytest.mark.parametrize("order", ["sorted", "turned"])
@pytest.mark.parametrize("form", FORMS)
def test_every_line_is_found(form: str, order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "NEAR", 5_000)  # so that there is something to halve
    lines = [document(number, 37 * number % 2_000) for number in range(0, 2 * SIZE, 2)]
    write(tmp_path / "corpus", form, lines if order == "sorted" else lines[::-1])
    found = packed.Lines(tmp_path / "corpus")
    for number in (0, 2, 2 * SIZE - 2, *range(100, 400, 14)):
        line = found.of(f"report-{number:04}")
        assert line is not None
        assert packed.id_of(line.data) == f"report-{number:04}"
    assert found.of("report-0001") is None
    assert found.of("zzz") is None
    assert found.of("") is None
    found.close()


def test_a_look_up_reads_little_of_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "corpus", "plain", [document(number, 20_000) for number in range(500)])
    found = packed.Lines(tmp_path / "corpus")

    def never(self: object) -> None:
        raise AssertionError("all was read")

    monkeypatch.setattr(packed._File, "_places", property(never))
    assert found.of("report-0321") is not None
    found.close()


@pytest.mark.parametrize("form", ["tree", *FORMS])
def test_a_corpus_gives_one_record_without_the_others(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Corpus(TIDEWATER)
    root = TIDEWATER
    if form != "tree":
        root = write(tmp_path / "corpus", form, [orjson.dumps(raw) + b"\n" for raw in whole.stored.raw_documents])
        write(root, form, [orjson.dumps(raw) + b"\n" for raw in whole.stored.raw_entities], "entities")
        assert engine.run(root).ok
        assert in_pieces(root) == engine.run(root)
    expected = {
        kind: {key: getattr(whole, kind)[key] for key in getattr(whole, kind)}
        for kind in ("documents", "sections", "sentences", "mentions", "events", "sanctions", "entities")
    }

    def never(self: Stored) -> None:
        raise AssertionError("all was read")

    monkeypatch.setattr(Stored, "raw_documents", property(never))
    monkeypatch.setattr(Stored, "raw_entities", property(never))
    corpus = Corpus(root)
    for kind, records in expected.items():
        found = {key: getattr(corpus, kind)[key] for key in list(records)[::-1]}
        assert found == records
    assert "harbour-talks" in corpus
    assert corpus["harbour-talks"].events[0].document_record.id == "harbour-talks"


def test_what_is_shown_of_one_record_is_what_all_say_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = list(lookup.Lookup(Corpus(TIDEWATER)).records)
    whole = Corpus(TIDEWATER)
    assert len(whole) == len(whole.raw_documents)  # all is read
    expected = {key: describe(lookup.Lookup(whole), key) for key in keys}
    for key in keys:
        assert describe(lookup.Lookup(Corpus(TIDEWATER)), key) == expected[key]
    monkeypatch.setattr(lookup, "SEARCHED", 1)  # as if it were large: what refers back is found all the same
    for key in keys:
        found = describe(lookup.Lookup(Corpus(TIDEWATER)), key)
        lines = [line for line in found.lines if line[0] != "elsewhere"]
        assert lines == list(expected[key].lines)


def test_shards_that_are_missing_are_named(tmp_path: Path) -> None:
    whole = Corpus(TIDEWATER)
    root = write(tmp_path / "corpus", "shards", [orjson.dumps(raw) + b"\n" for raw in whole.stored.raw_documents])
    write(root, "plain", [orjson.dumps(raw) + b"\n" for raw in whole.stored.raw_entities], "entities")
    (root / "documents-00003-of-00007.jsonl").unlink()
    found = engine.run(root).diagnostics
    assert in_pieces(root).diagnostics == found
    assert [(item.code, item.location.path.rpartition("/")[2]) for item in found] == [
        ("CTE001", "documents-00003-of-00007.jsonl")
    ]
    assert layout.packed_files(root, "documents")[6] == "documents-00006-of-00007.jsonl"
    with pytest.raises(OSError, match="No such file"):
        list(bundles.documents(root))

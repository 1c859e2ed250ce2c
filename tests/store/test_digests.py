"""Digests rest on the records alone: not on files, the order of keys, or how a library writes a number."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.store import digests
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from pathlib import Path

RECORD = {"id": "loc:x", "names": [{"text": "مرسى “x”\t/", "lang": "ar"}], "geo": {"lat": 0.1, "lon": -70.0}, "n": 5}


def test_a_record_is_hashed_as_compact_json_with_sorted_keys() -> None:
    written = '{"geo":{"lat":0.1,"lon":-70.0},"id":"loc:x","n":5,"names":[{"lang":"ar","text":"مرسى “x”\\t/"}]}'
    assert digests.record_digest(RECORD) == sha256(written.encode()).hexdigest()


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1e16, "1e+16"),
        (1e22, "1e+22"),
        (1e-7, "1e-07"),
        (0.1 + 0.2, "0.30000000000000004"),
        (2**53, "9007199254740992"),
    ],
)
def test_numbers_are_written_as_python_writes_them(number: float, written: str) -> None:
    expected = sha256(f'{{"value":{written}}}'.encode()).hexdigest()
    assert digests.record_digest({"value": number}) == expected


def test_a_digest_survives_being_written_and_read_by_another_writer_in_another_order() -> None:
    record: dict[str, Any] = RECORD | {"numbers": [1e16, 1e-7, 5e-324, 1.7976931348623157e308, 33.123456789012345]}
    again = orjson.loads(orjson.dumps(dict(reversed(record.items()))))
    assert list(again) != list(record)
    assert digests.record_digest(again) == digests.record_digest(record)


def test_the_root_digest_is_of_lines_that_anyone_can_write(tidewater: Path) -> None:
    corpus = Stored(tidewater)
    lines = [f"{table} {record['id']} {digests.record_digest(record)}\n" for table, record in digests.records(corpus)]
    assert {line.split()[0] for line in lines} == {*digests.LISTED, "documents", "entities", "retired"}
    assert digests.root_digest(corpus) == sha256("".join(sorted(lines)).encode()).hexdigest()
    assert digests.root_digest(Corpus(tidewater)) == digests.root_digest(corpus)

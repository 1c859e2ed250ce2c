"""With other processes, commands print and write the same, to the byte."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cte_corpus.attach import ground_places
from cte_corpus.cli import cte
from cte_corpus.release import second_opinion
from cte_corpus.release.build import Pack
from cte_corpus.scale.workers import workers
from cte_corpus.store.layout import schema_dir
from cte_corpus.store.stored import Stored
from tests.checking.corpora import TEXTS, TIDEWATER

TEXT = "The harbour master spoke at noon. Twelve boats lay at the pier, and nobody had seen them come. " * 20


def run(*given: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(cte, [str(one) for one in given])
    return result.exit_code, result.stdout, result.stderr


def test_files_are_written_alike(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(TIDEWATER, tmp_path / name)
        for path in (tmp_path / name).glob("entities/*/*.json"):
            path.write_bytes(path.read_bytes() + b" ")
        next((tmp_path / name).glob("documents/*/events.json")).write_bytes(b'{"a": 1, "a": 2}')
    one = run("fmt", tmp_path / "one")
    two = run("fmt", tmp_path / "two", "--jobs", 2)
    assert one == tuple(part.replace("/two/", "/one/") if isinstance(part, str) else part for part in two)
    assert one[0] == 1
    assert [path.read_bytes() for path in sorted((tmp_path / "one").rglob("*.json"))] == [
        path.read_bytes() for path in sorted((tmp_path / "two").rglob("*.json"))
    ]


@pytest.mark.long
def test_copies_are_placed_alike() -> None:
    given = ("attach", TEXTS, "--corpus", TIDEWATER, "-o", "json")
    one = run(*given)
    assert one == run(*given, "--jobs", 2)
    assert json.loads(one[1])


@pytest.mark.long
def test_quotes_are_compared_alike(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TEXT)
    quotes = [f"The harbour mistress {n} spoke at noon" for n in range(ground_places.QUOTES + 10)]
    quotes += ["Eleven boats lay at the old pier", "nothing of the kind"]
    (tmp_path / "claims.json").write_text(json.dumps(quotes))
    given = ("ground", tmp_path / "text.txt", tmp_path / "claims.json", "-o", "json")
    one = run(*given)
    assert one == run(*given, "--jobs", 2)
    assert {claim["status"] for claim in json.loads(one[1])["claims"]} >= {"loose", "absent"} or one[0] == 1


@pytest.mark.long
def test_a_pack_is_built_and_verified_alike(small: Pack, tmp_path: Path) -> None:
    assert run("verify", small.folder) == run("verify", small.folder, "--jobs", 2)
    given = ("build", TIDEWATER, "--date", "2026-01-31", "--out")
    one, two = run(*given, tmp_path / "one"), run(*given, tmp_path / "two", "--jobs", 2)
    assert one[1].replace("/one/", "/two/") == two[1]


@pytest.mark.long
def test_the_second_opinion_is_the_same(tmp_path: Path) -> None:
    shutil.copytree(TIDEWATER, tmp_path / "corpus")
    for path in (tmp_path / "corpus").glob("documents/*/events.json"):
        path.write_bytes(path.read_bytes().replace(b'"positive"', b'"nothing"'))
    stored = Stored(tmp_path / "corpus")
    one = list(second_opinion.faults(stored, schema_dir()))
    with workers(2, module=second_opinion.__name__) as found:
        assert list(second_opinion.faults(stored, schema_dir(), found)) == one
    assert one

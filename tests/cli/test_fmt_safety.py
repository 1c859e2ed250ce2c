"""`cte fmt` changes the files of a corpus and no others, and prints diffs that apply."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Cte
from tests.cli.test_group import CTE

SABLE = "entities/gpe/port-sable.json"


def test_files_of_others_are_left_alone(cte: Cte, tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_bytes(b'{"mine":1}')
    assert cte("fmt", tmp_path).returncode == 2
    assert path.read_bytes() == b'{"mine":1}'


def test_link_out_of_the_corpus_is_not_followed(cte: Cte, corpus: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_bytes(b'{"mine":1}')
    (corpus / "entities" / "gpe" / "linked.json").symlink_to(outside)
    done = cte("fmt", corpus)
    assert done.returncode == 1
    assert "entities/gpe/linked.json: the link leads out of the corpus; left as it is" in done.stderr
    assert outside.read_bytes() == b'{"mine":1}'


def test_the_document_one_stands_in(cte: Cte, corpus: Path) -> None:
    for name in ("harbour-talks", "bayan-al-marfa"):
        path = corpus / "documents" / name / "events.json"
        path.write_bytes(b" " + path.read_bytes())
    assert cte("fmt", ".", cwd=corpus / "documents" / "harbour-talks").returncode == 0
    assert cte("fmt", "--check", corpus / "documents" / "harbour-talks").returncode == 0
    assert cte("fmt", "--check", corpus / "documents" / "bayan-al-marfa").returncode == 1


@pytest.mark.parametrize(
    ("old", "new"), [(b"\n", b"\r\n"), (b"}\n", b"}"), (b"{\n", b" {\n"), ("مدينة".encode(), "مد\u2028نة".encode())]
)
def test_diff_applies(old: bytes, new: bytes, cte: Cte, corpus: Path) -> None:
    """What --diff prints, `git apply` turns into what `fmt` writes."""
    path = corpus / SABLE
    path.write_bytes(b" " + path.read_bytes().replace(old, new))
    before = path.read_bytes()
    diff = subprocess.run([*CTE, "fmt", "--diff", "."], cwd=corpus, capture_output=True, check=False)
    assert (diff.returncode, path.read_bytes()) == (1, before)
    done = subprocess.run(["git", "apply", "-p0", "-"], cwd=corpus, input=diff.stdout, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    patched = path.read_bytes()
    path.write_bytes(before)
    assert cte("fmt", corpus).returncode == 0
    assert patched == path.read_bytes()

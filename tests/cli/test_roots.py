"""A corpus is named by its folder or by the root of its repository, alike in every command."""

from pathlib import Path
from shutil import copytree

import pytest

from cte_corpus.corpus.corpus import Corpus
from tests.cli.conftest import Cte
from tests.cli.test_group import on_terminal
from tests.compare.states import commit, git


@pytest.fixture
def clone(tidewater: Path, tmp_path: Path) -> Path:
    """A repository with the invented corpus in data/."""
    root = tmp_path / "clone"
    copytree(tidewater, root / "data")
    (root / "notes").mkdir()
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "Begin")
    return root


READS = [
    ["check", "."],
    ["stats", "."],
    ["fmt", "."],
    ["fmt", "--corpus", "."],
    ["stats", "--corpus", "."],
    ["show", "harbour-talks:e06", "--corpus", "."],
    ["sql", "select count(*) from events", "--corpus", "."],
    ["cite", "harbour-talks:e06", "--corpus", "."],
    ["build", ".", "--out", "{out}", "--date", "2024-02-01"],
    ["attach", "{texts}", "--corpus", ".", "--strict"],
    ["diff", "rev:HEAD", "."],
]


@pytest.mark.parametrize("arguments", READS, ids=" ".join)
def test_what_a_point_is(cte: Cte, clone: Path, tidewater: Path, tmp_path: Path, arguments: list[str]) -> None:
    texts = tidewater.parent / "tidewater-texts"
    given = [word.format(out=tmp_path / "out", texts=texts) for word in arguments]
    printed = set()
    for folder in (clone, clone / "data"):
        done = cte(*given, cwd=folder)
        assert done.returncode == 0, done.stderr
        assert done.stdout or arguments[0] == "fmt"
        printed.add(done.stdout.replace("already there, the same to the byte:", "built"))
    assert len(printed) == 1


def test_a_document_is_begun_and_anchored_in_a_repository(cte: Cte, clone: Path, tidewater: Path) -> None:
    texts = tidewater.parent / "tidewater-texts"
    about = ("--document", "talks-again", "--lang", "en", "--publisher", "org:tidewater-post", "--corpus", ".")
    assert cte("new", texts / "harbour-talks.txt", *about, cwd=clone).returncode == 0
    assert (clone / "data" / "documents" / "talks-again" / "events.json").is_file()
    (clone / "talks-again.txt").write_bytes((texts / "harbour-talks.txt").read_bytes())
    for text in ("talks-again.txt", "."):
        done = cte("anchor", "talks-again.draft.yaml", "--text", text, "--corpus", ".", cwd=clone)
        assert done.returncode == 0, done.stderr
    done = cte("anchor", "talks-again.draft.yaml", "--text", "notes", "--corpus", ".", cwd=clone)
    assert (done.returncode, done.stderr) == (
        2,
        "error: no text named talks-again.txt or .md in notes\n  help: give the file\n",
    )


NAMING = [
    ["check", "notes"],
    ["stats", "notes"],
    ["fmt", "notes"],
    ["build", "notes", "--out", "dist"],
    ["show", "x", "--corpus", "notes"],
    ["sql", "select 1", "--corpus", "notes"],
    ["cite", "--corpus", "notes"],
    ["attach", "data", "--corpus", "notes"],
    ["new", "a.txt", "--document", "a", "--lang", "en", "--publisher", "org:a", "--corpus", "notes"],
    ["anchor", "a.yaml", "--text", "a.txt", "--corpus", "notes"],
    ["diff", "notes", "data"],
]


@pytest.mark.parametrize("arguments", NAMING, ids=" ".join)
def test_a_folder_that_is_no_corpus_is_refused_with_those_that_are(cte: Cte, clone: Path, arguments: list[str]) -> None:
    done = cte(*arguments, cwd=clone)
    assert (done.returncode, done.stdout) == (2, "")
    error, help_ = done.stderr.splitlines()
    assert error == "error: no corpus at notes"
    assert help_.startswith("  help: ")
    assert help_.endswith("; near it: data")


def test_a_corpus_in_python_is_named_alike(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Corpus(clone).path == clone / "data"
    monkeypatch.chdir(clone / "data")
    assert len(Corpus(".")) == len(Corpus(clone)) == 2


def test_one_text_is_given_as_a_file_or_by_its_folder(cte: Cte, corpus: Path, tidewater: Path, tmp_path: Path) -> None:
    texts = tidewater.parent / "tidewater-texts"
    document = corpus / "documents" / "harbour-talks"
    for text in (texts, texts / "harbour-talks.txt"):
        assert cte("check", document, "--text", text).returncode == 0
    assert cte("check", document, "--text", texts / "bayan-al-marfa.txt").returncode == 1
    done = cte("check", corpus, "--text", texts / "harbour-talks.txt")
    assert done.returncode == 2
    assert "help: one document is checked with its text as well" in done.stderr


def test_a_terminal_is_told_which_corpus_is_meant_and_a_pipe_is_not(cte: Cte, clone: Path, tmp_path: Path) -> None:
    for arguments in (["stats"], ["check"], ["show", "org:grey-lantern"], ["cite"], ["sql", "select 1"]):
        code, written = on_terminal(*arguments, columns=100, cwd=clone)
        assert code == 0
        assert written.startswith(f"\x1b[2mcorpus tidewater 0.2.0: {clone / 'data'}\x1b[0m\n")
        assert "corpus tidewater" not in cte(*arguments, cwd=clone).stderr
    _, written = on_terminal("stats", columns=100, cwd=clone, env={"NO_COLOR": "1"})
    assert "\x1b" not in written
    _, written = on_terminal("stats", columns=100, cwd=tmp_path)
    assert " (bundled): " in written.splitlines()[0]


def test_the_corpus_of_the_folder_is_meant(cte: Cte, clone: Path, tmp_path: Path) -> None:
    for folder in (clone, clone / "data"):
        assert "harbour-talks" in cte("stats", cwd=folder).stdout
    assert "treasury-jy0772" in cte("stats", cwd=tmp_path).stdout


@pytest.mark.parametrize("place", ["lib/site-packages/cte_corpus/_data", "cache/abc/tidewater"])
def test_an_installed_package_and_a_kept_release_are_never_written(
    cte: Cte, tidewater: Path, tmp_path: Path, place: str
) -> None:
    root = tmp_path / place
    copytree(tidewater, root)
    path = root / "corpus.json"
    path.write_bytes(b" " + path.read_bytes())
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    env = {"CTE_CACHE": str(tmp_path / "cache")}
    for arguments, cwd in (
        (["fmt", root], None),
        (["fmt", root / "documents" / "harbour-talks"], None),
        (["fmt"], root),
        (["check", root, "--fix"], None),
        (["check", "--fix"], root),
    ):
        done = cte(*arguments, cwd=cwd, env=env)
        assert done.returncode == 2, arguments
        assert "installed package" in done.stderr or "is a release that is kept" in done.stderr
        assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before
    assert cte("fmt", "--check", root, env=env).returncode == 1

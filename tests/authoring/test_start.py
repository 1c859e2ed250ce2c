"""A corpus of one's own: empty, in order, and ready for the first entity and the first text."""

import json
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from cte_corpus.cli import cte as group
from cte_corpus.errors import CteError

ABOUT = ("--title", "Nouvelles du port", "--maintainer", "A. Coder", "--licence", "CC-BY-4.0")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, list(map(str, arguments)))


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "harbour-corpus", *ABOUT).exit_code == 0
    return tmp_path / "harbour-corpus"


def test_every_file_names_a_schema_that_is_there(begun: Path) -> None:
    added = run("entity", "new", "org:tidewater-post", "--kind", "media", "--name", "en=Tidewater Post",
                "--description", "en=Invented paper.", "--corpus", begun)  # fmt: skip
    assert (added.exit_code, added.exception) == (0, None)
    text = begun / "texts" / "courier.txt"
    text.parent.mkdir()
    text.write_text("Courrier condamné\n\nTavo Merrin a été condamné le 14 mars 2023.\n", "utf-8")
    draft = begun / "courier.draft.yaml"
    given = ("--document", "courier", "--lang", "fr", "--publisher", "org:tidewater-post")
    assert run("new", text, *given, "--corpus", begun, "--out", draft).exit_code == 0
    files = sorted((begun / "data").rglob("*.json"))
    assert len(files) == 8
    for path in files:
        assert (path.parent / json.loads(path.read_bytes())["$schema"]).is_file(), path
    assert run("fmt", "--check", begun).exit_code == 0
    found = run("check", begun, "-o", "json")
    assert found.exit_code == 1  # the proposals are not settled
    assert "courier" in found.output


def test_a_corpus_says_the_languages_of_its_own_words(begun: Path, tmp_path: Path) -> None:
    assert "languages" not in json.loads((begun / "data" / "corpus.json").read_bytes())
    assert run("init", tmp_path / "port", *ABOUT, "--language", "fr", "--language", "pt-BR").exit_code == 0
    assert json.loads((tmp_path / "port" / "data" / "corpus.json").read_bytes())["languages"] == ["fr", "pt-BR"]
    added = run("entity", "new", "org:la-vigie", "--kind", "media", "--name", "fr=La Vigie",
                "--description", "fr=Journal inventé.", "--corpus", tmp_path / "port")  # fmt: skip
    assert (added.exit_code, added.exception) == (0, None)
    assert "CTE442" not in added.output
    assert "CTE447" not in added.output


def test_schemas_may_be_named_by_their_address(tmp_path: Path) -> None:
    folder = tmp_path / "harbour-corpus"
    assert run("init", folder, *ABOUT, "--schemas", "https://example.org/schemas/").exit_code == 0
    assert not (folder / "schemas").exists()
    added = run("entity", "new", "org:tidewater-post", "--kind", "media", "--name", "en=Tidewater Post",
                "--description", "en=Invented paper.", "--corpus", folder)  # fmt: skip
    assert added.exception is None
    named = {json.loads(path.read_bytes())["$schema"] for path in (folder / "data").rglob("*.json")}
    kinds = ("corpus", "entity", "retired")
    assert named == {f"https://example.org/schemas/v1.2/{kind}.schema.json" for kind in kinds}


def test_hooks_and_workflow_are_yaml_that_checks(begun: Path) -> None:
    hooks = yaml.safe_load((begun / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    assert [hook["entry"] for hook in hooks] == ["cte fmt data", "cte check --fail-on error data"]
    workflow = yaml.safe_load((begun / ".github" / "workflows" / "check.yml").read_text("utf-8"))
    assert workflow["jobs"]["check"]["steps"][-1]["run"] == "cte check data -o github --fail-on error"
    subprocess.run(["git", "init", "--quiet", begun], check=True, capture_output=True)
    ignored = ["check-ignore", "texts/a.txt", "a.draft.yaml", ".cte.lock.tmp", "data/.pending.0123abcd.tmp"]
    found = subprocess.run(["git", "-C", begun, *ignored], check=False, capture_output=True, text=True)
    assert found.stdout.split() == ignored[1:]


def test_what_is_there_stays(begun: Path) -> None:
    kept = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    (begun / "data" / "corpus.json").unlink()
    done = run("init", begun, *ABOUT)
    assert isinstance(done.exception, CteError)
    assert "are in" in done.exception.message
    assert not (begun / "data" / "corpus.json").exists()
    assert all(path.read_bytes() == data for path, data in kept.items() if path.name != "corpus.json")


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("Harbour Corpus", (), "cannot be the name of a corpus"),
        ("harbour", ("--schemas", "../schemas"), "is no address"),
        ("harbour", ("--licence", "no licence"), "would not pass its check"),
        ("harbour", ("--language", "english"), "would not pass its check"),
        ("harbour", ("--language", "en", "--language", "en"), "would not pass its check"),
        ("harbour", ("--title", ""), "would not pass its check"),
        ("harbour", ("--title", "Harbour\u202e"), "would not pass its check"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, name: str, more: tuple[str, ...], said: str) -> None:
    done = run("init", tmp_path / name, *ABOUT, *more)
    assert isinstance(done.exception, CteError)
    assert said in done.exception.message
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("base", ["folder", "https://example.org/schemas"])
def test_a_corpus_that_was_copied_finds_its_schemas_again(corpus: Path, tmp_path: Path, base: str) -> None:
    files = sorted(corpus.rglob("*.json"))
    for path in files:
        path.write_text(path.read_text("utf-8").replace("https://schemas.example", "../nowhere", 1), "utf-8")
    before = {path: json.loads(path.read_bytes()) for path in files}
    assert not any((path.parent / value["$schema"]).exists() for path, value in before.items())
    place = str(tmp_path / "schemas") if base == "folder" else base
    done = run("check", corpus)
    assert (done.exit_code, done.output.count("CTE022")) == (0, 3)  # of files at the top, of entities, of documents
    done = run("schema", "--set", place, "--corpus", corpus)
    assert (done.exit_code, done.exception) == (0, None)
    for path in files:
        value = json.loads(path.read_bytes())
        at = value.pop("$schema")
        assert at.startswith(base) if "://" in base else (path.parent / at).is_file()
        assert value == {key: item for key, item in before[path].items() if key != "$schema"}
    done = run("check", corpus)
    assert (done.exit_code, "CTE022" in done.output) == (0, False)
    assert run("schema", "--set", place, "--corpus", corpus).output == ""

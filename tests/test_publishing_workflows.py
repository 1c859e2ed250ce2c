"""What publishes a release, and the weekly look at what was published: their steps, run here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from cte_corpus.release.judge import LEDGER
from cte_corpus.release.metadata import words
from tests.test_workflows import GITHUB, ROOT, load, run

RELEASE = GITHUB / "workflows" / "release.yml"
WEEKLY = GITHUB / "workflows" / "weekly.yml"
INFO = json.loads((ROOT / "data" / "corpus.json").read_text(encoding="utf-8"))
NEXT = "98.0.0"
"""A version that is not in the ledger of this package."""


def step(workflow: Path, job: str, name: str) -> dict[str, Any]:
    """A step of a job by its name."""
    (found,) = (step for step in load(workflow)["jobs"][job]["steps"] if step.get("name") == name)
    return dict(found)


def perform(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step's script as a runner does; what it hands over is in the file `output`."""
    (folder / "step.sh").write_text(script, encoding="utf-8")
    shell: list[str | Path] = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", folder / "step.sh"]
    return run(shell, cwd=folder, **environment, GITHUB_OUTPUT=str(folder / "output"))


# The release


def test_every_action_that_may_publish_is_named_by_its_commit() -> None:
    used = re.findall(r"uses: (\S+)(.*)", RELEASE.read_text(encoding="utf-8"))
    assert used.pop(0) == ("./.github/workflows/ci.yml", "")
    for action, comment in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action
    assert len({action for action, _ in used}) == len({action.partition("@")[0] for action, _ in used})


def test_nothing_is_published_with_a_secret_or_before_the_checks() -> None:
    text = RELEASE.read_text(encoding="utf-8")
    assert "secrets." not in text
    workflow = load(RELEASE)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow[True] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}  # YAML 1.1 takes `on` for true
    jobs = workflow["jobs"]
    assert jobs["build"]["needs"] == "checks"
    assert jobs["index"]["needs"] == "build"
    assert jobs["github"]["needs"] == "index"
    assert jobs["hub"]["needs"] == ["build", "index"]
    assert jobs["hub"]["if"] == "needs.build.outputs.hub != ''"
    for name in ("index", "hub"):
        assert jobs[name]["permissions"] == {"id-token": "write"}
        assert jobs[name]["environment"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What release `NEXT` is made of, with a package that stands for the built one."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "data", folder / "data")
    for path, form in (("data/corpus.json", '"version": "{}"'), ("CHANGELOG.md", "## [{}]")):
        text = (ROOT / path).read_text(encoding="utf-8")
        assert text.count(form.format(INFO["version"])) == 1
        (folder / path).write_text(text.replace(form.format(INFO["version"]), form.format(NEXT)), encoding="utf-8")
    (folder / LEDGER).parent.mkdir(parents=True)
    (folder / LEDGER).write_text(json.dumps({"releases": [{"version": NEXT}]}))
    (folder / "dist" / "package").mkdir(parents=True)
    (folder / "dist" / "package" / "cte_corpus.whl").write_bytes(b"invented")
    (folder / "dist" / "sbom").mkdir()
    (folder / "dist" / "sbom" / f"cte-corpus-{NEXT}.cdx.json").write_bytes(b"{}")
    return folder


@pytest.mark.parametrize("hub", ["", "invented/corpus"])
def test_a_release_is_of_the_version_that_its_tag_says(checkout: Path, hub: str) -> None:
    path = checkout / "data" / "corpus.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"hub": ""', f'"hub": "{hub}"'), encoding="utf-8")
    script = step(RELEASE, "build", "The tag is the version, and the ledger has it")["run"]
    done = perform(checkout, script, GITHUB_REF_NAME=f"v{NEXT}")
    assert done.returncode == 0, done.stderr
    assert (checkout / "output").read_text() == (f"version={NEXT}\npack=cte-corpus-{NEXT}\nhub={hub}\n")
    (checkout / "output").unlink()
    done = perform(checkout, script, GITHUB_REF_NAME="v99.0.0")
    assert done.returncode == 1
    assert "::error::the tag is v99.0.0, and data/corpus.json has version" in done.stderr
    assert (checkout / "output").read_text() == ""
    (checkout / LEDGER).write_text('{"releases": []}')
    done = perform(checkout, script, GITHUB_REF_NAME=f"v{NEXT}")
    assert done.returncode == 1
    assert f"::error::v{NEXT} is not in {LEDGER} of its commit" in done.stderr
    assert (checkout / "output").read_text() == ""


@pytest.mark.long
def test_a_release_holds_package_pack_digests_and_notes(checkout: Path) -> None:
    pack = f"cte-corpus-{NEXT}"
    day = {"SOURCE_DATE_EPOCH": "1735689600"}
    done = perform(checkout, step(RELEASE, "build", "Build the pack")["run"], **day)
    assert done.returncode == 0, done.stdout + done.stderr
    done = perform(checkout, step(RELEASE, "build", "Gather")["run"], VERSION=NEXT, PACK=pack)
    assert done.returncode == 0, done.stderr
    release = checkout / "dist" / "release"
    names = ["SHA256SUMS", f"{pack}.cdx.json", f"{pack}.tar", "cte_corpus.whl"]
    assert sorted(path.name for path in release.iterdir()) == names
    assert run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=release).returncode == 0
    notes = (checkout / "dist" / "notes.md").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(rf"^## \[{re.escape(INFO['version'])}\].*?^(- .*?)$", changes, re.MULTILINE | re.DOTALL)
    assert first
    assert first[1] in notes
    assert not re.search(r"^## \[", notes, re.MULTILINE)
    assert f"(2025): {INFO['title']}. cte-corpus, version {NEXT}." in notes


def test_zenodo_is_told_what_the_citation_says() -> None:
    """Zenodo takes version and date from the release itself. https://developers.zenodo.org/#representation"""
    told = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    licences = INFO["licences"]
    assert told == {
        "upload_type": citation["type"],
        "title": INFO["title"],
        "creators": [{"name": name} for name in INFO["maintainers"]],
        "description": words.ABSTRACT,
        "keywords": citation["keywords"],
        "access_right": "open",
        "license": licences["records"],
        "notes": f"The records and schemas are under {licences['records']}, the code is under {licences['code']}. "
        f"{words.MESSAGE}",
    }
    assert citation["authors"] == told["creators"]
    assert citation["keywords"] == list(words.KEYWORDS)
    assert citation["message"] == words.MESSAGE
    assert told["title"].lower() in citation["title"]
    assert citation["license"] == licences["records"]


def test_no_address_is_named_that_is_not_set() -> None:
    for path in (ROOT / ".zenodo.json", ROOT / "CITATION.cff", RELEASE, WEEKLY):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|\b10\.\d{4,}/", text.replace("https://developers.zenodo.org", "")), path.name


# The weekly look


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine with a fresh Python, pip and the dependencies at hand, and the package's wheel."""
    home = tmp_path_factory.mktemp("machine")
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir"]
    subprocess.run([*build, home, ROOT], check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home / "venv"], check=True)
    dependencies = home / "dependencies"
    dependencies.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "cte_corpus" not in path.name and path.suffix != ".pth":
            (dependencies / path.name).symlink_to(path)
    return {
        "PATH": os.pathsep.join([str(home / "venv" / "bin"), os.environ["PATH"]]),
        "PYTHONPATH": str(dependencies),
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PACKAGE": str(next(home.glob("*.whl"))),
        "RUN": "https://ci.example/runs/7",
        "GITHUB_SHA": "0123abc",
    }


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="a runner's shell")
def test_todays_data_are_checked_with_the_published_package(published: dict[str, str], tmp_path: Path) -> None:
    script = step(WEEKLY, "published", "Check")["run"]
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    done = weekly(tmp_path, script, published)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith(f"cte-corpus {INFO['version']}\nNo findings in 5 documents")
    path = tmp_path / "data" / "documents" / "alamsar-2022-marrakesh" / "events.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"dipl.meeting"', '"dipl.gathering"'), encoding="utf-8")
    assert weekly(tmp_path, script, published).returncode == 1
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert report.startswith(
        "The published package does not pass the data of 0123abc ([run](https://ci.example/runs/7)):"
    )
    assert "CTE104" in report
    done = weekly(tmp_path, script, published | {"PACKAGE": "nosuch-0.0-py3-none-any.whl"})
    assert done.returncode == 1
    assert "nosuch" in (tmp_path / "report.md").read_text(encoding="utf-8")


def weekly(folder: Path, script: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step on another machine: with its own path, and without what this one has set."""
    (folder / "step.sh").write_text(script, encoding="utf-8")
    shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(folder / "step.sh")]
    return subprocess.run(
        shell,
        cwd=folder,
        env={"HOME": str(folder), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


TRACKER = """#!{python}
import json, pathlib, sys
path = pathlib.Path({state!r})
issues = json.loads(path.read_text()) if path.exists() else []
kind, act, *rest = sys.argv[1:]
options = dict(zip(rest[-2::-2], rest[::-2]))
body = lambda: pathlib.Path(options["--body-file"]).read_text()
if (kind, act) == ("issue", "list"):
    found = [issue for issue in issues if issue["open"] and issue["label"] == options["--label"]]
    print("".join(str(issue["number"]) for issue in found[:1]))
elif (kind, act) == ("issue", "create"):
    issues.append(dict(number=len(issues) + 1, open=True, label=options["--label"], body=body()))
elif (kind, act) == ("issue", "edit"):
    issues[int(rest[0]) - 1]["body"] = body()
elif (kind, act) == ("issue", "close"):
    issues[int(rest[0]) - 1].update(open=False, comment=options["--comment"])
elif (kind, act) != ("label", "create"):
    sys.exit(f"unknown: {{sys.argv}}")
path.write_text(json.dumps(issues))
"""
"""What stands for GitHub's own command: it keeps issues in a file."""


@pytest.mark.skipif(os.name != "posix", reason="a runner's shell")
def test_one_issue_is_open_as_long_as_the_check_fails(tmp_path: Path) -> None:
    tell = step(WEEKLY, "published", "Tell")
    assert tell["if"] == "always()"
    assert tell["env"]["OUTCOME"] == "${{ steps.check.outcome }}"
    program, state = tmp_path / "bin" / "gh", tmp_path / "issues.json"
    program.parent.mkdir()
    program.write_text(TRACKER.format(python=sys.executable, state=str(state)), encoding="utf-8")
    program.chmod(0o755)

    def told(outcome: str, report: str = "") -> list[dict[str, Any]]:
        (tmp_path / "report.md").write_text(report, encoding="utf-8")
        environment = {
            "PATH": os.pathsep.join([str(program.parent), os.environ["PATH"]]),
            "OUTCOME": outcome,
            "LABEL": tell["env"]["LABEL"],
        }
        done = weekly(tmp_path, tell["run"], environment)
        assert done.returncode == 0, done.stderr
        found: list[dict[str, Any]] = json.loads(state.read_text())
        return found

    assert told("success") == []
    assert told("skipped") == []
    (issue,) = told("failure", "first")
    assert (issue["open"], issue["label"], issue["body"]) == (True, "published-package", "first")
    (issue,) = told("failure", "second")
    assert (issue["open"], issue["body"]) == (True, "second")
    assert told("cancelled") == [issue]
    (issue,) = told("success")
    assert (issue["open"], issue["comment"]) == (False, "It passes again.")
    assert told("success") == [issue]
    assert [found["open"] for found in told("failure", "third")] == [False, True]

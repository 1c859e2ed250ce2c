"""From an issue with a correction to a pull request: the workflow's steps, run here, whatever the issue says."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.running import running
from tests.test_drift_workflow import git
from tests.test_publishing_workflows import perform, step
from tests.test_workflows import GITHUB, ROOT, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CORRECTION = GITHUB / "workflows" / "correction.yml"
PAGE = (ROOT / "tests" / "corpora" / "tidewater-texts" / "harbour-talks.txt").read_bytes()
GOOD = {"record": "harbour-talks:e01", "field": "trigger", "value": None, "quote": "opened"}
EVENTS = "data/documents/harbour-talks/events.json"

LIFTED = """
from cte_corpus.attach import fetch
from cte_corpus.store import web
fetch.public_addresses = web.resolved
"""
"""What a Python that starts with it may do: ask servers of this machine."""

TRACKER = """#!{python}
import json, pathlib, sys
path = pathlib.Path({state!r})
state = json.loads(path.read_text()) if path.exists() else dict(comments=[], pulls=[])
kind, act, *rest = sys.argv[1:]
options = dict(zip(rest[-2::-2], rest[::-2]))
body = lambda: pathlib.Path(options["--body-file"]).read_text()
if (kind, act) == ("issue", "comment"):
    state["comments"].append([rest[0], body()])
elif (kind, act) == ("pr", "list"):
    print("".join(str(n + 1) for n, pull in enumerate(state["pulls"]) if pull["head"] == options["--head"]))
elif (kind, act) == ("pr", "create"):
    state["pulls"].append(dict(head=options["--head"], base=options["--base"], title=options["--title"], body=body()))
elif (kind, act) == ("pr", "edit"):
    state["pulls"][int(rest[0]) - 1]["body"] = body()
else:
    sys.exit(f"unknown: {{sys.argv}}")
path.write_text(json.dumps(state))
"""
"""What stands for GitHub's own command: it keeps comments and pull requests in a file."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a runner's shell")


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """The publisher of the invented article."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *_: object) -> None:
            pass

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as found:
        yield found


@pytest.fixture
def checkout(tidewater: Path, tmp_path: Path, server: ThreadingHTTPServer) -> Path:
    """A clone of a repository with the invented corpus, whose article lies on this machine."""
    folder = tmp_path / "checkout"
    shutil.copytree(tidewater, folder / "data")
    path = folder / "data" / "documents" / "harbour-talks" / "document.json"
    address = f"http://127.0.0.1:{server.server_port}"
    path.write_text(path.read_text("utf-8").replace("https://tidewater-post.example", address), "utf-8")
    (folder / "README.md").write_text("Invented.\n", "utf-8")
    git(tmp_path, "init", "--quiet", "--bare", "origin")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "First")
    git(folder, "remote", "add", "origin", str(tmp_path / "origin"))
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "gh"
    program.write_text(TRACKER.format(python=sys.executable, state=str(tmp_path / "state.json")), "utf-8")
    program.chmod(0o755)
    (tmp_path / "lifted").mkdir()
    (tmp_path / "lifted" / "sitecustomize.py").write_text(LIFTED, "utf-8")
    return folder


def applied(checkout: Path, body: str | None, *, lifted: bool = True) -> str:
    """Run the step that reads an issue; the report that it hands over."""
    event = checkout.parent / "event.json"
    event.write_text(json.dumps({"issue": {"body": body}}), "utf-8")
    environment = {"GITHUB_EVENT_PATH": str(event), "GITHUB_STEP_SUMMARY": str(checkout.parent / "summary.md")}
    if lifted:
        environment["PYTHONPATH"] = str(checkout.parent / "lifted")
    found = step(CORRECTION, "apply", "Apply")
    assert "env" not in found
    done = perform(checkout, found["run"], **environment)
    assert done.returncode == 0, done.stderr
    return (checkout / "correction" / "report.md").read_text("utf-8")


def told(checkout: Path) -> dict[str, Any]:
    """Run the step that tells, in a fresh clone as its job has one; what is then in the tracker."""
    fresh = checkout.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    git(checkout.parent, "clone", "--quiet", str(checkout), "fresh")
    git(fresh, "remote", "set-url", "origin", str(checkout.parent / "origin"))
    shutil.copytree(checkout / "correction", fresh / "correction")
    found = step(CORRECTION, "tell", "Open a pull request, or say why not")
    path = os.pathsep.join([str(checkout.parent / "bin"), os.environ["PATH"]])
    names = {name: value for name, value in found["env"].items() if "$" not in value}
    done = perform(fresh, found["run"], **names, PATH=path, ISSUE="7", BASE="main")
    assert done.returncode == 0, done.stderr
    state: dict[str, Any] = json.loads((checkout.parent / "state.json").read_text("utf-8"))
    return state


def issue(correction: dict[str, Any], more: str = "") -> str:
    return f"### Correction\r\n\r\n```json\r\n{json.dumps(correction)}\r\n```\r\n{more}"


def test_a_correction_that_its_quote_bears_out_becomes_a_pull_request(checkout: Path) -> None:
    report = applied(checkout, issue(GOOD))
    assert "`harbour-talks:e01` `trigger" in report
    (pull,) = told(checkout)["pulls"]
    assert (pull["head"], pull["base"]) == ("correction-7", "main")
    assert pull["body"].startswith("Closes #7, whose quote was found in the text.\n")
    assert report in pull["body"]
    origin = checkout.parent / "origin"
    assert git(origin, "show", "--format=%s", "--name-only", "correction-7").split("\n\n") == [
        "Correct a record, as issue 7 shows",
        f"{EVENTS}\n",
    ]
    records = json.loads(git(origin, "show", f"correction-7:{EVENTS}"))["records"]
    assert records[0]["trigger"] == {"start": 87, "end": 93, "text": "opened"}
    # The issue is edited: the same branch and pull request.
    git(checkout, "checkout", "--quiet", "--", "data")
    shutil.rmtree(checkout / "correction")
    applied(checkout, issue({**GOOD, "quote": "talks"}))
    (pull,) = told(checkout)["pulls"]
    assert "talks" in pull["body"]
    assert json.loads(git(origin, "show", f"correction-7:{EVENTS}"))["records"][0]["trigger"]["text"] == "talks"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (None, "expected one block of JSON, got 0"),
        ("", "expected one block of JSON, got 0"),
        ("$(touch ran) `touch ran` ${{ github.token }}\n'; touch ran; '\nPYTHON\ntouch ran\n", "got 0"),
        (issue({**GOOD, "quote": "$(touch ran)`touch ran`'\";touch ran"}), "the quote does not show one place"),
        (issue({**GOOD, "record": "../../x:e01"}), "is no document id"),
        (issue({**GOOD, "record": "-rf:e01"}), "is no document id"),
        (issue({**GOOD, "record": "person:ina-torvald"}), "is an entity"),
        (issue({**GOOD, "record": "bayan-al-marfa:e01"}), "has no address"),
        (issue(GOOD, "```json\n{}\n```\n"), "expected one block of JSON, got 2"),
        (issue({**GOOD, "field": "status", "value": "perhaps"}), "would no longer pass its check"),
        ("م" * 65_000, "expected one block of JSON|has more than"),
    ],
)
def test_whatever_an_issue_says_is_data(body: str | None, said: str, checkout: Path) -> None:
    report = applied(checkout, body)
    assert report.startswith("No pull request was opened. `cte correct` says:\n\n    error: ")
    assert re.search(said, report)
    assert "runs `cte correct issue.md --text TEXT`" in report
    assert not list(checkout.rglob("ran"))
    assert git(checkout, "diff", "--name-only") == ""
    assert told(checkout) == {"comments": [["7", report]], "pulls": []}


def test_a_page_that_cannot_be_had_is_a_comment_with_what_to_do(checkout: Path) -> None:
    report = applied(checkout, issue(GOOD), lifted=False)
    assert "127.0.0.1 is 127.0.0.1, which is not a public address" in report
    assert told(checkout)["comments"] == [["7", report]]


def test_a_patch_changes_records_and_nothing_else(checkout: Path) -> None:
    applied(checkout, issue(GOOD))
    patch = checkout / "correction" / "change.patch"
    (checkout / "README.md").write_text("Taken over.\n", "utf-8")
    patch.write_text(patch.read_text("utf-8") + git(checkout, "diff", "--binary", "--", "README.md"), "utf-8")
    told(checkout)
    names = git(checkout.parent / "origin", "show", "--format=", "--name-only", "correction-7")
    assert names == f"{EVENTS}\n"


def test_what_reads_an_issue_may_write_nothing_and_no_script_holds_its_words() -> None:
    workflow = load(CORRECTION)
    assert workflow["permissions"] == {"contents": "read"}
    jobs = workflow["jobs"]
    assert "permissions" not in jobs["apply"]
    assert jobs["tell"]["permissions"] == {"contents": "write", "issues": "write", "pull-requests": "write"}
    assert "'correction'" in jobs["apply"]["if"]
    assert load(GITHUB / "ISSUE_TEMPLATE" / "correction.yml")["labels"] == ["correction"]
    scripts = [one["run"] for job in jobs.values() for one in job["steps"] if "run" in one]
    assert scripts
    assert not any("${{" in script for script in scripts)
    asked = set(re.findall(r"\$\{\{ (.*?) \}\}", CORRECTION.read_text("utf-8")))
    known = {"github.event.issue.number", "github.event.repository.default_branch", "github.repository", "github.token"}
    assert asked == known
    assert not any("cte " in one.get("run", "").replace("`cte", "") for one in jobs["tell"]["steps"])


def test_every_action_is_named_by_its_commit_as_in_the_release() -> None:
    pattern = re.compile(r"uses: (\S+@[0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", re.MULTILINE)
    text = CORRECTION.read_text("utf-8")
    assert text.count("uses: ") == len(pattern.findall(text)) > 0
    release = (GITHUB / "workflows" / "release.yml").read_text("utf-8")
    assert set(pattern.findall(text)) <= set(pattern.findall(release))

"""The page of a review: who gets it, and ten corrections by keyboard alone."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from cte_corpus.authoring import drafts, run
from cte_corpus.authoring.review import Review
from cte_corpus.checking import engine
from cte_corpus.cli import cte
from cte_corpus.explorer.reviewing.server import HEADERS, Server
from tests.authoring import two_codings
from tests.authoring.conftest import TEXTS
from tests.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.explorer.conftest import Watched


@pytest.fixture
def corpus(tmp_path: Path, tidewater: Path) -> Path:
    """A copy of the invented corpus."""
    return Path(shutil.copytree(tidewater, tmp_path / "tidewater"))


@pytest.fixture
def draft(corpus: Path, tmp_path: Path) -> Path:
    """The draft of its English document, with comments."""
    path = tmp_path / "talks.yaml"
    text = run.draft_of(corpus, "harbour-talks", TEXTS)
    path.write_text(text.replace("\nevents:", "\n# what happens\nevents:  # eight"), encoding="utf-8")
    return path


@pytest.fixture
def server(corpus: Path, draft: Path) -> Iterator[Server]:
    with running(Server(Review(draft, TEXTS, corpus, "coder-b"), 0)) as found:
        yield found


def asked(
    server: Server, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


def test_only_this_machine_can_reach_it(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/[\w-]{32}/", server.address)


def test_every_answer_forbids_what_the_page_does_not_need(server: Server) -> None:
    for path, status in ((f"/{server.token}/", 200), (f"/{server.token}/state", 200), ("/", 403)):
        found, headers, _ = asked(server, "GET", path)
        assert found == status
        assert {name: headers[name] for name in HEADERS} == HEADERS
        assert "python" not in headers["Server"].lower()


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 403),
        ("/state", {}, 403),
        ("/{token}x/state", {}, 403),
        ("/{token}", {}, 403),
        ("/{token}/state", {"Host": "evil.example"}, 403),
        ("/{token}/state", {"Host": "localhost:1"}, 403),
        ("/{token}/../../etc/passwd", {}, 404),
        ("/{token}/talks.yaml", {}, 404),
        ("/{token}/review.js", {}, 200),
    ],
)
def test_who_does_not_know_the_token_or_comes_from_elsewhere_gets_nothing(
    server: Server, path: str, headers: dict[str, str], status: int
) -> None:
    found, _, body = asked(server, "GET", path.format(token=server.token), headers)
    assert found == status
    assert status == 200 or json.loads(body)["error"]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Origin": "http://evil.example"}, None, 403),
        ({"Origin": "null"}, None, 403),
        ({}, None, 403),
        ({"Content-Type": "text/plain"}, None, 415),
        ({"Content-Length": "99999999"}, b"", 413),
        ({"Content-Length": "-1"}, b"", 413),
        ({}, b"[]", 400),
        ({}, b"{", 400),
        ({}, b"{}", 409),
        ({}, b'{"version": 1}', 409),
    ],
)
def test_an_action_from_elsewhere_or_of_another_form_is_refused(
    server: Server, draft: Path, headers: dict[str, str], body: bytes | None, status: int
) -> None:
    before = draft.read_bytes()
    action = json.dumps({"do": "drop", "at": "m001", "version": server.review.state()["version"]}).encode()
    given = {"Content-Type": "application/json", **headers}
    if body is not None:
        given = {"Origin": server.origin, **given}
    elif "Content-Type" in headers:
        given["Origin"] = server.origin
    found, _, answer = asked(server, "POST", f"/{server.token}/do", given, action if body is None else body)
    assert (found, bool(json.loads(answer)["error"])) == (status, True)
    assert draft.read_bytes() == before


def test_an_action_of_the_page_is_done(server: Server, draft: Path) -> None:
    action = json.dumps({"do": "accept", "at": "m001", "version": server.review.state()["version"]}).encode()
    given = {"Content-Type": "application/json", "Origin": server.origin}
    status, _, answer = asked(server, "POST", f"/{server.token}/do", given, action)
    assert status == 200
    assert json.loads(answer)["version"] == server.review.state()["version"]
    assert drafts.load(draft)["review"]["m001"]["by"] == "coder-b"
    status, _, answer = asked(server, "POST", f"/{server.token}/raw", given, b'{"at": "m001"}')
    assert json.loads(answer)["raw"].startswith("{id: m001")


def test_a_port_that_is_taken_is_said(server: Server, draft: Path, corpus: Path) -> None:
    given = ["--text", str(TEXTS), "--coder", "c", "--corpus", str(corpus), "--port", str(server.server_address[1])]
    result = CliRunner().invoke(cte, ["review", str(draft), *given])
    assert "cannot be served" in str(result.exception)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["talks.yaml"], "--text and --coder are needed"),
        (["talks.yaml", "--text", "{texts}", "--coder", " "], "--text and --coder are needed"),
        (["talks.yaml", "--text", "{texts}", "--coder", "c", "--out", "x.yaml"], "a draft is changed where it is"),
        (["talks.yaml", "--text", "{texts}", "--coder", "c", "--layers", "x"], "--layers keeps two codings"),
        (["talks.yaml", "b.yaml", "--text", "{texts}", "--coder", "c"], "--out is needed"),
        (["harbour-walks", "--text", "{texts}", "--coder", "c"], "there is no whole document"),
        (
            ["harbour-talks", "--text", "{texts}", "--coder", "c", "--out", "talks.yaml"],
            "go on with it by `cte review talks.yaml`",
        ),
        (["none.yaml", "--text", "{texts}", "--coder", "c"], "none.yaml"),
    ],
)
def test_what_is_missing_is_said_before_a_page_is_shown(
    draft: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(draft.parent)
    given = [one.format(texts=TEXTS) for one in arguments]
    result = CliRunner().invoke(cte, ["review", *given, "--corpus", str(corpus)])
    assert result.exit_code != 0
    assert message in f"{result.output}{result.exception}"


def test_questions_are_listed(draft: Path, corpus: Path) -> None:
    review = Review(draft, TEXTS, corpus, "coder-b")
    review.do({"do": "question", "at": "e08", "value": "A market?", "version": review.state()["version"]})
    result = CliRunner().invoke(cte, ["review", str(draft), "--list"])
    line = next(n for n, text in enumerate(draft.read_text(encoding="utf-8").splitlines(), 1) if "id: e08" in text)
    assert result.output.startswith(f"{draft}:{line}: e08: A market? (coder-b, ")
    assert result.output.endswith("1 questioned\n")


@contextmanager
def reviewing(*arguments: object) -> Iterator[str]:
    """`cte review` as a process; its address."""
    command = [sys.executable, "-m", "cte_corpus", "review", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = next(one for one in process.stdout if "http://" in one)
        try:
            yield line.split()[2]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


class Keys:
    """Somebody who has a keyboard alone."""

    def __init__(self, page: Any) -> None:
        self.page = page
        expect(page.locator("#saved")).to_have_text("Nothing to save.")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, name: str, field: str = "") -> None:
        """Walk to a record, and down to one of its fields."""
        here = self.page.locator('#list [aria-selected="true"]')
        self.press("Home")
        expect(here).to_have_attribute("data-item", "0")
        expect(here).to_have_attribute("data-field", "-1")
        while here.locator(".name").inner_text() != name:
            before = here.get_attribute("data-item")
            self.press("j")
            expect(here).not_to_have_attribute("data-item", before)
        while field and not (here.get_attribute("aria-label") or "").startswith(f"{field}: "):
            before = here.get_attribute("data-field")
            self.press("ArrowDown")
            expect(here).not_to_have_attribute("data-field", before)
        expect(here).to_be_focused()

    def type(self, key: str, text: str, end: str = "Enter") -> None:
        """Open the field for typing, put a text in place of what it holds, and save."""
        self.press(key)
        expect(self.page.locator("#value")).to_be_focused()
        self.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        self.press(end)

    def saved(self, name: str, status: str) -> None:
        """Wait until a record is said to be so, and all is saved."""
        expect(self.page.locator(f'#list .record-line:has(.name:text-is("{name}"))')).to_have_class(
            re.compile(rf"\b{status}\b")
        )
        expect(self.page.locator("#saved")).to_contain_text("Saved at")


@pytest.mark.long
def test_ten_corrections_by_keyboard_alone_are_saved_anchored_and_checked(
    corpus: Path, tmp_path: Path, watched: Watched
) -> None:
    path = tmp_path / "talks.yaml"
    given = ("harbour-talks", "--out", path, "--text", TEXTS, "--coder", "coder-b", "--corpus", corpus)
    with reviewing(*given) as address:
        page = watched.open(address)
        keys = Keys(page)
        for name, field, value in (
            ("s03", "gist en", "Its origin, and its worst attack."),
            ("m011", "span", "group"),
            ("e01", "label en", "Veltania is host to a meeting: states talk"),
            ("e01", "label ar", "فلتانيا تستضيف لقاء دول"),
            ("e01", "trigger", "talks"),
            ("e04", "prominence", "main"),
            ("e05", "prominence", "background"),
            ("e08", "quantities of en", "dead of the bombing"),
            ("s02", "kind", "body"),
        ):
            keys.go(name, field)
            keys.type("e", value)
            expect(page.locator('#list [aria-selected="true"] .shown')).to_have_text(value)
        keys.go("e07")
        keys.press("e")
        expect(page.locator("#value")).to_be_focused()
        keys.press("Control+End")
        page.keyboard.insert_text('\nnote: "The split is told in passing."  # mine')
        keys.press("Control+Enter")
        keys.saved("e07", "accepted")
        keys.go("e08")
        keys.type("q", "Is the market the target?")
        keys.saved("e08", "questioned")
        keys.press("u")
        expect(page.locator("#counts")).to_contain_text("0 questioned")
        keys.go("s01")
        keys.press("a", "a")
        keys.saved("s02", "accepted")
        assert watched.judge(address) == []
    draft = drafts.load(path)
    assert draft["events"][0]["trigger"] == "talks"
    assert draft["events"][7]["quantities"][0]["of"]["text"] == "dead of the bombing"
    assert "# mine" in path.read_text(encoding="utf-8")
    assert run.anchor_file(path, TEXTS, corpus).problems == []
    assert engine.run(corpus, text=TEXTS).diagnostics == []
    event = json.loads((corpus / "documents" / "harbour-talks" / "events.json").read_bytes())["records"][0]
    assert event["label"][1]["text"] == "فلتانيا تستضيف لقاء دول"
    assert event["trigger"]["text"] == "talks"


@pytest.mark.long
def test_what_was_typed_is_not_lost_where_the_file_was_changed_meanwhile(
    corpus: Path, draft: Path, watched: Watched
) -> None:
    with reviewing(draft, "--text", TEXTS, "--coder", "coder-b", "--corpus", corpus) as address:
        page = watched.open(address)
        keys = Keys(page)
        keys.go("e08", "label en")
        with draft.open("a", encoding="utf-8") as file:
            file.write("# mine\n")
        keys.type("e", "A bombing")
        expect(page.locator("#refused")).to_contain_text("changed by somebody else")
        expect(page.locator("#value")).to_have_value("A bombing")
        keys.press("Escape", "r")
        expect(page.locator("#saved")).to_have_text("Read again.")
        keys.type("e", "<b>A bombing</b><img src=x>")
        expect(page.locator("#saved")).to_contain_text("Saved at")
        expect(page.locator('#list [aria-selected="true"] .shown')).to_have_text("<b>A bombing</b><img src=x>")
        keys.press("?")
        expect(page.locator("#help")).to_be_visible()
        keys.press("Escape")
        expect(page.locator("#help")).to_be_hidden()
    assert draft.read_text(encoding="utf-8").count("# mine\n") == 1
    assert drafts.load(draft)["events"][7]["label"][0]["text"] == "<b>A bombing</b><img src=x>"
    assert [one for one in watched.faults if "409" not in one] == []


@pytest.mark.long
def test_two_codings_are_settled_by_keyboard_alone(corpus: Path, tmp_path: Path, watched: Watched) -> None:
    one, other = two_codings.written(corpus, tmp_path)
    path, layers = tmp_path / "settled.yaml", tmp_path / "codings"
    given = ("--text", TEXTS, "--coder", "coder-c", "--corpus", corpus, "--out", path, "--layers", layers)
    with reviewing(one, other, *given) as address:
        page = watched.open(address)
        keys = Keys(page)
        expect(page.locator("#counts")).to_contain_text("the codings agree on")
        keys.go("m011")
        keys.press("2")
        keys.saved("m011", "accepted")
        keys.go("2:m014")
        keys.press("2")
        keys.saved("mentions[s03.1 Tidal Front]", "accepted")
        keys.go("e07")
        keys.press("2")
        keys.saved("e07", "accepted")
        keys.press("Home")
        for name in ("m012", "e01", "e02", "e03", "e06", "e08"):
            keys.press("o")
            expect(page.locator('#list [aria-selected="true"] .name')).to_have_text(name)
            keys.press("a")
            keys.saved(name, "accepted")
            keys.press("k")
        expect(page.locator("#counts")).to_contain_text("0 questioned, 0 open")
        assert watched.judge(address) == []
    assert run.anchor_file(path, TEXTS, corpus).problems == []
    assert engine.run(corpus, text=TEXTS).diagnostics == []
    assert sorted(one.name for one in layers.iterdir()) == ["coder-a", "coder-b"]

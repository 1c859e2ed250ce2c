"""Drift: pages against what they were, over loopback and in folders by day."""

from __future__ import annotations

import json
import shutil
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from cte_corpus.attach import fetch
from cte_corpus.cli import cte as group
from cte_corpus.errors import CteError
from cte_corpus.store import web
from tests.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result


def run(corpus: Path, *arguments: Path | str) -> Result:
    return CliRunner().invoke(group, ["drift", *map(str, arguments), "--corpus", str(corpus)])


def rows(corpus: Path, *arguments: Path | str, code: int = 0) -> list[dict[str, Any]]:
    done = run(corpus, *arguments, "-o", "json")
    assert done.exit_code == code, (done.output, done.exception)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture
def texts(tidewater: Path) -> dict[str, str]:
    folder = tidewater.parent / "tidewater-texts"
    return {path.stem: path.read_text("utf-8") for path in folder.iterdir()}


@pytest.fixture
def days(texts: dict[str, str], tmp_path: Path) -> Path:
    """A folder with a first day on which both copies are as they should be."""
    day = tmp_path / "copies" / "2024-05-01"
    day.mkdir(parents=True)
    for key, text in texts.items():
        (day / f"{key}.html").write_text(page(text), "utf-8")
    return day.parent


def page(text: str) -> str:
    return f"<!doctype html><meta charset=utf-8>{''.join(f'<p>{part}</p>' for part in text.split(chr(10) * 2))}"


def add(days: Path, day: str, text: str, key: str = "harbour-talks") -> Path:
    (days / day).mkdir(exist_ok=True)
    path = days / day / f"{key}.html"
    path.write_text(page(text), "utf-8")
    return path


def test_what_is_edited_is_gone_and_what_comes_back_is_not(days: Path, tidewater: Path, texts: dict[str, str]) -> None:
    text = texts["harbour-talks"]
    assert [row["gone"] for row in rows(tidewater, days)] == [[], []]
    add(days, "2024-05-02", text.replace("11 May 2022", "12 May 2022"))
    found = rows(tidewater, days, code=1)
    assert [(row["document"], row["day"], row["newest"]) for row in found] == [
        ("bayan-al-marfa", "2024-05-01", True),
        ("harbour-talks", "2024-05-01", False),
        ("harbour-talks", "2024-05-02", True),
    ]
    last = found[-1]
    assert last["verdict"] == "edited copy"
    assert ("11 May 2022", "loose", "12 for 11") in [
        (span["text"], span["status"], span["differs"]) for span in last["gone"]
    ]
    assert last["before"]["counts"] == found[1]["counts"]
    assert sum(last["counts"].values()) == sum(found[1]["counts"].values())
    # Still gone two days later, though nothing changed since the day before.
    add(days, "2024-05-03", text.replace("11 May 2022", "12 May 2022"))
    assert rows(tidewater, days, code=1)[-1]["gone"] == last["gone"]
    add(days, "2024-05-04", text)
    assert rows(tidewater, days)[-1]["gone"] == []


def test_a_page_that_moved_down_is_no_drift(days: Path, tidewater: Path, texts: dict[str, str]) -> None:
    add(days, "2024-05-02", f"Menu\n\nSubscribe\n\n{texts['harbour-talks']}")
    last = rows(tidewater, days)[-1]
    assert (last["verdict"], last["gone"], last["counts"]["exact"]) == ("copy", [], 0)


@pytest.mark.parametrize("key", ["harbour-talks", "bayan-al-marfa"])
def test_a_page_that_became_another_has_lost_all(key: str, days: Path, tidewater: Path, texts: dict[str, str]) -> None:
    add(days, "2024-05-02", "This page is no longer available.", key)
    (last,) = (row for row in rows(tidewater, days, code=1) if row["day"] == "2024-05-02")
    assert last["verdict"] == "unrelated"
    assert len(last["gone"]) == last["counts"]["lost"] == sum(last["before"]["counts"].values())


def test_what_was_known_of_a_page_that_cannot_be_read_is_kept(
    days: Path, tidewater: Path, texts: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "drift.json"
    rows(tidewater, days, "--out", out)
    kept = out.read_bytes()
    shutil.rmtree(days / "2024-05-01")
    add(days, "2024-05-02", texts["bayan-al-marfa"], "bayan-al-marfa")
    (days / "2024-05-02" / "harbour-talks.txt").write_bytes(b"%PDF-1.7")
    found = rows(tidewater, days, "--out", out)
    assert found[1]["reason"].endswith("this is a PDF file")
    assert found[1]["before"]["day"] == "2024-05-01"
    assert (found[1]["verdict"], found[1]["counts"], found[1]["gone"]) == (None, None, [])
    old, new = (json.loads(data)["records"] for data in (kept, out.read_bytes()))
    assert new[1] == old[1]
    assert new[0] == old[0] | {"day": "2024-05-02", "source": new[0]["source"]}
    # The third time it is there again, and compared with the first.
    (days / "2024-05-02" / "harbour-talks.txt").unlink()
    add(days, "2024-05-03", texts["harbour-talks"].replace("Ina Torvald", "Ino Torvald"))
    found = rows(tidewater, days, "--out", out, code=1)
    assert "Ina Torvald" in [span["text"] for span in found[-1]["gone"]]
    assert json.loads(out.read_bytes())["records"][1]["day"] == "2024-05-03"


def test_the_same_looks_write_the_same_bytes(days: Path, tidewater: Path, tmp_path: Path) -> None:
    out = tmp_path / "drift.json"
    written = []
    for _ in range(2):
        run(tidewater, days, "--out", out)
        written.append(out.read_bytes())
    assert written[0] == written[1]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["drift.json"]


def test_an_older_day_is_not_held_against_a_newer_one(
    days: Path, tidewater: Path, texts: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "drift.json"
    add(days, "2024-05-09", texts["harbour-talks"])
    rows(tidewater, days, "--out", out)
    kept = out.read_bytes()
    shutil.rmtree(days / "2024-05-09")
    add(days, "2024-05-01", texts["harbour-talks"].replace("Ina", "Ino"))
    assert rows(tidewater, days, "--out", out)[1]["before"] is None
    assert out.read_bytes() == kept


def test_other_offsets_are_not_compared(days: Path, tidewater: Path, texts: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "drift.json"
    rows(tidewater, days, "--out", out)
    text = out.read_text("utf-8")
    assert text.count('"reference": "') == 2
    out.write_text(text.replace('"reference": "', '"reference": "0'), "utf-8")
    add(days, "2024-05-02", "Gone.")
    shutil.rmtree(days / "2024-05-01")
    assert rows(tidewater, days, "--out", out)[0]["gone"] == []


def test_the_table_counts_against_the_look_before(days: Path, tidewater: Path, texts: dict[str, str]) -> None:
    add(days, "2024-05-02", "Gone.")
    done = run(tidewater, days)
    assert done.exit_code == 1
    assert "37 (+37)" in done.stdout
    assert "No longer proven:" in done.stdout
    assert "Ina Torvald" in done.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2024-5-1", "is not called by a day"),
        ("2024-02-30", "is not called by a day"),
        ("20240501", "is not called by a day"),
        ("old", "is not called by a day"),
    ],
)
def test_a_folder_that_is_no_day_is_an_error(name: str, said: str, days: Path, tidewater: Path) -> None:
    (days / name).mkdir()
    done = run(tidewater, days)
    assert isinstance(done.exception, CteError)
    assert said in done.exception.message


def test_a_folder_without_copies_is_an_error(tidewater: Path, tmp_path: Path) -> None:
    (tmp_path / "2024-05-01").mkdir()
    (tmp_path / ".git").mkdir()
    done = run(tidewater, tmp_path)
    assert isinstance(done.exception, CteError)
    assert "no copy of a document" in done.exception.message


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{}", "7", '{"records": 7}', '{"records": [7]}', '{"records": [{}]}', '{"records": [], "more": 1}',
        '{"records": [{"document": "a", "day": "x", "source": "", "reference": "", "verdict": "", "counts": {}, '
        '"proven": []}]}',
        '{"records": [{"document": [], "day": "2024-05-01", "source": "", "reference": "", "verdict": "", '
        '"counts": {"exact": 0, "moved": 0, "loose": 0, "ambiguous": 0, "lost": 0}, "proven": []}]}',
        '{"records": [{"document": "a", "day": "2024-05-01", "source": "", "reference": "", "verdict": "", '
        '"counts": {"exact": 0, "moved": 0, "loose": 0, "ambiguous": 0, "lost": 0}, "proven": [[1, "2"]]}]}',
    ],
)  # fmt: skip
def test_another_file_is_not_taken_for_figures_nor_replaced(
    content: str, days: Path, tidewater: Path, tmp_path: Path
) -> None:
    out = tmp_path / "notes.json"
    out.write_text(content, "utf-8")
    done = run(tidewater, days, "--out", out)
    assert isinstance(done.exception, CteError)
    assert "holds no figures of `cte drift`" in done.exception.message
    assert out.read_text("utf-8") == content


def test_wrong_use(days: Path, tidewater: Path, tmp_path: Path) -> None:
    assert "--fetch, and not both" in run(tidewater).output
    assert "--fetch, and not both" in run(tidewater, days, "--fetch").output
    assert "there is no folder" in str(run(tidewater, days, "--out", tmp_path / "none" / "drift.json").exception)


# Over loopback, with the limit on addresses lifted


class Site(ThreadingHTTPServer):
    """Serves what is in `pages` by its path."""

    def __init__(self) -> None:
        pages: dict[str, bytes] = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = pages.get(self.path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body or b"none")

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = pages


@pytest.fixture
def site() -> Iterator[Site]:
    with running(Site()) as server:
        yield server


@pytest.fixture
def served(tidewater: Path, tmp_path: Path, site: Site) -> Path:
    """The invented corpus, both documents of which have an address on this machine."""
    corpus = shutil.copytree(tidewater, tmp_path / "corpus")
    for key in ("harbour-talks", "bayan-al-marfa"):
        path = corpus / "documents" / key / "document.json"
        value = json.loads(path.read_text("utf-8"))
        value["urls"] = [{"url": f"http://127.0.0.1:{site.server_port}/{key}", "kind": "original"}]
        path.write_text(json.dumps(value), "utf-8")
    return corpus


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers of this machine may be asked, which are refused otherwise."""
    monkeypatch.setattr(fetch, "public_addresses", web.resolved)


@pytest.mark.usefixtures("local")
def test_pages_are_fetched_and_one_that_is_away_is_a_row(
    served: Path, site: Site, texts: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "drift.json"
    site.pages["/harbour-talks"] = page(texts["harbour-talks"]).encode()
    away, there = rows(served, "--fetch", "--out", out)
    assert away["reason"].endswith("/bayan-al-marfa answers 404")
    assert (there["verdict"], there["reason"]) == ("copy", "")
    assert [record["document"] for record in json.loads(out.read_bytes())["records"]] == ["harbour-talks"]
    site.pages["/harbour-talks"] = page(texts["harbour-talks"].replace("Torvald", "Thorvald")).encode()
    site.pages["/bayan-al-marfa"] = page(texts["bayan-al-marfa"]).encode()
    found = rows(served, "--fetch", "--out", out, code=1)
    assert [bool(row["gone"]) for row in found] == [False, True]
    assert rows(served, "--fetch", "--out", out)[1]["gone"] == []  # against the last time


@pytest.mark.usefixtures("local")
def test_where_no_page_can_be_had_it_could_not_run(served: Path, tmp_path: Path) -> None:
    out = tmp_path / "drift.json"
    done = run(served, "--fetch", "--out", out)
    assert isinstance(done.exception, CteError)
    assert done.exception.message == "no page could be read"
    assert "answers 404" in done.stdout
    assert not out.exists()


def test_a_server_of_this_machine_is_a_row_with_its_reason(served: Path, site: Site, texts: dict[str, str]) -> None:
    site.pages["/harbour-talks"] = page(texts["harbour-talks"]).encode()
    done = run(served, "--fetch")
    assert "127.0.0.1 is 127.0.0.1, which is not a public address" in done.stdout
    assert isinstance(done.exception, CteError)


def test_a_corpus_without_addresses_has_nothing_to_fetch(served: Path) -> None:
    for path in served.glob("documents/*/document.json"):
        value = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(value | {"urls": []}), "utf-8")
    done = run(served, "--fetch")
    assert isinstance(done.exception, CteError)
    assert "no document of this corpus has an address" in done.exception.message

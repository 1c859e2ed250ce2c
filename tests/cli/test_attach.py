"""`cte attach`, and copies attached to a corpus in Python."""

import json
import shutil
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cte_corpus.attach.fetch import fetch, public_addresses
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.tabular.loader import load_dataset
from tests.cli.conftest import Cte
from tests.running import running


@pytest.fixture
def texts(tidewater: Path) -> Path:
    return tidewater.parent / "tidewater-texts"


def test_the_source_is_exact(cte: Cte, tidewater: Path, texts: Path) -> None:
    done = cte("attach", texts, "--corpus", tidewater, "--strict")
    assert done.returncode == 0
    assert "harbour-talks: copy. Found: 100% of the document" in done.stdout
    assert "bayan-al-marfa: copy. " in done.stdout
    found = json.loads(cte("attach", texts, "--corpus", tidewater, "-o", "json").stdout)
    assert {row["status"] for item in found for row in item["places"]} == {"exact"}
    assert all(row["place"] == row["reference"] for item in found for row in item["places"])


def test_what_is_lost_is_listed_and_strict_fails(cte: Cte, tidewater: Path, texts: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.md"
    source = (texts / "harbour-talks.txt").read_text("utf-8")
    copy.write_text(source.partition("Background")[0], "utf-8")
    arguments = ("attach", copy, "--corpus", tidewater, "--document", "harbour-talks")
    assert cte(*arguments).returncode == 0
    done = cte(*arguments, "--strict")
    assert done.returncode == 1
    assert "“Tidal Front”" in done.stdout or "Tidal Front" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give a copy, or --fetch"),
        (("--fetch", "--document", "harbour-talks", "x.txt"), "does not exist"),
    ],
)
def test_wrong_use(cte: Cte, tidewater: Path, arguments: tuple[str, ...], message: str) -> None:
    done = cte("attach", *arguments, "--corpus", tidewater)
    assert done.returncode == 2
    assert message in done.stderr


def test_an_attached_document_gives_the_words_of_its_records(tidewater: Path, texts: Path) -> None:
    source = (texts / "harbour-talks.txt").read_text("utf-8")
    attached = Corpus(tidewater).attach(f"<html><body><p>Menu</p>{source}</body></html>", "harbour-talks")
    document = attached["harbour-talks"]
    for mention in document.mentions:
        assert document.text_of(mention.span) == mention.span.text
    for event in document.events:
        assert document.text_of(event.trigger) == event.trigger.text
    assert len(document.sentences) == sum(len(section.sentences) for section in document.sections)
    assert (document.text_of(document.sentences[0]) or "").startswith("Ministers")
    assert document.place(document.sections[-1]).status != "lost"
    assert [one.id for one in attached] == ["harbour-talks"]


def test_it_is_asked_of_which_document_a_text_is_a_copy(tidewater: Path) -> None:
    with pytest.raises(CteError, match="of which document"):
        Corpus(tidewater).attach("Ministers hold talks\non hidden cash")


def test_two_copies_of_one_document_in_a_folder_are_refused(tidewater: Path, tmp_path: Path) -> None:
    for suffix in (".txt", ".html"):
        (tmp_path / f"harbour-talks{suffix}").write_text("Ministers", encoding="utf-8")
    with pytest.raises(CteError, match=r"has harbour-talks\.html and harbour-talks\.txt, copies of one document"):
        Corpus(tidewater).attach(tmp_path)


def test_a_text_on_one_line_is_no_path(tidewater: Path) -> None:
    text = "Ministers hold talks on hidden cash. " * 12
    attached = Corpus(tidewater).attach(text, "harbour-talks")
    assert attached["harbour-talks"].text == text.strip()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "10.0.0.8", "169.254.169.254", "::ffff:127.0.0.1", "0.0.0.0"])
def test_addresses_that_are_not_public_are_refused(host: str) -> None:
    with pytest.raises(CteError, match="not a public address"):
        public_addresses(host, 80)


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://example.org/a", "https:///a", "article.txt"])
def test_only_http_is_fetched(url: str) -> None:
    with pytest.raises(CteError, match="expected an http or https address"):
        fetch(url)


def test_a_server_on_this_machine_is_never_asked() -> None:
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    refused = pytest.raises(CteError, match="not a public address")
    with running(HTTPServer(("127.0.0.1", 0), Handler)) as server, refused:
        fetch(f"http://localhost:{server.server_port}/article")
    assert asked == []


def test_a_dataset_has_the_words_of_the_texts(tidewater: Path, texts: Path) -> None:
    found = load_dataset(corpus=tidewater, text=texts)
    source = (texts / "harbour-talks.txt").read_text("utf-8")
    for row in found["sentences"]:
        assert row["attached_status"] == "exact"
        assert (row["attached_start"], row["attached_end"]) == (row["start"], row["end"])
    assert found["sentences"]["attached_text"][-1] in source
    assert [row["attached_text"] for row in found["mentions"]] == [row["span"]["text"] for row in found["mentions"]]
    assert [row["attached_text"] for row in found["events"]] == [row["trigger"]["text"] for row in found["events"]]
    assert source.startswith(found["documents"]["attached_text"][1][:40])
    assert found["sanctions"].column_names == load_dataset("sanctions", tidewater).column_names


def test_documents_without_a_copy_have_no_words(tidewater: Path, texts: Path, tmp_path: Path) -> None:
    (tmp_path / "harbour-talks.txt").write_bytes((texts / "harbour-talks.txt").read_bytes())
    rows = load_dataset("sentences", tidewater, text=tmp_path)
    for row in rows:
        assert (row["attached_text"] is None) == (row["document"] == "bayan-al-marfa")


def body_of(text: str) -> str:
    return "".join(f"<p>{part}</p>" for part in text.split("\n\n"))


PAGES: dict[str, Callable[[str], bytes | str]] = {
    "plain-start.html": lambda text: f"<!doctype html>{body_of(text)}",
    "comment-first.txt": lambda text: f"<!-- served from cache -->\n<!doctype html>{body_of(text)}",
    "fragment.HTM": lambda text: f"<section>{body_of(text)}</section>",
    "unknown.html": lambda text: body_of(text).replace("Ina Torvald,", "<x-person>Ina Torvald</x-person>,"),
    "nobr.html": lambda text: body_of(text).replace("Ina Torvald,", "<nobr>Ina Torvald</nobr>,"),
    "hidden.html": lambda text: f"<div hidden>{body_of(text)}</div><div>{body_of(text)}</div>",
    "word.html": lambda text: body_of(text).replace("Ina T", 'Ina <span style="display:none">zz9</span>T'),
    "latin.html": lambda text: f"<meta charset=iso-8859-1>{body_of(text)}".encode("cp1252", "xmlcharrefreplace"),
    "marked.txt": lambda text: text.encode("utf-8-sig"),
    "wide.txt": lambda text: text.encode("utf-16"),
    "windows.txt": lambda text: text.replace("\n", "\r\n"),
    "xhtml.xhtml": lambda text: f'<?xml version="1.0"?><html><script src="a"/>{body_of(text)}</html>',
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_it_is_seen(name: str, tidewater: Path, texts: Path, tmp_path: Path) -> None:
    page = PAGES[name]((texts / "harbour-talks.txt").read_text("utf-8"))
    path = tmp_path / name
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    attached = Corpus(tidewater).attach(path, "harbour-talks")["harbour-talks"]
    assert {row["status"] for row in attached.report() if row["what"] == "span"} == {"exact"}
    assert attached.source.doubt == ""


def test_a_guessed_encoding_is_said(cte: Cte, tidewater: Path, texts: Path, tmp_path: Path) -> None:
    copy = tmp_path / "bayan-al-marfa.txt"
    copy.write_bytes((texts / "bayan-al-marfa.txt").read_text("utf-8").encode("cp1256", "replace"))
    done = cte("attach", copy, "--corpus", tidewater, "-o", "json")
    assert "bayan-al-marfa: nothing says in what encoding it is, and cp1256 is a guess" in done.stderr
    assert json.loads(done.stdout)[0]["encoding"] == "cp1256"


@pytest.mark.parametrize(
    ("copy", "message"),
    [
        ("", "the text is empty"),
        ("x\n\ud83d", r"U\+D83D at 2 is half"),
        ("<p></p>", "nothing can be read on this page"),
    ],
)
def test_what_holds_no_text_is_an_error(copy: str, message: str, tidewater: Path) -> None:
    with pytest.raises(CteError, match=message):
        Corpus(tidewater).attach(copy, "harbour-talks")


def test_check_reads_a_page_and_new_refuses_it(cte: Cte, tidewater: Path, texts: Path, tmp_path: Path) -> None:
    page = tmp_path / "harbour-talks.HTML"
    page.write_text(f"<!-- saved -->{body_of((texts / 'harbour-talks.txt').read_text('utf-8'))}", "utf-8")
    document = tidewater / "documents" / "harbour-talks"
    assert cte("check", document, "--text", page).returncode == 0
    given = ("--document", "gates", "--lang", "en", "--publisher", "org:tidewater-post")
    corpus = tmp_path / "corpus"
    shutil.copytree(tidewater, corpus)
    done = cte("new", page, *given, "--corpus", corpus, "--out", tmp_path / "gates.yaml")
    assert done.returncode == 2
    assert "is an HTML page, and what is coded is the text alone" in done.stderr
    notice = tmp_path / "NOTICE.MD"
    notice.write_text("# Gates\n\nIna Torvald shut the gates.\n", "utf-8")
    assert cte("new", notice, *given, "--corpus", corpus, "--out", tmp_path / "gates.yaml").returncode == 0
    assert json.loads((corpus / "documents/gates/document.json").read_text("utf-8"))["text"]["recipe"] == "markdown-2"

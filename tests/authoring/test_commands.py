"""`cte new` and `cte anchor` from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cte_corpus.authoring import folder
from cte_corpus.checking import engine
from cte_corpus.cli import cte
from cte_corpus.errors import CteError
from tests.authoring.conftest import TEXTS
from tests.authoring.drafting import draft_of

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def call(*args: object) -> Result:
        return runner.invoke(cte, [str(arg) for arg in args])

    return call


def new(run: Run, corpus: Path, *more: object) -> Result:
    text = TEXTS / "harbour-talks.txt"
    given = ("--document", "talks-again", "--lang", "en", "--publisher", "org:tidewater-post", "--corpus", corpus)
    return run("new", text, *given, *more)


def test_new_writes_a_draft_and_a_folder_that_check_refuses(run: Run, corpus: Path) -> None:
    result = new(run, corpus)
    assert result.exit_code == 0, result.output
    assert "proposed: 3 sections, 6 sentences, 11 mentions; noted: 3 dates, 3 figures" in result.output
    written = folder.read(corpus, "talks-again")
    coded = folder.read(corpus, "harbour-talks")
    assert [s["sentences"] for s in written["sections"]] == [s["sentences"] for s in coded["sections"]]
    assert written["document"]["text"] == coded["document"]["text"]
    assert all(record["proposed"] for record in (*written["sections"], *written["mentions"], written["document"]))
    found = engine.run(corpus / "documents" / "talks-again").diagnostics
    assert any("proposed" in item.message and item.location.line for item in found)


def test_proposals_settled_and_coded_pass_the_check(run: Run, corpus: Path, tmp_path: Path) -> None:
    text = TEXTS / "harbour-talks.txt"
    bundle = folder.read(corpus, "harbour-talks")
    draft = draft_of(bundle, folder.read_text(text))
    path = tmp_path / "again.json"
    path.write_text(json.dumps(draft), encoding="utf-8")
    for part in ("sections", "mentions", "events", "sanctions"):
        (corpus / "documents" / "harbour-talks" / f"{part}.json").unlink()
    result = run("anchor", path, "--text", text, "--corpus", corpus)
    assert result.exit_code == 0, result.output
    assert engine.run(corpus, text=TEXTS).diagnostics == []


def test_new_says_what_the_registry_does_not_know(run: Run, corpus: Path) -> None:
    for path in (corpus / "entities").glob("*/*.json"):
        path.unlink()
    result = new(run, corpus)
    assert result.exit_code == 0, result.output
    assert "the publisher `org:tidewater-post` is not in the entity registry" in result.output
    assert "Ina Torvald" in result.output
    assert "no name of the entity registry stands in 7 of 7 sentences and headings" in result.output


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--document", "harbour-talks"], "the corpus already has a document `harbour-talks`"),
        (["--document", "../outside"], "`../outside` is no document id"),
        (["--out", "tidewater/draft.yaml"], "lies in the corpus"),
    ],
)
def test_new_refuses(run: Run, corpus: Path, more: list[str], message: str) -> None:
    result = new(run, corpus, *more)
    assert isinstance(result.exception, CteError)
    assert message in result.exception.message


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--lang", "english"], "`english` is no language tag"),
        (["--lang", "xx"], "`xx` is no language tag"),
        (["--lang", "en_GB"], "`en_GB` is no language tag"),
        (["--genre", "press"], "there is no genre `press`"),
    ],
)
def test_new_says_first_what_it_cannot_take(run: Run, corpus: Path, more: list[str], message: str) -> None:
    result = run(
        "new", "absent.txt", "--document", "d", "--lang", "en", "--publisher", "org:a", "--corpus", corpus, *more
    )
    assert isinstance(result.exception, CteError)
    assert message in result.exception.message


@pytest.mark.parametrize(
    ("start", "name", "message"),
    [
        (b"PK\x03\x04\x14\0\6\0", "n.docx", "a file of an office program"),
        (b"%PDF-1.7\n", "n.txt", "a PDF file"),
        (b"{\\rtf1\\ansi Hello}", "n.txt", "an RTF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "n.doc", "a file of an office program"),
        (b"<!doctype html><p>Hello", "n.txt", "is an HTML page"),
    ],
)
def test_new_says_what_a_file_is_that_is_no_text(
    run: Run, corpus: Path, tmp_path: Path, start: bytes, name: str, message: str
) -> None:
    (tmp_path / name).write_bytes(start)
    result = run("new", name, "--document", "d", "--lang", "en", "--publisher", "org:a", "--corpus", corpus)
    assert isinstance(result.exception, CteError)
    assert message in result.exception.message
    assert "as .txt or .md" in result.exception.hint
    assert not (corpus / "documents" / "d").exists()


def test_new_notes_no_figures_of_a_language_that_writes_them_otherwise(run: Run, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text(
        "Le port\n\nLe navire portait 1.500 euros et 3,5 tonnes en 2022 le 3 mai 2022.\n", "utf-8"
    )
    given = ("--document", "d", "--publisher", "org:a", "--corpus", corpus)
    result = run("new", "n.txt", "--lang", "fr", *given)
    assert result.exit_code == 0, result.output
    assert "note: `fr` is not supported as English and Arabic are" in result.output
    assert "noted: 0 dates, 0 figures" in result.output


def test_new_keeps_a_draft_that_is_there(run: Run, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "talks-again.draft.yaml").write_text("mine")
    assert isinstance(new(run, corpus).exception, CteError)
    assert (tmp_path / "talks-again.draft.yaml").read_text() == "mine"


def test_anchor_refuses_and_writes_nothing(run: Run, corpus: Path, tmp_path: Path) -> None:
    new(run, corpus)
    path = tmp_path / "talks-again.draft.yaml"
    draft = path.read_text(encoding="utf-8")
    path.write_text(draft.replace('span: "Joren Maas"', 'span: "Joren Mass"').replace('"Port Sable"', "e"), "utf-8")
    before = (corpus / "documents" / "talks-again" / "mentions.json").read_bytes()
    result = run("anchor", path, "--text", TEXTS / "harbour-talks.txt", "--corpus", corpus)
    assert result.exit_code == 1
    assert "mentions.s02.2[0].span: “Joren Mass” does not stand there" in result.output
    assert "⟦Joren Maas⟧" in result.output
    assert "“e” stands in" in result.output
    assert "2 to mend; nothing was written" in result.output
    assert (corpus / "documents" / "talks-again" / "mentions.json").read_bytes() == before


def test_anchor_says_how_many_proposals_are_left(run: Run, corpus: Path, tmp_path: Path) -> None:
    new(run, corpus)
    path = tmp_path / "talks-again.draft.yaml"
    settled = path.read_text(encoding="utf-8").replace(", form: name, proposed: true", ", form: name")
    path.write_text(settled, "utf-8")
    result = run("anchor", path, "--text", TEXTS / "harbour-talks.txt", "--corpus", corpus)
    assert "4 proposals are left" in result.output


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("document: a\ndocument: b\n", "draft.yaml:2:1: `document` stands twice"),
        ("document: [a\n", "draft.yaml:2:1"),
        ("events: []\n", "names no document"),
        ("document: a\nevent: []\n", "a draft has no `event`"),
        ("document: absent\n", "there is no document `absent`"),
        ("document: {genre: report}\n", "draft.yaml:1:1: expected the id of a document"),
    ],
)
def test_anchor_refuses_what_is_no_draft(run: Run, corpus: Path, tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(content)
    result = run("anchor", path, "--text", TEXTS / "harbour-talks.txt", "--corpus", corpus)
    assert isinstance(result.exception, CteError)
    assert message in result.exception.message


def test_another_text_is_refused_where_offsets_would_shift(run: Run, corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text("document: harbour-talks\nevents: []\n")
    result = run("anchor", path, "--text", TEXTS / "bayan-al-marfa.txt", "--corpus", corpus)
    assert isinstance(result.exception, CteError)
    assert "is not the text of `harbour-talks`" in result.exception.message


def test_a_sentence_that_is_cut_in_two_is_named_as_the_one_slip(run: Run, corpus: Path, tmp_path: Path) -> None:
    text = (TEXTS / "harbour-talks.txt").read_text("utf-8")
    draft = draft_of(folder.read(corpus, "harbour-talks"), text)
    draft["sections"][1]["sentences"] = [
        "Veltania's",
        "opened",
        "On Monday",
        "The Harbour",
    ]  # the first one is cut in two
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(draft))
    result = run("anchor", path, "--text", TEXTS / "harbour-talks.txt", "--corpus", corpus)
    assert result.exit_code == 1
    assert "mentions of `s02` stand 1 sentence later than they are said to" in result.stderr

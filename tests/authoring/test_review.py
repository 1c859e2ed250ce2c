"""A review of a draft: every step is saved to it, and what was not touched stays."""

from pathlib import Path
from typing import Any

import pytest

from cte_corpus.authoring import drafts, run
from cte_corpus.authoring.review import ChangedError, Review, meant, questions
from cte_corpus.checking import engine
from cte_corpus.errors import CteError
from tests.authoring.conftest import TEXTS


@pytest.fixture
def review(corpus: Path, tmp_path: Path) -> Review:
    """The records of a document as a draft with comments, under review."""
    path = tmp_path / "talks.yaml"
    text = run.draft_of(corpus, "harbour-talks", TEXTS)
    path.write_text(text.replace("status: alleged\n", "status: alleged  # why?\n"), encoding="utf-8")
    return Review(path, TEXTS, corpus, "coder-b")


def do(review: Review, name: str, at: str = "", value: str = "") -> dict[str, Any]:
    state = review.state()
    return review.do({"do": name, "at": at, "value": value, "version": state["version"]})


def item(state: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in state["items"] if one["name"] == name)


def field(state: dict[str, Any], at: str) -> dict[str, Any]:
    name, _, path = at.partition("/")
    return next(one for one in item(state, name)["fields"] if one["path"] == path)


def test_every_item_has_its_fields_and_places(review: Review) -> None:
    state = review.state()
    assert [one["name"] for one in state["items"]][:6] == ["document", "s01", "s02", "s03", "m001", "m002"]
    assert state["problems"] == []
    assert {one["status"] for one in state["items"]} == {"open"}
    assert [one for one in state["items"] if one["problems"]] == []
    bombing = item(state, "e08")
    marks = {mark["path"]: review.coded.text[mark["start"] : mark["end"]] for mark in bombing["marks"]}
    assert marks["trigger"] == "bombing"
    assert marks["quantities/0/span"] == "nearly 30 people"
    assert field(state, "e08/label/1/text") == {
        "path": "label/1/text",
        "label": "label ar",
        "shown": "تفجير سوق للسمك",
        "lang": "ar",
        "status": "open",
    }


def test_what_is_accepted_stays_so_until_it_is_changed(review: Review) -> None:
    before = review.path.read_text(encoding="utf-8")
    do(review, "accept", "e08")
    state = do(review, "accept", "e07/trigger")
    assert item(state, "e08")["status"] == "accepted"
    assert item(state, "e08")["by"] == "coder-b"
    assert field(state, "e07/trigger")["status"] == "accepted"
    assert item(state, "e07")["status"] == "open"
    after = review.path.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert after.removeprefix(before).count("\n") == 4  # a blank line, `review:`, and a line for each
    review.path.write_text(after.replace("trigger: bombing", "trigger: killed"), encoding="utf-8")
    assert item(review.state(), "e08")["status"] == "changed"


def test_a_field_is_mended_and_accepted_and_comments_stay(review: Review) -> None:
    state = do(review, "mend", "e08/times/0/edtf", "2021-04")
    assert field(state, "e08/times/0/edtf")["status"] == "accepted"
    text = review.path.read_text(encoding="utf-8")
    assert 'edtf: "2021-04"' in text
    assert text.count("# why?") > 1
    state = do(review, "mend", "e06/quantities/0/lower", "3000000")
    assert item(state, "e06")["problems"] == []
    assert drafts.load(review.path)["events"][5]["quantities"][0]["lower"] == 3000000


def test_a_quote_that_leads_nowhere_is_saved_and_said(review: Review) -> None:
    state = do(review, "mend", "e08/trigger", "explosion")
    assert "does not stand there" in item(state, "e08")["problems"][0]
    state = do(review, "mend", "e08/trigger", "e")
    assert "say which by `nth`" in item(state, "e08")["problems"][0]
    state = do(review, "mend", "e08/trigger", "{quote: e, nth: 1}")
    assert item(state, "e08")["problems"] == []
    assert field(state, "e08/trigger")["shown"] == "{quote: e, nth: 1}"


def test_what_the_schema_refuses_is_said_of_the_item(review: Review) -> None:
    state = do(review, "mend", "e08/status", "ocurred")
    assert [one[:6] for one in item(state, "e08")["problems"]] == ["CTE104"]


def test_a_question_has_a_note_and_is_listed(review: Review) -> None:
    with pytest.raises(CteError, match="needs a note"):
        do(review, "question", "e08", " ")
    do(review, "question", "e08/status", "Is it told as a fact?")
    state = do(review, "accept", "e07")
    assert item(state, "e08")["status"] == "questioned"
    (one,) = questions(review.path)
    line = review.path.read_text(encoding="utf-8").splitlines()[one.line - 1]
    assert (one.name, one.note, one.by, line.strip()) == ("e08/status", "Is it told as a fact?", "coder-b", "- id: e08")
    assert item(do(review, "accept", "e08"), "e08")["status"] == "accepted"
    assert questions(review.path) == []


def test_an_item_is_written_anew_or_dropped(review: Review) -> None:
    raw = review.raw("e07")
    state = do(review, "write", "e07", raw.replace("prominence: background", "prominence: main  # the split"))
    assert item(state, "e07")["status"] == "accepted"
    assert "    prominence: main  # the split" in review.path.read_text(encoding="utf-8")
    state = do(review, "drop", "e07")
    assert "e07" not in {one["name"] for one in state["items"]}
    assert drafts.load(review.path).keys().isdisjoint({"review"})


def test_every_step_can_be_undone_and_no_more(review: Review) -> None:
    before = review.path.read_bytes()
    do(review, "accept", "m001")
    middle = review.path.read_bytes()
    do(review, "drop", "m002")
    do(review, "undo")
    assert review.path.read_bytes() == middle
    do(review, "undo")
    assert review.path.read_bytes() == before
    with pytest.raises(CteError, match="nothing to undo"):
        do(review, "undo")


def test_a_file_that_somebody_else_changed_is_not_written(review: Review) -> None:
    state = review.state()
    other = review.path.read_bytes() + b"# mine\n"
    review.path.write_bytes(other)
    with pytest.raises(ChangedError, match="changed by somebody else"):
        review.do({"do": "accept", "at": "m001", "version": state["version"]})
    assert review.path.read_bytes() == other
    do(review, "accept", "m001")
    review.path.write_bytes(b"document: [")
    with pytest.raises(CteError, match=r"talks\.yaml:"):
        review.state()


@pytest.mark.parametrize(
    ("name", "at", "value", "message"),
    [
        ("accept", "e99", "", "has no e99"),
        ("mend", "e08/no", "x", "has no e08/no"),
        ("mend", "e08/status", " ", "nothing at all"),
        ("mend", "e08/evidence", "[", "expected node"),
        ("mend", "e08", "x", "cannot be done"),
        ("drop", "document", "", "cannot be done"),
        ("burn", "e08", "", "cannot be done"),
        ("write", "e08", "just words", "would be no item"),
        ("write", "document", "title: none", "would be none"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_written(
    review: Review, name: str, at: str, value: str, message: str
) -> None:
    before = review.path.read_bytes()
    with pytest.raises(CteError, match=message):
        do(review, name, at, value)
    assert review.path.read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "old", "value"),
    [
        ("2016", "2016~", "2016"),
        ("no", "yes", "no"),
        ("[2022-05-09..2022-05-11]", "2022-05-09", "[2022-05-09..2022-05-11]"),
        ("{quote: held, nth: 2}", "held", {"quote": "held", "nth": 2}),
        ("held: by whom", {"quote": "held", "nth": 2}, "held: by whom"),
        ("31", 30, 31),
        ("[s01.1]", ["s02.1"], ["s01.1"]),
        ("false", True, False),
    ],
)
def test_what_is_typed_is_of_the_kind_that_was_there(typed: str, old: Any, value: Any) -> None:
    assert meant(typed, old) == value


def test_proposals_are_settled_by_accepting_them(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "talks.yaml"
    path.write_text(
        "document: harbour-talks\n"
        "mentions:\n  s02.1:\n    - {entity: gpe:veltania, span: Veltania, form: name, proposed: true}\n"
        "    - {entity: gpe:osterhavn, span: Osterhavn, form: name, proposed: true}\n",
        encoding="utf-8",
    )
    review = Review(path, TEXTS, corpus, "coder-b")
    state = do(review, "accept", "mentions[s02.1 Veltania]")
    assert [(one["status"], one["proposed"]) for one in state["items"]] == [("accepted", False), ("open", True)]
    state = do(review, "mend", "mentions[s02.1 Osterhavn]/span", "11 May")
    assert [one["name"] for one in state["items"]] == ["mentions[s02.1 Veltania]", "mentions[s02.1 11 May]"]
    assert field(state, "mentions[s02.1 11 May]/span")["status"] == "accepted"


def test_a_reviewed_draft_anchors_as_if_it_were_not(review: Review, corpus: Path) -> None:
    folder = corpus / "documents" / "harbour-talks"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    do(review, "accept", "e01")
    do(review, "question", "m001", "Veltania, or its government?")
    assert run.anchor_file(review.path, TEXTS, corpus).problems == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert engine.run(corpus, text=TEXTS).diagnostics == []


@pytest.mark.parametrize(
    ("review", "message"),
    [
        ("[]", "4:1: expected an object with what became"),
        ("{e01: accepted}", "4:10: expected an object with `verdict`"),
        ("{e01: {verdict: maybe}}", "4:10: expected an object with `verdict`: accepted, questioned, dropped"),
        ("{e01: {verdict: accepted, of: 1}}", "4:10: expected strings"),
        ("{e01: {verdict: accepted, why: x}}", "4:10: expected strings"),
    ],
)
def test_a_draft_with_a_strange_review_is_refused(tmp_path: Path, review: str, message: str) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(f"document: a\n\n\nreview: {review}\n", encoding="utf-8")
    with pytest.raises(CteError, match=message):
        drafts.load(path)

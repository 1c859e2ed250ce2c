"""Corrections with a quote: applied where the text bears them out, refused with the reason where not."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cte_corpus.attach import fetch
from cte_corpus.cli import cte as group
from cte_corpus.errors import CteError
from cte_corpus.store import web
from tests.conftest import ROOT
from tests.running import Rude, running

TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"
GOOD = {"record": "harbour-talks:e01", "field": "times[0].edtf", "value": "2022-05-11", "quote": "11 May 2022"}


@pytest.fixture
def corpus(tidewater: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tidewater, tmp_path / "corpus")


def run(corpus: Path, body: str) -> Result:
    arguments = ["correct", "-", "--text", str(TEXTS), "--corpus", str(corpus)]
    return CliRunner().invoke(group, arguments, input=body)


def events(corpus: Path) -> dict[str, Any]:
    path = corpus / "documents" / "harbour-talks" / "events.json"
    return {record["id"]: record for record in json.loads(path.read_text(encoding="utf-8"))["records"]}


def test_a_value_and_its_span_are_corrected(corpus: Path) -> None:
    wanted = {"record": "harbour-talks:e01", "field": "prominence", "value": "secondary", "quote": "one-day meeting"}
    body = f"### Correction\n\n```json\n{json.dumps(wanted)}\n```\n\n$(touch x) `id`\n"
    done = run(corpus, body)
    assert (done.exit_code, done.exception) == (0, None)
    assert events(corpus)["harbour-talks:e01"]["prominence"] == "secondary"
    assert "harbour-talks:e01" in done.stdout
    assert "Step: major" in done.stdout


def test_a_quote_becomes_the_span(corpus: Path) -> None:
    done = run(corpus, json.dumps({**GOOD, "field": "trigger", "value": None, "quote": "opened"}))
    assert (done.exit_code, done.exception) == (0, None)
    assert events(corpus)["harbour-talks:e01"]["trigger"] == {"start": 87, "end": 93, "text": "opened"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"record": "harbour-talks:e99"}, "no record 'harbour-talks:e99'"),
        ({"record": "harbour-tasks:e01"}, "no document 'harbour-tasks'"),
        ({"record": "../x:e01"}, "is no document id"),
        ({"field": "tims[0].edtf"}, "has no 'tims"),
        ({"field": "times[9].edtf"}, "has no 'times"),
        ({"field": "times[0]['edtf']"}, "is no field"),
        ({"field": "id"}, "is not corrected"),
        ({"field": "status", "value": "perhaps"}, "would no longer pass its check"),
        ({"field": "colour", "value": "red"}, "has no 'colour'\nthere may be id, "),
        ({"field": "times[2].edtf"}, "[1] would be the next of it"),
        ({"field": "times.edtf"}, "it holds no fields"),
        ({"field": "status[0]"}, "it is no list"),
        ({"field": "trigger.start", "value": 88}, "is a part of a span"),
        ({"record": "harbour-talks", "field": "text.length", "value": 9}, "`text` is not corrected"),
        ({"record": "harbour-talks:s02", "field": "sentences[0].digest", "value": "0"}, "`sentences` is not corrected"),
        (
            {"record": "harbour-talks:s01", "field": "sentences[0].function", "value": "pointer"},
            "would no longer pass its check",  # it is the evidence of an event
        ),
        ({"field": "absent", "value": 7}, "would no longer pass its check"),
        ({"field": "absent[0]", "value": 7}, "would no longer pass its check"),
        ({"field": "evidence", "value": ["a", 7]}, "would no longer pass its check"),
        ({"field": "times", "value": None}, "would no longer pass its check"),
        ({"field": "times[1]", "value": {"role": "when"}}, "would no longer pass its check"),
        ({"record": "person:ina-torvald", "field": "names[0].text"}, "change entities/person/ina-torvald.json itself"),
        ({"record": "person:ina-torwald"}, "did you mean `person:ina-torvald`"),
        ({"quote": {"quote": "Grey Lantern", "nth": 9}}, "the quote does not show one place"),
        ({"quote": "12 May 2022"}, "the quote does not show one place"),
        ({"quote": "Grey Lantern"}, "the quote does not show one place"),
        ({"quote": {"quote": "11 May 2022", "in": "s99.1"}}, "there is no sentence s99.1"),
        ({"quote": 7}, "expected a quote"),
        ({"extra": 1}, "and nothing else"),
    ],
)
def test_what_is_refused_changes_nothing(change: dict[str, Any], said: str, corpus: Path) -> None:
    before = events(corpus)
    done = run(corpus, json.dumps(GOOD | change))
    assert isinstance(done.exception, CteError)
    assert said in str(done.exception)
    assert events(corpus) == before


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("no block", "expected one block of JSON, got 0"),
        ("```json\n{}\n```\n```json\n{}\n```\n", "expected one block of JSON, got 2"),
        ("{", "is no JSON"),
        ('{"record": "a", "record": "b"}', "stands twice"),
        ("x" * 200_000, "has more than"),
    ],
)
def test_what_is_no_correction(body: str, said: str, corpus: Path) -> None:
    done = run(corpus, body)
    assert isinstance(done.exception, CteError)
    assert said in str(done.exception)


def test_what_is_missing_on_the_way_is_made(corpus: Path) -> None:
    """An object that there was not, one more item, and a span: each with the place of the quote."""
    wanted = {"record": "harbour-talks:e02", "field": "certainty.degree", "value": "probable", "quote": "Monday"}
    assert run(corpus, json.dumps(wanted)).exception is None
    span = {"start": 169, "end": 175, "text": "Monday"}
    assert events(corpus)["harbour-talks:e02"]["certainty"] == {"degree": "probable", "span": span}
    place = {"role": "site", "entity": "gpe:osterhavn", "precision": "city", "basis": "stated"}
    place["mentions"] = ["harbour-talks:m004"]  # type: ignore[assignment]
    assert "places" not in events(corpus)["harbour-talks:e02"]
    wanted = {"record": "harbour-talks:e02", "field": "places[0]", "value": place, "quote": "Osterhavn"}  # type: ignore[dict-item]
    done = run(corpus, json.dumps(wanted))
    assert done.exception is None, (done.exception, done.output)
    found = events(corpus)["harbour-talks:e02"]
    assert (found["places"], "absent" in found) == ([place], False)


# From copies


def page(text: str) -> str:
    return (
        f"<!doctype html><meta charset=utf-8><p>Menu</p>{''.join(f'<p>{part}</p>' for part in text.split(chr(10) * 2))}"
    )


def from_copy(corpus: Path, tmp_path: Path, content: str, change: dict[str, Any]) -> Result:
    copy = tmp_path / "harbour-talks.html"
    copy.write_text(content, "utf-8")
    arguments = ["correct", "-", "--text", str(copy), "--corpus", str(corpus)]
    return CliRunner().invoke(group, arguments, input=json.dumps(GOOD | change))


TRIGGER = {"field": "trigger", "value": None, "quote": "opened"}
TEXT = (TEXTS / "harbour-talks.txt").read_text("utf-8")


def test_a_page_shows_it_as_the_text_does(corpus: Path, tmp_path: Path) -> None:
    done = from_copy(corpus, tmp_path, page(TEXT), TRIGGER)
    assert (done.exit_code, done.exception) == (0, None)
    assert events(corpus)["harbour-talks:e01"]["trigger"] == {"start": 87, "end": 93, "text": "opened"}


INVENTED = {"edtf": "2022-05-11", "basis": "stated", "role": "when", "span": {"start": 9, "end": 13, "text": "noon"}}


@pytest.mark.parametrize(
    ("was", "now", "change", "said"),
    [
        ("", "Ina Torvald, who opened", {}, "the quote does not show one place"),  # elsewhere on the page, too
        ("a one-day", "a two-day", {}, "not in a sentence that is proven"),
        ("opened", "shut", {}, "the quote does not show one place"),
        (TEXT, "Nothing of it. The gates were opened.", {}, "is no copy of harbour-talks (verdict: "),
        ("", "", {"quote": {"quote": "opened", "nth": 1}}, "places are not counted as in the document"),
        ("", "", {"quote": {"quote": "opened", "in": "s99.1"}}, "there is no sentence s99.1"),
        ("", "", {"field": "times", "value": [INVENTED]}, "a copy shows the span of the quote alone"),
    ],
)
def test_a_page_on_which_it_is_not_proven_changes_nothing(
    was: str, now: str, change: dict[str, Any], said: str, corpus: Path, tmp_path: Path
) -> None:
    before = events(corpus)
    content = page(TEXT.replace(was, now)) if was else f"{page(TEXT)}<p>{now}</p>"
    done = from_copy(corpus, tmp_path, content, TRIGGER | change)
    assert isinstance(done.exception, CteError)
    assert said in str(done.exception)
    assert events(corpus) == before


def test_the_page_at_the_address_is_fetched(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = page(TEXT).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    path = corpus / "documents" / "harbour-talks" / "document.json"
    with running(Rude(lambda connection: connection.sendall(head + body))) as server:
        path.write_text(path.read_text("utf-8").replace("https://tidewater-post.example", server.url), "utf-8")
        arguments = ["correct", "-", "--fetch", "--corpus", str(corpus)]
        done = CliRunner().invoke(group, arguments, input=json.dumps(GOOD | TRIGGER))
        assert "is not a public address" in str(done.exception)
        monkeypatch.setattr(fetch, "public_addresses", web.resolved)
        done = CliRunner().invoke(group, arguments, input=json.dumps(GOOD | TRIGGER))
    assert (done.exit_code, done.exception) == (0, None)
    assert events(corpus)["harbour-talks:e01"]["trigger"] == {"start": 87, "end": 93, "text": "opened"}


def test_a_document_without_an_address_says_what_to_give(corpus: Path) -> None:
    arguments = ["correct", "-", "--fetch", "--corpus", str(corpus)]
    done = CliRunner().invoke(group, arguments, input=json.dumps(GOOD | {"record": "bayan-al-marfa:e01"}))
    assert "the document of bayan-al-marfa:e01 has no address" in str(done.exception)
    done = CliRunner().invoke(group, [*arguments, "--text", str(TEXTS)], input="{}")
    assert "give --text or --fetch, and not both" in done.output

"""Corrections with a quote: applied where the text bears them out, refused with the reason where not."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cte_corpus.cli import cte as group
from cte_corpus.errors import CteError
from tests.conftest import ROOT

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
        ({"field": "colour", "value": "red"}, "would no longer pass its check"),
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

"""A section that was found after the others has a later id, and its place in the text all the same."""

import json
import shutil
from pathlib import Path

import pytest

import cte_corpus as cte
from cte_corpus.authoring import folder
from cte_corpus.authoring.anchor import anchor
from cte_corpus.checking.engine import run
from cte_corpus.checking.rewrite import fix
from tests.authoring.conftest import TEXTS
from tests.authoring.drafting import draft_of

IDS = {"s01": "s03", "s02": "s01", "s03": "s02"}
"""The headline was found last."""


@pytest.fixture
def later(tidewater: Path, tmp_path: Path) -> Path:
    """The invented corpus, in which the first section of a document has the last id."""
    root = shutil.copytree(tidewater, tmp_path / "corpus")
    for path in (root / "documents" / "harbour-talks").iterdir():
        text = path.read_text("utf-8")
        for old, new in IDS.items():
            text = text.replace(f'"harbour-talks:{old}', f'"harbour-talks:@{new}')
        value = json.loads(text.replace(":@", ":"))
        if path.stem == "sections":
            value["records"].sort(key=lambda section: section["id"])
        path.write_text(json.dumps(value), "utf-8")
    fix(run(root).diagnostics)
    return root


def test_it_passes_the_check(later: Path) -> None:
    assert run(later, text=TEXTS).diagnostics == []


def test_sections_and_sentences_stand_as_in_the_text(later: Path) -> None:
    corpus = cte.Corpus(later)
    own = [key for key in corpus.sections if key.startswith("harbour-talks")]
    assert own == ["harbour-talks:s03", "harbour-talks:s01", "harbour-talks:s02"]
    assert [section.order for section in corpus.document("harbour-talks").sections] == [1, 2, 3]
    assert next(key for key in corpus.sentences if key.startswith("harbour-talks")) == "harbour-talks:s03.1"


def test_spans_are_found_in_their_sections(later: Path, tidewater: Path) -> None:
    def places(corpus: Path) -> list[str]:
        return [row["derived_sentence"] for row in cte.tables(corpus)["mentions"].to_pylist()]

    before = [place.replace(":s", ":@s") for place in places(tidewater)]
    for old, new in IDS.items():
        before = [place.replace(f"harbour-talks:@{old}", f"harbour-talks:{new}") for place in before]
    assert places(later) == [place.replace(":@s", ":s") for place in before]


def test_a_draft_keeps_the_ids(later: Path) -> None:
    bundle = folder.read(later, "harbour-talks")
    text = folder.read_text(TEXTS / "harbour-talks.txt")
    result = anchor(draft_of(bundle, text), text, bundle["document"]["text"]["source_sha256"])
    assert (result.problems, result.bundle) == ([], bundle)

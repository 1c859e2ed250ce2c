"""What is held against the words of the source, and what is the source's own."""

import shutil
from pathlib import Path

import orjson
import pytest

from cte_corpus.checking import engine
from tests.conftest import ROOT

TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"


@pytest.mark.parametrize(("field", "codes"), [("title", set()), ("gloss", {"CTE312"})])
def test_a_title_is_cited_as_it_is_and_a_gloss_is_ours(
    field: str, codes: set[str], tidewater: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(tidewater, tmp_path / "corpus"))
    path = root / "documents" / "harbour-talks" / "document.json"
    document = orjson.loads(path.read_bytes())
    text = (TEXTS / "harbour-talks.txt").read_text(encoding="utf-8")
    place = document[field] if field == "title" else document[field][0]
    place["text"] = text[text.index("Veltania's") :].partition(".")[0]
    path.write_bytes(orjson.dumps(document))
    found = engine.run(root, text=TEXTS, select=frozenset({"CTE312"}))
    assert {one.code for one in found.diagnostics} == codes

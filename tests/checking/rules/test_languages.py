"""A corpus says in which languages its own words are, and is judged by these."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from cte_corpus.checking.engine import run
from cte_corpus.store import files

from .casework import apply, corpus

OWN = ("label", "gist", "grounds", "gloss", "description")


def named(root: Path, *languages: str) -> None:
    apply(root, {"edit": [{"file": "corpus.json", "pointer": "/languages", "value": list(languages)}]})


def found(root: Path) -> list[tuple[str, str]]:
    return [(one.code, one.location.record) for one in run(root).diagnostics]


def _only(value: Any, lang: str) -> Any:
    """The same, with own words in one language alone."""
    if isinstance(value, list):
        return [_only(item, lang) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: [text for text in item if text["lang"] == lang] if key in OWN else _only(item, lang)
        for key, item in value.items()
    }


def in_one(root: Path, lang: str) -> None:
    for path in root.rglob("*.json"):
        if path.name != "corpus.json":
            files.write(path, orjson.dumps(_only(orjson.loads(path.read_bytes()), lang)))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_corpus_of_one_language_asks_for_no_other(folder: Path, lang: str) -> None:
    root = corpus(folder)
    in_one(root, lang)
    codes = {one.code for one in run(root).diagnostics} - {"CTE012"}
    assert codes == ({"CTE430"} if lang == "en" else {"CTE422", "CTE430", "CTE442"})
    named(root, lang)
    codes = {one.code for one in run(root).diagnostics} - {"CTE012"}
    assert codes == (set() if lang == "en" else {"CTE447"})  # entities of the invented corpus without an Arabic name


def test_what_is_missing_in_its_language_is_found(folder: Path) -> None:
    root = corpus(folder)
    named(root, "en")
    grounds = "/records/0/grounds/0"
    apply(root, {"edit": [{"file": "documents/harbour-talks/sanctions.json", "pointer": grounds, "delete": True}]})
    assert found(root) == [("CTE430", "harbour-talks:x01")]
    named(root, "ar", "en")
    assert {"CTE422", "CTE430", "CTE442", "CTE447"} >= {code for code, _ in found(root)} > {"CTE430"}


def test_a_region_is_of_its_language_and_no_other_language_begins_so(folder: Path) -> None:
    root = corpus(folder)
    value = {"text": "اتهام", "lang": "ar-MA"}
    change = {"file": "documents/harbour-talks/sanctions.json", "pointer": "/records/0/grounds/1", "value": value}
    apply(root, {"edit": [change]})
    assert found(root) == []
    named(root, "en", "ar-MA")
    assert ("CTE430", "harbour-talks:x01") not in found(root)
    assert ("CTE430", "harbour-talks:e01") in found(root)


@pytest.mark.parametrize(("languages", "code"), [(("en", "ar", "en"), "CTE336"), (("en", "english"), "CTE420")])
def test_languages_exist_and_stand_once(folder: Path, languages: tuple[str, ...], code: str) -> None:
    root = corpus(folder)
    named(root, *languages)
    assert code in {one.code for one in run(root).diagnostics if one.location.path == "corpus.json"}

"""One slip is told once, with what follows from it under it; and what was not judged is said."""

import json
from pathlib import Path

from cte_corpus.checking.engine import run

from .casework import corpus


def change(root: Path, name: str, edit: object) -> None:
    path = root / "documents" / "harbour-talks" / name
    value = json.loads(path.read_bytes())
    edit(value["records"])  # type: ignore[operator]
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def split(sections: list[dict[str, object]]) -> None:
    """Cut the first sentence of the lead in two, and count on."""
    sentences = sections[1]["sentences"]
    assert isinstance(sentences, list)
    first = sentences[0]
    sentences.insert(1, first | {"start": 113})
    first["end"] = 112
    for number, sentence in enumerate(sentences, 1):
        sentence["n"] = number


def test_a_sentence_cut_in_two_is_one_finding_of_its_section(folder: Path) -> None:
    root = corpus(folder)
    change(root, "sections.json", split)
    result = run(root, ignore=frozenset({"CTE012"}))
    root_found = next(item for item in result.diagnostics if item.code == "CTE303")
    assert "events name other sentences of `harbour-talks:s02`" in root_found.message
    assert "more places)" in root_found.message
    assert len(result.diagnostics) <= 3, [item.message for item in result.diagnostics]


def test_what_was_not_judged_is_counted(folder: Path) -> None:
    root = corpus(folder)
    change(root, "events.json", lambda events: events[0]["evidence"].append("harbour-talks:s09.1"))
    assert run(root, ignore=frozenset({"CTE012"})).unjudged == (("spans, dates, figures and all beyond ids", 1),)


def test_where_a_date_is_none_the_others_are_not_compared(folder: Path) -> None:
    root = corpus(folder)
    change(root, "events.json", lambda events: events[0]["times"][0].update(edtf="2022-13"))
    assert run(root, ignore=frozenset({"CTE012"})).unjudged == (("dates against each other and their words", 1),)


def test_all_is_judged_where_nothing_stands_in_the_way(folder: Path) -> None:
    assert run(corpus(folder)).unjudged == ()

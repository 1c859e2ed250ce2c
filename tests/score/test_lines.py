"""Predictions as lines of records without words."""

import json
from pathlib import Path
from typing import Any

import pytest

import cte_corpus as cte
from cte_corpus.errors import CteError
from cte_corpus.score.lines import SAYS
from tests.conftest import ROOT

TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"


def _bare(value: Any) -> Any:
    """A record without words: what is scored of spans is where they are."""
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key != "text"}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _written(file: Path, layers: tuple[str, ...] = tuple(SAYS)) -> Path:
    lines = [
        {"document": raw["document"]["id"], "layer": layer, **_bare(one)}
        for raw in cte.Corpus(TIDEWATER).raw_documents
        for layer in layers
        for one in raw[layer]
    ]
    file.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    return file


def test_the_records_themselves_are_all_right(tmp_path: Path) -> None:
    found, whole = cte.score(TIDEWATER, _written(tmp_path / "p.jsonl")), cte.score(TIDEWATER, TIDEWATER)
    assert found.rows() == whole.rows()
    assert (found.signature, found.notes) == (whole.signature, whole.notes)


def test_only_what_lines_can_say_is_scored(tmp_path: Path) -> None:
    found = cte.score(TIDEWATER, _written(tmp_path / "p.jsonl", ("mentions",)), only="explicit")
    assert {name.partition(",")[0] for name in found.measures} == {"mentions", "MUC", "B³", "CEAFe", "LEA"}
    assert "sanctions: both" in cte.score(TIDEWATER, _written(tmp_path / "p.jsonl", ("sanctions",))).measures


@pytest.mark.parametrize(("words", "right"), [("وبالمرفأ", 1), ("وبال", 1), ("", 0), ("وبين", 0)])
def test_the_first_letters_of_a_span_say_what_its_proclitics_are(tmp_path: Path, words: str, right: int) -> None:
    gold = {"document": "harbour-talks", "layer": "mentions", "entity": "gpe:b"}
    span = {"start": 136, "end": 149} | ({"text": words} if words else {})  # the gold mention is at 140 to 149
    (tmp_path / "p.jsonl").write_text(json.dumps({**gold, "span": span}), encoding="utf-8")
    found = cte.score(TIDEWATER, tmp_path / "p.jsonl", document="harbour-talks")
    assert found["mentions, proclitics"].micro.right == right
    assert found["mentions, exact"].micro.right == 0


def test_documents_of_one_side_are_named(tmp_path: Path) -> None:
    file = tmp_path / "p.jsonl"
    line = {
        "document": "harbour-talks",
        "layer": "events",
        "type": "dipl.meeting",
        "trigger": {"start": 104, "end": 111},
    }
    file.write_text(f"{json.dumps(line)}\n\n{json.dumps({**line, 'document': 'elsewhere'})}\n")
    found = cte.score(TIDEWATER, file)
    assert found["Tri-C"].micro[4:] == (1, 1)
    assert found.notes == (
        "not predicted, so that all is missed: bayan-al-marfa",
        "not in the gold standard, and not scored: elsewhere",
    )


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_an_empty_file_predicts_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.jsonl").write_text(text)
    found = cte.score(TIDEWATER, tmp_path / "p.jsonl")
    assert found.measures.keys() == cte.score(TIDEWATER, TIDEWATER).measures.keys()
    assert {tally.micro.f1 for tally in found.measures.values()} == {0.0}


GOOD = (
    '{"document": "harbour-talks", "layer": "mentions", "id": "m", "entity": "org:a", "span": {"start": 1, "end": 2}}'
)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"document": ', "p.jsonl:2:13: "),
        ('{"document": "harbour-talks"}', "p.jsonl:2: there is no layer None"),
        ('{"document": "harbour-talks", "layer": "entities"}', "p.jsonl:2: there is no layer 'entities'"),
        ('{"document": "harbour-talks", "layer": ["mentions"]}', "p.jsonl:2: there is no layer ['mentions']"),
        ('{"document": ["harbour-talks"], "layer": "mentions"}', "p.jsonl:2: this is no prediction"),
        ('{"layer": "mentions"}', "p.jsonl:2: this is no prediction"),
        ("[1]", "p.jsonl:2: this is no prediction"),
        (GOOD.replace('"id": "m", ', "").replace("2}", "1}"), "p.jsonl:2: cannot be scored: 1 to 1 is no place"),
        (GOOD.replace('"id": "m", "entity": "org:a", ', ""), "p.jsonl:2: cannot be scored: there is no 'entity'"),
        (GOOD.replace('"m"', '"n"').replace('"org:a"', "7"), "n: cannot be scored: expected `entity` to be a string"),
    ],
)
def test_a_bad_line_is_named_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "p.jsonl").write_text(f"{GOOD}\n{line}\n")
    with pytest.raises(CteError) as caught:
        cte.score(TIDEWATER, tmp_path / "p.jsonl")
    assert message in str(caught.value)
    assert "see docs/scoring.md" in caught.value.hint


def test_an_id_stands_once_in_a_document(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(f"{GOOD}\n{GOOD.replace('harbour-talks', 'bayan-al-marfa')}\n{GOOD}\n")
    with pytest.raises(CteError, match=r"p.jsonl:3: the id 'm' stands twice"):
        cte.score(TIDEWATER, tmp_path / "p.jsonl")


LINES: dict[str, dict[str, Any]] = {
    "mentions": {"entity": "org:a", "span": {"start": 1, "end": 2}},
    "events": {"type": "dipl.meeting", "trigger": {"start": 104, "end": 111}},
    "sanctions": {"target": "person:joren-maas"},
}


def _refused(file: Path, layer: str, given: dict[str, Any]) -> CteError:
    line = {"document": "harbour-talks", "layer": layer, **LINES[layer], **given}
    file.write_text(f"{GOOD}\n{json.dumps(line)}\n", encoding="utf-8")
    with pytest.raises(CteError) as caught:
        cte.score(TIDEWATER, file)
    return caught.value


@pytest.mark.parametrize(
    ("layer", "given", "what", "meant"),
    [
        ("mentions", {"entity": "orgg:a"}, "`entity` has no code 'orgg'", "did you mean `org`?"),
        ("mentions", {"entity": "zzz:a"}, "`entity` has no code 'zzz'", "one of person, org, "),
        ("events", {"type": "dipl.meting"}, "`type` has no code 'dipl.meting'", "did you mean `dipl.meeting`?"),
        ("events", {"type": "dipl"}, "`type` has no code 'dipl'", ""),
        ("events", {"status": "allegedd"}, "`status` has no code 'allegedd'", "did you mean `alleged`?"),
        ("events", {"polarity": "yes"}, "`polarity` has no code 'yes'", "one of positive, negative"),
        ("events", {"genericity": "specfic"}, "`genericity` has no code", "did you mean `specific`?"),
        ("events", {"arguments": [{"role": "hoost", "entity": "org:a"}]}, "`arguments.role`", "did you mean `host`?"),
        ("events", {"places": [{"role": "siite", "entity": "gpe:a"}]}, "`places.role`", "did you mean `site`?"),
        ("events", {"times": [{"role": "wen", "edtf": "2022"}]}, "`times.role`", "did you mean `when`?"),
        ("events", {"quantities": [{"measure": "killd", "comparator": "eq"}]}, "`quantities.measure`", "`killed`"),
        ("events", {"quantities": [{"measure": "killed", "comparator": "="}]}, "`quantities.comparator`", ""),
        ("events", {"attributions": [{"by": "org:a", "act": "clams"}]}, "`attributions.act`", "did you mean"),
        ("sanctions", {"measures": ["asset-freeze", "asset-freze"]}, "`measures`", "did you mean `asset-freeze`?"),
    ],
)
def test_a_code_that_is_not_known_is_refused(
    tmp_path: Path, layer: str, given: dict[str, Any], what: str, meant: str
) -> None:
    error = _refused(tmp_path / "p.jsonl", layer, given)
    assert f"p.jsonl:2: {what}" in error.message
    assert meant in error.hint
    assert error.hint


@pytest.mark.parametrize(
    ("layer", "given"),
    [
        ("mentions", {"span": {"start": 601, "end": 603}}),
        ("events", {"trigger": {"start": 700, "end": 703}}),
        ("events", {"times": [{"role": "when", "edtf": "2022", "span": {"start": 600, "end": 603}}]}),
        ("events", {"arguments": [{"role": "host", "text": {}, "span": {"start": 600, "end": 603}}]}),
        ("sanctions", {"listed": {"edtf": "2022", "span": {"start": 600, "end": 603}}}),
    ],
)
def test_a_place_beyond_the_text_is_refused(tmp_path: Path, layer: str, given: dict[str, Any]) -> None:
    error = _refused(tmp_path / "p.jsonl", layer, given)
    assert "p.jsonl:2: a span ends at " in error.message
    assert "03, and the text has 602 code points" in error.message


def test_the_last_letter_lies_in_the_text(tmp_path: Path) -> None:
    line = {"document": "harbour-talks", "layer": "mentions", "entity": "org:a", "span": {"start": 601, "end": 602}}
    (tmp_path / "p.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert cte.score(TIDEWATER, tmp_path / "p.jsonl")["mentions, exact"].micro.pred == 1


def test_a_field_that_no_record_has_is_named(tmp_path: Path) -> None:
    span = {"start": 140, "end": 149}
    line = {"document": "harbour-talks", "layer": "mentions", "entity": "gpe:b", "span": span, "confidence": 0.9}
    (tmp_path / "p.jsonl").write_text(f"{json.dumps({**line, 'from': 'head'})}\n{json.dumps(line)}", encoding="utf-8")
    [note] = cte.score(TIDEWATER, tmp_path / "p.jsonl", document="harbour-talks").notes
    expected = "`mentions.confidence`, `mentions.from` (did you mean `form`?)"
    assert note == f"no record has such a field, and nothing is scored of it: {expected}"
    (tmp_path / "p.jsonl").write_text(json.dumps({**line, "confidence": [], "span": {**span, "stat": 1}}), "utf-8")
    [note] = cte.score(TIDEWATER, tmp_path / "p.jsonl", document="harbour-talks").notes
    assert "`mentions.span.stat` (did you mean `start`?)" in note

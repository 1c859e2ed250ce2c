"""Drafts with quotes become the records that they mean."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.authoring import folder
from cte_corpus.authoring.anchor import Anchored, anchor
from tests.authoring.conftest import TEXTS
from tests.authoring.drafting import draft_of

NAMES = ("harbour-talks", "bayan-al-marfa")


def material(root: Path, name: str) -> tuple[dict[str, Any], str]:
    return folder.read(root, name), folder.read_text(TEXTS / f"{name}.txt")


def anchored(bundle: dict[str, Any], text: str, draft: dict[str, Any]) -> Anchored:
    known = bundle["document"]["text"]
    return anchor(copy.deepcopy(draft), text, known["source_sha256"], recipe=known["recipe"])


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_of_known_records_gives_them_again(tidewater: Path, name: str) -> None:
    bundle, text = material(tidewater, name)
    result = anchored(bundle, text, draft_of(bundle, text))
    assert result.problems == []
    assert result.bundle == bundle


@pytest.mark.parametrize("name", ["alamsar-2022-marrakesh.txt", "treasury-jy0772.md", "treasury-jy0791.md"])
def test_a_coded_document_comes_out_of_a_draft_again(sources: Path, name: str) -> None:
    root = Path(__file__).parents[2] / "data"
    bundle = folder.read(root, Path(name).stem)
    text = folder.read_text(sources / name, bundle["document"]["text"]["recipe"])
    result = anchored(bundle, text, draft_of(bundle, text, published=True))
    assert result.problems == []
    assert result.bundle == bundle


@pytest.mark.parametrize("name", NAMES)
def test_mentions_are_linked_where_none_are_named(tidewater: Path, name: str) -> None:
    bundle, text = material(tidewater, name)
    draft = draft_of(bundle, text)
    for event in draft["events"]:
        for item in (*event.get("arguments", ()), *event.get("places", ())):
            item.pop("mentions", None)
    result = anchored(bundle, text, draft)
    assert result.problems == []
    entity_of = {mention["id"]: mention["entity"] for mention in result.bundle["mentions"]}
    linked = [a for event in result.bundle["events"] for a in event.get("arguments", ()) if "mentions" in a]
    assert linked
    assert all(entity_of[ref] == item["entity"] for item in linked for ref in item["mentions"])


def test_parts_that_a_draft_leaves_out_stay(tidewater: Path) -> None:
    bundle, text = material(tidewater, "harbour-talks")
    draft = {"document": "harbour-talks", "events": draft_of(bundle, text)["events"]}
    source = bundle["document"]["text"]["source_sha256"]
    assert anchor(draft, text, source, copy.deepcopy(bundle)).bundle == bundle


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"trigger": "sailed"}, r"events\[e01\]\.trigger: “sailed” does not stand there, nor anywhere"),
        ({"trigger": "had", "evidence": ["s02.2", "s02.3"]}, r"“had” stands in \d+ places; say which by `nth`:\n    1"),
        ({"trigger": "Background"}, r"events\[e01\]\.trigger: .* does not stand there, but:\n    1\. s03, "),
        ({"evidence": ["s09.1"]}, r"no sentence or section `s09\.1`; there are `s01` to `s03\.\d`"),
        ({"evidence": ["s02.9"]}, r"events\[e01\]\.evidence: no sentence or section `s02\.9`; did you mean `s02\.3`"),
        ({"evidence": []}, r"events\[e01\]\.evidence: expected the ids of the sentences"),
        ({"relations": [{"rel": "causes", "event": "e011"}]}, r"the key `e011`; there are `e01` to `e08`"),
        ({"arguments": [{"role": "host", "entity": "org:tidal-front"}]}, "no mention of `org:tidal-front` in the"),
        ({"times": [{"role": "when", "edtf": "2022", "basis": "stated", "span": 5}]}, r"times\[0\]\.span: expected"),
        ({"key": "e02"}, r"the key `e02` stands twice"),
    ],
)  # fmt: skip
def test_refused(tidewater: Path, change: dict[str, Any], message: str) -> None:
    bundle, text = material(tidewater, "harbour-talks")
    draft = draft_of(bundle, text)
    draft["events"][0] |= change
    problems = anchored(bundle, text, draft).problems
    assert any(re.search(message, problem) for problem in problems), problems


def test_other_white_space_and_unicode_form(tidewater: Path) -> None:
    bundle, text = material(tidewater, "bayan-al-marfa")
    draft = draft_of(bundle, text)
    as_printed = json.loads(json.dumps(draft))
    draft["mentions"]["s03.1"][0]["span"] = {"quote": "اجتماع \u00a0الرابطة", "nth": 1}
    draft["mentions"]["s03.1"][0]["entity"] = "org:league-of-harbours"
    as_printed["mentions"]["s03.1"][0]["span"] = "اجتماع الرابطة"
    as_printed["mentions"]["s03.1"][0]["entity"] = "org:league-of-harbours"
    one, other = anchored(bundle, text, draft), anchored(bundle, text, as_printed)
    assert one.bundle["mentions"] == other.bundle["mentions"]
    assert one.notes == []


def test_a_loose_quote_is_taken_and_noted(tidewater: Path) -> None:
    bundle, text = material(tidewater, "harbour-talks")
    draft = draft_of(bundle, text)
    draft["events"][0]["trigger"] = {"quote": "MEETING", "nth": 1}
    result = anchored(bundle, text, draft)
    assert result.bundle == bundle
    assert result.notes == ["events[e01].trigger: “MEETING” taken for “meeting”"]


@pytest.mark.parametrize("wrong", [None, 5, "x", [], [5], {"a": [None]}])
@pytest.mark.parametrize("part", ["sections", "mentions", "events", "sanctions"])
def test_a_draft_of_wrong_shape_is_told_or_goes_through_to_the_check(tidewater: Path, part: str, wrong: Any) -> None:
    bundle, text = material(tidewater, "harbour-talks")
    result = anchored(bundle, text, draft_of(bundle, text) | {part: wrong})
    assert result.problems or result.bundle[part] in ([], wrong)


def test_heads_functions_conditions_and_media_come_out_again(tidewater: Path) -> None:
    bundle, text = material(tidewater, "harbour-talks")
    told = bundle["events"][5]
    told["conditions"] = [
        {"text": {"text": "no upper bound", "lang": "en"}, "span": {"start": 397, "end": 405, "text": "at least"}}
    ]
    del told["attributions"][0]["via_span"]
    told["attributions"][0]["via_mentions"] = ["harbour-talks:m009"]
    bundle["sections"][2]["sentences"][1]["function"] = "pointer"
    bundle["sanctions"][0]["property"] = [
        {"kind": "other", "name": "his goods", "span": {"start": 260, "end": 269, "text": "his goods"}}
    ]
    draft = draft_of(bundle, text)
    assert draft["mentions"]["s02.1"][1]["head"] == "minister"
    assert draft["sections"][2]["functions"] == {"2": "pointer"}
    for named in (["harbour-talks:m009"], ["Harbour News Agency"]):
        draft["events"][5]["attributions"][0]["via_mentions"] = named
        result = anchored(bundle, text, draft)
        assert result.problems == []
        assert result.bundle == bundle


@pytest.mark.parametrize("functions", [{"7": "pointer"}, "pointer", {"one": "pointer"}])
def test_a_function_belongs_to_a_sentence(tidewater: Path, functions: Any) -> None:
    bundle, text = material(tidewater, "harbour-talks")
    draft = draft_of(bundle, text)
    draft["sections"][2]["functions"] = functions
    problems = anchored(bundle, text, draft).problems
    assert any("sections[2].functions: expected the number of one of its 2 sentences" in one for one in problems)

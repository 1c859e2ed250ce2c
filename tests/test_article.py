"""The coded article: that nothing of it is left out, and that each value shows what it rests on."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cte_corpus import checker
from cte_corpus.edtf import bounds
from cte_corpus.rules.evidence import FURNITURE
from cte_corpus.store.layout import PARTS, data_dir
from cte_corpus.text.view import digest, reference_text, sha256

ARTICLE = "alamsar-2022-marrakesh"
FOLDER = data_dir() / "documents" / ARTICLE
LENGTH = 7780
SHA256 = "d96c4f46a24035333aad82878722a6dd9c9d4be5125e49db858fe15c55ea856f"

Record = dict[str, Any]


def _read(part: str) -> Any:
    value = json.loads((FOLDER / f"{part}.json").read_bytes())
    return value if part == "document" else value["records"]


DOCUMENT: Record = _read("document")
SECTIONS: list[Record] = _read("sections")
MENTIONS: dict[str, Record] = {record["id"]: record for record in _read("mentions")}
EVENTS: dict[str, Record] = {record["id"]: record for record in _read("events")}
SANCTIONS: list[Record] = _read("sanctions")
ENTITIES: dict[str, Record] = {
    record["id"]: record
    for record in (json.loads(path.read_bytes()) for path in sorted((data_dir() / "entities").glob("*/*.json")))
}
SENTENCES = {
    f"{section['id']}.{sentence['n']}": sentence for section in SECTIONS for sentence in section.get("sentences", [])
}


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    """The reference text of the article."""
    (path,) = (shared / "sources").glob(f"{ARTICLE}.*")
    return reference_text(path.read_bytes(), DOCUMENT["text"]["recipe"])


def within(value: Any) -> Iterator[Record]:
    """Every object in a value, itself first."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from within(item)
    elif isinstance(value, list):
        for item in value:
            yield from within(item)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from strings(item)


def spans() -> Iterator[Record]:
    for part in PARTS:
        yield from (item for item in within(_read(part)) if item.keys() == {"start", "end", "text"})


def absent(record: Record, field: str) -> bool:
    return field in [item["field"] for item in record.get("absent", [])]


def label(event: Record) -> str:
    return f"{event['id']} {event['label'][0]['text']}"


def test_size() -> None:
    assert len(ENTITIES) >= 95
    assert len(MENTIONS) >= 220
    assert len(EVENTS) >= 150
    assert len(SENTENCES) >= 45


def test_reference_text(text: str) -> None:
    assert (len(text), sha256(text)) == (LENGTH, SHA256)
    assert (DOCUMENT["text"]["length"], DOCUMENT["text"]["sha256"]) == (LENGTH, SHA256)


def test_source_file(shared: Path) -> None:
    (path,) = (shared / "sources").glob(f"{ARTICLE}.*")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == DOCUMENT["text"]["source_sha256"]


def test_sections_tile_the_text() -> None:
    edges = [(section["start"], section["end"]) for section in SECTIONS]
    assert edges[0][0] == 0
    assert edges[-1][1] == LENGTH
    assert [end for _, end in edges[:-1]] == [start for start, _ in edges[1:]]
    assert all(start < end for start, end in edges)
    assert [section["order"] for section in SECTIONS] == list(range(1, len(SECTIONS) + 1))


def test_sentences_lie_in_order_in_their_sections() -> None:
    for section in SECTIONS:
        position = section["heading"]["end"] if "heading" in section else section["start"]
        for n, sentence in enumerate(section.get("sentences", []), 1):
            assert sentence["n"] == n
            assert position <= sentence["start"] < sentence["end"] <= section["end"]
            position = sentence["end"]


def test_digests(text: str) -> None:
    for section in SECTIONS:
        assert sha256(text[section["start"] : section["end"]]) == section["sha256"], section["id"]
    for name, sentence in SENTENCES.items():
        assert digest(text[sentence["start"] : sentence["end"]]) == sentence["digest"], name


def test_every_span_slices_exactly(text: str) -> None:
    found = list(spans())
    assert len(found) > 500
    for span in found:
        assert text[span["start"] : span["end"]] == span["text"]


def test_spans_are_as_long_as_their_text() -> None:
    for span in spans():
        assert span["end"] - span["start"] == len(span["text"])


def test_every_sentence_is_evidence_of_an_event() -> None:
    used = {sentence for event in EVENTS.values() for sentence in event["evidence"]}
    assert used == set(SENTENCES)


def test_all_running_text_lies_in_sentences_and_headings(text: str) -> None:
    covered = [(sentence["start"], sentence["end"]) for sentence in SENTENCES.values()]
    covered += [
        (section["heading"]["start"], section["heading"]["end"]) for section in SECTIONS if "heading" in section
    ]
    covered += [(section["start"], section["end"]) for section in SECTIONS if section["kind"] in FURNITURE]
    position = 0
    for start, end in sorted(covered):
        assert not text[position:start].strip()
        position = max(position, end)
    assert not text[position:].strip()


def test_triggers_stand_in_the_evidence() -> None:
    for event in EVENTS.values():
        inside = [
            sentence
            for sentence in event["evidence"]
            if SENTENCES[sentence]["start"] <= event["trigger"]["start"]
            and event["trigger"]["end"] <= SENTENCES[sentence]["end"]
        ]
        headings = [section["heading"] for section in SECTIONS if "heading" in section]
        inside += [
            h for h in headings if h["start"] <= event["trigger"]["start"] and event["trigger"]["end"] <= h["end"]
        ]
        assert inside, label(event)


def test_every_argument_that_names_an_entity_has_mentions_or_is_implicit() -> None:
    for event in EVENTS.values():
        for argument in event.get("arguments", []):
            assert len(argument.keys() & {"entity", "event", "text"}) == 1, label(event)
            if "entity" in argument:
                assert argument.get("mentions") or argument.get("implicit") is True, label(event)
                for mention in argument.get("mentions", []):
                    assert MENTIONS[mention]["entity"] == argument["entity"], label(event)
            elif "text" in argument:
                assert "span" in argument or argument.get("implicit") is True, label(event)


def test_every_time_has_a_span_or_says_from_what_it_follows() -> None:
    for event in EVENTS.values():
        assert event.get("times") or absent(event, "times"), label(event)
        for time in event.get("times", []):
            if time["basis"] == "inferred":
                assert time.get("note"), label(event)
            else:
                assert time.get("span"), label(event)
            if time["basis"] == "resolved":
                assert time.get("anchor"), label(event)


def test_every_place_has_mentions_or_says_from_what_it_follows() -> None:
    for event in EVENTS.values():
        for place in event.get("places", []):
            assert place.get("note") if place["basis"] == "inferred" else place.get("mentions"), label(event)


def test_every_figure_has_a_span_and_a_bound() -> None:
    sides = {
        "eq": {"value"},
        "approx": {"value"},
        "gt": {"lower"},
        "ge": {"lower"},
        "lt": {"upper"},
        "le": {"upper"},
        "most": set(),
    }
    found = 0
    for event in EVENTS.values():
        for quantity in event.get("quantities", []):
            found += 1
            assert quantity["span"]["text"], label(event)
            expected = sides.get(quantity["comparator"], {"lower", "upper"})
            assert quantity.keys() & {"value", "lower", "upper"} == expected, label(event)
    assert found >= 10


def test_every_digit_of_the_text_is_in_a_span(text: str) -> None:
    """No date and no figure was passed over."""
    inside = {place for span in spans() for place in range(span["start"], span["end"])}
    headings = {
        place for s in SECTIONS if "heading" in s for place in range(s["heading"]["start"], s["heading"]["end"])
    }
    for place, char in enumerate(text):
        if char.isdigit():
            assert place in inside | headings, text[max(0, place - 20) : place + 20]


def test_five_sanctions_of_one_designation() -> None:
    assert len(SANCTIONS) == 5
    assert len({sanction["target"] for sanction in SANCTIONS}) == 5
    (designation,) = {sanction["event"] for sanction in SANCTIONS}
    event = EVENTS[designation]
    assert event["type"] == "legal.sanctions_designation"
    (figure,) = [quantity for quantity in event["quantities"] if quantity["measure"] == "targets"]
    assert (figure["comparator"], figure["value"]) == ("eq", 5)
    targets = {argument["entity"] for argument in event["arguments"] if argument["role"] == "target"}
    assert {sanction["target"] for sanction in SANCTIONS} <= targets
    for sanction in SANCTIONS:
        assert all(MENTIONS[mention]["entity"] == sanction["target"] for mention in sanction["mentions"])
        assert all(EVENTS[conduct]["status"] == "alleged" for conduct in sanction.get("conduct", []))


def test_both_sides_of_a_conflict_are_linked() -> None:
    pairs = {
        (event["id"], relation["event"])
        for event in EVENTS.values()
        for relation in event.get("relations", [])
        if relation["rel"] == "conflicts-with"
    }
    assert pairs
    assert {(second, first) for first, second in pairs} == pairs
    measures = [{q["measure"] for q in EVENTS[first]["quantities"]} for first, _ in pairs]
    assert any("members" in found or "countries" in found for found in measures)


def test_march_of_this_year_is_that_of_the_passage() -> None:
    """The passage was pasted from a text of 2019, so its March of "this year" is not that of the article."""
    found = [
        (event, time)
        for event in EVENTS.values()
        for time in event.get("times", [])
        if time["edtf"] == "2019-03" and time["basis"] == "resolved"
    ]
    assert found
    for event, time in found:
        section = next(section for section in SECTIONS if section["id"] == time["anchor"])
        assert "vintage" in section
        assert bounds(section["vintage"]["edtf"])[0] > "2019-03-31"  # type: ignore[operator]
        assert bounds(section["vintage"]["edtf"])[1] < "2020-03"  # type: ignore[operator]
        assert any(sentence.rpartition(".")[0] == section["id"] for sentence in event["evidence"])


def test_nothing_occurred_after_publication() -> None:
    latest = bounds(DOCUMENT["published"]["edtf"])[1]
    assert latest is not None
    for event in EVENTS.values():
        for time in event.get("times", []):
            if event["status"] == "occurred" and time["role"] == "when":
                assert (bounds(time["edtf"])[0] or "") <= latest, label(event)


def test_every_entity_of_the_registry_is_referred_to() -> None:
    referred = set(strings([DOCUMENT, list(MENTIONS.values()), list(EVENTS.values()), SANCTIONS]))
    referred |= {link["entity"] for entity in ENTITIES.values() for link in entity.get("links", [])}
    assert not set(ENTITIES) - referred


def test_every_person_group_and_body_is_mentioned() -> None:
    mentioned = {mention["entity"] for mention in MENTIONS.values()}
    assert {entity for entity in ENTITIES if entity.partition(":")[0] == "person"} <= mentioned
    assert mentioned <= set(ENTITIES)


def test_identifiers_have_a_source_and_stand_once() -> None:
    found = Counter[tuple[str, ...]]()
    for entity in ENTITIES.values():
        for identifier in entity.get("identifiers", []):
            assert identifier["source"].strip(), entity["id"]
            found[entity["id"], identifier["scheme"], identifier["value"]] += 1
    assert len(found) > 50
    assert max(found.values()) == 1, found.most_common(1)


def test_own_words_come_in_english_and_arabic() -> None:
    for event in EVENTS.values():
        assert [text["lang"] for text in event["label"]] == ["en", "ar"], label(event)
    for section in SECTIONS:
        assert [text["lang"] for text in section["gist"]] == ["en", "ar"], section["id"]


def test_entities_have_one_preferred_name_a_language() -> None:
    """English, and Arabic but for names that the text itself prints in Latin letters."""
    latin = {mention["entity"] for mention in MENTIONS.values() if mention["span"]["text"].isascii()}
    for entity in ENTITIES.values():
        preferred = [name["lang"] for name in entity["names"] if name["use"] == "preferred"]
        assert "en" in preferred, entity["id"]
        assert "ar" in preferred or entity["id"] in latin, entity["id"]
        assert len(preferred) == len(set(preferred)), entity["id"]


def test_labels_are_in_the_script_of_their_language() -> None:
    for record in [*EVENTS.values(), *SECTIONS]:
        for item in record.get("label", []) + record.get("gist", []):
            letters = [char for char in item["text"] if char.isalpha()]
            arabic = sum("\u0600" <= char <= "\u06ff" for char in letters)
            assert (arabic > len(letters) / 2) is (item["lang"] == "ar"), item["text"]


def test_no_event_is_told_twice() -> None:
    """The same trigger, type and label would be one event."""
    seen = Counter((event["type"], event["trigger"]["start"], event["label"][0]["text"]) for event in EVENTS.values())
    assert max(seen.values()) == 1, seen.most_common(1)


def test_outside_knowledge_names_its_source() -> None:
    for event in EVENTS.values():
        for outside in event.get("outside", []):
            assert outside["source"], label(event)


def test_checker_is_content() -> None:
    result = checker.run()
    assert result.diagnostics == []
    assert result.documents >= 1
    assert result.entities == len(ENTITIES)


def test_checker_is_content_with_the_text(shared: Path) -> None:
    assert checker.run(text=shared / "sources").diagnostics == []

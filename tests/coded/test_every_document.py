"""Every coded document: that nothing of it is left out, and that each value shows what it rests on."""

import hashlib
from collections import Counter
from pathlib import Path

from cte_corpus.checking import engine
from cte_corpus.checking.rules.evidence import FURNITURE
from cte_corpus.checking.rules.meaning import BOUNDS_OF
from cte_corpus.edtf import bounds
from cte_corpus.text.view import digest, sha256

from .conftest import source
from .reading import Coded, absent, entities, label


def test_reference_text(coded: Coded, text: str) -> None:
    assert (coded.document["text"]["length"], coded.document["text"]["sha256"]) == (len(text), sha256(text))


def test_source_file(coded: Coded, sources: Path) -> None:
    found = hashlib.sha256(source(sources, coded.key).read_bytes()).hexdigest()
    assert found == coded.document["text"]["source_sha256"]


def test_sections_tile_the_text(coded: Coded, text: str) -> None:
    sections = sorted(coded.sections, key=lambda section: section["order"])
    edges = [(section["start"], section["end"]) for section in sections]
    assert edges[0][0] == 0
    assert edges[-1][1] == len(text)
    assert [end for _, end in edges[:-1]] == [start for start, _ in edges[1:]]
    assert all(start < end for start, end in edges)
    assert [section["order"] for section in sections] == list(range(1, len(coded.sections) + 1))


def test_sentences_lie_in_order_in_their_sections(coded: Coded) -> None:
    for section in coded.sections:
        position = section["heading"]["end"] if "heading" in section else section["start"]
        for n, sentence in enumerate(section.get("sentences", []), 1):
            assert sentence["n"] == n
            assert position <= sentence["start"] < sentence["end"] <= section["end"]
            position = sentence["end"]


def test_digests(coded: Coded, text: str) -> None:
    for section in coded.sections:
        assert sha256(text[section["start"] : section["end"]]) == section["sha256"], section["id"]
    for name, sentence in coded.sentences.items():
        assert digest(text[sentence["start"] : sentence["end"]]) == sentence["digest"], name


def test_every_span_slices_exactly(coded: Coded, text: str) -> None:
    found = list(coded.spans())
    assert len(found) > 250
    for span in found:
        assert text[span["start"] : span["end"]] == span["text"]


def test_spans_are_as_long_as_their_text(coded: Coded) -> None:
    for span in coded.spans():
        assert span["end"] - span["start"] == len(span["text"])


def test_every_sentence_is_evidence_of_an_event(coded: Coded) -> None:
    used = {sentence for event in coded.events.values() for sentence in event["evidence"]}
    assert used == {name for name, sentence in coded.sentences.items() if "function" not in sentence}


def test_all_running_text_lies_in_sentences_and_headings(coded: Coded, text: str) -> None:
    covered = [(sentence["start"], sentence["end"]) for sentence in coded.sentences.values()]
    covered += [(heading["start"], heading["end"]) for heading in coded.headings]
    covered += [(section["start"], section["end"]) for section in coded.sections if section["kind"] in FURNITURE]
    position = 0
    for start, end in sorted(covered):
        assert not text[position:start].strip()
        position = max(position, end)
    assert not text[position:].strip()


def test_triggers_stand_in_the_evidence(coded: Coded) -> None:
    for event in coded.events.values():
        trigger = event["trigger"]
        extents = [coded.sentences[sentence] for sentence in event["evidence"]] + coded.headings
        assert [e for e in extents if e["start"] <= trigger["start"] and trigger["end"] <= e["end"]], label(event)


def test_every_argument_that_names_an_entity_has_mentions_or_is_implicit(coded: Coded) -> None:
    for event, argument in coded.all("arguments"):
        assert len(argument.keys() & {"entity", "event", "text"}) == 1, label(event)
        if "entity" in argument:
            assert argument.get("mentions") or argument.get("implicit") is True, label(event)
            for mention in argument.get("mentions", []):
                assert coded.mentions[mention]["entity"] == argument["entity"], label(event)
        elif "text" in argument:
            assert "span" in argument or argument.get("implicit") is True, label(event)


def test_every_time_has_a_span_or_says_from_what_it_follows(coded: Coded) -> None:
    for event in coded.events.values():
        assert event.get("times") or absent(event, "times"), label(event)
    for event, time in coded.all("times"):
        if time["basis"] == "inferred":
            assert time.get("note"), label(event)
        else:
            assert time.get("span"), label(event)
        if time["basis"] == "resolved":
            assert time.get("anchor"), label(event)


def test_every_place_has_mentions_or_says_from_what_it_follows(coded: Coded) -> None:
    for event, place in coded.all("places"):
        assert place.get("note") if place["basis"] == "inferred" else place.get("mentions"), label(event)


def test_every_figure_has_a_span_and_a_bound(coded: Coded) -> None:
    for event, quantity in coded.all("quantities"):
        assert quantity["span"]["text"], label(event)
        assert quantity.keys() & {"value", "lower", "upper"} == BOUNDS_OF[quantity["comparator"]], label(event)


def test_every_digit_of_the_text_is_in_a_span(coded: Coded, text: str) -> None:
    """No date and no figure was passed over."""
    inside = {place for span in coded.spans() for place in range(span["start"], span["end"])}
    for section in coded.sections:
        if section["kind"] in FURNITURE:
            inside.update(range(section["start"], section["end"]))
    for place, char in enumerate(text):
        if char.isdigit():
            assert place in inside, text[max(0, place - 20) : place + 20]


def test_sanctions_are_of_one_designation_and_conduct_is_alleged(coded: Coded) -> None:
    for sanction in coded.sanctions:
        event = coded.events[sanction["event"]]
        assert event["type"] == "legal.sanctions_designation"
        assert sanction["target"] in {a["entity"] for a in event["arguments"] if a["role"] == "target"}
        assert all(coded.mentions[mention]["entity"] == sanction["target"] for mention in sanction["mentions"])
        assert all(coded.events[conduct]["status"] == "alleged" for conduct in sanction.get("conduct", []))


def test_what_is_alleged_says_by_whom(coded: Coded) -> None:
    for event in coded.events.values():
        if event["status"] == "alleged":
            assert event.get("attributions"), label(event)


def test_both_sides_of_a_link_between_documents_are_there(coded: Coded) -> None:
    for event, relation in coded.all("relations"):
        if relation["rel"] in ("same-as", "conflicts-with"):
            from .reading import read

            other = read(relation["event"].partition(":")[0]).events[relation["event"]]
            back = {"rel": relation["rel"], "event": event["id"]}
            assert any(back.items() <= found.items() for found in other["relations"]), label(event)


def test_nothing_occurred_after_publication(coded: Coded) -> None:
    latest = bounds(coded.document["published"]["edtf"])[1]
    assert latest is not None
    for event, time in coded.all("times"):
        if event["status"] == "occurred" and time["role"] == "when":
            assert (bounds(time["edtf"])[0] or "") <= latest, label(event)


def test_own_words_come_in_english_and_arabic(coded: Coded) -> None:
    for event in coded.events.values():
        assert [text["lang"] for text in event["label"]] == ["en", "ar"], label(event)
    for section in coded.sections:
        assert [text["lang"] for text in section["gist"]] == ["en", "ar"], section["id"]


def test_labels_are_in_the_script_of_their_language(coded: Coded) -> None:
    for record in [*coded.events.values(), *coded.sections]:
        for item in record.get("label", []) + record.get("gist", []):
            letters = [char for char in item["text"] if char.isalpha()]
            arabic = sum("\u0600" <= char <= "\u06ff" for char in letters)
            assert (arabic > len(letters) / 2) is (item["lang"] == "ar"), item["text"]


def test_no_event_is_told_twice(coded: Coded) -> None:
    """The same trigger, type and label would be one event."""
    keys = [(event["type"], event["trigger"]["start"], event["label"][0]["text"]) for event in coded.events.values()]
    seen = Counter(keys)
    assert max(seen.values()) == 1, seen.most_common(1)


def test_outside_knowledge_names_its_source(coded: Coded) -> None:
    for event, outside in coded.all("outside"):
        assert outside["source"], label(event)
    for sanction in coded.sanctions:
        assert all(look["source"] for look in sanction.get("registry", []))


def test_checker_is_content() -> None:
    result = engine.run()
    assert result.diagnostics == []
    assert result.documents >= 1
    assert result.entities == len(entities())


def test_checker_is_content_with_the_text(sources: Path) -> None:
    assert engine.run(text=sources).diagnostics == []

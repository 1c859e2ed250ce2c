"""Sections and sentences told from the form of a text."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from cte_corpus.errors import CteError
from cte_corpus.text.segment import segment
from cte_corpus.text.sentences import sentences
from cte_corpus.text.view import reference_text

TEXTS = Path(__file__).parent.parent / "corpora" / "tidewater-texts"


def split(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text), lang)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Mr. Quill left. The U.S. stayed.", ["Mr. Quill left.", "The U.S. stayed."]),
        (
            "en",
            "Non-U.S. ships left. It was 5.30 p.m. on Monday.",
            ["Non-U.S. ships left.", "It was 5.30 p.m. on Monday."],
        ),
        (
            "en",
            "She said: “We went. We came back.” Then rain.",
            ["She said: “We went.", "We came back.”", "Then rain."],
        ),
        ("en", 'He asked "why? who?" and left. Rain.', ['He asked "why? who?" and left.', "Rain."]),
        ("en", "1. The harbour is shut. It opens soon.", ["1. The harbour is shut.", "It opens soon."]),
        ("en", "One line without a stop\nAnother", ["One line without a stop", "Another"]),
        ("ar", 'قال د. سامر: "ذهبنا. وعدنا". ثم نام؟ نعم.', ['قال د. سامر: "ذهبنا.', 'وعدنا".', "ثم نام؟", "نعم."]),
        ("ar", "جاء أ.د. نور، وذهب؛ ثم عاد. وبقي", ["جاء أ.د. نور، وذهب؛ ثم عاد.", "وبقي"]),
    ],
)
def test_sentences(lang: str, text: str, expected: list[str]) -> None:
    assert split(text, lang) == expected


@pytest.mark.parametrize(("name", "lang"), [("harbour-talks", "en"), ("bayan-al-marfa", "ar")])
def test_agrees_with_the_coded_sections(tidewater: Path, name: str, lang: str) -> None:
    text = reference_text((TEXTS / f"{name}.txt").read_bytes(), "plain-1")
    coded = json.loads((tidewater / "documents" / name / "sections.json").read_bytes())["records"]
    parts = segment(text, lang)
    assert [(part.start, part.end) for part in parts] == [(section["start"], section["end"]) for section in coded]
    assert [part.heading for part in parts] == [
        (section["heading"]["start"], section["heading"]["end"]) if "heading" in section else None for section in coded
    ]
    assert [list(part.sentences) for part in parts] == [
        [(sentence["start"], sentence["end"]) for sentence in section.get("sentences", [])] for section in coded
    ]


NESTED = """Tidewater Post
Since 1901

Lantern ships seized in Port Sable on Tuesday

Published
Mara Quill

Two ships were seized in Port Sable on Tuesday, the harbour master said.

The crews had left before the guards came on board.

Who are the Grey Lantern?

Grey Lantern

The group left the Tidal Front and has fought on several fields:

Field of money

It moved cash through three harbours, as its books show.

Field of words

It printed a paper, which nobody read for long."""


def test_front_captions_and_nested_headings() -> None:
    parts = segment(NESTED, "en")
    headings = [NESTED[slice(*part.heading)] if part.heading else None for part in parts]
    assert [(part.kind, part.parent, heading) for part, heading in zip(parts, headings, strict=True)] == [
        ("masthead", None, None),
        ("title", None, None),
        ("byline", None, None),
        ("lead", None, None),
        ("body", None, None),
        ("background", None, "Who are the Grey Lantern?"),
        ("caption", 5, None),
        ("background", 5, None),
        ("background", 5, "Field of money"),
        ("background", 5, "Field of words"),
    ]


def test_levels_of_markup_nest() -> None:
    prose = "They are shut since the storm of last week."
    text = "\n\n".join(["Storm over Osterhavn", prose, "## Harbours", prose, "### North", prose, "## Roads", prose])
    assert [part.parent for part in segment(text, "en")] == [None, None, None, 2, None]


@pytest.mark.parametrize(
    "text", [NESTED, "One line", "A.\n\nB.", "؟", "---\ntitle: x\n---\n\nThe sea is calm today, they say."]
)
def test_sections_tile_the_text(text: str) -> None:
    parts = segment(text, "en")
    assert parts[0].start == 0
    assert parts[-1].end == len(text)
    assert all(before.end == after.start for before, after in pairwise(parts))
    for part in parts:
        assert all(part.start <= start < end <= part.end for start, end in part.sentences)


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n"])
def test_a_document_needs_a_text(text: str) -> None:
    with pytest.raises(CteError, match="a document needs a text"):
        segment(text, "en")


def test_a_heading_that_is_too_long_to_be_quoted_is_a_caption_of_the_text_below() -> None:
    long = "Illicit ways of the group in the north, the Lower Islands and at sea"
    head = "Port Sable holds Joren Maas today\n\nGuards held him on Friday. He said nothing of it.\n\n"
    below = "It trades in salt. It sells boats.\n\nMore here is told of it.\n\nWhat follows\n\nAll firms must report.\n"
    parts = segment(f"{head}{long}\n\n{below}", "en", headings=[long])
    assert [(part.kind, part.parent, bool(part.heading), len(part.sentences)) for part in parts] == [
        ("title", None, False, 1),
        ("lead", None, False, 2),
        ("caption", None, False, 0),
        ("body", 2, False, 3),
        ("body", None, True, 1),
    ]


def test_a_list_of_particulars_is_a_section_without_sentences() -> None:
    head = "Port Sable holds Joren Maas today\n\nGuards held him on Friday. He said nothing of it.\n\n"
    lists = "Joren Maas\n\nAKA: The Courier DOB: 3 May 1966 Passport: X7\n\nPOB: Selm\n\nHis brother is at sea.\n"
    parts = segment(head + lists, "en")
    assert [(part.kind, bool(part.heading), len(part.sentences)) for part in parts[2:]] == [
        ("particulars", True, 0),
        ("body", False, 1),
    ]
    parts = segment(
        f"{head}The list. Identifying information: Maas, born on 3 May 1966.\n\nOne more line here.\n", "en"
    )
    assert [part.kind for part in parts] == ["title", "lead", "body", "particulars", "body"]

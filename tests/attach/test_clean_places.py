"""Places as a reader would mark them: whole words, no white space at their ends; with a score, and what differs."""

import re

import pytest

from cte_corpus.attach.attach import attach
from cte_corpus.attach.likeness import compare, trimmed, whole_words
from cte_corpus.text.fold import fold
from cte_corpus.text.view import plain_1
from tests.attach.test_attach import ARABIC, ARABIC_NAMES, ENGLISH, known_of, words_at


@pytest.mark.parametrize(
    ("text", "names", "old", "new", "found", "differs"),
    [
        (ENGLISH, (), "Osterhavn", "Ostrhavn", "Ostrhavn", "Ostrhavn for Osterhavn"),
        (ENGLISH, (), "Grey Lantern has", "Gray Lantern has", "Gray Lantern", "Gray for Grey"),
        (ENGLISH, ("forty envoys",), "It's late", "It's late: forty  envoy", None, ""),
        (ENGLISH, (), "Veltania's", "VELTANIA's", "VELTANIA", "typography"),
        (ARABIC, ("الوزيرة",), "الوزيرة", "الوزيره", "الوزيره", "typography"),
        (ARABIC, ("إلى منع",), "إلى منع", "إلي منع", "إلي منع", "typography"),
        (ARABIC, ("الفانوس الرمادي",), "الفانوس الرمادي", "الفانوس الرمادی", "الفانوس الرمادی", "typography"),
        (ARABIC, ARABIC_NAMES, "أوسترهافن", "أوستيرهافن", "أوستيرهافن", "أوستيرهافن for أوسترهافن"),
        (ARABIC, ("منع سفر",), "منع سفر", "منع  سفره", "منع سفر", "typography"),
    ],
)
def test_a_loose_place_is_whole_words_with_what_differs(
    text: str, names: tuple[str, ...], old: str, new: str, found: str | None, differs: str
) -> None:
    text = plain_1(text)
    result = attach(known_of(text, names), text.replace(old, new))
    changed = {
        words_at(result, placed): placed
        for key, placed in result.spans.items()
        if placed.start is not None and old.startswith(text[slice(*key)])
    }
    if found is not None:
        assert found in changed
        assert changed[found].differs in (differs, "place", "")
    for placed in (result.spans | result.sentences).values():
        if placed.start is not None and placed.end is not None:
            assert words_at(result, placed) == words_at(result, placed).strip()
            assert placed.status not in ("exact", "moved") or (placed.score, placed.differs) == (1.0, "")


@pytest.mark.parametrize("hyphen", ["-", "\u00ad", "\u2010"])
def test_a_word_divided_at_a_line_end_is_found_whole(hyphen: str) -> None:
    text = plain_1(ENGLISH)
    copy = re.sub(r"([a-z]{4})([a-z]{3,})", rf"\1{hyphen}\n\2", text)
    result = attach(known_of(text), copy)
    for key, placed in result.spans.items():
        if placed.start is not None:
            assert re.sub(rf"{hyphen}\n", "", words_at(result, placed)) == text[slice(*key)]
    assert result.verdict.verbatim == 1.0


def test_only_what_goes_on_in_small_letters_is_one_word() -> None:
    assert fold("back-\nground, Iran-\nBacked, 2-\n3, a -\nb").text == "background, iran- backed, 2- 3, a - b"


def test_a_threshold_loses_what_is_less_alike() -> None:
    text = plain_1(ENGLISH)
    copy = text.replace("Ina Torvald", "Ina Thorwald")
    key = text.index("Ina"), text.index("Ina") + len("Ina Torvald")
    placed = attach(known_of(text), copy).spans[key]
    assert placed.status == "loose"
    assert placed.differs == "Thorwald for Torvald"
    assert attach(known_of(text), copy, threshold=placed.score).spans[key] == placed
    assert attach(known_of(text), copy, threshold=placed.score + 0.01).spans[key].status == "lost"


@pytest.mark.parametrize(
    ("text", "start", "end", "found"),
    [
        ("all persons are prohibited", 6, 26, "persons are prohibited"),
        (" x ", 0, 3, "x"),
        ("وبالمدينة", 4, 9, "مدينة"),
        ("المدينتان", 2, 7, "مدينتان"),
        ("كتابهم", 0, 4, "كتاب"),
        ("\u200f\u00a0Ina\u2069", 0, 6, "Ina"),
    ],
)
def test_whole_words(text: str, start: int, end: int, found: str) -> None:
    assert text[slice(*whole_words(text, start, end))] == found


def test_nothing_is_trimmed_to_nothing() -> None:
    assert trimmed(" \n ", 0, 3) == (3, 3)


def test_comparing() -> None:
    assert compare("Ina Torvald", "Ina Torvald") == (1.0, "place")
    assert compare("Ina «Torvald»", "INA “Torvald”") == (1.0, "typography")
    score, differs = compare("nearly 30 people", "nearly 40 people, too")
    assert 0.7 < score < 1
    assert differs == "40 for 30, , too added"

"""The forms made for matching, and their maps back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.text.fold import _fold_char, _transformed, clean, fold, fold_short


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Grey  Lantern\n", "grey lantern "),
        ("«Ina» – “Torvald”", '"ina" - "torvald"'),
        ("it’s ‘so’", "it's 'so'"),
        ("إينا أحمد آدم ٱلفانوس", "اينا احمد ادم الفانوس"),
        ("على علی", "علي علي"),
        ("حوّلَهُ التنظـــيم", "حوله التنظيم"),
        ("ﻻ ﺑﻮرت", "لا بورت"),
        ("٣٦ وفدا ۲۰", "36 وفدا 20"),
        ("Port\u200f\u2068 Sable\u2069", "port sable"),
        ("Straße ﬁsh ½ … é", "strasse fish 1/2 ... e"),
        ("", ""),
    ],
)
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed).text == folded
    assert fold_short(printed) == folded.strip()


def test_clean_keeps_case_marks_and_quotation_marks() -> None:
    assert clean("«Ina»\u00a0 \u200fحوّلَ ﻻ\ufeff ٣").text == "«Ina» حوّلَ لا ٣"


@pytest.mark.parametrize("form", [clean, fold])
@given(text=st.text(alphabet=st.sampled_from("aB é\u0301\u200f\u00a0\n…ﬁﻻﷺحَّـ٣’–"), max_size=30))
def test_the_map_leads_from_each_character_to_where_it_came_from(form, text: str) -> None:  # type: ignore[no-untyped-def]
    made = form(text)
    origins = [made.back(position) for position in range(len(made.text))]
    assert origins == sorted(origins)
    for char, origin in zip(made.text, origins, strict=True):
        if char != " ":
            assert char in form(text[origin]).text
    assert made.back(len(made.text)) == len(text)


@pytest.mark.parametrize("form", [clean, fold])
@given(text=st.text(alphabet=st.sampled_from("aB é\u200f\u00a0\n…ﬁﻻحَـ٣’–"), min_size=1, max_size=30))
def test_forth_is_the_first_character_that_came_from_there_or_later(form, text: str) -> None:  # type: ignore[no-untyped-def]
    made = form(text)
    origins = [made.back(position) for position in range(len(made.text))]
    for offset in range(len(text)):
        if form(text[offset]).text.strip():
            assert made.forth(offset) == origins.index(offset)


def test_a_long_text_folds_as_its_parts_do() -> None:
    text = "Ina Torvald met ٣٦ envoys… in “Osterhavn”.\u200f "
    assert fold(text * 100).text == fold(text).text * 100
    assert unicodedata.is_normalized("NFKC", fold(text).text)


@pytest.mark.parametrize(
    "text",
    ["", "Two MEN", "a  b", "a\tb", "« ﬁn »", "co-\noperate", "مُحَمَّد", "الإرهـــاب", "٣ ½", "a\u00adb", "\uffff", "İ"],
)
def test_what_is_folded_in_one_step_is_folded_the_same(text: str) -> None:
    quick, whole = fold.__wrapped__(text), _transformed(text, _fold_char)
    assert vars(quick) == vars(whole)

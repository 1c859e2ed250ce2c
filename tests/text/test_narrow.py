"""Texts in a byte for each character: what is found in them is what is found in the texts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.text import edges
from cte_corpus.text.fold import clean, fold, runs
from cte_corpus.text.folded_words import LETTERS, folded
from cte_corpus.text.narrow import COMMON, characters, narrow, widen

TEXTS = st.text(alphabet=st.one_of(st.sampled_from(COMMON), st.sampled_from("ß½…ﷺ漢ё\u0301\u2028")), max_size=40)


def test_each_common_character_has_its_byte() -> None:
    assert len(set(COMMON)) == len(COMMON) == 256
    assert widen(narrow(COMMON)) == COMMON


@pytest.mark.parametrize("change", [fold, clean])
def test_what_a_common_character_becomes_is_common(change) -> None:  # type: ignore[no-untyped-def]
    new = [change(char).text for char in COMMON[1:]]
    assert not {char for char in new if len(char) == 1} - set(COMMON)


@given(TEXTS)
def test_it_tells_what_the_text_does(text: str) -> None:
    data = narrow(text)
    assert len(data) == len(text)
    assert set(characters(text)) == set(text)
    assert folded(text) == text.translate(LETTERS).split()
    words = runs(data)
    assert words is None or words == re.findall(r"\w+", fold(text).text)
    insides = edges.insides(text)
    assert all(
        insides[place] for place in range(1, len(text)) if all(map(edges.is_letter, text[place - 1 : place + 1]))
    )

"""The quick look at characters is never wrong when it finds nothing to look into."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.checking.rules.file import BIDI, _is_plain

LETTERS = "abc éü 123 نص عربي ١٢ ؟ “” ‘’ – — …"
MARKS = [chr(code) for code in (*range(0x300, 0x306), *range(0x610, 0x61D), *range(0x64B, 0x660), 0x670)]


@given(st.text(st.sampled_from([*LETTERS, *MARKS, "\u200f", "\u202a", "\u2067"]), max_size=12))
def test_what_is_plain_is_composed_and_without_controls(text: str) -> None:
    if _is_plain(text.encode()):
        assert unicodedata.is_normalized("NFC", text)
        assert not BIDI.search(text)


def test_ordinary_text_is_plain() -> None:
    assert _is_plain(LETTERS.encode())


@pytest.mark.parametrize("text", ["شد\u0651\u064eة", "\u0627\u0653", "e\u0301", "a\u200fb", "\u061c"])
def test_marks_and_controls_are_looked_into(text: str) -> None:
    assert not _is_plain(text.encode())

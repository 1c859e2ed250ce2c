"""The quick look at characters is never wrong when it finds nothing to look into."""

import sys
import unicodedata

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.checking.rules.file import BIDI, CONTROLS, UNSEEN, _is_plain, characters

LETTERS = "abc éü 123 نص عربي ١٢ ؟ “” ‘’ – — …"
HIDDEN = "\x7f\x85\x9f\u00ad\u200b\u200c\u2028\u2060\ufeff\ue000\U000e0001"
MARKS = [chr(code) for code in (*range(0x300, 0x306), *range(0x610, 0x61D), *range(0x64B, 0x660), 0x670)]


@given(st.text(st.sampled_from([*LETTERS, *MARKS, *HIDDEN, "\u200f", "\u202a", "\u2067"]), max_size=12))
def test_what_is_plain_is_composed_and_without_controls(text: str) -> None:
    if _is_plain(text.encode()):
        assert unicodedata.is_normalized("NFC", text)
        assert not BIDI.search(text)
        assert not UNSEEN.search(text)


def test_ordinary_text_is_plain() -> None:
    assert _is_plain(LETTERS.encode())


@pytest.mark.parametrize("text", ["شد\u0651\u064eة", "\u0627\u0653", "e\u0301", "a\u200fb", "\u061c"])
def test_marks_and_controls_are_looked_into(text: str) -> None:
    assert not _is_plain(text.encode())


SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Format characters to Unicode, which show: they stand before a number or around it."""


def test_what_does_not_show_is_what_unicode_says() -> None:
    """All controls, line ends, private use and format characters, but marks of direction and signs that show."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        unseen = unicodedata.category(char) in ("Cc", "Cf", "Co", "Zl", "Zp")
        if unicodedata.category(char) != "Cn" and not 0x13430 <= code <= 0x13440:  # hieroglyphs have their own layout
            assert bool(UNSEEN.fullmatch(char)) is (unseen and char not in SIGNS + CONTROLS), hex(code)


@pytest.mark.parametrize("text", ["می\u200cخواهم", "هـ\u200d", "क्\u200dष"])
def test_joiners_may_stand_where_a_script_needs_them(text: str) -> None:
    assert not UNSEEN.search(text)


@pytest.mark.parametrize("text", ["a\u200cb", "\u200dم", "a \u200c", "1\u200d2"])
def test_joiners_may_stand_nowhere_else(text: str) -> None:
    assert UNSEEN.search(text)


def codes(value: object) -> list[str]:
    data = orjson.dumps(value)
    return [found.code for found in characters(data, value)]


@pytest.mark.parametrize("char", [*map(chr, range(32)), *HIDDEN])
def test_each_of_them_is_found_in_every_string_that_is_not_quoted(char: str) -> None:
    """However it is written, and though nothing else in the file takes a closer look."""
    assert codes({"note": f"a{char}b"}) == ["CTE019"]
    assert codes({"authors": [f"a{char}b"]}) == ["CTE019"]
    assert codes({"names": [{"text": f"a{char}b", "use": "alias"}]}) == ["CTE019"]
    assert codes({"span": {"start": 0, "end": 3, "text": f"a{char}b"}}) == []


@pytest.mark.parametrize("text", ['a "b" c', "a\\b", "a/b", "C:\\new\\table", "\\u0041"])
def test_what_is_escaped_and_shows_is_no_finding(text: str) -> None:
    assert codes({"note": text}) == []


@pytest.mark.parametrize(("text", "found"), [("TODO", 1), ("a TODO: b", 1), ("TODOS", 0), ("MÉTODO", 0), ("todo", 0)])
def test_a_todo_is_a_word(text: str, found: int) -> None:
    assert len(codes({"label": [{"text": text, "lang": "en"}]})) == found
    assert codes({"genre": "news-article", "title": {"text": text, "lang": "es"}}) == []
    assert codes({"names": [{"text": text, "lang": "es", "use": "alias"}]}) == []

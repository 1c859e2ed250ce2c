"""Quotes and the places to which they lead."""

import pytest

from cte_corpus.authoring.quotes import Quote, QuoteError, Source, read

TEXT = "Ina Torvald met Joren Maas.\n\nقال «الفانوس» إنّ المرفأ مغلق. Torvald met nobody. Café de l\u2019Est shut."
WHOLE = [(0, len(TEXT))]


def find(value: object, scope: list[tuple[int, int]] = WHOLE) -> tuple[str, int, bool]:
    found = Source(TEXT).find(read(value), scope)
    span = found.span
    assert TEXT[span["start"] : span["end"]] == span["text"]
    return span["text"], span["start"], found.loose


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Joren Maas", ("Joren Maas", 16, False)),
        ("Joren \u00a0\n Maas", ("Joren Maas", 16, False)),
        ("Maas. قال", ("Maas.\n\nقال", 22, False)),
        ("Cafe\u0301 de", ("Café de", TEXT.index("Café"), False)),
        ({"quote": "met", "nth": 2}, ("met", TEXT.rindex("met"), False)),
        ({"quote": "met", "context": "met nobody"}, ("met", TEXT.rindex("met"), False)),
        ('"الفانوس"', ("«الفانوس»", TEXT.index("«"), True)),
        ("ان المرفا", ("إنّ المرفأ", TEXT.index("إنّ"), True)),
        ("JOREN MAAS", ("Joren Maas", 16, True)),
        ("l'Est", ("l\u2019Est", TEXT.index("l\u2019"), True)),
    ],
)
def test_found(value: object, expected: tuple[str, int, bool]) -> None:
    assert find(value) == expected


@pytest.mark.parametrize(
    ("text", "value", "start"),
    [
        ("The money of one man.", "one", 13),
        ("supporters and a supporter", "supporter", 17),
        ("The money of one man.", {"quote": "one", "nth": 1}, 5),
        ("قالت المرفأ للمرفأين", "المرفأ", 5),
        ("بالمرفأ", "المرفأ", 1),
        ("money", "one", 1),
    ],
)
def test_a_place_inside_a_word_counts_only_alone_or_by_number(text: str, value: object, start: int) -> None:
    assert Source(text).find(read(value), [(0, len(text))]).span["start"] == start


def test_a_scope_makes_a_quote_unique() -> None:
    assert find("met", [(0, 27)]) == ("met", 12, False)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("met", r"stands in 2 places; say which by `nth`:\n    1\. 12-15: .*\n    2\. \d+-\d+: "),
        ({"quote": "met", "nth": 3}, "there is no “met” number 3, only 2"),
        ("sailed home", "does not stand there, nor anywhere in the text$"),
        ("Jorren Maas", r"nearest:\n    1\. 16-26: "),
        ({"quote": "met", "context": "met Joren Quill"}, "does not stand in the context “met Joren Quill”, but:"),
        ("", "expected a quote"),
        (7, "expected a quote"),
        ({"quote": "met", "nth": 0}, "expected a quote"),
        ({"quote": "met", "start": 7}, "a quote has no `start`"),
    ],
)
def test_refused(value: object, message: str) -> None:
    with pytest.raises(QuoteError, match=r"(?s)" + message):
        find(value)


def test_absent_in_the_scope_names_the_place_elsewhere() -> None:
    source = Source(TEXT, [("s01.1", 0, 27), ("s02.1", 29, len(TEXT))])
    with pytest.raises(QuoteError, match=r"does not stand there, but:\n    1\. s02\.1, \d+-\d+: .*⟦nobody⟧"):
        source.find(Quote("nobody"), [(0, 27)])

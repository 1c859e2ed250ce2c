"""Numbers of any length are read, or are none: Python turns no more than 4,300 digits into an integer."""

import pytest

from cte_corpus.text import dates, numbers, printed
from cte_corpus.text.figures import figures
from cte_corpus.text.printed_figures import printed_figure

LONG = {
    "digits": "9" * 5_000,
    "Arabic digits": "٩" * 5_000,
    "more than a double holds": "9" * 400,
    "in thousands": "9" + ",999" * 2_000,
    "with a fraction": f"{'9' * 400}.5",
    "a long fraction": f"9.{'3' * 400}",
}


@pytest.mark.parametrize("number", LONG.values(), ids=LONG)
def test_a_number_of_thousands_of_digits_is_no_traceback(number: str) -> None:
    for words in (number, f"USD {number}", f"{number} million", f"{number}%", f"{number}th", f"{number} May 2022"):
        printed_figure(words)
        list(figures(words))
        list(figures(words, every=True))
        printed.printed_date(words)
        list(dates.dates(words))


def test_what_is_longer_than_any_figure_is_no_number() -> None:
    assert numbers.value("9" * numbers.MOST_DIGITS) == int("9" * numbers.MOST_DIGITS)
    assert numbers.value("9" * (numbers.MOST_DIGITS + 1)) is None


@pytest.mark.parametrize(
    ("words", "number"), [("the 3rd", 3), ("its 21st meeting", 21), ("the 999999999th", 999_999_999)]
)
def test_an_ordinal_in_digits_is_read(words: str, number: int) -> None:
    assert printed_figure(words).numbers == {number}

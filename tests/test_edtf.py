"""Dates in EDTF: what is valid, what days a date may mean, and which intervals run backwards.

The tables were compared by hand with the `edtf` package (5.0.2), which agrees on every closed date, interval and set
but one: it ends a winter in the December in which it starts. It is no dependency of the tests: importing it warns with
a current pyparsing, it has no bounds for an open end, and it takes 29 February 2023 for a day.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.edtf import bounds, earliest, is_reversed, is_uncertain, latest, words

VALID = [
    # The date, its earliest and its latest day.
    ("2022-05-11", "2022-05-11", "2022-05-11"),
    ("2022-05", "2022-05-01", "2022-05-31"),
    ("2022", "2022-01-01", "2022-12-31"),
    ("2020-02", "2020-02-01", "2020-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("2000-02-29", "2000-02-29", "2000-02-29"),
    ("0000", "0000-01-01", "0000-12-31"),
    ("0000-02-29", "0000-02-29", "0000-02-29"),
    ("201X", "2010-01-01", "2019-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("2XXX", "2000-01-01", "2999-12-31"),
    ("XXXX", None, None),
    ("2022-XX", "2022-01-01", "2022-12-31"),
    ("2022-XX-XX", "2022-01-01", "2022-12-31"),
    ("2022-02-XX", "2022-02-01", "2022-02-28"),
    ("201X-XX", "2010-01-01", "2019-12-31"),
    ("2014~", "2014-01-01", "2014-12-31"),
    ("2014-06?", "2014-06-01", "2014-06-30"),
    ("2014-06-29%", "2014-06-29", "2014-06-29"),
    ("2019-21", "2019-03-01", "2019-05-31"),
    ("2019-22", "2019-06-01", "2019-08-31"),
    ("2019-23", "2019-09-01", "2019-11-30"),
    ("2019-24", "2019-12-01", "2020-02-29"),
    ("2018-24~", "2018-12-01", "2019-02-28"),
    ("-0044", None, None),
    ("-0044-03-15", None, None),
    ("Y-17000000", None, None),
    ("Y170000", None, None),
    ("2014/2019", "2014-01-01", "2019-12-31"),
    ("2014-06-29/2019-03", "2014-06-29", "2019-03-31"),
    ("2014-09/..", "2014-09-01", None),
    ("../2019-03", None, "2019-03-31"),
    ("2014-09/", "2014-09-01", None),
    ("/2019-03", None, "2019-03-31"),
    ("2004-02~/2005?", "2004-02-01", "2005-12-31"),
    ("201X/2022", "2010-01-01", "2022-12-31"),
    ("[2022-05-09..2022-05-11]", "2022-05-09", "2022-05-11"),
    ("[2022-05-09,2022-05-11]", "2022-05-09", "2022-05-11"),
    ("[1667, 1668, 1670..1672]", "1667-01-01", "1672-12-31"),
    ("[2021..]", "2021-01-01", None),
    ("[..2021-12-03]", None, "2021-12-03"),
    ("[2014]", "2014-01-01", "2014-12-31"),
    ("[2014,2012]", "2012-01-01", "2014-12-31"),
]

INVALID = [
    "",
    " ",
    "2022-05-11 ",
    "2022-05-11\n",
    "22",
    "202",
    "20222",
    "2022-5",
    "2022-05-1",
    "2022-00",
    "2022-13",
    "2022-20",
    "2022-25",
    "2022-41",
    "9999-24",
    "[2014,9999-24]",
    "2014-01-01/" + "0" * 1000,
    "2022-04-31",
    "2022-05-00",
    "2023-02-29",
    "1900-02-29",
    "2022-21-01",
    "2022-XX-05",
    "20X2",
    "201X-05",
    "X022",
    "2022x",
    "2022-05-11T10:00:00",
    "11-05-2022",
    "2022/05/11",
    "May 2022",
    "2022??",
    "?2022",
    "2022-05~-11",
    "+2022",
    "Y2022",
    "Y0170000",
    "Y17E7",
    "2022S2",
    "/",
    "..",
    "../..",
    "/..",
    "2014/2015/2016",
    "2014//2016",
    "2014/nonsense",
    "[",
    "[]",
    "[2014",
    "2014]",
    "[..]",
    "[2014,]",
    "[,2014]",
    "[2014,nonsense]",
    "{2014,2015}",
    "[2014]/2015",
    "٢٠٢٢",
    "２０２２",
]


@pytest.mark.parametrize(("edtf", "earliest", "latest"), VALID)
def test_valid(edtf: str, earliest: str | None, latest: str | None) -> None:
    assert bounds(edtf) == (earliest, latest)


@pytest.mark.parametrize("edtf", INVALID)
def test_invalid(edtf: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        bounds(edtf)


@pytest.mark.parametrize(
    ("edtf", "reason"),
    [
        ("2022-13", "there is no month 13"),
        ("2023-02-29", "there is no day 29"),
        ("201X-05", "level 2"),
        ("2022-21-01", "a season has no day"),
        ("../..", "at least one end"),
        ("2014/2015/2016", "one slash"),
    ],
)
def test_the_reason_is_named(edtf: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        bounds(edtf)


@pytest.mark.parametrize(
    ("edtf", "backwards"),
    [
        ("2019/2014", True),
        ("2022-05-11/2022-05-09", True),
        ("[2022-05-11..2022-05-09]", True),
        ("2014/2019", False),
        ("2014/2014", False),
        ("2014-12/2014", False),
        ("2014/2014-03", False),
        ("201X/2012", False),
        ("202X/2012", True),
        ("2014/..", False),
        ("../2014", False),
        ("2014/", False),
        ("/2014", False),
        ("[2014..]", False),
        ("[..2014]", False),
        ("[2014,2012]", False),
        ("[2010,2014..2012]", True),
        ("[2010,2012..2014]", False),
        ("2019-24/2020-01", False),
        ("2022-05-11", False),
        ("-0044/2014", False),
        ("2014/-0044", False),
        ("-0044/-0050", False),
        ("Y170000/2014", False),
    ],
)
def test_reversed(edtf: str, backwards: bool) -> None:
    assert is_reversed(edtf) is backwards


@given(st.dates())
def test_days(day: date) -> None:
    assert bounds(day.isoformat()) == (day.isoformat(), day.isoformat())


@given(st.dates())
def test_months_and_years(day: date) -> None:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    assert bounds(f"{day:%Y-%m}" if day.year > 999 else day.isoformat()[:7]) == (
        day.replace(day=1).isoformat(),
        last.isoformat(),
    )
    assert bounds(day.isoformat()[:4]) == (date(day.year, 1, 1).isoformat(), date(day.year, 12, 31).isoformat())


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_a_day_is_valid_just_where_the_calendar_has_it(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        known = date(year or 4, month, day) is not None  # the year 0 is a leap year; `date` starts at 1
    except ValueError:
        known = False
    try:
        found = bounds(text) == (text, text)
    except ValueError:
        found = False
    assert found is known


@given(st.dates(), st.dates())
def test_intervals_and_sets(first: date, second: date) -> None:
    expected = (first.isoformat(), second.isoformat())
    for edtf in (f"{first}/{second}", f"[{first}..{second}]"):
        assert is_reversed(edtf) is (first > second)
        if first <= second:
            assert bounds(edtf) == expected
    assert bounds(f"[{first},{second}]") == (min(expected), max(expected))


@given(st.dates(min_value=date(1001, 1, 1), max_value=date(9000, 1, 1)), st.sampled_from(["year", "decade", "season"]))
def test_a_coarser_date_covers_a_finer_one(day: date, coarse: str) -> None:
    seasons = {3: "21", 4: "21", 5: "21", 6: "22", 7: "22", 8: "22", 9: "23", 10: "23", 11: "23", 12: "24"}
    year = day.year if day.month > 2 else day.year - 1  # January and February end the winter of the year before
    text = {
        "year": f"{day.year}-XX",
        "decade": f"{day.year // 10}X",
        "season": f"{year}-{seasons.get(day.month, '24')}",
    }[coarse]
    earliest, latest = bounds(text)
    assert earliest is not None
    assert latest is not None
    assert earliest <= day.isoformat() <= latest
    assert date.fromisoformat(latest) - date.fromisoformat(earliest) < timedelta(days=3653)


@given(st.text("0123456789-X/.[],?~%Y", max_size=14))
def test_any_string_is_judged(text: str) -> None:
    try:
        earliest, latest = bounds(text)
    except ValueError:
        return
    assert earliest is None or latest is None or is_reversed(text) or earliest <= latest
    for end in (earliest, latest):
        assert end is None or (len(end) == 10 and end[4] == end[7] == "-")


WORDS = [
    ("2022-05-11", "11 May 2022", "11 أيار/مايو 2022", False),
    ("2022-05", "May 2022", "أيار/مايو 2022", False),
    ("2022", "2022", "2022", False),
    ("[2022-05-09..2022-05-11]", "between 9 and 11 May 2022", "بين 9 و11 أيار/مايو 2022", True),
    ("[2015,2017]", "2015 or 2017", "2015 أو 2017", True),
    ("[2019..]", "2019 or later", "2019 أو بعد ذلك", True),
    ("[..2019]", "2019 or earlier", "2019 أو قبل ذلك", True),
    ("../2019-03", "by March 2019", "بحلول آذار/مارس 2019", False),
    ("/2019", "by 2019", "بحلول 2019", True),
    ("2014/..", "from 2014 on", "ابتداءً من 2014", False),
    ("2019/", "from 2019, until when is not known", "من 2019 حتى موعد غير معروف", True),
    ("2019-11-07/2019-11-08", "7 to 8 November 2019", "من 7 إلى 8 تشرين الثاني/نوفمبر 2019", False),
    ("2019-03/2019-05", "March to May 2019", "من آذار/مارس إلى أيار/مايو 2019", False),
    ("2017-03/2019-12-31", "March 2017 to 31 December 2019", "من آذار/مارس 2017 إلى 31 كانون الأول/ديسمبر 2019", False),
    ("2015/2017", "2015 to 2017", "من 2015 إلى 2017", False),
    ("2016~/2018", "about 2016 to 2018", "من نحو 2016 إلى 2018", True),
    ("2019?", "possibly 2019", "ربما 2019", True),
    ("2014-06%", "possibly about June 2014", "ربما نحو حزيران/يونيو 2014", True),
    ("201X", "a year from 2010 to 2019", "عام ما من 2010 إلى 2019", True),
    ("2022-05-XX", "a day in May 2022", "يوم ما في أيار/مايو 2022", True),
    ("2022-XX", "a month in 2022", "شهر ما في 2022", True),
    ("XXXX", "an unknown year", "عام غير معروف", True),
    ("2019-21", "spring 2019", "ربيع 2019", False),
    ("-0043", "44 BC", "44 ق.م.", False),
    ("Y170002", "170002", "170002", False),
]


@pytest.mark.parametrize(("edtf", "english", "arabic", "uncertain"), WORDS)
def test_words(edtf: str, english: str, arabic: str, uncertain: bool) -> None:
    assert (words(edtf), words(edtf, "ar"), is_uncertain(edtf)) == (english, arabic, uncertain)


@pytest.mark.parametrize(("edtf", "first", "last"), VALID)
def test_first_and_last_day_and_words_of_all_that_is_valid(edtf: str, first: str | None, last: str | None) -> None:
    assert (earliest(edtf), latest(edtf)) == (first, last)
    for found in (words(edtf), words(edtf, "ar")):
        assert found
        assert not re.search(r"[\[\]?~%{}X]|\.\.|None", found)
        assert (found == edtf) == (edtf.isdigit() and edtf != "0000")


@pytest.mark.parametrize("function", [earliest, latest, is_uncertain, words])
def test_what_is_no_date_is_an_error(function: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match="no month 13"):
        function("2022-13")


def test_another_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="words in en and ar, not in 'fr'"):
        words("2022", "fr")

"""The report for people."""

import pytest

from cte_corpus.checking.report import render
from cte_corpus.checking.report.full import MOST, WIDE
from cte_corpus.text.terminal import FSI, PDI, width
from tests.checking.report.invented import ARABIC, ARABIC_LINE, EVENTS, HOSTILE, PLAIN, TWICE, WHOLE_FILE, context


def test_a_finding_with_its_line_a_caret_and_help() -> None:
    assert render("full", [PLAIN], context(PLAIN)) == (
        """\
error CTE201 unknown-reference: no entity `person:ina-torvalt`
  --> documents/harbour-talks/events.json:7:11  (harbour-talks:e01, /records/0/arguments/0/entity)
   |
 7 |           "entity": "person:ina-torvalt"
   |           ^
  help: did you mean `person:ina-torvald`?

Found 1 error in 2 documents, 1 entity, 1,500 records, 12 files."""
    )


def test_related_places_and_a_place_without_a_line() -> None:
    report = render("full", [TWICE, WHOLE_FILE], context(TWICE, WHOLE_FILE))
    assert "\n  note: /srv/corpora/tide water/entities.jsonl:2:8: first defined here\n" in report
    assert f"\n  note: corpus.json: the corpus, {FSI}مدينة{PDI}\n" in report
    assert "info CTE012 not-canonical: the file is not in canonical form\n  --> corpus.json\n" in report


def test_arabic_is_isolated_and_marked_as_a_whole() -> None:
    """Where a caret among right-to-left letters belongs depends on the terminal, so the whole run is underlined."""
    lines = render("full", [ARABIC], context(ARABIC)).splitlines()
    assert lines[0].endswith(f"expected “{FSI}قالت إينا{PDI}” (12 to 21), got “{FSI}قال{PDI}”")
    assert lines[3] == f' 9 |   "text": "{FSI}قالت إينا تورفالد إن المرفأ آمن{PDI}", "lang": "ar"'
    assert lines[4] == "   |" + " " * 12 + "^" * width("قالت إينا تورفالد إن المرفأ آمن")


def test_a_caret_after_arabic_stands_under_its_column() -> None:
    column = ARABIC_LINE.index('"lang"') + 1
    item = ARABIC._replace(location=ARABIC.location._replace(column=column))
    lines = render("full", [item], context(item)).splitlines()
    shown = lines[3].replace(FSI, "").replace(PDI, "")
    assert shown[lines[4].index("^") :] == '"lang": "ar"'


def test_a_caret_stands_under_its_column_after_what_is_written_out() -> None:
    item = HOSTILE._replace(location=HOSTILE.location._replace(column=6))
    lines = render("full", [item], context(item)).splitlines()
    assert lines[3] == " 3 | <U+001B>[2J<U+202E>{"
    assert lines[4].index("^") == lines[3].index("{")


def test_tabs_are_shown_as_four_columns() -> None:
    item = PLAIN._replace(location=PLAIN.location._replace(column=3))
    given = context(item)._replace(lines={(EVENTS, 7): '\t\t"entity": "x"'})
    lines = render("full", [item], given).splitlines()
    assert lines[3] == ' 7 |         "entity": "x"'
    assert lines[4] == "   |         ^"


@pytest.mark.parametrize("column", [1, 60, 5_000, 69_990, 70_000, 70_001])
def test_a_long_line_is_cut_around_the_column(column: int) -> None:
    text = ("abcdefghi " * 7_000)[:69_999] + "!"
    item = PLAIN._replace(location=PLAIN.location._replace(column=column))
    lines = render("full", [item], context(item)._replace(lines={(EVENTS, 7): text})).splitlines()
    assert len(lines[3]) <= WIDE + len(" 7 | ") + 2
    at = lines[4].index("^")
    assert lines[3][at : at + 5].rstrip("…") == text[column - 1 : column + 4].rstrip()
    assert ("…" in lines[3][:6]) == (column > 40)
    assert lines[3].endswith("…") == (column < 60_000)


def test_repeats_of_a_rule_are_counted_after_twenty() -> None:
    report = render("full", [PLAIN] * 1_234 + [TWICE], context(PLAIN, TWICE))
    assert report.count("error CTE201") == MOST == 20
    assert report.count("error CTE208") == 1
    assert "\n\n1,214 more CTE201 unknown-reference; `-o concise` lists all\n\n" in report
    assert "Found 1,235 errors" in report


def test_color_only_where_it_is_asked_for() -> None:
    assert "\x1b" not in render("full", [PLAIN], context(PLAIN))
    colored = render("full", [PLAIN], context(PLAIN, color=True))
    assert colored.startswith("\x1b[31merror CTE201\x1b[0m \x1b[1munknown-reference\x1b[0m: ")
    assert colored.count("\x1b[0m") == colored.count("\x1b[") / 2

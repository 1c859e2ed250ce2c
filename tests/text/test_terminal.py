"""Text for a terminal."""

import re

import pytest

from cte_corpus.text.terminal import FSI, PDI, beside, isolate, painted, pairs, safe, table, visible, width, wrap


def test_control_and_bidi_characters_are_written_out() -> None:
    assert visible("a\x1b[31m\x00\r\n\t\x9b\u202e\u2069\u2028b") == (
        "a<U+001B>[31m<U+0000><U+000D><U+000A><U+0009><U+009B><U+202E><U+2069><U+2028>b"
    )
    assert visible("Türkiye, مراكش – 東京") == "Türkiye, مراكش – 東京"


def test_each_right_to_left_run_of_an_english_line_is_isolated() -> None:
    assert safe("the words “سلام عليكم” and “12” of مدينة") == (
        f"the words “{FSI}سلام عليكم{PDI}” and “12” of {FSI}مدينة{PDI}"
    )


def test_an_isolate_cannot_be_ended_by_the_text_in_it() -> None:
    assert isolate("سلام\u2069 end\x1b") == f"{FSI}سلام<U+2069> end<U+001B>{PDI}"
    assert isolate("plain\x1b") == "plain<U+001B>"


@pytest.mark.parametrize("size", [7, 12, 30, 200])
def test_wrapped_lines_fit_and_lose_nothing(size: int) -> None:
    text = f"a meeting {FSI}لجنة المرفأ الثانية في المدينة{PDI} of the harbour"
    lines = wrap(text, size)
    assert max(map(width, lines)) <= size
    for line in lines:
        assert line.count(FSI) == line.count(PDI)
    assert " ".join(lines).replace(f"{PDI} {FSI}", " ").replace(FSI, "").replace(PDI, "") == (
        text.replace(FSI, "").replace(PDI, "")
    )


def test_a_word_that_is_too_long_stands_alone() -> None:
    assert wrap("of aaaaaaaaaaaa b", 5) == ["of", "aaaaaaaaaaaa", "b"]
    assert wrap("of aaaaaaaaaaaa b", 0) == ["of aaaaaaaaaaaa b"]


def test_the_last_column_of_a_table_is_wrapped() -> None:
    rows = [("CTE001", "a sentence that is far too long for it"), ("CTE002", "short")]
    assert table(("code", "what"), rows, fit=34) == (
        """\
code    what
------  --------------------------
CTE001  a sentence that is far too
        long for it
CTE002  short"""
    )
    assert table(("code", "what"), rows).splitlines()[2] == "CTE001  a sentence that is far too long for it"


def test_pairs_set_in_what_is_wrapped() -> None:
    rows = [("name", "one two three four five six seven"), ("name", "eight"), ("kind", "city")]
    assert pairs(rows, fit=34) == (
        """\
  name  one two three four five
          six seven
        eight
  kind  city"""
    )
    assert pairs([("id", "a\x1bb")]) == "  id  a<U+001B>b"


def test_blocks_stand_side_by_side_where_they_fit() -> None:
    blocks = ["aaaa\na", "bb\nbb\nbb", "cccccccc"]
    assert beside(blocks, 10) == "aaaa    bb\na       bb\n        bb\n\ncccccccc"
    assert beside(blocks, 0) == "\n\n".join(blocks)


WIDE: list[list[object]] = [
    ["Talks on the harbour", "e01", "0123456789" * 3, 5],
    ["سلام على الميناء كله", "e02", None, 12],
]


def test_long_cells_of_a_table_are_wrapped_and_nothing_is_lost() -> None:
    headers = ["label", "id", "text", "n"]
    assert table(headers, WIDE).splitlines()[2].split("  ") == ["Talks on the harbour", "e01", "0123456789" * 3, " 5"]
    for fit in (34, 38, 50, 60):
        lines = table(headers, WIDE, fit=fit).splitlines()
        assert max(map(width, lines)) <= fit
        assert all(line.count(FSI) == line.count(PDI) for line in lines)
        assert {"e01", "e02"} <= set(" ".join(lines).split())
        digits = "".join(part for line in lines[2:] for part in re.findall("[0-9]{3,}", line))
        assert digits == "0123456789" * 3
    assert table(["a", "b"], [["one two", "0123456789abcdef:01"]], fit=22) == (
        "a        b\n-------  -------------\none two  0123456789abc\n         def:01"
    )


def test_a_table_that_cannot_fit_is_a_list_of_its_rows() -> None:
    assert table(["label", "id", "text", "n"], WIDE, fit=30) == (
        "  label  Talks on the harbour\n  id     e01\n  text   012345678901234567890123\n           456789\n"
        "  n      5\n\n"
        f"  label  {FSI}سلام على الميناء كله{PDI}\n  id     e02\n  text\n  n      12"
    )


def test_a_word_is_broken_after_a_mark_where_it_has_one() -> None:
    assert wrap("alamsar-2022-marrakesh:e103", 15, broken=True) == ["alamsar-2022-", "marrakesh:e103"]
    assert wrap("0123456789", 4, broken=True) == ["0123", "4567", "89"]


def test_styles_take_no_columns_and_hold_no_escape_of_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    assert painted("a\x1b[31m", "bold") == "a<U+001B>[31m"
    monkeypatch.setattr("cte_corpus.text.terminal.colored", lambda: True)
    assert painted("a\x1b", "bold") == "\x1b[1ma<U+001B>\x1b[0m"
    assert width(painted("abc", "red")) == 3
    assert table(["a"], [["b"]]).splitlines()[0] == "\x1b[1ma\x1b[0m"

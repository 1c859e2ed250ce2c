"""Text for a terminal."""

import pytest

from cte_corpus.text.terminal import FSI, PDI, beside, fitted, isolate, pairs, safe, table, visible, width, wrap


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


def test_a_table_that_does_not_fit_is_a_list_of_its_rows() -> None:
    headers = ["label", "id", "cut"]
    rows: list[list[object]] = [["Talks on the harbour", "e01", "0123456789" * 3], ["سلام", "e02", None]]
    assert fitted(headers, rows, limit=60, fit=0) == table(headers, rows, limit=60)
    assert fitted(headers, rows, limit=60, fit=60) == table(headers, rows, limit=60, fit=60)
    assert fitted(headers, rows, limit=60, fit=38) == (
        "  label  Talks on the harbour\n  id     e01\n  cut    01234567890123456789012345…\n\n"
        "  label  \u2068سلام\u2069\n  id     e02\n  cut"
    )
    assert fitted(headers, [], limit=60, fit=10) == table(headers, [], limit=60, fit=10)

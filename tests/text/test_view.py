"""Recipes: the same text from every copy, and digests of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.text.view import RECIPES, digest, recipe_of, reference_text, sha256


def test_the_article_gives_the_text_that_its_records_count_in(shared: Path) -> None:
    data = (shared / "sources" / "alamsar-2022-marrakesh.txt").read_bytes()
    text = reference_text(data, "plain-1")
    assert len(text) == 7780
    assert sha256(text) == "d96c4f46a24035333aad82878722a6dd9c9d4be5125e49db858fe15c55ea856f"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("  Ina\u00a0 Torvald \r\n\r\n\r\n\r\nspoke\rhere\t\n", "Ina Torvald\n\nspoke\nhere"),
        ("a \n \n \n \nb", "a\n\nb"),
        ("a\n\nb\nc", "a\n\nb\nc"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\u2003\u3000b\u2028c\u0085d\x0be", "a b c d e"),
        ("مــدينةٌ \u200fكبيرة", "مــدينةٌ \u200fكبيرة"),
        ("\ufeffبيان", "بيان"),
        ("", ""),
        (" \u00a0\n\r\n\t", ""),
    ],
)
def test_plain_1(source: str, text: str) -> None:
    assert reference_text(source.encode(), "plain-1") == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("---\ntitle: Boats\ndraft: false\n---\nIna **Torvald** spoke.\n", "Ina Torvald spoke."),
        ("\ufeff---\r\ntitle: Boats\r\n---\r\nTalks\r\n", "Talks"),
        ("Not front matter\n\n---\n\nbut a rule", "Not front matter\n\nbut a rule"),
        (
            "## The harbour\n\nA *late* [order](https://a.example/x) of `12` words.",
            "The harbour\n\nA late order of 12 words.",
        ),
        ("one\ntwo  \nthree", "one two\nthree"),
        ("- a\n- b\n\n> c", "a\n\nb\n\nc"),
        ("bold that**  ends badly**", "bold that ends badly"),
        ("of** Joren Maas** and** ", "of Joren Maas and"),
        ("5 * 3 and 2,000 \\* x", "5 * 3 and 2,000 * x"),
        ("AT&amp;T &lt;b&gt; <b>x</b>", "AT&T <b> x"),
        ("<p>Late <b>boats</b>.</p>\n\nTalks", "Talks"),
        ("![a boat](boat.png)", "a boat"),
        ("####\n", ""),
        ("    ship\n    shape", "ship\nshape"),
    ],
)
def test_markdown_1(source: str, text: str) -> None:
    assert reference_text(source.encode(), "markdown-1") == text


MARKDOWN_2 = [
    # The title of the front matter is the headline.
    ("---\ntitle: Boats held\ndraft: false\n---\nIna **Torvald** spoke.\n", "Boats held\n\nIna Torvald spoke."),
    ("---\r\ndate: 2022-05-09\r\ntitle: \"Boats \\\"held\\\"\"\r\n---\r\nTalks\r\n", 'Boats "held"\n\nTalks'),
    ("\ufeff---\ntitle: 'Selm''s boats' # a note\n---\nTalks", "Selm's boats\n\nTalks"),
    ("---\ntitle: >-\n  Boats held\n  at Selm\ntags:\n- boats\n- talks\n---\nTalks", "Boats held at Selm\n\nTalks"),
    ("---\ntitle: قوارب في سلم # ملاحظة\n\n# a comment\ndraft: false\n---\nمحادثات", "قوارب في سلم\n\nمحادثات"),
    ("---\ntitle: Boats\n---\n# Boats\n\nTalks", "Boats\n\nTalks"),
    ("---\ndraft: false\n---\nTalks", "Talks"),
    ("---\ntitle:\n---\nTalks", "Talks"),
    ("---\ntitle: Boats\n---", "Boats"),
    ("---\ntitle: \"a \\x41\"\n---\nTalks", "a \\x41\n\nTalks"),
    ("---\ntitle: 'Boats\n---\nTalks", "'Boats\n\nTalks"),
    # A line break is a line end.
    ("First line<br>second line<br/>third", "First line\nsecond line\nthird"),
    ("السطر<br>الثاني", "السطر\nالثاني"),
    ("Selm, 9 May<BR />\n12 crowns<br class='x'>a *head*", "Selm, 9 May\n12 crowns\na head"),
    ("- nets<br>ropes\n- sails", "nets\nropes\n\nsails"),
    ("<br>\nThe port was shut.\n\nTalks", "The port was shut.\n\nTalks"),
    ("a <bra> b", "a b"),
    # A rule in the first line is a rule where no mapping follows.
    (
        "---\n\nThe port was shut on Monday.\n\n---\n\nIt opened again on Friday.\n",
        "The port was shut on Monday.\n\nIt opened again on Friday.",
    ),
    ("---\nThe port was shut.\n---\nIt opened again.", "The port was shut.\n\nIt opened again."),
    ("---\nأغلق الميناء يوم الاثنين.\n\n---\n\nثم فتح.", "أغلق الميناء يوم الاثنين.\n\nثم فتح."),
    ("---\ntitle: Boats\nThe port was shut.\n---\nIt opened.", "title: Boats The port was shut.\n\nIt opened."),
    ("---\n---\nIt opened.", "It opened."),
    ("--- \n\nIt opened.", "It opened."),
    # What it has from markdown-1.
    ("bold that**  ends badly**", "bold that ends badly"),
    ("<p>Late <b>boats</b>.</p>\n\nTalks", "Talks"),
    ("    ship\n    shape", "ship\nshape"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text"), MARKDOWN_2)
def test_markdown_2(source: str, text: str) -> None:
    assert reference_text(source.encode(), "markdown-2") == text


@pytest.mark.parametrize("recipe", ["markdown-1", "markdown-2"])
@given(st.text(st.characters(codec="utf-8") | st.sampled_from("*_#`->[]() \n\r\t|~")))
def test_what_a_reader_sees_is_plain_text(recipe: str, source: str) -> None:
    text = RECIPES[recipe](source)
    assert RECIPES["plain-1"](text) == text


@pytest.mark.parametrize("name", ["treasury-jy0772", "treasury-jy0791"])
def test_the_releases_gain_their_headline_and_nothing_else(shared: Path, name: str) -> None:
    data = (shared / "sources" / f"{name}.md").read_bytes()
    before, after = (reference_text(data, recipe) for recipe in ("markdown-1", "markdown-2"))
    assert after.endswith(f"\n\n{before}")
    assert after.removesuffix(before).strip() in data.decode().partition("\n---")[0]


def test_new_markdown_takes_the_newest_recipe() -> None:
    assert (recipe_of("selm.md"), recipe_of("selm.txt")) == ("markdown-2", "plain-1")


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(" \n\r\t\u00a0e\u0301")))
def test_a_reference_text_is_its_own_reference_text(source: str) -> None:
    text = RECIPES["plain-1"](source)
    assert RECIPES["plain-1"](text) == text


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=5), max_size=6))
def test_line_ends_and_spaces_at_them_change_nothing(lines: list[str]) -> None:
    unix = "\n".join(lines)
    windows = " \t\r\n\u00a0".join(lines)
    assert RECIPES["plain-1"](unix) == RECIPES["plain-1"](windows)


def test_an_unknown_recipe_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ValueError, match=r"`plain-9`.*plain-1"):
        reference_text(b"", "plain-9")


def test_bytes_that_are_no_utf8_are_refused_with_their_place() -> None:
    with pytest.raises(ValueError, match="expected UTF-8, got byte 0xe9 at 3"):
        reference_text(b"caf\xe9", "plain-1")


def test_digests_are_of_the_text_in_utf8() -> None:
    assert sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("abc") == "ba7816bf8f01cfea"
    assert digest("ع") != digest("ى")

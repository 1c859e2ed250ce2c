"""Texts and pages of any make are read in bounded time and memory, or refused with the reason."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.text.html import html_text, is_html
from cte_corpus.text.limits import MAX_FILE, MAX_MARKS, MAX_PAGE, MAX_TEXT, bounded, judge
from cte_corpus.text.view import plain_1, reference_text
from tests.capped import cte

LIGATURE = "\ufdfa"
"""One character that stands for eighteen."""


def test_a_text_is_taken_up_to_its_limits() -> None:
    judge("a" * MAX_TEXT)
    judge("e" + "\u0301" * MAX_MARKS + " سلامٌ " * 1000 + LIGATURE)
    judge("\ufefb" * 100_000)  # a text all of lam-alef, each two letters
    with pytest.raises(ValueError, match=r"the text has 2,000,001 characters; up to 2,000,000 are read"):
        judge("a" * (MAX_TEXT + 1))
    with pytest.raises(ValueError, match=r"the text has 100,000 characters, which stand for 1,800,000"):
        judge(LIGATURE * 100_000)
    with pytest.raises(ValueError, match=r"31 combining marks stand in a row at 3; up to 30 are read"):
        judge("abe" + "\u0315\u0300" * 15 + "\u0300")


def test_a_text_out_of_bounds_is_no_source() -> None:
    for recipe in ("plain-1", "markdown-1"):
        with pytest.raises(ValueError, match="combining marks"):
            reference_text(("a" + "\u0315\u0300" * 500_000).encode(), recipe)


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert bounded(path, 5) == b"12345"
    with pytest.raises(CteError, match=r"a\.txt has more than 4 bytes"):
        bounded(path, 4)


@pytest.mark.parametrize(
    "arguments",
    [
        "attach {pipe} --document harbour-talks",
        "attach {folder} --document harbour-talks",
        "new {pipe} --document n --lang en --publisher org:a --out {folder}/n.yaml",
        "anchor {pipe} --text {text}",
        "anchor {draft} --text {pipe}",
        "anchor {draft} --text {folder}",
        "status {pipe}",
        "cite org:grey-lantern --out {pipe}",
    ],
)
def test_what_is_no_file_is_not_waited_for(arguments: str, tidewater: Path, tmp_path: Path) -> None:
    """A pipe to which nobody writes never begins. One in a folder is no text there."""
    corpus = Path(shutil.copytree(tidewater, tmp_path / "corpus"))
    for name in ("pipe.bib", "harbour-talks.txt", "pipe.yaml"):
        os.mkfifo(tmp_path / name)
    draft = tmp_path / "draft.yaml"
    draft.write_text("document: harbour-talks", "utf-8")
    pipe = tmp_path / ("pipe.yaml" if arguments.startswith("anchor {pipe}") else "pipe.bib")
    text = tidewater.with_name("tidewater-texts") / "harbour-talks.txt"
    given = arguments.format(pipe=pipe, folder=tmp_path, draft=draft, text=text).split()
    done = cte(*given, "--corpus", corpus, seconds=20)
    assert done.code == 2
    assert any(words in done.err for words in ("is no file", "no copy of", "no text named", "names no release"))


PAGES = {
    "nested": "<div>" * 1_000_000,
    "nested and closed": "<div>" * 100_000 + "x" + "</div>" * 100_000,
    "formatting": "<b>" * 1_000_000,
    "formatting in paragraphs": "<font size=1>" * 5_000 + "<p>x" * 100_000,
    "attributes": "<div" + "".join(f" a{n}=1" for n in range(100_000)) + ">x",
    "one attribute again and again": "<div" + " a=1" * 500_000 + ">x",
    "tags that never end": "<a " * 1_000_000,
    "quotes that never end": "<a x='" * 500_000,
    "quotes of both kinds": "<a x='\"" * 500_000,
    "comments that never end": "<!--" * 1_000_000,
    "comments": "<!-->" * 500_000,
    "declarations": "<![" * 1_000_000,
    "open": "<" * 2_000_000,
    "ends": "</" * 1_000_000,
    "references": "&" * 2_000_000,
    "numbers": "&#" + "1" * 1_000_000 + ";",
    "scripts": "<script></" * 500_000,
    "objects": "<object>" * 500_000,
    "objects that end elsewhere": "<object></objec" * 300_000,
    "objects and as many ends": "<object>" * 200_000 + "</object>" * 200_000,
    "names": "".join(f"<x{n}>" for n in range(300_000)),
    "tables": "<table><tr><td>" * 200_000,
    "ends of tables": "</table></select>" * 200_000,
    "notes in a style": f"<p style='{'/* ' * 300_000}'>",
    "a number in a style": f"<p style='&#{'1' * 300_000};'>",
}


@pytest.mark.long
@pytest.mark.parametrize("name", PAGES)
def test_a_page_takes_time_in_proportion_to_its_size(name: str) -> None:
    page = PAGES[name]
    begun = time.process_time()
    html_text(page)
    assert time.process_time() - begun < 30  # far from what the square of its size would take


def test_a_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(CteError, match="an HTML page of 10,000,001 characters is too large"):
        html_text("<p>" + "x" * (MAX_PAGE - 2))


COPIES = {
    "divs.html": ("<div>" * 1_000_000, 2, "nothing can be read on this page"),
    "attributes.html": (
        "<div" + "".join(f" a{n}=1" for n in range(100_000)) + ">",
        2,
        "nothing can be read on this page",
    ),
    "flat.html": ("<p>A line of the page.</p>\n" * 2_000_000, 2, "has more than 10,000,000 bytes"),
    "long.html": ("<p>A line of the page.</p>\n" * 200_000, 2, "the text has"),
    "ligatures.txt": (LIGATURE * 3_000_000, 2, "the text has 3,000,000 characters"),
    "fewer.txt": (LIGATURE * 1_000_000, 2, "which stand for 18,000,000"),
    "marks.txt": ("a" + "\u0315\u0300" * 200_000, 2, "400,000 combining marks stand in a row"),
    "longest.txt": ("a b. " * (MAX_TEXT // 5), 1, ""),
}


@pytest.mark.long
@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_attached_or_refused_in_bounded_time(name: str, tidewater: Path, tmp_path: Path) -> None:
    content, code, message = COPIES[name]
    path = tmp_path / name
    path.write_text(content, "utf-8")
    done = cte("attach", path, "--document", "harbour-talks", "--corpus", tidewater, memory=2048, seconds=60)
    assert (done.code, message in done.err) == (code, True), done.err
    assert done.peak < 1000


def test_a_source_in_markdown_is_read_or_refused_in_bounded_time(tidewater: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("document: harbour-talks\nevents: []\n", "utf-8")
    path = tmp_path / "text.md"
    for content, message in (
        ("word " * 1_200_000, "the text has 6,000,000 characters"),
        ("word " * 2_000_000, f"has more than {MAX_FILE:,} bytes"),
        ("a" + "\u0315\u0300" * 100_000, "combining marks"),
    ):
        path.write_text(content, "utf-8")
        done = cte("anchor", draft, "--text", path, "--corpus", tidewater, memory=1024, seconds=20)
        assert (done.code, message in done.err) == (2, True), done.err
        new = ("new", path, "--id", "x", "--lang", "en", "--publisher", "org:a", "--corpus", tidewater)
        done = cte(*new, "--draft", tmp_path / "new.yaml", memory=1024, seconds=20)
        assert (done.code, message in done.err) == (2, True), done.err
    begun = time.process_time()
    reference_text(("word and other words " * 95_000).encode(), "markdown-1")
    assert time.process_time() - begun < 10


@pytest.mark.long
@pytest.mark.parametrize("mark", ["![", "[", "*a ", "a**b", "# a\n", "1. a\n"])
def test_the_worst_markdown_ends(mark: str) -> None:
    begun = time.process_time()
    reference_text((mark * (MAX_TEXT // len(mark) // 8)).encode(), "markdown-1")
    assert time.process_time() - begun < 30


def test_the_longest_text_that_is_attached_ends(tidewater: Path) -> None:
    text = "the harbour talks, and so on. " * (MAX_TEXT // 60)
    assert Corpus(tidewater).attach(text, "harbour-talks")["harbour-talks"].report()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<!-- b --> c</p>", "a c"),
        ("<p>a<!--> b <!---> c<!-- x --!> d", "a b  c d"),
        ("<p title='>'>a</p><p title=\">\" x>b</p>", "a\n\nb"),
        ("<p title=it's>a</p>", "a"),
        ("<p\n class = x\n>a</p\n>", "a"),
        ("<P>a<BR>b<br/>c", "a\nb\nc"),
        ("a < b <3 c & d &amp; e &lt;p&gt; &#x41;&#66;&notit;", "a < b <3 c & d & e <p> AB¬it;"),
        ("<p>a<script>if (a < b) document.write('<p>x</p>')</script>b", "ab"),
        ("<p>a<style>p > b {}</style><noscript><p>no</p></noscript><template>t</template>b", "ab"),
        ("<p>a<svg><g><text>no</text></g></svg>b<svg/>c<object><object>no</object>no</object>d", "abcd"),
        ("<p>a<noscript>b", "ab"),
        ("<p>a</p><script>b", "a"),
        ("<p>a<title>no</title><iframe><p>no</iframe>b", "ab"),
        ("<pre>a\n  <b>b</b>\nc</pre>", "a\nb\nc"),
        ("<textarea>a\n<p>b</textarea>c", "a\n<p>b\nc"),
        ("<p>a</></ x><? y ><!doctype z>b", "ab"),
        ("<p>a<img src=x>b<hr>c", "ab\n\nc"),
        ("<p>w<i>or</i>d <span>and</span></p>more", "word and\nmore"),
        ("<p>a\0b</p>", "ab"),
        ("<p>a<p", "a"),
        ("<p>a<!--", "a"),
        ("<p>a<", "a<"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<p>&#" + "9" * 5000 + "; a</p>", "&#" + "9" * 5000 + "; a"),
    ],
)
def test_the_text_of_a_page(html: str, text: str) -> None:
    assert plain_1(html_text(html)) == plain_1(text)


def test_a_page_is_told_by_how_it_begins() -> None:
    assert is_html("<!DOCTYPE html><p>x")
    assert not is_html("Harbour < talks")

"""How Arabic with marks in it is drawn: lines from right to left, letters joined, the inner of two marks told apart.

What is compared is geometry: pixels differ between versions of a browser and of a system's fonts, widths in the font
that the site ships do not. The widths that are stored were looked at in pictures.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.explorer import site as sites
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTHS = Path(__file__).parent / "widths.json"
"""Pixels of Arabic words as they stand in a text of the size of the page."""

WORDS = """() => {
  const found = [];
  for (const p of document.querySelectorAll(".copy-text p")) {
    const nodes = [];
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const text = nodes.map((node) => node.data).join("");
    const place = (at, isEnd) => {
      for (const node of nodes) {
        if (isEnd ? at <= node.length : at < node.length) return [node, at];
        at -= node.length;
      }
    };
    for (const match of text.matchAll(/[\\u0621-\\u0652]+/g)) {
      const range = document.createRange();
      const [first, last] = [place(match.index, false), place(match.index + match[0].length, true)];
      range.setStart(...first);
      range.setEnd(...last);
      const box = range.getBoundingClientRect();
      const alone = document.createElement("span");
      alone.textContent = match[0];
      p.append(alone);
      const whole = alone.getBoundingClientRect().width;
      alone.remove();
      found.push({
        word: match[0], line: Math.round(box.bottom), left: box.left, right: box.right, width: box.width, whole,
        cut: first[0] !== last[0],
      });
    }
  }
  return found;
}"""
"""The Arabic words of the text with their boxes, how wide each is without marks, and whether a mark cuts it."""


@pytest.fixture(scope="module")
def marked(chromium: Any, tidewater: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The page of an invented Arabic document with its text in it, in the font of the site."""
    out = tmp_path_factory.mktemp("sight") / "out"
    sites.build(Corpus(tidewater), out)
    page = chromium.new_page(viewport={"width": 900, "height": 900})
    attach(page, out, "bayan-al-marfa", (ROOT / "tests/corpora/tidewater-texts/bayan-al-marfa.txt").read_bytes())
    yield page
    page.close()


def attach(page: Any, site: Path, document: str, copy: bytes) -> None:
    page.goto((site / "documents" / f"{document}.html").as_uri())
    page.set_input_files("#copy-file", {"name": "copy.txt", "mimeType": "text/plain", "buffer": copy})
    page.wait_for_selector(".copy-result[data-verdict=copy]", state="attached")
    page.evaluate("document.fonts.load('16px Plex', 'ا').then(() => document.fonts.ready)")
    assert page.evaluate("document.fonts.check('16px Plex', 'ا')")


def test_lines_run_from_right_to_left(marked: Any) -> None:
    words = marked.evaluate(WORDS)
    assert len(words) > 50
    beside = [(one, other) for one, other in pairwise(words) if one["line"] == other["line"]]
    assert len(beside) > 40
    assert [(one["word"], other["word"]) for one, other in beside if one["left"] < other["right"] - 0.5] == []


LOOKS = (
    "run mention",
    "run trigger",
    "run mention deep-2",
    "run mention deep-3 unproven",
    "mark mention",
    "mark trigger nested",
)

CUT = """([word, look]) => {
  const holder = document.querySelector(".copy-text p");
  const made = document.createElement("span");
  const mark = document.createElement(look.startsWith("mark") ? "a" : "span");
  mark.className = look;
  mark.textContent = word.slice(1);
  made.append(word[0], mark);
  holder.append(made);
  const width = made.getBoundingClientRect().width;
  made.textContent = word;
  const whole = made.getBoundingClientRect().width;
  made.remove();
  return [width, whole];
}"""
"""How wide a word is of which all but the first letter is marked, and how wide without a mark."""


def test_letters_stay_joined_where_a_mark_begins(marked: Any) -> None:
    stored = json.loads(WIDTHS.read_text(encoding="utf-8"))
    for word, expected in stored.items():
        for look in LOOKS:
            width, whole = marked.evaluate(CUT, [word, look])
            assert (width, whole) == pytest.approx((expected, expected), abs=0.6), (word, look)


def test_letters_stay_joined_in_the_article(site: Path, sources: Path, watched: Any) -> None:
    """What is written to a name in front of it is no part of its mark."""
    document = "alamsar-2022-marrakesh"
    [source] = sources.glob(f"{document}.*")
    attach(watched.page, site, document, source.read_bytes())
    words = [word for word in watched.page.evaluate(WORDS) if word["cut"]]
    assert len(words) > 20
    assert [word for word in words if abs(word["width"] - word["whole"]) > 0.6] == []
    watched.page.evaluate("document.querySelectorAll('.run').forEach((run) => { run.style.display = 'inline-block'; })")
    words = [word for word in watched.page.evaluate(WORDS) if word["cut"]]
    assert len([word for word in words if abs(word["width"] - word["whole"]) > 0.6]) > 10  # it would be seen


NESTED = """() => [...document.querySelectorAll(".run.mention.deep-2")].map((run) => {
  const beside = [run.previousElementSibling, run.nextElementSibling].find((one) => one?.matches(".run.deep-1"));
  const look = (one) => getComputedStyle(one);
  return {
    style: look(run).textDecorationStyle, inner: look(run).backgroundColor,
    outer: beside && look(beside).backgroundColor, outerStyle: beside && look(beside).textDecorationStyle,
  };
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_inner_of_two_marks_is_told_apart(site: Path, sources: Path, watched: Any, scheme: str) -> None:
    """By ground and by a double line, not by colour alone; also in a dark scheme that nobody chose on the page."""
    document = "alamsar-2022-marrakesh"
    [source] = sources.glob(f"{document}.*")
    watched.page.emulate_media(color_scheme=scheme)
    attach(watched.page, site, document, source.read_bytes())
    nested = [one for one in watched.page.evaluate(NESTED) if one["outer"]]
    assert len(nested) > 3
    assert {one["style"] for one in nested} == {"double"}
    assert {one["outerStyle"] for one in nested} <= {"solid", "dashed"}
    assert [one for one in nested if one["inner"] == one["outer"]] == []
    ink, ground = watched.page.evaluate(
        "() => { const look = getComputedStyle(document.querySelector('.run.mention')); "
        "return [look.color, look.backgroundColor].map((color) => "
        "color.match(/\\d+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0)); }"
    )
    assert (ink < ground) == (scheme == "light")
    assert abs(ink - ground) > 250


def test_a_file_is_what_its_suffix_says(marked: Any) -> None:
    """XHTML ends elements where it says so, whatever it says of itself; Markdown is no page, however it begins."""
    text = (ROOT / "tests/corpora/tidewater-texts/bayan-al-marfa.txt").read_text(encoding="utf-8")
    page = f"<p hidden=''/>{text}"
    seen = marked.evaluate("text => [CTE.html.text(text), CTE.html.text(text, true)]", page)
    from cte_corpus.text.html import html_text

    assert seen == [html_text(page), html_text(page, is_xml=True)]
    assert seen[0] != seen[1]
    for name, verdict in (("copy.xhtml", True), ("copy.html", False), ("copy.XHT", True), ("copy.md", True)):
        marked.set_input_files("#copy-file", {"name": name, "mimeType": "text/plain", "buffer": page.encode()})
        marked.wait_for_selector(".copy-result[aria-busy=false][data-verdict]", state="attached")
        said = marked.locator(".copy-result").get_attribute("data-verdict")
        assert ("copy" in str(said)) == verdict, name

"""A reader uses the site: search, filters, language, theme, links; by keys, zoomed, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.explorer.conftest import Watched


def follow(page: Any, link: Any) -> None:
    """Click on what leads to another place, and wait until it is there and its scripts have run."""
    with page.expect_navigation():
        link.click()


def found(page: Any, text: str) -> list[str]:
    """The titles that a search lists on the page of the search."""
    page.fill("#find", text)
    page.wait_for_function("q => document.querySelector('#results')?.dataset.for === q", arg=text)
    return [str(title) for title in page.locator("#results .hits bdi:first-child").all_inner_texts()]


@pytest.fixture
def searching(site: Path, watched: Watched) -> Any:
    return watched.open(f"file://{site}/search.html")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("susanti", "Dwi Dahlia Susanti"),
        ("SUSANTI dahlia", "Dwi Dahlia Susanti"),
        ("سوسانتي", "Dwi Dahlia Susanti"),
        ("مراكش", "Marrakesh"),
        ("بمراكش", "Marrakesh"),
        ("المغرب", "Morocco"),
        ("مغرب", "Morocco"),
        ("والمغرب", "Morocco"),
        ("المَغْرِب", "Morocco"),
        ("لمكافحة التمويل", "Counter-finance measure"),
        ("facilitation", "Facilitation of finance"),
        ("treasury-jy0772", "Treasury Designates Facilitation Network Supporting ISIS Members in Syria"),
    ],
)
def test_a_search_finds(searching: Any, text: str, title: str) -> None:
    assert title in found(searching, text)


def test_a_search_finds_nothing_where_nothing_is(searching: Any) -> None:
    assert found(searching, "zzzqqq") == []
    assert searching.locator("#results .number").inner_text() == "Nothing found."


@pytest.mark.parametrize("text", ["والمغرب", "للتنظيم", "بيانٌ", "كالإرهاب 2022", "Foo-bar's ﻻم", "وال", "Ǆ ß ١٢"])
def test_the_page_looks_up_the_terms_that_the_index_has(searching: Any, text: str) -> None:
    from cte_corpus.explorer.searching import terms

    found(searching, "daesh")
    assert set(searching.evaluate("text => CTE.lookup.terms(text)", text)) == set(terms(text))


def test_what_is_alleged_is_called_so_in_a_search(searching: Any) -> None:
    found(searching, "susanti accused")
    said = searching.locator("#results .hits small").all_inner_texts()
    assert any("alleged" in text for text in said)


def test_a_search_is_in_the_address_and_can_be_gone_back_to(site: Path, watched: Watched) -> None:
    page = watched.open(f"file://{site}/search.html?q={quote('daesh')}")
    page.wait_for_selector("#results .hits a")
    assert page.input_value("#find") == "daesh"
    everything = page.locator("#results .number").inner_text()
    page.check("#kinds input[value=entities]")
    page.wait_for_function("text => document.querySelector('#results .number').innerText !== text", arg=everything)
    assert "kind=entities" in page.url
    assert all("Entities" in text for text in page.locator("#results .hits small").all_inner_texts())
    follow(page, page.locator("#results .hits a").first)
    assert page.url.endswith("entities/org.daesh.html")
    page.go_back()
    page.wait_for_selector("#results .hits a")
    assert page.is_checked("#kinds input[value=entities]")
    page.go_back()
    page.wait_for_function("text => document.querySelector('#results .number')?.innerText === text", arg=everything)
    assert watched.judge(f"file://{site}/") == []


def test_by_keyboard_alone(site: Path, watched: Watched) -> None:
    page = watched.open(f"file://{site}/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("susanti")
    page.wait_for_selector(".found .hits a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.evaluate("document.activeElement.href")
    page.keyboard.press("Escape")
    assert page.locator(".found").is_hidden()
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type(" ")
    page.wait_for_selector(".found .hits a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(chosen)
    assert "Susanti" in page.locator("h1").inner_text()


def test_filters_are_in_the_address(site: Path, watched: Watched) -> None:
    page = watched.open(f"file://{site}/entities/org.daesh.html")
    lines = page.locator("li.line")
    alleged = page.locator("li.line.alleged")
    assert lines.first.is_visible()
    assert alleged.first.is_visible()
    page.uncheck("fieldset input[value=alleged]")
    page.wait_for_url("**/org.daesh.html?without=alleged")
    expect(alleged.first).to_be_hidden()
    page.uncheck("fieldset input[value=fact]")
    expect(page.locator("li.line.fact").first).to_be_hidden()
    page.go_back()
    expect(page.locator("li.line.fact").first).to_be_visible()
    page.reload()
    expect(alleged.first).to_be_hidden()
    follow(page, page.locator("#lang"))
    assert page.url.endswith("/ar/entities/org.daesh.html?without=alleged")
    expect(page.locator("li.line.alleged").first).to_be_hidden()


def test_a_link_to_a_record_survives_the_change_of_language(site: Path, watched: Watched) -> None:
    page = watched.open(f"file://{site}/events/treasury-jy0772.0.html#e10")
    assert page.locator(".record-card:target").get_attribute("id") == "e10"
    follow(page, page.locator("#lang"))
    assert page.url.endswith("/ar/events/treasury-jy0772.0.html#e10")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator(".record-card:target").get_attribute("id") == "e10"
    follow(page, page.locator("#lang"))
    assert page.locator("html").get_attribute("lang") == "en"


def test_evidence_leads_to_the_sentence_and_back(site: Path, watched: Watched) -> None:
    page = watched.open(f"file://{site}/events/treasury-jy0772.0.html#e01")
    follow(page, page.locator("#e01 a.evidence").first)
    expect(page.locator(".sentence:target")).to_have_id("s01.1")
    follow(page, page.locator(".sentence:target li.line a").first)
    page.locator(".record-card:target").wait_for()
    page.go_back()
    page.wait_for_url("**#s01.1")
    page.go_back()
    page.wait_for_url("**/events/treasury-jy0772.0.html#e01")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_theme_is_chosen_and_kept(site: Path, watched: Watched, scheme: str) -> None:
    watched.page.emulate_media(color_scheme=scheme)
    page = watched.open(f"file://{site}/index.html")
    color = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(color)
    page.click("#theme")
    page.wait_for_function(f"before => {color} !== before", arg=before)
    after = page.evaluate(color)
    page.goto(f"file://{site}/network/index.html")
    assert page.evaluate(color) == after


def test_a_citation_and_code_are_copied(site: Path, served: str, watched: Watched) -> None:
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.rstrip("/"))
    page = watched.open(f"{served}events/treasury-jy0772.0.html#e01")
    buttons = page.locator("#e01 button.copy")
    buttons.nth(0).click()
    page.wait_for_selector("#e01 button.copy:nth-of-type(1):has-text('✓')")
    text = page.evaluate("navigator.clipboard.readText()")
    from cte_corpus.citing import text as words
    from cte_corpus.citing.citation import cite
    from cte_corpus.corpus.corpus import Corpus

    assert text == words.render(cite(Corpus(), "treasury-jy0772:e01"))
    buttons.nth(1).click()
    page.wait_for_selector("#e01 button.copy:nth-of-type(2):has-text('✓')")
    assert page.evaluate("navigator.clipboard.readText()").endswith('.events["treasury-jy0772:e01"]')


WIDTHS = [(360, 1.0), pytest.param(600, 2.0, marks=pytest.mark.long)]
"""A phone; and a window of 1200 pixels at 200 %, which is one of 600."""


@pytest.mark.parametrize(("width", "scale"), WIDTHS)
@pytest.mark.parametrize("lang", ["", "ar/"])
def test_nothing_stands_over_the_edge(site: Path, chromium: Any, lang: str, width: int, scale: float) -> None:
    from tests.explorer.test_pages import KINDS

    page = chromium.new_page(viewport={"width": width, "height": 800}, device_scale_factor=scale)
    for name in KINDS:
        page.goto(f"file://{site}/{lang}{name}")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, name
    page.close()


def test_arabic_letters_stay_joined(site: Path) -> None:
    """Marks inside a line of Arabic have neither padding nor border, and are no boxes: these would part the letters."""
    import re

    sheet = (site / "static" / "site.css").read_text(encoding="utf-8")
    rules = re.findall(r"(a\.mark[^{]*)\{([^}]*)\}", sheet)
    assert rules
    assert not [rule for rule, body in rules if re.search(r"padding|border|inline-block|margin", body)]

"""What a notebook shows: the tree that the terminal shows, as HTML that stands by itself."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import cte_corpus as cte
from cte_corpus.show import tree
from cte_corpus.show.describe import describe
from cte_corpus.show.lookup import ORDER, Lookup, standing
from cte_corpus.text.terminal import isolate
from tests.compare.states import edit
from tests.conftest import ROOT

TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"
VOID = {"br", "hr"}
ALLEGED = {"harbour-talks:e04": "Ministry of Foreign Affairs of Veltania", "harbour-talks:e06": "Ina Torvald"}


class Page(HTMLParser):
    """Reads HTML: its text, what is open, every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def corpus() -> cte.Corpus:
    return cte.Corpus(ROOT / "tests" / "corpora" / "tidewater")


def shown(value: Any) -> str:
    html = value._repr_html_()
    assert isinstance(html, str)
    return html


def everything(corpus: cte.Corpus) -> list[Any]:
    attached = corpus.attach(TEXTS)
    lists: list[Any] = [
        corpus.documents,
        corpus.sections,
        corpus.sentences,
        corpus.mentions,
        corpus.events,
        corpus.sanctions,
    ]
    records = [record for found in [*lists, corpus.entities] for record in found.values()]
    return [corpus, *lists, corpus.entities, *records, *corpus, attached, *attached, cte.check(corpus.path)]


def test_all_of_it_is_well_formed_and_asks_for_nothing(corpus: cte.Corpus) -> None:
    for value in everything(corpus):
        page = Page(shown(value))
        assert {tag for tag, _ in page.tags} <= {"div", "details", "summary", "bdi"}
        assert {name for _, attributes in page.tags for name in attributes} <= {"style", "dir"}


def test_colors_are_those_of_the_page_around_it(corpus: cte.Corpus) -> None:
    for value in everything(corpus):
        assert not re.search(r"color|background|#[0-9a-f]{3}", " ".join(re.findall(r'style="([^"]*)"', shown(value))))


def test_text_and_html_are_of_one_tree(corpus: cte.Corpus) -> None:
    lookup = Lookup(corpus)
    for key, (kind, _) in lookup.records.items():
        found = describe(lookup, key)
        text, page = tree.text(found), Page(tree.html(found)).text
        assert f"{kind} {key}" in text
        for _, value in [*found.lines, *(line for part in found.parts for line in part.lines)]:
            assert value in text
            assert re.sub("[\u2068\u2069]", "", value) in page


def test_arabic_is_isolated(corpus: cte.Corpus) -> None:
    html = shown(corpus.entities["gpe:port-sable"])
    assert "<bdi>بورت سابل</bdi> (ar-Arab, preferred)" in html
    assert re.search(r'<div dir="auto" style="text-align:start">مدينة', html)
    assert "\u2068" not in html


def test_what_comes_from_data_is_no_markup() -> None:
    html = tree.html(tree.Tree("a <b>", (("<i>", isolate("<script>&\u202e")),), (tree.Tree("<u>"),)))
    assert Page(html).text == "a <b><i><script>&<U+202E><u>"
    assert "<script" not in html


def test_what_is_long_is_folded_and_nothing_is_lost() -> None:
    lines = tuple(("event", f"number {i}") for i in range(tree.MANY + 1))
    html = tree.html(tree.Tree("many", lines))
    assert html.count("<details>") == 1
    assert all(value in html for _, value in lines)
    assert "<details>" not in tree.html(tree.Tree("few", lines[1:]))


def test_a_list_says_how_many_more_there_are() -> None:
    events = cte.Corpus().events
    page = Page(shown(events)).text
    assert f"{len(events)} events" in page
    assert f"and {len(events) - 20} more" in page
    assert list(events)[19] in page
    assert list(events)[20] not in page


@pytest.mark.parametrize(("key", "speaker"), ALLEGED.items())
def test_an_accusation_is_never_shown_without_status_and_speaker(corpus: cte.Corpus, key: str, speaker: str) -> None:
    lookup = Lookup(corpus)
    places = 0
    for other in lookup.records:
        found = describe(lookup, other)
        for name, value in [*found.lines, *(line for part in found.parts for line in part.lines)]:
            if key in value:
                assert "alleged" in f"{name} {value}"
                assert speaker in value
                places += 1
    assert places > 3
    assert f"{key}alleged by {speaker}, fin." in Page(shown(corpus.events)).text
    assert "alleged, said by" in repr(corpus.events[key])


@pytest.mark.parametrize("bundled", [False, True])
def test_no_event_is_shown_without_how_it_stands_and_who_says_it(corpus: cte.Corpus, bundled: bool) -> None:
    lookup = Lookup(cte.Corpus() if bundled else corpus)
    lines = 0
    for key in lookup.records:
        found = describe(lookup, key)
        for name, value in [*found.lines, *(line for part in found.parts for line in part.lines)]:
            for event in re.findall(r"\(([a-z0-9-]+:e[0-9]+)[;)]", value):
                record = lookup.records[event][1]
                assert standing(record) in f"{name} {value}", (key, name, value)
                assert lookup.speakers(record) in value
                lines += 1
    assert lines > 20


def test_facts_come_before_accusations_and_are_kept_apart() -> None:
    names = [name for name, _ in describe(Lookup(cte.Corpus()), "org:daesh").lines if name in ORDER]
    assert names == sorted(names, key=ORDER.index)
    assert {"told as fact", "alleged", "aim or demand"} <= set(names)


def test_a_day_that_is_not_that_of_the_event_says_its_role(corpus: cte.Corpus) -> None:
    lines = describe(Lookup(corpus), "person:joren-maas").lines
    assert any(value.startswith("in effect from 9 May 2022 on: target of") for _, value in lines)


def test_a_finding_is_shown_with_its_place(corpus: cte.Corpus, tmp_path: Path) -> None:
    import shutil

    folder = shutil.copytree(corpus.path, tmp_path / "corpus")
    edit(
        folder / "documents" / "harbour-talks" / "events.json",
        lambda value: value["records"][0]["arguments"][0].update(entity="gpe:nowhere"),
    )
    result = cte.check(folder)
    page = Page(shown(result)).text
    assert f"{len(result.diagnostics)} finding" in page
    assert "error CTE201 unknown-entity: no entity `gpe:nowhere`" in page
    assert "events.json:" in page
    assert Page(shown(cte.check(corpus.path))).text.startswith("no findings in ")


def test_a_copy_is_shown_with_its_words(corpus: cte.Corpus) -> None:
    attached = corpus.attach(TEXTS)
    page = Page(shown(attached["harbour-talks"])).text
    assert "sentences6 exact" in page
    assert str(attached["harbour-talks"].text_of(corpus.sentences["harbour-talks:s02.3"])) in page
    assert "harbour-talkssections: 3 exact" in Page(shown(attached)).text


def test_a_record_of_no_corpus_shows_its_repr(corpus: cte.Corpus) -> None:
    event = corpus.events["harbour-talks:e06"].model_copy()
    assert event._repr_html_() is None
    assert event.trigger._repr_html_() is None
    assert corpus.events["harbour-talks:e06"].trigger._repr_html_() is None

"""Building a site: what it takes and refuses, what of hostile records reaches a page, what follows a change."""

from __future__ import annotations

import json
import shutil
import urllib.request
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.explorer import addresses, serving, shared
from cte_corpus.explorer import site as sites
from cte_corpus.explorer.brief import ORDER
from cte_corpus.explorer.drawing import pieces
from cte_corpus.explorer.groups import groups, together
from cte_corpus.explorer.pages import is_web
from cte_corpus.explorer.paging import by_standing, paged
from cte_corpus.explorer.pictures import Axis, Map
from cte_corpus.explorer.words import LANGUAGES, Words, _words
from cte_corpus.show.lookup import linked
from tests.conftest import ROOT
from tests.running import running

if TYPE_CHECKING:
    from pathlib import Path

    from tests.explorer.conftest import Watched

TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"

HOSTILE = (
    "<script>document.title = 'taken'</script>",
    "\"' onmouseover='alert(1)' x=\"",
    "before \u202egnirts\u202c after \u2067 \u2066",
    "x" * 10_000,
    "</title></main><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% for x in y %}",
    "javascript:alert(1)",
)


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def save(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")


@pytest.fixture(scope="module")
def hostile(tidewater: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a corpus of which texts, names and addresses try to be more than text."""
    home = tmp_path_factory.mktemp("hostile")
    tree = shutil.copytree(tidewater, home / "tree")
    for path in sorted((tree / "entities").glob("*/*.json")):
        entity = load(path)
        for number, name in enumerate(entity["names"]):
            name["text"] = HOSTILE[(number + len(path.name)) % len(HOSTILE)]
        entity["identifiers"] = [{"scheme": "website", "value": HOSTILE[1], "source": "javascript:alert(1)"}]
        save(path, entity)
    for folder in (tree / "documents").iterdir():
        events = load(folder / "events.json")
        for number, event in enumerate(events["records"]):
            event["label"] = [
                {"text": HOSTILE[(number + shift) % len(HOSTILE)], "lang": lang} for shift, lang in enumerate(LANGUAGES)
            ]
            event["note"] = HOSTILE[number % len(HOSTILE)]
        save(folder / "events.json", events)
        document = load(folder / "document.json")
        document["title"]["text"] = HOSTILE[4]
        document["urls"] = [{"url": "javascript:alert(1)", "kind": "original"}]
        save(folder / "document.json", document)
    info = load(tree / "corpus.json")
    info["addresses"]["repository"] = "https://example.org/tidewater"
    save(tree / "corpus.json", info)
    sites.build(Corpus(tree), home / "out")
    return home / "out"


def test_hostile_records_are_text(hostile: Path, watched: Watched) -> None:
    names = [
        path
        for folder in ("documents", "events", "entities", "statements", "codebook")
        for path in (hostile / folder).glob("*.html")
    ]
    small = [path for path in (hostile / "index.html", *names) if path.stat().st_size < 1_000_000]
    assert len(small) == len(names) + 1
    for path in small[::3]:
        page = watched.open(path.as_uri())
        assert watched.judge(f"file://{hostile}/") == [], path
        assert page.title() != "taken"
        assert page.locator("main img, main script").count() == 0
        assert page.locator("[onmouseover], [onerror], a[href^='javascript']").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    page.fill("#find", "taken script")
    page.wait_for_selector(".found .hits a")
    assert page.title() != "taken"
    assert watched.judge(f"file://{hostile}/") == []


def test_what_could_turn_letters_around_is_written_out(hostile: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in hostile.rglob("*.html"))
    assert "before &lt;U+202E&gt;gnirts" in text
    assert not [mark for mark in "\u202e\u2067\u2066" if mark in text]
    assert "49" not in text.split("{{ 7 * 7 }}")[0][-3:]


def test_an_address_that_runs_is_no_link(hostile: Path) -> None:
    text = next((hostile / "documents").glob("*-*.html")).read_text(encoding="utf-8")
    assert '<span class="address">javascript:alert(1)</span>' in text
    assert not is_web("javascript:alert(1)")
    assert not is_web(" https://example.org")
    assert is_web("https://example.org/")


def test_a_correction_is_a_prefilled_issue(hostile: Path, site: Path) -> None:
    from urllib.parse import parse_qs, urlsplit

    from tests.explorer.test_pages import read

    found = [
        address
        for path in (hostile / "events").glob("*.html")
        for address in read(path).addresses
        if "/issues/new" in address
    ]
    asked = urlsplit(found[0])
    assert (asked.netloc, asked.path) == ("example.org", "/tidewater/issues/new")
    block = parse_qs(asked.query)["body"][0].removeprefix("```json\n").removesuffix("\n```\n")
    assert list(json.loads(block)) == ["record", "field", "value", "quote"]
    assert not [
        address for address in read(site / "events/treasury-jy0772.0.html").addresses if "/issues/new" in address
    ]
    assert shared.repository(Corpus().info) == ""


def test_a_text_is_shown_only_where_its_rights_are_open(tidewater: Path, tmp_path: Path, watched: Watched) -> None:
    tree = shutil.copytree(tidewater, tmp_path / "tree")
    opened, withheld = sorted(path.name for path in (tree / "documents").iterdir())[:2]
    for name, rights in ((opened, "open"), (withheld, "withheld")):
        document = load(tree / "documents" / name / "document.json")
        document["rights"]["text"] = rights
        save(tree / "documents" / name / "document.json", document)
    sites.build(Corpus(tree), tmp_path / "out", text=TEXTS)
    assert 'class="mark' in (tmp_path / "out" / "documents" / f"{opened}.html").read_text(encoding="utf-8")
    assert 'class="mark' not in (tmp_path / "out" / "documents" / f"{withheld}.html").read_text(encoding="utf-8")
    watched.open((tmp_path / "out" / "documents" / f"{opened}.html").as_uri())
    assert watched.judge(f"file://{tmp_path}/") == []


def test_another_text_is_refused(tidewater: Path, tmp_path: Path) -> None:
    tree = shutil.copytree(tidewater, tmp_path / "tree")
    for path in (tree / "documents").glob("*/document.json"):
        document = load(path)
        document["rights"]["text"] = "open"
        save(path, document)
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / f"{path.parent.name}.txt").write_text("Something else.", encoding="utf-8")
    with pytest.raises(CteError, match="is not the text of"):
        sites.build(Corpus(tree), tmp_path / "out", text=tmp_path / "texts")
    assert not (tmp_path / "out").exists()


def test_only_a_site_or_an_empty_folder_is_replaced(tidewater: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    sites.build(Corpus(tidewater), out)
    (out / "old.html").write_text("old", encoding="utf-8")
    sites.build(Corpus(tidewater), out)
    assert not (out / "old.html").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CteError, match="is no site"):
        sites.build(Corpus(tidewater), other)
    assert (other / "thesis.txt").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "out"]


def test_the_same_corpus_gives_the_same_bytes(tidewater: Path, tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        sites.build(Corpus(tidewater), tmp_path / name)
        found.append(
            {
                str(path.relative_to(tmp_path / name)): path.read_bytes()
                for path in (tmp_path / name).rglob("*")
                if path.is_file()
            }
        )
    assert found[0] == found[1]


def test_the_documentation_goes_along(tidewater: Path, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.html").write_text("<title>Docs</title>", encoding="utf-8")
    sites.build(Corpus(tidewater), tmp_path / "out", docs=tmp_path / "docs")
    assert (tmp_path / "out" / "docs" / "index.html").is_file()
    assert 'href="docs/index.html"' in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_a_served_site_follows_its_corpus(tidewater: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "EVERY", 0.02)
    tree, out = shutil.copytree(tidewater, tmp_path / "tree"), tmp_path / "out"
    built, stop = Event(), Event()

    def build() -> None:
        sites.build(Corpus(tree), out)
        built.set()

    build()
    built.clear()
    with running(serving.server(out, 0)) as server:
        address = f"http://{serving.LOOPBACK}:{server.server_address[1]}/entities/index.html"
        before = serving.state([tree])
        thread = Thread(target=serving.follow, args=([tree], before, build, lambda text: None, stop))
        thread.start()
        try:
            path = sorted((tree / "entities").glob("org/*.json"))[0]
            path.write_text(
                path.read_text(encoding="utf-8").replace(load(path)["names"][0]["text"], "A New Name"), encoding="utf-8"
            )
            assert built.wait(30)
        finally:
            stop.set()
            thread.join()
        with urllib.request.urlopen(address) as answer:
            assert "A New Name" in answer.read().decode()
        with pytest.raises(CteError, match="cannot be served"):
            serving.server(out, server.server_address[1])


def test_a_corpus_that_cannot_be_read_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "EVERY", 0.01)
    said: list[str] = []
    stop = Event()

    def build() -> None:
        stop.set()
        raise CteError("it is half written")

    before = serving.state([tmp_path])
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    serving.follow([tmp_path], before, build, said.append, stop)
    assert said == ["not written: it is half written"]


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("harbour-talks", "documents/harbour-talks.html"),
        ("harbour-talks:s02", "documents/harbour-talks.html#s02"),
        ("harbour-talks:s02.1", "documents/harbour-talks.html#s02.1"),
        ("harbour-talks:m003", "documents/harbour-talks.html#m003"),
        ("harbour-talks:e07", "events/harbour-talks.0.html#e07"),
        ("harbour-talks:e120", "events/harbour-talks.6.html#e120"),
        ("harbour-talks:x01", "sanctions/harbour-talks.0.html#x01"),
        ("org:grey-lantern", "entities/org.grey-lantern.html"),
    ],
)
def test_an_address_follows_from_the_id(key: str, address: str) -> None:
    assert addresses.address(key) == address


def test_documents_that_refer_to_each_other_stay_together() -> None:
    corpus = Corpus()
    links = {raw["document"]["id"]: linked(raw) for _, raw in corpus.each_document()}
    assert len(set(together(links).values())) == 1
    found = list(groups(corpus, together(links)))
    assert [len(group.raw_documents) for _, group in found] == [len(corpus.documents)]
    apart = together({"a": {"c"}, "b": set(), "c": set(), "d": {"b", "x"}})
    assert apart == {"a": "a", "b": "b", "c": "a", "d": "b"}


def test_a_stretch_of_text_is_cut_where_marks_begin_and_end() -> None:
    marks = [(0, 9, "wide"), (4, 9, "inner"), (8, 20, "over")]
    assert pieces("in grey lantern", 0, 12, marks) == [
        ("in g", ("wide",)),
        ("rey ", ("wide", "inner")),
        ("l", ("wide", "inner", "over")),
        ("ant", ("over",)),
    ]


def test_a_long_list_has_several_pages() -> None:
    found = list(paged(range(5), 5, "index", 2))
    assert [(name, rows, around) for name, rows, around, _, _ in found] == [
        ("index", [0, 1], ("", "index.2")),
        ("index.2", [2, 3], ("index", "index.3")),
        ("index.3", [4], ("index.2", "")),
    ]
    nothing: list[int] = []
    assert [rows for _, rows, _, _, _ in paged(nothing, 0, "index")] == [[]]
    assert by_standing([{"standing": "alleged"}, {"standing": "fact"}], ORDER) == [("fact", 1), ("alleged", 1)]


def test_an_open_end_fades_away() -> None:
    axis = Axis(["2010-01-01/2011-01-01", "../2012-06-30", "2012-01-01/.."])
    closed, opens, ends = (axis.bar(span) for span in ("2010-01-01/2011-01-01", "../2012-06-30", "2012-01-01/.."))
    assert (closed.opens, closed.ends) == (False, False)
    assert (opens.opens, opens.ends) == (True, False)
    assert (ends.opens, ends.ends) == (False, True)
    assert opens.x + opens.width == pytest.approx(axis.x("2012-06-30"), abs=0.02)


def test_no_outline_of_land_goes_around_the_world() -> None:
    """A ring that crosses the edge of the map would be a stripe over all of it."""
    view = Map([(-170.0, -50.0), (170.0, 70.0)])
    land = view.land()
    assert len(land) < 40_000
    wide = []
    for outline in land.removeprefix("M").removesuffix("Z").split("ZM"):
        start, _, steps = outline.partition("l")
        numbers = [int(number) for number in steps.split()]
        down = int(start.split()[1])
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            down += y
            wide += [down] if abs(x) > 100 else []
    assert set(wide) == {round(view.place(0, -90)[1])}  # the south pole is as wide as the map


def test_every_code_has_arabic_words() -> None:
    from cte_corpus import vocabulary

    words = Words("ar", {})
    lists = [name for name in _words() if name != "ui"]
    missing = [
        f"{name} {code}"
        for name in lists
        for code in vocabulary.codes(name)
        if words.code(name, code).replace("{}", "،").isascii()
    ]
    assert missing == []
    assert all(set(entry) == set(LANGUAGES) for entry in _words()["ui"].values())

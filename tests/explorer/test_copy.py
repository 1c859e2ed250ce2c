"""A reader's copy in a document's page, in a real browser: nothing runs, loads or leaves the page."""

import html
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.attach.known import read
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.store.layout import data_dir
from cte_corpus.text.html import html_text, is_html
from tests.conftest import ROOT
from tests.explorer.browser import Opened, build
from tests.needs import node

DOCUMENTS = sorted(path.name for path in (data_dir() / "documents").iterdir())
ARABIC = "alamsar-2022-marrakesh"
STATIC = "src/cte_corpus/explorer/static"
TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    build(folder, Corpus())
    return folder


@pytest.fixture
def opened(chromium: Any, pages: Path) -> Iterator[Any]:
    """Opens a document's page; in the end nothing may have gone wrong in it."""
    found: list[Opened] = []

    def open_page(document: str, lang: str = "en", **options: Any) -> Opened:
        found.append(Opened(chromium, pages / lang / f"{document}.html", **options))
        return found[-1]

    yield open_page
    for one in found:
        one.page.close()
        assert one.faults == []


def source(sources: Path, document: str) -> str:
    [path] = sources.glob(f"{document}.*")
    return path.read_text(encoding="utf-8")


def as_page(text: str) -> str:
    """A text as a page that would run, load and ask for much, if it could."""
    lines = "".join(f"<p onclick='alert(1)'>{html.escape(line)}</p>\n" for line in text.splitlines())
    return (
        "<!DOCTYPE html><html><head><title>t</title><script>alert(1); document.title = 'run';</script>"
        "<link rel=stylesheet href=https://example.org/a.css></head><body onload=alert(2)>"
        f"<img src=https://example.org/a.png onerror=alert(3)><iframe src=https://example.org></iframe>{lines}"
        "<svg onload=alert(4)></svg><a href='javascript:alert(5)'>more</a></body></html>"
    )


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_source_the_same_as_html_edited_and_another(document: str, sources: Path, opened: Any) -> None:
    page = opened(document)
    text = source(sources, document)
    assert page.drop("article.txt", text) == "copy"
    exact, *others = page.page.locator(".copy-counts tbody tr").first.locator("td").all_inner_texts()
    assert int(exact) == len(read(Corpus()[document].raw).spans)
    assert others == ["0", "0", "0", "0"]
    assert page.choose("page.html", as_page(text)) in ("copy", "edited copy")
    assert page.page.title() == document
    words = text.split(" ")
    words[20::25] = ["zzz"] * len(words[20::25])
    assert page.choose("edited.md", " ".join(words)) == "edited copy"
    assert page.page.locator(".run.unproven").count()
    other = source(sources, DOCUMENTS[DOCUMENTS.index(document) - 1])
    assert page.choose("other.txt", other) in ("quotes it", "shares phrases", "unrelated")
    assert "no copy" in page.page.locator(".copy-message").inner_text()
    assert page.page.locator(".copy-text").count() == 0


def test_pointer_and_keyboard_choose_the_smallest_span(sources: Path, opened: Any) -> None:
    page = opened(ARABIC)
    page.drop("article.txt", source(sources, ARABIC))
    inner = page.page.locator(".run.deep-2").first
    inner.click()
    smallest = page.page.locator(".copy-panel h4").inner_text()
    assert page.page.locator(".copy-panel .copy-use").count()
    page.page.keyboard.press("ArrowUp")
    around = page.page.locator(".copy-panel h4").inner_text()
    assert smallest.strip("“”") in around
    assert len(around) > len(smallest)
    page.page.keyboard.press("Home")
    first = page.page.locator(".run:focus").inner_text()
    page.page.keyboard.press("ArrowLeft")  # forth, in Arabic
    assert page.page.locator(".run:focus").inner_text() != first
    page.page.keyboard.press("ArrowRight")
    assert page.page.locator(".run:focus").inner_text() == first
    assert page.page.locator(".run[tabindex='0']").count() == 1
    assert page.page.locator(".copy-text").get_attribute("dir") == "rtl"


def test_an_event_shows_its_spans(sources: Path, opened: Any) -> None:
    page = opened("treasury-jy0791")
    page.drop("article.md", source(sources, "treasury-jy0791"))
    page.page.locator(".run.trigger").first.click()
    page.page.locator(".copy-panel .copy-use button").first.click()
    assert page.page.locator(".run.shown").count()
    page.page.locator(".copy-events summary").click()
    page.page.locator(".copy-events button").nth(3).click()
    count = int(page.page.locator(".copy-panel p").first.inner_text().split()[0])
    assert count == page.page.locator(".copy-panel li").count() > 0


def test_by_keyboard_alone_and_in_arabic(sources: Path, opened: Any) -> None:
    page = opened(ARABIC, lang="ar")
    page.page.keyboard.press("Tab")
    assert page.page.locator("#copy-file:focus").count() == 1
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Tab")
    page.page.keyboard.insert_text(source(sources, ARABIC))
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")
    assert page.verdict() == "copy"
    assert "نسخة" in page.page.locator(".copy-message").inner_text()


HOSTILE = {
    "nothing": "",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>" * 100,
    "bidi": "\u202e\u2066evil" * 1_000,
    "one line": "x" * 300_000,
    "unclosed": "<html><body " + "a='" * 20_000,
    "nested": "<html>" + "<div>" * 50_000,
    "nested apart": "<html>" + "<ul><li><q><p><table><tr><td><x hidden>" * 50_000 + "</x></p></td>" * 50_000,
    "nested in style": "<html>" + "<b style='display:none'>" * 50_000 + "a</b>" * 50_000,
    "notes": f"<html><p style='{'/* ' * 50_000}'>",
    "references": "<html>" + "&amp;&#1;&#xFFFFFFFF;&nosuch;&notit;" * 5_000,
}


def test_hostile_copies_are_text(opened: Any) -> None:
    page = opened("treasury-jy0772")
    for name, text in HOSTILE.items():
        assert page.choose("copy.txt", text) in ("shares phrases", "unrelated"), name
    assert "UTF-8" in page.choose("copy.txt", b"\xff\xfe\x00")
    assert "too long" in page.choose("copy.txt", "a" * 2_000_001)
    assert "10 MB" in page.choose("copy.txt", "a" * 10_000_001)
    assert "marks" in page.choose("copy.txt", "a" + "\u0301" * 40)


def test_hostile_records_and_copy_are_text(chromium: Any, tmp_path: Path) -> None:
    raw = Corpus(TIDEWATER)
    [document, *_] = raw.raw_documents
    key = document["document"]["id"]
    build(tmp_path, raw)
    script = tmp_path / "data" / "documents" / f"{key}.js"
    evil = "</script><img src=x onerror=alert(1)>\\u202e'\\\""
    data = script.read_text(encoding="utf-8")
    for field in ("name", "ar"):
        data = data.replace(f'"{field}":"', f'"{field}":"{evil}')
    script.write_text(data, encoding="utf-8")
    text = (ROOT / "tests" / "corpora" / "tidewater-texts" / f"{key}.txt").read_text(encoding="utf-8")
    for lang in ("en", "ar"):
        page = Opened(chromium, tmp_path / lang / f"{key}.html")
        assert page.drop("copy.txt", text) == "copy"
        page.page.locator(".run").first.click()
        assert "onerror" in page.page.locator(".copy-panel").inner_text()
        assert page.page.locator("#copy img").count() == 0
        page.page.close()
        assert page.faults == []


PAGES = (
    "<html><p>a &amp b &lt;c&gt; &eacute;&rarr;&#8217;&#x92;&#0;&#xD800; &notit; &copy</p>",
    "<html><pre>a\n  b\n</pre>c\nd<br>e<hr>f<textarea>\n<b>g</b></textarea>h<style>x</style>i",
    "<html><!-- a > b -->c<!>d<?php e ?>f</ g>h<svg><p>i</p></svg>j<noscript>k</noscript><svg/>l",
    "<html><div title='a > b'>c</div ><a href=x/>d</a><table><tr><td>e<td>f</table><p>g<p>h",
    "<html>a<script>if (a < b) '</p>'</script>b<iframe>c</iframe><title>d</title>e<xmp><i>f</i></xmp>g <unclosed a='b",
    "<p hidden>a</p>b<p HIDDEN=x style='display: block'>c</p>d<p hidden=until-found>e<p>f<body hidden>g",
    "<p>a<b style='DISPLAY:none'>b<i>c</b>d<b style='/* x */display:block !important;display:none'>e</b><p style='/*'>",
    "<div style=visibility:hidden>a<p>b<i style='visibility: visible'>c</i>d</div>e<i style=visibility:collapse>f</i>g",
    "<div style=display:n&#111;ne>a</div>b<div style='display:none' style='display:block'>c</div>d<p style=:;>e",
    "<ul><li hidden>a<ul><li>b</ul>c<li>d<li hidden>e</ul>f<table><tr><td hidden>g<td>h<tr hidden><td>i<tr>j</table>k",
    "<dl><dt hidden>a<dd>b<dl><dd hidden>c</dl>d</dl><select><optgroup hidden><option>e<optgroup><option>f</select>g",
    "<p hidden>a<div>b</div>c</p>d<p hidden>e<table><p>f</table>g</p>h<button hidden>i<p>j</button>k</div>l",
    "a</table>b</button>c</select>d</td>e</q>f</br>g</unknown>h<tbody><tr></table></caption>i",
    "<q>a<q>b<q hidden>c<q>d</q></q>e</q>f</q>g</q>h<p><q>i<p>j</q>k",
    "<dialog>a<p>b</dialog>c<dialog open>d</dialog>e<dialog style='display:block'>f</dialog>g<dialog hidden open>h",
    "<x-y>a</x-y>b<Unknown hidden>c<x-y>d</unknown>e<p>f<unknown hidden>g</p>h<x-y hidden/>i<\u212aBD hidden>j</kbd>k",
    "<textarea hidden>\n<b>a</b></textarea>b<xmp style='visibility:hidden'>c\nd</xmp>e\nf<pre>g\n<xmp>h\n</xmp>i</pre>",
    "<svg/>a<svg><title>b</title><script>'</svg>'</script>c<svg>d</svg>e</svg>f<math hidden/>g<video>h</video>i<rp>j",
    "<?xml version='1.0'?><html><p hidden=''/>a<![CDATA[<b>\n&amp;]]>b<script/>c<textarea/>d<svg/><object/>e<![CDATA[f",
    "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><script><![CDATA[</script>]]>a</script>b<style><![CDATA[</style>c",
    "\U0001f600<html lang=en xmlns='x'><i hidden/>a<![CDATA[b]]>c<![CDATA[<i hidden>]]>d<object><![CDATA[</object>]]>e",
    "<html no-xmlns><i hidden/>a<![CDATA[b]]>c</i>d<listing>e\nf</listing>g\nh<pre>i\n<p>j\n</pre>k\nl",
    f"<p hidden title='&#{'1' * 5_000};' style='&#{'1' * 5_000};display:block'>a&#{'1' * 5_000};&amp;</p>b",
    "<html>a < b <3 c<b>d</b>e\0f\r\ng&#13;h&#xA0;i&#128512;",
)


def test_html_is_read_as_in_python(opened: Any, sources: Path) -> None:
    page = opened("treasury-jy0772")
    texts = [*PAGES, *(as_page(source(sources, document)) for document in DOCUMENTS), *HOSTILE.values()]
    found = page.page.evaluate("(texts) => texts.map((text) => CTE.html.text(text))", texts)
    assert found == [html_text(text) for text in texts]


STARTS = (
    "<p>a", "<P\n>", "<x>", "<!-- -->", "<!DOCTYPE  HTML>", "<!doctype htmlx>", "<?xml ?>", "<?php ?>", "<q/>", "<p",
    "\ufeff \n\f<dialog open>", "<3 a", "a <p>", "", "<li>", "<strongly>", " " * 200 + "<p>",
    "\U0001f600" * 199 + "<p>", " " * 197 + "<p>", " " * 198 + "<p>",
)  # fmt: skip


def test_a_page_is_known_as_in_python(opened: Any) -> None:
    page = opened("treasury-jy0772")
    found = page.page.evaluate("(texts) => texts.map((text) => CTE.html.isHtml(text))", list(STARTS))
    assert found == [is_html(text) for text in STARTS]


def test_a_megabyte_stays_responsive(opened: Any, sources: Path) -> None:
    """Two seconds of the page's own time, for a copy among so much else."""
    page = opened(ARABIC)
    text = source(sources, ARABIC)
    other = "\n\n".join(source(sources, document) for document in DOCUMENTS if document != ARABIC)
    session = page.page.context.new_cdp_session(page.page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    begin = script_seconds(session)
    assert page.choose("long.txt", text + "\n\n" + other * (1_000_000 // len(other))) in (
        "copy",
        "edited copy",
        "quotes it",
    )
    assert script_seconds(session) - begin < 2


def script_seconds(session: Any) -> float:
    metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ScriptDuration"])


@pytest.mark.long
@pytest.mark.parametrize(
    "command",
    [
        ["tsc", "--project", "tests/explorer"],
        ["eslint", "--max-warnings=0", "--config=tests/explorer/eslint.config.mjs", STATIC, "tests/explorer"],
    ],
    ids=["types", "lint"],
)
def test_the_scripts_are_typed_and_linted(command: list[str]) -> None:
    here = Path(__file__).parent
    node(here)
    program = str(here / "node_modules" / ".bin" / command[0])
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_script_is_at_most_300_lines_long() -> None:
    scripts = [path for path in (ROOT / STATIC).rglob("*.js") if "vendor" not in path.parts]
    assert len(scripts) > 10
    assert [path.name for path in scripts if len(path.read_text(encoding="utf-8").splitlines()) > 300] == []

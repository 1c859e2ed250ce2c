"""Every page opens from a folder and over HTTP without an error, a violation of its policy, or a request elsewhere."""

from __future__ import annotations

import os
import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urldefrag
from urllib.request import urlopen

import orjson
import pytest

from tests.needs import node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.explorer.conftest import Watched

KINDS = (
    "index.html", "search.html", "documents/index.html", "documents/alamsar-2022-marrakesh.html",
    "documents/treasury-jy0772.html", "events/alamsar-2022-marrakesh.1.html", "events/treasury-jy0772.0.html",
    "sanctions/index.html", "sanctions/treasury-jy0772.0.html", "entities/index.html", "entities/org.daesh.html",
    "entities/person.dwi-dahlia-susanti.html", "statements/index.html", "statements/org.us-treasury.html",
    "figures/index.html", "figures/money.html", "network/index.html", "codebook/index.html",
    "codebook/fin.facilitation.html", "releases/index.html", "incidents/index.html",
)  # fmt: skip
"""A page of each kind."""


TYPES = {
    ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain",
    ".jsonld": "application/ld+json", ".woff2": "font/woff2",
}  # fmt: skip
"""What a server says that a file is."""


def pages(site: Path) -> list[str]:
    return sorted(str(path.relative_to(site)) for path in site.rglob("*.html"))


def opened(watched: Watched, home: str, names: list[str]) -> list[str]:
    """What goes wrong on some pages."""
    for name in names:
        watched.open(f"{home}{name}")
        if faults := watched.judge(home):
            return [name, *faults]
    return []


@pytest.mark.parametrize(("lang", "how"), [("", "file"), ("ar/", "http")])
def test_a_page_of_each_kind_opens_from_a_folder_and_over_http(
    site: Path, served: str, watched: Watched, lang: str, how: str
) -> None:
    home = served if how == "http" else f"file://{site}/"
    assert opened(watched, home, [lang + name for name in KINDS]) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(2))
def test_every_page_opens(site: Path, watched: Watched, part: int) -> None:
    assert opened(watched, f"file://{site}/", pages(site)[part::2]) == []


@pytest.mark.long
def test_pages_of_all_kinds_open_over_http(site: Path, served: str, watched: Watched) -> None:
    """Every tenth, with what a server gives for it. All pages have the same bytes there, and open from the folder."""
    assert opened(watched, served, pages(site)[::10]) == []


@pytest.mark.long
def test_all_files_come_over_http_as_they_lie_in_the_folder(site: Path, served: str) -> None:
    for path in (path for path in site.rglob("*") if path.is_file()):
        with urlopen(f"{served}{quote(str(path.relative_to(site)))}") as answer:
            assert answer.read() == path.read_bytes(), path
            assert answer.headers.get_content_type() == TYPES.get(path.suffix, "application/octet-stream"), path


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ('<script src="https://example.org/a.js"></script>', "script-src"),
        ("<script>document.title = 'x'</script>", "script-src"),
        ('<p style="color:red">x</p>', "style-src"),
        ('<img src="gone.png" alt="">', "failed: "),
    ],
)
def test_what_is_wrong_with_a_page_would_be_seen(
    site: Path, watched: Watched, tmp_path: Path, broken: str, fault: str
) -> None:
    page = (site / "search.html").read_text(encoding="utf-8").replace("</main>", f"{broken}</main>")
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    watched.open(f"file://{tmp_path}/a.html")
    assert any(fault in text for text in watched.judge(f"file://{tmp_path}/"))


class Links(HTMLParser):
    """The addresses in a page, its ids, and what it holds that its policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.addresses += [found[name] or "" for name in ("href", "src") if name in found and tag not in ("form",)]
        self.ids += [found["id"] or ""] if "id" in found else []
        self.forbidden += [f"{tag} {name}" for name in found if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.forbidden.append(tag)


def read(path: Path) -> Links:
    links = Links()
    links.feed(path.read_text(encoding="utf-8"))
    return links


def test_every_link_leads_somewhere_and_every_id_stands_once(site: Path) -> None:
    found = {path: read(path) for path in site.rglob("*.html")}
    assert len(found) > 400
    ids = {str(path): set(links.ids) for path, links in found.items()}
    files = {str(path) for path in site.rglob("*") if path.is_file()}
    wrong = []
    for path, links in found.items():
        wrong += [f"{path}: {tag}" for tag in links.forbidden]
        wrong += [f"{path}: twice {key}" for key, times in Counter(links.ids).items() if times > 1]
        for address in set(links.addresses):
            if not address.startswith(("https://", "http://")):
                place, anchor = urldefrag(address)
                target = os.path.normpath(path.parent / unquote(place)) if place else str(path)
                if target not in files or (anchor and anchor not in ids.get(target, [anchor])):
                    wrong.append(f"{path.relative_to(site)}: {address}")
    assert wrong == []


def test_every_page_has_its_twin_as_data(site: Path) -> None:
    for name in pages(site):
        if not name.startswith("ar/"):
            graph = orjson.loads((site / name).with_suffix(".jsonld").read_bytes())
            assert graph["@context"]["schema"] == "https://schema.org/"
            assert isinstance(graph["@graph"], list)
    event = orjson.loads((site / "events/treasury-jy0772.0.jsonld").read_bytes())["@graph"][0]
    assert event["@id"].startswith("urn:cte-corpus:")
    assert event["@type"] == "Event"
    assert event["isPartOf"].endswith(":treasury-jy0772")


def test_no_accusation_stands_without_its_speaker(site: Path) -> None:
    lines = 0
    for name in pages(site):
        text = (site / name).read_text(encoding="utf-8")
        for line in re.findall(r'<li class="line alleged".*?</p></li>', text, re.DOTALL):
            lines += 1
            assert 'class="said"' in line, f"{name}: {line}"
    assert lines > 1000


def test_the_first_page_is_small(site: Path) -> None:
    links = read(site / "index.html")
    files = [site / address for address in links.addresses if address.startswith("static/")]
    fonts = list((site / "static").glob("*.woff2"))
    assert sum(path.stat().st_size for path in [site / "index.html", *set(files), *fonts]) < 300_000


def test_no_page_is_larger_than_a_megabyte(site: Path) -> None:
    assert max(path.stat().st_size for path in site.rglob("*.html")) < 1_000_000


@pytest.fixture(scope="session")
def axe() -> str:
    from pathlib import Path

    folder = Path(__file__).parent
    node(folder)
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


ALL = "{resultTypes: ['violations']}"
COLORS = "{resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']}"
"""What a theme changes."""


def judged(watched: Watched, axe: str, options: str = ALL) -> list[str]:
    """What axe-core finds on the page."""
    watched.page.evaluate(axe)
    found: dict[str, Any] = watched.page.evaluate(f"axe.run({options})")
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]


def each(lang: str) -> Iterator[str]:
    yield from (lang + name for name in KINDS)


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["", "ar/"])
def test_axe_finds_nothing(site: Path, watched: Watched, axe: str, lang: str, theme: str) -> None:
    watched.page.emulate_media(color_scheme=theme)
    for name in each(lang):
        watched.open(f"file://{site}/{name}")
        assert judged(watched, axe, ALL if theme == "light" else COLORS) == [], name


def test_axe_would_find_something(site: Path, watched: Watched, axe: str) -> None:
    watched.open(f"file://{site}/search.html")
    watched.page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert any("button-name" in text for text in judged(watched, axe))
    watched.page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    assert any("color-contrast" in text for text in judged(watched, axe, COLORS))

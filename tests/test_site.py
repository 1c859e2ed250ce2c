"""The documentation site: builds without a warning, has all that is public, asks no other host, can be searched."""

import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cte_corpus
from cte_corpus import plot
from cte_corpus.checking.rules.catalogue import rules
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.explorer import site as explorer
from tests.cli.test_group import commands
from tests.cli.test_options import shown
from tests.conftest import ROOT

pytestmark = pytest.mark.long

TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("furo", reason='needs pip install "cte-corpus[docs]"')
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-c", "docs"]
    build += ["-t", "explorer", "-d", str(folder / "doctrees")]
    done = subprocess.run(
        [*build, ".", str(folder / "html")], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "html"


def words(site: Path, page: str) -> str:
    """The text of a page."""
    return html.unescape(re.sub(r"<[^>]+>", "", (site / page).read_text(encoding="utf-8")))


def test_every_page_of_the_repository_is_there(site: Path) -> None:
    pages = {path.relative_to(ROOT).with_suffix(".html") for path in (ROOT / "docs").glob("*.md")}
    pages |= {Path("README.html"), Path("CONTRIBUTING.html"), Path("CHANGELOG.html"), Path("index.html")}
    assert pages <= {path.relative_to(site) for path in site.rglob("*.html")}


def test_the_reference_has_every_public_name(site: Path) -> None:
    ids = re.findall(r'id="([\w.-]+)"', (site / "docs/api.html").read_text(encoding="utf-8"))
    public = {f"cte_corpus.{name}" for name in cte_corpus.__all__} | {
        f"cte_corpus.plot.{name}" for name in plot.__all__
    }
    found = {identifier.removeprefix("module-") for identifier in ids}
    assert public <= found


def test_the_reference_has_every_command_option_and_rule(site: Path) -> None:
    _, *parts = re.split(r"cte (\w+)¶", words(site, "docs/commands.html"))
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    assert sections.keys() == commands().keys()
    for name, command in commands().items():
        for option in shown(command):
            assert all(one in sections[name] for one in option.opts), (name, option.opts)
    listed = words(site, "docs/rules.html")
    assert all(f"{rule.code} {rule.name}" in listed for rule in rules().values())


LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|object|embed|use|image)\b[^>]*?\b(?:src|href|data)=[\"']?(?:https?:)?//"
    r"|<link\b[^>]*?\bhref=[\"']?(?:https?:)?//|url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//"
)
"""What a page or a style sheet loads from another host; where a reader may click is another thing."""


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    assert LOADED.search('<link rel="stylesheet" href="https://fonts.example/a.css">')
    assert LOADED.search("src: url(//fonts.example/a.woff2)")
    files = [path for kind in ("html", "css", "svg") for path in site.rglob(f"*.{kind}")]
    assert len(files) > 20
    assert not [(path.name, found[0]) for path in files if (found := LOADED.search(path.read_text(encoding="utf-8")))]
    scripts = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.js"))
    assert not re.search(r"(?:fetch|importScripts|open)\([^)]*https?://", scripts)


def test_documentation_and_explorer_are_one_site(site: Path, tmp_path: Path) -> None:
    """From each page to the other, and back, in the place where `make site` puts them."""
    explorer.build(Corpus(TIDEWATER), tmp_path / "web", docs=site)
    web = tmp_path / "web"
    pages = [path for path in (web / "docs").rglob("*.html") if "sidebar-brand" in path.read_text(encoding="utf-8")]
    assert len(pages) > 20
    for page in pages:
        [back] = re.findall(r'class="explorer" href="([^"]+)"', page.read_text(encoding="utf-8"))
        assert (page.parent / back).resolve() == web / "index.html", page
    for page in (web / "index.html", web / "ar" / "index.html", web / "ar" / "codebook" / "index.html"):
        [there] = re.findall(r'href="([./]*docs/index\.html)"', page.read_text(encoding="utf-8"))
        assert (page.parent / there).resolve() == web / "docs" / "index.html"
    [onward] = re.findall(r"url=([^\"]+)", (web / "docs" / "index.html").read_text(encoding="utf-8"))
    assert (web / "docs" / onward).is_file()


@pytest.mark.parametrize(("query", "page"), [("tombstone", "glossary.html"), ("داعش", "gallery.html")])
def test_the_search_works_from_a_file(site: Path, query: str, page: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000", "--dump-dom"]
    command = [chromium, *options, f"{(site / 'search.html').as_uri()}?q={query}"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True)
    assert re.search(rf'<li class="kind-\w+"><a href="docs/{page}', done.stdout)

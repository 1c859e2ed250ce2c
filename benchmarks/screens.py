"""Take the pictures of the site in `docs/img`: `python benchmarks/screens.py`; needs chromium and playwright."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.explorer import site

IMAGES = Path(__file__).parent.parent / "docs" / "img"

MOST = 150_000
"""Bytes of a picture."""


class Screen(NamedTuple):
    """A page as it is taken."""

    name: str
    page: str
    theme: str = "light"
    width: int = 1000
    height: int = 700
    to: str = ""
    """The element that stands at the top; the page as it opens where none is named."""


SCREENS = (
    Screen("site-overview", "index.html", to="ol.timeline"),
    Screen("site-document", "documents/treasury-jy0772.html", to="#s01"),
    Screen("site-event", "events/treasury-jy0772.0.html", to="#e01"),
    Screen("site-entity-ar", "ar/entities/org.daesh.html", theme="dark"),
    Screen("site-sanction", "sanctions/treasury-jy0772.0.html", to="#x01"),
    Screen("site-network", "network/index.html", theme="dark"),
)


def main() -> None:
    """Build the site of the bundled corpus and take the pictures; 1 if one is too large."""
    from playwright.sync_api import sync_playwright

    too_large = []
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        site.build(Corpus(), Path(home) / "site")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for screen in SCREENS:
            size = {"width": screen.width, "height": screen.height}
            page = browser.new_page(viewport=size, color_scheme=screen.theme)
            page.goto((Path(home) / "site" / screen.page).as_uri())
            page.evaluate("document.fonts.ready")
            if screen.to:
                page.locator(screen.to).first.evaluate("element => element.scrollIntoView({block: 'start'})")
            data = page.screenshot(path=IMAGES / f"{screen.name}.png")
            print(f"{screen.name}: {len(data):,} bytes")
            too_large += [screen.name] if len(data) > MOST else []
            page.close()
        browser.close()
    sys.exit(1 if too_large else 0)


if __name__ == "__main__":
    main()

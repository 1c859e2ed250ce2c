"""The site of the bundled corpus, and a browser that looks at it."""

from __future__ import annotations

import shutil
from functools import partial
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.explorer import site as sites
from cte_corpus.explorer.serving import LOOPBACK, Handler
from tests.needs import missing
from tests.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bundled corpus. Not to be changed."""
    out = tmp_path_factory.mktemp("site") / "out"
    sites.build(Corpus(), out)
    return out


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site of the bundled corpus over HTTP, with a slash at its end."""
    with running(ThreadingHTTPServer((LOOPBACK, 0), partial(Handler, directory=str(site)))) as server:
        yield f"http://{LOOPBACK}:{server.server_address[1]}/"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium."""
    program = shutil.which("chromium")
    if program is None:
        missing("needs Debian's chromium: `apt-get install chromium`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watched:
    """A page of the browser with what goes wrong on it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.add_init_script(SEEN)
        page.on("console", lambda message: self.faults.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("requestfailed", self._failed)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", lambda response: self._judge(response))
        page.on("dialog", self._closed)

    def _failed(self, request: Any) -> None:
        if "ABORTED" not in request.failure:  # the icon of a page that was left
            self.faults.append(f"failed: {request.url}")

    def _closed(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _judge(self, response: Any) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def open(self, address: str) -> Any:
        """Open an address; the page."""
        self.page.goto(address)
        return self.page

    def judge(self, home: str) -> list[str]:
        """All that went wrong, and requests to anywhere but the site."""
        violations = self.page.evaluate("window.violations")
        return [*self.faults, *violations, *(url for url in self.asked if not url.startswith(home))]


@pytest.fixture
def watched(chromium: Any) -> Iterator[Watched]:
    """A page of a fresh browser, 1200 pixels wide."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    context.grant_permissions([])
    yield Watched(context.new_page())
    context.close()

"""The site in Debian's Firefox: pages of each kind, the search, the theme, and the reader's own copy."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.explorer.test_pages import KINDS, pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.explorer.firefox import Firefox

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = shutil.which("firefox-esr")
    if program is None:
        pytest.skip("needs Debian's Firefox: `apt-get install firefox-esr`")
    from tests.explorer.firefox import started

    with started(program, tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture
def window(firefox: Firefox) -> Firefox:
    firefox.faults.clear()
    firefox.asked.clear()
    return firefox


@pytest.mark.parametrize("how", ["file", "http"])
def test_pages_open(site: Path, served: str, window: Firefox, how: str) -> None:
    home = served if how == "http" else f"file://{site}/"
    names = pages(site)
    assert len(names) > 400
    for name in [*KINDS, *names[:: 5 if how == "file" else 15]]:  # Chromium opens all
        window.open(f"{home}{name}")
        assert window.judge(home) == [], name


def test_what_is_wrong_with_a_page_would_be_seen(site: Path, window: Firefox, tmp_path: Path) -> None:
    page = (site / "search.html").read_text(encoding="utf-8")
    for broken in ("<script>document.title = 'x'</script>", '<img src="https://example.org/a.png" alt="">'):
        (tmp_path / "a.html").write_text(page.replace("</main>", f"{broken}</main>"), encoding="utf-8")
        window.open(f"file://{tmp_path}/a.html")
        assert any("-src" in fault for fault in window.judge(f"file://{tmp_path}/"))


def test_it_is_searched_and_turned_dark(site: Path, window: Firefox) -> None:
    window.open(f"file://{site}/search.html?q=susanti")
    titles = window.until("[...document.querySelectorAll('#results .hits bdi')].map((one) => one.textContent)[0]")
    assert titles == "Dwi Dahlia Susanti"
    color = "getComputedStyle(document.body).backgroundColor"
    before = window.run(color)
    window.run("document.getElementById('theme').click()")
    assert window.run(color) != before
    window.run("document.getElementById('theme').click()")
    assert window.judge(f"file://{site}/") == []


@pytest.mark.parametrize("document", ["alamsar-2022-marrakesh", "treasury-jy0772", "treasury-jy0791"])
def test_a_copy_comes_alive(site: Path, sources: Path, window: Firefox, document: str) -> None:
    [source] = sources.glob(f"{document}.*")
    window.open(f"file://{site}/ar/documents/{document}.html")
    window.give("#copy-file", source)
    assert window.until("document.querySelector('.copy-result[aria-busy=false]')?.dataset.verdict") == "copy"
    rows = "[...document.querySelectorAll('.copy-counts tbody tr')].map((row) => [...row.cells].slice(2).join())"
    numbers = "[...document.querySelectorAll('.copy-counts tbody td')].map((cell) => cell.textContent)"
    assert len(window.run(rows)) == 3
    found = window.run(numbers)
    assert set(found[1:5]) == {"0"}
    window.run("document.querySelector('.run').click()")
    assert window.run("document.querySelectorAll('.copy-panel .copy-use').length") > 0
    assert window.judge(f"file://{site}/") == []

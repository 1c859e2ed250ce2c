"""Build the site of a corpus, open its first page slowly, and search: `python benchmarks/explorer.py CORPUS OUT`."""

import argparse
import os
import resource
import shutil
import time
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.explorer import serving, site

QUERIES = ("meeting", "facilit", "2022", "ال", "invented report", "recruitment")

ASK = """async (text) => {
  const start = performance.now();
  const found = await CTE.lookup.search(text);
  await CTE.lookup.entries(found.slice(0, 12));
  return [found.length, performance.now() - start];
}"""


THROTTLED = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
"""Milliseconds and bytes a second: the "dense 4G" of Lighthouse."""

SLOWER = 4
"""How many times slower the processor is."""

TURNS = 7
"""How often the first page is opened, each time by a browser that knows nothing of it."""

TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return [paint.startTime, page.domContentLoadedEventEnd];
}"""
"""Milliseconds until something is seen, and until all scripts have run, so that the search answers."""


def opened(browser: Any, address: str) -> tuple[float, float, list[int]]:
    """When the page at `address` was seen and usable, in ms, and the bytes of its files; the browser has no cache."""
    page = browser.new_context().new_page()
    session = page.context.new_cdp_session(page)
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda told: sizes.append(int(told["encodedDataLength"])))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", THROTTLED)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="networkidle")
    seen, usable = page.evaluate(TIMES)
    page.context.close()
    return seen, usable, sizes


def first_page(browser: Any, out: Path) -> None:
    """Print what the first page weighs, and when it can be used on a slow machine with a slow line: medians."""
    with serving.server(out, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://{serving.LOOPBACK}:{server.server_address[1]}/index.html"
        turns = [opened(browser, address) for _ in range(TURNS)]
        server.shutdown()
    seen, usable, files = zip(*turns, strict=True)
    print(
        f"first page: {sum(files[0]):,} bytes in {len(files[0])} files; "
        f"seen after {median(seen):.0f} ms, usable {median(usable):.0f} ms (least {min(usable):.0f})"
    )


def main() -> None:
    """Print the figures."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args()
    start = time.perf_counter()
    number = site.build(Corpus(options.corpus), options.out, processes=options.processes)
    seconds = time.perf_counter() - start
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    worked = sum(used.ru_utime + used.ru_stime for used in (own, others))
    memory = max(own.ru_maxrss, others.ru_maxrss) // 1024
    print(f"built: {seconds:.0f} s, {worked:.0f} s of work; {memory} MB in the largest process; {number:,} records")
    pages = list(options.out.rglob("*.html"))
    largest = max(pages, key=lambda path: path.stat().st_size)
    print(f"pages: {len(pages):,}; the largest: {largest} with {largest.stat().st_size:,} bytes")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        first_page(browser, options.out)
        for query in QUERIES:  # each on a fresh page, which has loaded nothing of the index
            page = browser.new_page()
            page.goto((options.out / "search.html").as_uri())
            found, cold = page.evaluate(ASK, query)
            _, warm = page.evaluate(ASK, query)
            print(f"{query}: {found:,} found, {cold:.0f} ms, again {warm:.0f} ms")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()

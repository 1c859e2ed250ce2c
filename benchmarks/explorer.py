"""Build the site of a generated corpus and search in it: `python benchmarks/explorer.py CORPUS OUT`."""

import argparse
import os
import resource
import shutil
import time
from pathlib import Path

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.explorer import site

QUERIES = ("meeting", "facilit", "2022", "ال", "invented report", "recruitment")

ASK = """async (text) => {
  const start = performance.now();
  const found = await CTE.lookup.search(text);
  await CTE.lookup.entries(found.slice(0, 12));
  return [found.length, performance.now() - start];
}"""


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

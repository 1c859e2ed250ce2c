"""Build the site of a generated corpus and search in it: `python benchmarks/explorer.py CORPUS OUT`."""

import argparse
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
    options = parser.parse_args()
    start = time.perf_counter()
    number = site.build(Corpus(options.corpus), options.out)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"built: {time.perf_counter() - start:.0f} s, {memory} MB at most, {number:,} records to search")
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

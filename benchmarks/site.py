"""Look at five pages of the documentation site: python benchmarks/site.py FOLDER

Writes a PNG of each into the folder, as headless Chromium shows it from build/site; `make docs` builds that.
"""

import shutil
import subprocess
import sys
from pathlib import Path

SITE = Path(__file__).parent.parent / "build" / "site"
PAGES = ("README.html", "docs/gallery.html", "docs/arabic-labels.html", "docs/api.html", "search.html?q=داعش")

if __name__ == "__main__":
    chromium = shutil.which("chromium") or sys.exit("needs Chromium: apt-get install chromium")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=8000"]
    for page in PAGES:
        target = folder / f"{Path(page.partition('?')[0]).stem}.png"
        size = ["--window-size=1280,1600", f"--screenshot={target.resolve()}"]
        subprocess.run([chromium, *options, *size, f"{SITE.as_uri()}/{page}"], check=True, capture_output=True)
        print(target)

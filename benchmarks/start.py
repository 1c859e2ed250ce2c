"""What a start costs, against `python -c pass`: `python benchmarks/start.py`."""

import argparse
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from tempfile import TemporaryDirectory

import measure

BEYOND = """
import time
import datasets
from cte_corpus import load_dataset
start = time.perf_counter()
load_dataset()
print((time.perf_counter() - start) * 1000)
"""

LIMITS = {"cte check, nothing changed": 8, "cte check, nothing remembered": 12}
"""How many times `python -c pass` a check of the bundled corpus may take."""

BEYOND_LIMIT = 100.0
"""`load_dataset()` may take this many milliseconds beyond `import datasets`."""


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    print(f"Whole processes, byte code cached, {measure.pin()}.\n")
    commands = {
        "python -c pass": ["-c", "pass"],
        "import cte_corpus": ["-c", "import cte_corpus"],
        "cte --help": ["-m", "cte_corpus", "--help"],
        "cte --version": ["-m", "cte_corpus", "--version"],
        "cte show": ["-m", "cte_corpus", "show", "org:daesh"],
        "cte stats": ["-m", "cte_corpus", "stats"],
        "cte list": ["-m", "cte_corpus", "list", "sanctions"],
        "cte check, nothing changed": ["-m", "cte_corpus", "check"],
        "cte check, nothing remembered": ["-m", "cte_corpus", "check", "--no-cache"],
    }
    with TemporaryDirectory() as cache:
        jobs = {name: _job([sys.executable, *command], cache) for name, command in commands.items()}
        for job in jobs.values():
            job()  # writes the byte code, and what is remembered
        seconds = measure.turns(jobs, options.repeats)
    base = seconds["python -c pass"]
    rows = []
    for name, times in seconds.items():
        target = f"<= {LIMITS[name]}" if name in LIMITS else ""
        rows.append([name, f"{median(times) * 1000:.0f}", f"{measure.ratio(times, base):.1f}", target])
    measure.table(["", "ms", "to python -c pass", "target"], rows)

    beyond = median(float(measure.python(BEYOND)) for _ in range(5))
    rows = [["load_dataset() beyond import datasets", f"{beyond:.0f}", f"< {BEYOND_LIMIT:g}"]]
    measure.table(["", "ms", "target"], rows)


def _job(command: list[str], cache: str) -> Callable[[], object]:
    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=measure.environment() | {"CTE_CACHE": cache})

    return run


if __name__ == "__main__":
    main()

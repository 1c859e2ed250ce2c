"""What a start costs, against `python -c pass`: `python benchmarks/start.py`."""

import argparse
import subprocess
import sys
from collections.abc import Callable
from statistics import median

import measure

BEYOND = """
import time
import datasets
from cte_corpus import load_dataset
start = time.perf_counter()
load_dataset()
print((time.perf_counter() - start) * 1000)
"""

LIMIT = 12
"""`cte check` of the bundled corpus may take this many times `python -c pass`."""

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
        "cte check, the bundled corpus": ["-m", "cte_corpus", "check"],
    }
    jobs = {name: _job([sys.executable, *command]) for name, command in commands.items()}
    for job in jobs.values():
        job()  # writes the byte code
    seconds = measure.turns(jobs, options.repeats)
    base = seconds["python -c pass"]
    rows = []
    for name, times in seconds.items():
        target = f"<= {LIMIT}" if name.startswith("cte check") else ""
        rows.append([name, f"{median(times) * 1000:.0f}", f"{measure.ratio(times, base):.1f}", target])
    measure.table(["", "ms", "to python -c pass", "target"], rows)

    beyond = median(float(measure.python(BEYOND)) for _ in range(5))
    rows = [["load_dataset() beyond import datasets", f"{beyond:.0f}", f"< {BEYOND_LIMIT:g}"]]
    measure.table(["", "ms", "target"], rows)


def _job(command: list[str]) -> Callable[[], object]:
    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=measure.environment())

    return run


if __name__ == "__main__":
    main()

"""What each command costs as a corpus grows: `python benchmarks/growth.py`; with `--write` into the docs as well."""

import argparse
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import measure
import orjson

import generate

SIZES = (100, 500, 2_000, 5_000)
KEY = "invented-report-0000042"
ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "img" / "growth.svg"
BEGIN, END = "<!-- growth -->", "<!-- /growth -->"
TOOLS = ("cte-corpus", "orjson", "jsonschema-rs", "pyarrow", "duckdb", "datasets")

LOADS = "import sys, orjson\nfor line in open(sys.argv[1] + '/documents.jsonl', 'rb'): orjson.loads(line)"
ONE = f"import sys, cte_corpus\ncte_corpus.Corpus(sys.argv[1])['{KEY}'].events"
EVENTS = "import sys, cte_corpus\ncte_corpus.load_dataset('events', sys.argv[1])"


def commands(tree: Path, packed: Path, changed: Path, out: Path) -> dict[str, tuple[list[str], int]]:
    """What is measured: a name, arguments of Python, and the largest corpus with which it is."""
    cte = ["-m", "cte_corpus"]
    everything = sys.maxsize
    return {
        "orjson.loads, packed": (["-c", LOADS, str(packed)], everything),
        "check, packed, cold": ([*cte, "check", str(packed), "--no-cache"], everything),
        "check, packed, warm": ([*cte, "check", str(packed)], everything),
        "check, tree, warm": ([*cte, "check", str(tree)], 5_000),
        "check one document, tree": ([*cte, "check", f"{tree}/documents/{KEY}"], 5_000),
        "show an event, tree": ([*cte, "show", f"{KEY}:e02", "--corpus", str(tree)], 5_000),
        "show an event, packed": ([*cte, "show", f"{KEY}:e02", "--corpus", str(packed)], everything),
        "Corpus()[id], packed": (["-c", ONE, str(packed)], everything),
        "stats, packed": ([*cte, "stats", str(packed), "-o", "json"], everything),
        "sql, one table": ([*cte, "sql", "select count(*) from events", "--corpus", str(packed)], 5_000),
        'load_dataset("events")': (["-c", EVENTS, str(packed)], 5_000),
        "diff, 1 % changed": ([*cte, "diff", str(packed), str(changed)], 5_000),
        "build": ([*cte, "build", str(packed), "--out", str(out), "--date", "2026-01-31"], 5_000),
    }


def process(arguments: list[str], cache: Path) -> tuple[float, float]:
    """Seconds of CPU and megabytes of peak memory of a process."""
    environment = measure.environment() | {"CTE_CACHE": str(cache)}
    with subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)} ended with {running.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def corpora(work: Path, count: int) -> tuple[Path, Path, Path]:
    """A tree, the same packed, and that with one document in a hundred changed; the tree up to 5,000 documents."""
    tree, packed, changed = (work / f"{name}-{count}" for name in ("tree", "packed", "changed"))
    if not tree.is_dir() and count <= 5_000:
        generate.write(tree, count)
    if not packed.is_dir():
        generate.write(packed, count, packed=True)
    if not changed.is_dir() and count <= 5_000:
        shutil.copytree(packed, changed)
        with (packed / "documents.jsonl").open("rb") as lines, (changed / "documents.jsonl").open("wb") as file:
            file.writelines(_changed(line) if number % 100 == 7 else line for number, line in enumerate(lines))
    return tree, packed, changed


def _changed(line: bytes) -> bytes:
    document = orjson.loads(line)
    document["events"][0]["label"][0]["text"] += " again"
    return orjson.dumps(document) + b"\n"


def measured(work: Path, sizes: list[int]) -> dict[str, dict[int, tuple[float, float]]]:
    """Seconds and megabytes of each command at each size."""
    found: dict[str, dict[int, tuple[float, float]]] = {}
    for size in sizes:
        places = corpora(work, size)
        with tempfile.TemporaryDirectory(dir=work) as temporary:
            jobs = commands(*places, Path(temporary) / "out")
            for name, (arguments, most) in jobs.items():
                if size <= most:
                    if name.endswith("warm"):
                        process(arguments, Path(temporary) / "cache")
                    found.setdefault(name, {})[size] = process(arguments, Path(temporary) / "cache")
                    print(f"  {size:>7,}  {name:28} {found[name][size][0]:8.2f} s {found[name][size][1]:8.0f} MB")
    return found


def exponent(times: dict[int, tuple[float, float]]) -> float:
    """By which power of the number of documents the time grows, between the two largest corpora."""
    (small, (before, _)), (large, (after, _)) = sorted(times.items())[-2:]
    return math.log(after / before) / math.log(large / small)


def table(found: dict[str, dict[int, tuple[float, float]]], sizes: list[int]) -> Iterator[str]:
    """The lines of a table in Markdown."""
    yield "| CPU seconds / peak MB | " + " | ".join(f"{size:,}" for size in sizes) + " | exponent |"
    yield "|---|" + "---:|" * (len(sizes) + 1)
    for name, times in found.items():
        cells = [f"{times[size][0]:.2f} / {times[size][1]:.0f}" if size in times else "" for size in sizes]
        yield f"| {name} | {' | '.join(cells)} | {exponent(times):.2f} |"


def machine() -> str:
    """What was measured with, in a line."""
    tools = ", ".join(f"{name} {version(name)}" for name in TOOLS)
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{platform.machine()}, {os.cpu_count()} cores, {system}; {tools}"


def draw(found: dict[str, dict[int, tuple[float, float]]]) -> None:
    """The times as a picture, both axes by powers of ten."""
    import altair

    from cte_corpus.plot.saving import save

    rows = [
        {"documents": size, "seconds": seconds, "command": name}
        for name, times in found.items()
        for size, (seconds, _) in times.items()
    ]
    chart = altair.Chart(altair.Data(values=rows), width=480, height=360).mark_line(point=True)
    scale = altair.Scale(type="log")
    chart = chart.encode(
        x=altair.X("documents:Q", scale=scale), y=altair.Y("seconds:Q", scale=scale, title="CPU seconds"),
        color=altair.Color("command:N", sort=list(found), legend=altair.Legend(labelLimit=300)),
    )  # fmt: skip
    save(chart, PICTURE)


def main() -> None:
    """Measure, print and, if wanted, write into the docs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of documents, two at least")
    parser.add_argument("--work", type=Path, help="keep the generated corpora in this folder")
    parser.add_argument("--write", action="store_true", help="put table and picture into the docs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        sizes = sorted(options.sizes)
        found = measured(options.work or Path(temporary), sizes)
    lines = [*table(found, sizes), "", f"Measured on {machine()}."]
    print("\n".join(lines))
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        head, _, rest = page.partition(BEGIN)
        body = "\n".join([BEGIN, *lines, END])
        PAGE.write_text(f"{head}{body}{rest.partition(END)[2]}", encoding="utf-8")
        draw(found)


if __name__ == "__main__":
    main()

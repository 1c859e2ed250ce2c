"""What each command costs as a corpus grows: `python benchmarks/growth.py`; with `--write` into the docs as well."""

import argparse
import math
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import measure
import orjson

SIZES = (100, 1_000, 5_000, 20_000)
RELATED = (500, 2_000)
ENTITIES = (10_000, 100_000)
MOST_BUILT = 5_000
KEY = "invented-report-0000042"
ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "img" / "growth.svg"
TOOLS = ("orjson", "jsonschema-rs", "pyarrow", "duckdb", "datasets")

HEIGHT, LETTERS = 400, 12
"""Of the picture and of a line of words in it, in pixels."""

Costs = dict[str, dict[int, measure.Cost]]
"""Of each command, by the number of documents, or of entities."""

LOADS = "import sys, orjson\nfor line in open(sys.argv[1] + '/documents.jsonl', 'rb'): orjson.loads(line)"
ONE = f"import sys, cte_corpus\ncte_corpus.Corpus(sys.argv[1])['{KEY}'].events"
EVENTS = "import sys, cte_corpus\ncte_corpus.load_dataset('events', sys.argv[1])"
CTE = ("-m", "cte_corpus")

FLAT = "check one document, tree", "show an event, tree", "show an event, packed", "Corpus()[id], packed"
"""What is to cost the same in a corpus of any size."""


def commands(tree: Path, packed: Path, changed: Path, out: Path) -> dict[str, Sequence[str]]:
    """What is measured, in this order: a name, and arguments of Python. The first check remembers for the second."""
    return {
        "orjson.loads, packed": ("-c", LOADS, str(packed)),
        "check, packed, cold": (*CTE, "check", str(packed)),
        "check, packed, warm": (*CTE, "check", str(packed)),
        "check, tree, cold": (*CTE, "check", str(tree)),
        "check, tree, warm": (*CTE, "check", str(tree)),
        FLAT[0]: (*CTE, "check", f"{tree}/documents/{KEY}"),
        FLAT[1]: (*CTE, "show", f"{KEY}:e02", "--corpus", str(tree)),
        FLAT[2]: (*CTE, "show", f"{KEY}:e02", "--corpus", str(packed)),
        FLAT[3]: ("-c", ONE, str(packed)),
        "stats, packed": (*CTE, "stats", str(packed), "-o", "json"),
        "sql, one table": (*CTE, "sql", "select count(*) from events", "--corpus", str(packed)),
        'load_dataset("events")': ("-c", EVENTS, str(packed)),
        "diff, 1 % changed": (*CTE, "diff", str(packed), str(changed)),
        "build": (*CTE, "build", str(packed), "--out", str(out), "--date", "2026-01-31"),
    }


def corpora(work: Path, count: int) -> tuple[Path, Path, Path]:
    """A tree, the same packed, and that with one document in a hundred changed."""
    tree, packed, changed = (work / f"{name}-{count}" for name in ("tree", "packed", "changed"))
    _generate(tree, count)
    _generate(packed, count, "--packed")
    if not changed.is_dir():
        shutil.copytree(packed, changed)
        with (packed / "documents.jsonl").open("rb") as lines, (changed / "documents.jsonl").open("wb") as file:
            file.writelines(_changed(line) if number % 100 == 7 else line for number, line in enumerate(lines))
    return tree, packed, changed


def _generate(root: Path, count: int, *options: str) -> None:
    if not root.is_dir():
        measure.process([sys.executable, str(ROOT / "benchmarks" / "generate.py"), str(root), f"-n{count}", *options])


def _changed(line: bytes) -> bytes:
    document = orjson.loads(line)
    document["events"][0]["label"][0]["text"] += " again"
    return orjson.dumps(document) + b"\n"


def measured(work: Path, sizes: Sequence[int]) -> Costs:
    """What each command costs at each number of documents."""
    found: Costs = {}
    for size in sizes:
        places = corpora(work, size)
        with tempfile.TemporaryDirectory(dir=work) as temporary:
            cache, out = Path(temporary) / "cache", Path(temporary) / "out"
            for name, arguments in commands(*places, out).items():
                if name == "build" and size > MOST_BUILT:
                    continue
                _note(found, name, size, _process(arguments, cache))
    return found


def others(work: Path) -> Costs:
    """What a check costs where documents point at each other, and with many entities."""
    found: Costs = {}
    cold = (*CTE, "check", "--no-cache")
    for size in RELATED:
        root = work / f"related-{size}"
        _generate(root, size, "--packed", "--related", "10")
        _note(found, "check, ten relations per document to another", size, _process((*cold, str(root)), work))
    for size in ENTITIES:
        root = work / f"entities-{size}"
        _generate(root, 40, "--packed", "--more-entities", str(size))
        _note(found, "check, 40 documents, by entities", size, _process((*cold, str(root)), work))
    return found


def _process(arguments: Sequence[str], cache: Path) -> measure.Cost:
    return measure.process((sys.executable, *arguments), wanted=(0, 1), CTE_CACHE=str(cache))


def _note(found: Costs, name: str, size: int, cost: measure.Cost) -> None:
    found.setdefault(name, {})[size] = cost
    print(f"  {size:>7,}  {name:45} {cost.seconds:8.2f} s {cost.peak:8.0f} MB", flush=True)


def exponent(times: dict[int, measure.Cost]) -> float:
    """By which power of the number of documents the time grows, between the two largest corpora."""
    (small, (before, _)), (large, (after, _)) = sorted(times.items())[-2:]
    return math.log(after / before) / math.log(large / small)


def table(found: Costs, sizes: Sequence[int]) -> list[str]:
    """The lines of a table in Markdown."""
    rows = []
    for name, times in found.items():
        cells = [f"{times[size].seconds:.2f} / {times[size].peak:.0f}" if size in times else "" for size in sizes]
        rows.append([name, *cells, f"{exponent(times):.2f}"])
    return measure.markdown(["CPU seconds / peak MB", *(f"{size:,}" for size in sizes), "exponent"], rows)


def draw(found: Costs) -> None:
    """The times as a picture, both axes by powers of ten: what reads the whole corpus, and what is to stay flat."""
    import altair

    from cte_corpus.plot.saving import save

    def part(title: str, names: Sequence[str]) -> Any:
        points = [(name, size, cost.seconds) for name in names for size, cost in found[name].items()]
        rows = [{"command": name, "documents": size, "seconds": seconds} for name, size, seconds in points]
        least, most = (math.log10(extreme(cost for _, _, cost in points)) for extreme in (min, max))
        decades = range(math.floor(least), math.ceil(most) + 1)
        sizes = altair.Axis(values=sorted({size for _, size, _ in points}), format=",", grid=False)
        seconds = altair.Axis(values=[10**power for power in decades], format="~g")
        scale = altair.Scale(type="log", nice=False, domain=[10.0 ** decades[0], 10.0 ** decades[-1]])
        x = altair.X("documents:Q", scale=altair.Scale(type="log", nice=False), axis=sizes)
        y = altair.Y("seconds:Q", scale=scale, axis=seconds, title="CPU seconds")
        color = altair.Color("command:N", sort=names, scale=altair.Scale(scheme="tableau20"), legend=None)
        lines = altair.Chart(altair.InlineData(values=rows)).mark_line(point=True).encode(x=x, y=y, color=color)
        labels = altair.Chart(altair.InlineData(values=_labels(found, names, 10 ** (len(decades) * LETTERS / HEIGHT))))
        return (
            lines + labels.mark_text(align="left", dx=8, color="#333").encode(x=x, y=y, text="command:N")
        ).properties(title=title, width=300, height=HEIGHT)

    whole = [name for name in found if name not in FLAT]
    save(part("All documents", whole) | part("One document or record", FLAT), PICTURE)


def _labels(found: Costs, names: Sequence[str], apart: float) -> list[dict[str, str | float]]:
    """Names beside the ends of their lines; where ends lie closer than a factor, a name is moved up."""
    labels: list[dict[str, str | float]] = []
    least: dict[int, float] = {}
    ends = {name: max(found[name]) for name in names}
    for name in sorted(names, key=lambda name: found[name][ends[name]].seconds):
        size = ends[name]
        place = max(found[name][size].seconds, least.get(size, 0))
        least[size] = place * apart
        labels.append({"command": name, "documents": size, "seconds": place})
    return labels


def main() -> None:
    """Measure, print and, if wanted, write into the docs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of documents, two at least")
    parser.add_argument("--work", type=Path, help="keep the generated corpora in this folder")
    parser.add_argument("--write", action="store_true", help="put tables and picture into the docs")
    options = parser.parse_args()
    sizes = sorted(options.sizes)
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        found, beside = measured(work, sizes), others(work)
    lines = [*table(found, sizes), ""]
    for name, times in beside.items():
        lines += [*table({name: times}, sorted(times)), ""]
    lines.append(f"{measure.with_(*TOOLS)}.")
    print("\n".join(lines))
    if options.write:
        measure.write("growth", lines)
        draw(found)


if __name__ == "__main__":
    main()

"""How fast the checker is, and how much memory it takes: `python benchmarks/check.py`."""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import measure
import orjson
import peers

import generate
from cte_corpus.checking import engine
from cte_corpus.checking.rules import schema

SAMPLE = 20
"""Documents for the validators that are too slow for more."""

SIZES = (1, 4)
"""Memory is measured on this many times the documents."""

PEAK = """
import resource, sys
from cte_corpus.checking import engine
result = engine.run(sys.argv[1])
assert result.ok, result.diagnostics[:3]
try:
    status = open("/proc/self/status").read()
    print(next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024)
except OSError:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
"""


def files(root: Path, limit: int | None = None) -> list[tuple[str, str, int]]:
    """The files that hold the documents: (path, kind, number of lines to read, 0 for a file of one value)."""
    if (root / "documents.jsonl").is_file():
        return [(str(root / "documents.jsonl"), "bundle", limit or -1)]
    folders = sorted((root / "documents").iterdir())[:limit]
    parts = ("document", "sections", "mentions", "events", "sanctions")
    return [(f"{folder}/{part}.json", part, 0) for folder in folders for part in parts]


def read(root: Path, limit: int | None = None) -> Iterator[tuple[bytes, str]]:
    """The bytes of each value with its kind."""
    for path, kind, lines in files(root, limit):
        with open(path, "rb", buffering=0 if not lines else -1) as file:  # noqa: PTH123 -- as the checker does it
            if lines:
                for number, line in enumerate(file):
                    if number == lines:
                        break
                    yield line, kind
            else:
                yield file.read(), kind


def loads_only(root: Path, limit: int | None = None) -> None:
    """What every ratio is against: the same files, decoded and dropped."""
    for data, _ in read(root, limit):
        orjson.loads(data)


def full(root: Path) -> None:
    """The whole check, every rule on."""
    result = engine.run(root)
    if not result.ok:
        raise SystemExit(f"the corpus should be valid: {result.diagnostics[:3]}")


def content(root: Path) -> None:
    """The check of what the files say: all rules but the one that judges their layout, which `cte fmt --check` does."""
    result = engine.run(root, ignore=frozenset({engine.LAYOUT}))
    if not result.ok:
        raise SystemExit(f"the corpus should be valid: {result.diagnostics[:3]}")


def schema_only(root: Path) -> None:
    """Decoding and jsonschema-rs."""
    for data, kind in read(root):
        if not schema.validator(kind).is_valid(orjson.loads(data)):
            raise SystemExit(f"the corpus should be valid: {kind}")


def pydantic_only(root: Path) -> Callable[[], None]:
    """Strict `validate_json`, with the models built before."""
    from pydantic import Field, TypeAdapter, create_model

    from cte_corpus.generate.schemas import LISTS, RECORDS
    from cte_corpus.records.base import Model

    adapters: dict[str, TypeAdapter[Any]] = {}
    bundle: dict[str, Any] = {}
    for kind, model in RECORDS.items():
        fields: dict[str, Any] = {"records": (list[model], ...)} if kind in LISTS else {}  # type: ignore[valid-type]
        base = Model if kind in LISTS else model
        extra: dict[str, Any] = {"schema_": (str, Field(default="", alias="$schema"))}
        adapters[kind] = TypeAdapter(create_model(f"{kind}_file", __base__=base, **extra, **fields))
        bundle[kind] = (list[model], ...) if kind in LISTS else (model, ...)  # type: ignore[valid-type]
    parts = ("document", "sections", "mentions", "events", "sanctions")
    adapters["bundle"] = TypeAdapter(create_model("bundle", __base__=Model, **{part: bundle[part] for part in parts}))

    def run() -> None:
        for data, kind in read(root):
            adapters[kind].validate_json(data, strict=True)

    return run


def jsonschema_only(root: Path) -> Callable[[], None]:
    """The reference implementation on a sample, with the validators built and used once before."""
    from jsonschema import Draft202012Validator

    kinds = {kind for _, kind in read(root, 1)}
    validators = {
        kind: Draft202012Validator(schema.bundle_schema() if kind == "bundle" else schema.schema(kind))
        for kind in kinds
    }

    def run(limit: int = SAMPLE) -> None:
        for data, kind in read(root, limit):
            if not validators[kind].is_valid(orjson.loads(data)):
                raise SystemExit(f"the corpus should be valid: {kind}")

    run(1)
    return run


def throughput(root: Path, repeats: int, form: str) -> None:
    """Print the table of one corpus."""
    size = sum(len(data) for data, _ in read(root))
    sample = sum(len(data) for data, _ in read(root, SAMPLE))
    jobs: dict[str, tuple[Callable[[], object], int]] = {
        "orjson.loads only": (lambda: loads_only(root), size),
        "cte: full check": (lambda: full(root), size),
        "cte: schema only": (lambda: schema_only(root), size),
        "pydantic: schema only": (pydantic_only(root), size),
        f"jsonschema: schema only, {SAMPLE} documents": (jsonschema_only(root), sample),
        "cte: full check, not-canonical off": (lambda: content(root), size),
    }
    full(root)  # files into the system's cache, validators built
    seconds = measure.turns({name: job for name, (job, _) in jobs.items()}, repeats)
    per_byte = {name: [turn / jobs[name][1] for turn in seconds[name]] for name in jobs}
    names = list(jobs)
    base, check = per_byte[names[0]], per_byte[names[1]]
    print(f"{form}: {size / 1e6:,.0f} MB")
    rows = [
        [name, f"{1 / median(per_byte[name]) / 1e6:,.1f}", f"{measure.ratio(base, per_byte[name]):.3f}"]
        for name in names
    ]
    measure.table(["", "MB/s", "to orjson.loads"], rows)
    targets = (
        ("full check to orjson.loads", measure.ratio(base, check), 0.35),
        ("full check to pydantic, schema only", measure.ratio(per_byte[names[3]], check), 1.2),
        ("full check to jsonschema, schema only", measure.ratio(per_byte[names[4]], check), 25),
    )
    _targets([(name, got, f">= {want:g}", got >= want) for name, got, want in targets])


def memory(roots: dict[str, Path]) -> None:
    """Print the peak memory of a check in a process of its own."""
    rows = []
    for name, root in roots.items():
        peak = float(measure.python(PEAK, str(root)))
        rows.append((f"peak memory, {name}, MB", peak, "< 80", peak < 80))
    _targets(rows)


def _targets(rows: list[tuple[str, float, str, bool]]) -> None:
    cells = [[name, f"{got:.2f}", want, "met" if met else "missed"] for name, got, want, met in rows]
    measure.table(["", "measured", "target", ""], cells)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-n", "--documents", type=int, default=5000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--work", type=Path, help="keep the generated corpora in this folder")
    parser.add_argument(
        "--no-memory", action="store_true", help="skip the peak memory, which needs 4 times the documents"
    )
    parser.add_argument("--peers", type=Path, metavar="DIR", help="measure other validators, installed into DIR/venv")
    options = parser.parse_args()
    print(f"One core, {measure.pin()}; cyclic garbage collection off in all loops, as the checker has it.")
    print("The time of the full check holds everything: listing, reading, every rule.\n")
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        for packed in (False, True):
            form = "packed" if packed else "tree"
            throughput(
                corpus(work, options.documents, packed), options.repeats, f"{form}, {options.documents:,} documents"
            )
        if not options.no_memory:
            sizes = [(options.documents * size, packed) for packed in (False, True) for size in SIZES]
            memory({f"{'packed' if p else 'tree'}, {n:,} documents": corpus(work, n, p) for n, p in sizes})
        if options.peers:
            measure.table(
                ["validators on files of their own kind", "MB/s"], peers.rows(options.peers, corpus(work, 200, False))
            )
        else:
            print("  Other validators were not measured; give --peers DIR to install them into DIR/venv.")


def corpus(work: Path, count: int, packed: bool) -> Path:
    """A corpus of so many documents, generated if it is not there."""
    root = work / f"{'packed' if packed else 'tree'}-{count}"
    if not root.is_dir():
        generate.write(root, count, packed=packed)
    return root


if __name__ == "__main__":
    main()

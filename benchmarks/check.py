"""How fast the checker is, and how much memory it takes: `python benchmarks/check.py`; with `--write` into the docs."""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import measure
import orjson
import peers

from cte_corpus.checking import again, engine
from cte_corpus.checking.result import Result
from cte_corpus.checking.rules import schema

SAMPLE = 20
"""Documents for the validators that are too slow for more."""

SIZES = (1, 4)
"""Memory is measured on this many times the documents."""

LOADS = "orjson.loads alone"
COLD, WARM, TEXT = "cte check, cold", "cte check, warm", "cte check --text, cold"
TARGETS = {"packed": {COLD: 0.25, WARM: 2.5, TEXT: 0.2}, "tree": {COLD: 0.1, WARM: 1.7}}
"""Speed to reach, as a multiple of that of the loop that only decodes the same files."""

TOOLS = ("orjson", "jsonschema-rs", "pydantic", "jsonschema")


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


def full(root: Path, text: Path | None = None, *, without: str = "") -> None:
    """The whole check; every rule on, but for one that may be left out."""
    _valid(engine.run(root, text=text, ignore=frozenset({without} - {""})))


def warm(root: Path, cache: Path) -> None:
    """The check of what has not changed since the last."""
    _valid(again.run(root, cache=cache))


def _valid(result: Result) -> None:
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


def compared(root: Path, texts: Path, cache: Path, repeats: int) -> dict[str, list[float]]:
    """Seconds for a byte, of each job in each turn."""
    size = sum(len(data) for data, _ in read(root))
    sample = sum(len(data) for data, _ in read(root, SAMPLE))
    slow = f"jsonschema, schema only, {SAMPLE} documents"
    jobs: dict[str, Callable[[], object]] = {
        LOADS: lambda: loads_only(root),
        COLD: lambda: full(root),
        WARM: lambda: warm(root, cache),
        TEXT: lambda: full(root, texts),
        "cte check --ignore CTE012, cold": lambda: full(root, without=engine.LAYOUT),
        "orjson and jsonschema-rs, schema only": lambda: schema_only(root),
        "pydantic, strict, schema only": pydantic_only(root),
        slow: jsonschema_only(root),
    }
    warm(root, cache)  # files into the system's cache, verdicts into ours, validators built
    seconds = measure.turns(jobs, repeats)
    return {name: [turn / (sample if name == slow else size) for turn in seconds[name]] for name in jobs}


def ratios(per_byte: dict[str, list[float]]) -> dict[str, float]:
    """The speed of each job as a multiple of that of decoding."""
    return {name: measure.ratio(per_byte[LOADS], times) for name, times in per_byte.items()}


def speed(roots: dict[str, Path], texts: Path, work: Path, repeats: int) -> list[list[str]]:
    """Print what was measured of each corpus, and whether it reaches its targets; the lines of all."""
    found: dict[str, dict[str, list[float]]] = {}
    for form, root in roots.items():
        found[form] = compared(root, texts, work / "cache", repeats)
        reached = ratios(found[form])
        rows = [[name, f"{reached[name]:.2f}", f">= {want}"] for name, want in TARGETS[form].items()]
        measure.table([f"{form}, to {LOADS}", "measured", "target"], rows)
    made = []
    for name in found["packed"]:
        cells = [name]
        for per_byte in found.values():
            cells += [f"{1e-6 / median(per_byte[name]):,.1f}", f"{ratios(per_byte)[name]:.3g}"]
        made.append(cells)
    return made


def memory(roots: dict[str, Path]) -> list[list[str]]:
    """The peak memory of a check in a process of its own."""
    command = (sys.executable, "-m", "cte_corpus", "check", "--no-cache")
    return [[name, f"{measure.process((*command, str(root))).peak:.0f}"] for name, root in roots.items()]


def corpus(work: Path, count: int, form: str) -> Path:
    """A corpus of so many documents, generated with its texts if it is not there."""
    root, texts = work / f"{form}-{count}", work / f"texts-{count}"
    if not root.is_dir() or not texts.is_dir():
        shutil.rmtree(root, ignore_errors=True)
        options = [f"-n{count}", f"--texts={texts}", *(["--packed"] if form == "packed" else [])]
        subprocess.run([sys.executable, Path(__file__).parent / "generate.py", root, *options], check=True)
    return root


def main() -> None:
    """Measure, print and, if wanted, write into the docs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-n", "--documents", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--work", type=Path, help="keep the generated corpora in this folder")
    parser.add_argument("--no-memory", action="store_true", help="skip the memory, which needs 4 times the documents")
    parser.add_argument("--peers", type=Path, metavar="DIR", help="measure other validators too, installed into DIR")
    parser.add_argument("--write", action="store_true", help="put the tables into the docs")
    options = parser.parse_args()
    print(f"CPU time, {measure.pin()}; cyclic garbage collection off in all loops, as the checker has it.\n")
    lines: list[str] = []

    def show(head: list[str], rows: list[list[str]]) -> None:
        measure.table(head, rows)
        lines.extend([*measure.markdown(head, rows), ""])

    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        count = options.documents
        roots = {form: corpus(work, count, form) for form in TARGETS}
        rows = speed(roots, work / f"texts-{count}", Path(temporary), options.repeats)
        show([f"{count:,} documents", "packed, MB/s", f"to {LOADS}", "tree, MB/s", f"to {LOADS}"], rows)
        if not options.no_memory:
            sizes = [(form, count * size) for form in TARGETS for size in SIZES]
            peaks = memory({f"{form}, {size:,} documents": corpus(work, size, form) for form, size in sizes})
            show(["peak memory of `cte check`, cold", "MB"], peaks)
        tools = ""
        if options.peers:
            head = ["whole processes, each on valid files of its own kind", "MB", "MB/s", "peak MB"]
            show(head, peers.rows(options.peers, corpus(work, 200, "tree")))
            tools = f", {peers.versions(options.peers)}"
        else:
            print("  Other validators were not measured; give --peers DIR to install them into DIR.\n")
    lines.append(f"{measure.with_(*TOOLS)}{tools}.")
    print(lines[-1])
    if options.write:
        measure.write("speed", lines)


if __name__ == "__main__":
    main()

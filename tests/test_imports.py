"""What may be loaded when, and who may import whom."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = ROOT / "src" / "cte_corpus"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {
    "followthemoney",
    "networkx",
    "rdflib",
    "spacy",
    "altair",
    "vl_convert",
    "xlsxwriter",
    "pydantic",
    "pydantic_core",
    "pyarrow",
    "datasets",
    "jsonschema",
    "duckdb",
    "pandas",
    "polars",
    "numpy",
}
FOR_OTHERS = {"subprocess", "tarfile", "tempfile", "secrets", "shutil", "hashlib", "csv", "html", "email"}
"""What releases, files that are written, spreadsheets and pages need: who reads a record does not wait for it."""


def loaded(*command: str, whole: bool = False) -> set[str]:
    """The top-level modules that a command imports, or their whole names; fails if the command does."""
    result = subprocess.run([sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-2000:] + result.stdout[-2000:]
    lines = [line for line in result.stderr.splitlines() if line.startswith("import time:")]
    names = {line.rpartition("|")[2].strip() for line in lines}
    return names if whole else {name.partition(".")[0] for name in names}


def test_importing_the_package_loads_nothing_heavy() -> None:
    modules = loaded("-c", "import cte_corpus")
    assert "cte_corpus" in modules
    assert not modules & (HEAVY | {"jsonschema_rs", "orjson", "click", "email", "zipfile", "typing"})


def test_who_asks_for_the_version_waits_for_no_metadata() -> None:
    modules = loaded("-m", "cte_corpus", "--version")
    assert not modules & (HEAVY | FOR_OTHERS | {"jsonschema_rs", "orjson", "pathlib", "zipfile"})


def test_a_passing_check_loads_nothing_heavy() -> None:
    modules = loaded("-m", "cte_corpus", "check", "--no-cache")
    assert {"cte_corpus", "jsonschema_rs", "orjson"} <= modules
    assert not modules & HEAVY


@pytest.mark.parametrize("command", ["show org:daesh", "stats", "find Marrakesh", "list sanctions", "check"])
def test_what_reads_decoded_records_loads_nothing_heavy(command: str) -> None:
    modules = loaded("-m", "cte_corpus", *command.split())
    assert not modules & HEAVY
    assert command == "check" or not modules & FOR_OTHERS


def test_where_nothing_has_changed_nothing_is_loaded_that_judges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTE_CACHE", str(tmp_path))
    judging = {"jsonschema_rs", "cte_corpus.checking.rules.file", "cte_corpus.store.strict"}
    check = ("-m", "cte_corpus", "check", str(ROOT / "tests" / "corpora" / "tidewater"))
    assert judging <= loaded(*check, whole=True)
    again = loaded(*check, whole=True)
    assert not again & (judging | HEAVY | FOR_OTHERS - {"hashlib"} | {"tomllib", "cte_corpus.text.html"})
    rules = {name for name in again if name.startswith("cte_corpus.checking.rules.")}
    assert rules <= {
        f"cte_corpus.checking.rules.{name}" for name in ("called", "catalogue", "context", "corpus", "doc")
    }


@pytest.mark.parametrize("heavy", ["pydantic", "jsonschema"])
def test_the_measure_sees_what_is_loaded(heavy: str) -> None:
    assert heavy in loaded("-c", f"import cte_corpus, {heavy}")


def name_of(path: Path) -> str:
    """`cte_corpus.store.strict` for its path."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def imports(path: Path) -> Iterator[str]:
    """Every module of the package that a module imports, at the top, inside functions or for typing alone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] == "cte_corpus")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            if node.module and node.module.partition(".")[0] == "cte_corpus":
                for alias in node.names:
                    inner = f"{node.module}.{alias.name}"
                    yield inner if inner in NAMES else node.module


def part(module: str) -> str:
    """The part of the package to which a module belongs: `store` for `cte_corpus.store.strict`.

    `python -m cte_corpus` starts the command, and so belongs to it.
    """
    return "" if "." not in module else "cli" if module == "cte_corpus.__main__" else module.split(".")[1]


GRAPH = {name_of(path): sorted(set(imports(path))) for path in MODULES}

ROW = re.compile(r"\| `([a-z]+)(?:/|\.py)` \| .+ \| (.*) \|")
ROOMS = {
    name: {needed.strip("`/ ").removesuffix(".py") for needed in imported.split(",") if needed}
    for name, imported in ROW.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))
}
"""The table of docs/architecture.md, from the ground up: each room with those that it imports."""


def test_the_table_names_every_room() -> None:
    assert set(ROOMS) == {part(module) for module in GRAPH} - {""}
    assert len(ROOMS) <= 24


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_what_its_row_names(room: str) -> None:
    targets = {part(target) for module, targets in GRAPH.items() if part(module) == room for target in targets}
    assert targets - {room, ""} == ROOMS[room]


def test_imports_run_down_the_house() -> None:
    order = list(ROOMS)
    assert [(room, to) for room, needed in ROOMS.items() for to in needed if order.index(to) >= order.index(room)] == []


@pytest.mark.parametrize("imported", ["cli", "generate"])
def test_only_the_command_imports(imported: str) -> None:
    importers = {part(module) for module, targets in GRAPH.items() if imported in map(part, targets)}
    assert importers <= {"cli", imported}


def test_nothing_is_imported_in_a_circle() -> None:
    """Also not inside functions: a part that needs another and is needed by it is one part."""
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path[path.index(module) :], module))
        if module not in done:
            for target in GRAPH.get(module, []):
                visit(target, (*path, module))
            done.add(module)

    lazy = {"cte_corpus"}  # the public face names its homes for type checkers only
    for module in sorted(set(GRAPH) - lazy):
        visit(module, ())


def test_there_is_something_to_hold() -> None:
    assert {"store", "checking", "cli", "records", "generate"} <= {part(module) for module in GRAPH}
    assert "cte_corpus.checking.rules.doc" in GRAPH["cte_corpus.checking.rules.evidence"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_at_most_300_lines_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


FAMILIES = {
    "checking.report",
    "checking.rules",
    "citing",
    "cli",
    "compare.changes",
    "exchange",
    "generate",
    "records",
    "release.metadata",
}
"""Modules that share one interface are named after what each is for: a format, a level, a command, a record."""


def test_a_name_stands_once() -> None:
    plain = [name for name in NAMES if name.removeprefix("cte_corpus.").rpartition(".")[0] not in FAMILIES]
    count = Counter(name.rpartition(".")[2] for name in plain)
    rooms = {name.rpartition(".")[0].rpartition(".")[2] for name in plain}
    assert [name for name, times in count.items() if times > 1 and name not in rooms] == []

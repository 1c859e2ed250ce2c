"""What may be loaded when, and who may import whom."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = ROOT / "src" / "cte_corpus"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"pydantic", "pydantic_core", "pyarrow", "datasets", "jsonschema", "duckdb", "pandas", "polars", "numpy"}


def loaded(*command: str) -> set[str]:
    """The top-level modules that a command imports; fails if the command does."""
    result = subprocess.run([sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-2000:] + result.stdout[-2000:]
    lines = [line for line in result.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_importing_the_package_loads_nothing_heavy() -> None:
    modules = loaded("-c", "import cte_corpus")
    assert "cte_corpus" in modules
    assert not modules & (HEAVY | {"jsonschema_rs", "orjson", "click"})


def test_a_passing_check_loads_nothing_heavy() -> None:
    modules = loaded("-m", "cte_corpus.cli", "check")
    assert {"cte_corpus", "jsonschema_rs", "orjson"} <= modules
    assert not modules & HEAVY


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
    """The part of the package to which a module belongs: `store` for `cte_corpus.store.strict`."""
    return module.split(".")[1] if "." in module else ""


GRAPH = {name_of(path): sorted(set(imports(path))) for path in MODULES}

# Leaves that import no other part: any part may import them.
LEAVES = {"errors", "diagnostic"}

MAY_IMPORT = {
    "errors": set[str](),
    "diagnostic": set[str](),
    "vocabulary": {"vocabulary"},
    "text": {"text"},
    "store": {"store"},
    "edtf": {"edtf"},
    "terminal": {"terminal"},
    "records": {"records", "vocabulary"},
    "report": {"report", "terminal"},
}
"""Parts that may import these parts only, besides leaves."""

MAY_NOT_IMPORT = {
    "rules": {"cli", "release", "exchange", "report", "checker"},
    "checker": {"cli", "release", "exchange", "report"},
}


@pytest.mark.parametrize("importer", sorted(MAY_IMPORT))
def test_lower_parts_know_nothing_above_them(importer: str) -> None:
    found = [(module, target) for module, targets in GRAPH.items() if part(module) == importer for target in targets]
    allowed = MAY_IMPORT[importer] | (set() if importer in LEAVES else LEAVES)
    assert [(module, target) for module, target in found if part(target) not in allowed] == []


@pytest.mark.parametrize("importer", sorted(MAY_NOT_IMPORT))
def test_the_checker_knows_nothing_of_its_users(importer: str) -> None:
    found = [(module, target) for module, targets in GRAPH.items() if part(module) == importer for target in targets]
    assert found
    assert [(module, target) for module, target in found if part(target) in MAY_NOT_IMPORT[importer]] == []


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
    assert {"store", "rules", "report", "cli", "records", "generate"} <= {part(module) for module in GRAPH}
    assert "cte_corpus.rules.document" in GRAPH["cte_corpus.rules.evidence"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_at_most_300_lines_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300

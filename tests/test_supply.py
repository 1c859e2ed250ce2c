"""What the package rests on, and what its own code never does."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")

FORBIDDEN = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "code", "runpy"}
"""Modules that run what they read."""

CALLS = {"eval", "exec", "compile", "__import__", "system", "popen"}

OFFLINE = """
import sys

def refuse(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__",):
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(refuse)
import importlib, pkgutil
import cte_corpus
for module in pkgutil.walk_packages(cte_corpus.__path__, "cte_corpus."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print("silent")
"""


def named(text: str) -> dict[str, str]:
    """The packages of a lock file with their versions, by their names in small letters."""
    return {name.lower(): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)}


def test_every_package_of_the_lock_file_has_its_hashes() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)
    entries = [entry for entry in entries if re.match(r"[\w.-]+==", entry)]
    assert len(entries) > 100
    for entry in entries:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "://" not in LOCK
    assert "--index" not in LOCK


def test_the_lock_file_has_all_that_is_asked_for() -> None:
    project, extras = PROJECT["project"], PROJECT["project"]["optional-dependencies"]
    asked = [*project["dependencies"], *PROJECT["build-system"]["requires"], *PROJECT["dependency-groups"]["supply"]]
    locked = [found for extra, found in extras.items() if extra != "ftm"]  # which needs a compiler
    for requirement in asked + [one for found in locked for one in found]:
        name = re.match(r"[\w.-]+", requirement)
        assert name
        if name[0] != project["name"]:
            assert name[0].lower() in named(LOCK), requirement
    for pinned in extras["release"]:
        name, _, version = pinned.partition("==")
        assert named(LOCK)[name] == version  # so a release is built with what its bytes rest on


def test_workflows_of_checks_and_releases_install_what_is_locked() -> None:
    for name in ("ci", "release"):
        text = (ROOT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8")
        text = re.sub(r" {6}- name: List what an install.*?\n(?= {6}- )", "", text, flags=re.DOTALL)
        for line in re.findall(r".*pip install.*", text):
            assert "--require-hashes -r requirements/dev.txt" in line or "--no-deps" in line or "dist/package" in line


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_source_runs_what_it_reads(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            assert FORBIDDEN.isdisjoint(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] not in FORBIDDEN
        elif isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                assert function.id not in CALLS, ast.unparse(node)
            elif isinstance(function, ast.Attribute):
                owner = ast.unparse(function.value)
                assert (owner, function.attr) not in {("os", "system"), ("os", "popen")}, ast.unparse(node)
                assert not (owner == "yaml" and function.attr in {"load", "load_all", "unsafe_load", "full_load"})
            assert not any(word.arg == "shell" for word in node.keywords), ast.unparse(node)


def test_importing_opens_no_connection() -> None:
    done = subprocess.run([sys.executable, "-c", OFFLINE], capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout == "silent\n", done.stderr[-2000:]


def test_the_page_on_security_names_what_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for path in re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r"`(requirements/[^`]+)`", text):
        assert (ROOT / path).exists(), path

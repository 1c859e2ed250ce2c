"""The package as it is shipped: what it holds, and that it works where it is installed."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("data", "schemas")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source distribution, the wheel that is built from it, and under `direct/` the wheel of this tree."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation"]
    subprocess.run([*build, "--outdir", folder, ROOT], check=True, capture_output=True)
    subprocess.run([*build, "--wheel", "--outdir", folder / "direct", ROOT], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    """The wheel that is built from the source distribution."""
    return next(dist.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment's Python with the wheel installed read-only; it finds the dependencies of this one."""
    home = tmp_path_factory.mktemp("home") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--quiet", str(wheel)], check=True, capture_output=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    here = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (site / "dependencies.pth").write_text("\n".join(here) + "\n", encoding="utf-8")
    for path in [*site.rglob("*"), site]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return python


def run(python: Path, *arguments: str, cwd: Path) -> str:
    """Standard output of the installed package, run in another folder, without the network and this checkout."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
    environment = kept | {"HOME": str(cwd), "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [python, *arguments], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def sources(folder: str) -> dict[str, bytes]:
    """The files of a folder of this tree that belong into the package, by their path in it."""
    found = {path.relative_to(ROOT / folder): path for path in (ROOT / folder).rglob("*") if path.is_file()}
    return {name.as_posix(): path.read_bytes() for name, path in found.items() if "__pycache__" not in name.parts}


def test_the_source_distribution_holds_what_it_is_built_and_tested_with(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in (*SHIPPED, "src/cte_corpus", "tests/corpora"):
        assert {f"{folder}/{name}" for name in sources(folder)} <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA", "CITATION.cff", "tests/test_package.py"} <= names
    assert not [name for name in names if "node_modules" in name or "__pycache__" in name]


def test_the_wheel_holds_the_package_the_data_and_the_schemas_and_no_more(wheel: Path) -> None:
    expected = {f"cte_corpus/{name}": content for name, content in sources("src/cte_corpus").items()}
    for folder in SHIPPED:
        expected |= {f"cte_corpus/_{folder}/{name}": content for name, content in sources(folder).items()}
    with zipfile.ZipFile(wheel) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}
    assert sorted(found) == sorted(expected)
    assert found == expected
    needed = {"cte_corpus/py.typed", "cte_corpus/checking/rules/file.toml", "cte_corpus/vocabulary/codes.toml"}
    assert needed <= set(found)


def test_the_wheel_carries_both_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    assert {name.rpartition("/licenses/")[2] for name in names if "/licenses/" in name} == {
        "LICENSE",
        "LICENSE-DATA",
        "src/cte_corpus/plot/fonts/OFL.txt",  # of the font of the pictures
        "src/cte_corpus/explorer/static/vendor/markdown-it.LICENSE",
        "src/cte_corpus/explorer/static/OFL.txt",  # of the font of the site
    }
    assert "\nLicense-Expression: MIT AND CC-BY-4.0 AND OFL-1.1\n" in metadata


def test_the_wheel_of_the_tree_is_that_of_the_source_distribution(dist: Path, wheel: Path) -> None:
    assert (dist / "direct" / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_installed_package_works_from_any_folder_and_writes_nothing(python: Path, tmp_path: Path) -> None:
    home = python.parent.parent
    before = {path: path.lstat().st_mtime_ns for path in home.rglob("*")}
    where = run(python, "-c", "import cte_corpus; print(cte_corpus.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(home)
    cte = str(next(python.parent.glob("cte*")))
    assert run(python, cte, "check", cwd=tmp_path).startswith("No findings in 5 documents, ")
    assert "coverage of events" in run(python, cte, "stats", cwd=tmp_path)
    assert str(home) in run(python, cte, "schema", cwd=tmp_path)
    assert run(python, cte, "rule", "CTE005", cwd=tmp_path).startswith("CTE005 invalid-json\n")
    script = """
import cte_corpus as cte
found = cte.load_dataset()
corpus = cte.Corpus()
print(*(f"{name}={len(found[name]) - len(getattr(corpus, name))}" for name in found))
print(cte.load_dataset("events").features["status"].dtype)
event = next(iter(corpus.events))
print(corpus.events[event].id == event, len(corpus.document(event.partition(":")[0]).events) > 0)
"""
    counts, status, lookup = run(python, "-c", script, cwd=tmp_path).splitlines()
    kinds = ("documents", "sections", "sentences", "mentions", "events", "sanctions", "entities")
    assert counts.split() == [f"{kind}=0" for kind in kinds]
    assert status == "string"
    assert lookup == "True True"
    assert {path: path.lstat().st_mtime_ns for path in home.rglob("*")} == before

"""`cte verify installed`: the package as a wheel brings it, away from the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.published import versions
from tests.conftest import ROOT
from tests.packs import DAY, altered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cte_corpus.release.build import Pack

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel of this tree installed; it finds the dependencies of this one."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    home = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(python_of(home)), "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--quiet", next(folder.glob("*.whl"))], check=True, capture_output=True)
    here = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (site_of(home) / "dependencies.pth").write_text("\n".join(here) + "\n", encoding="utf-8")
    return home


def python_of(home: Path) -> Path:
    return home / ("Scripts" if os.name == "nt" else "bin") / "python"


def site_of(home: Path) -> Path:
    return Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))


@pytest.fixture
def run(home: Path, tmp_path: Path) -> Run:
    """The installed command, run in another folder."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
    environment = kept | {"HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"}

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(python_of(home)), str(next(python_of(home).parent.glob("cte*"))), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
        )
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def site(home: Path) -> Iterator[Path]:
    """Where the package is installed; put back afterwards as it was."""
    site = site_of(home)
    kept = shutil.copytree(site, home.parent / "kept")
    yield site
    shutil.rmtree(site)
    kept.rename(site)


def test_the_package_as_installed_is_what_was_built(run: Run, home: Path) -> None:
    done = run("verify", "installed")
    is_release = versions.is_bundled(Corpus().version)  # false between two releases
    assert done.returncode == (0 if is_release else 1), done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert re.fullmatch(rf"cte-corpus \S+, installed in {re.escape(str(site_of(home)))}", lines[0])
    assert [line.split()[:2] for line in lines[1:4]] == [["ok", "files"], ["ok", "schemas"], ["ok", "rules"]]
    assert lines[4].split()[:2] in ([["ok", "ledger"], ["-", "ledger"]] if is_release else [["WRONG", "ledger"]])
    assert lines[-1].startswith("verified" if is_release else "not what was released")


def test_what_is_altered_missing_and_extra_there_is_named(run: Run, site: Path) -> None:
    package = site / "cte_corpus"
    altered(package / "_data" / "corpus.json", "cte-corpus contributors", "other contributors")
    altered(package / "published" / "pack.py", '"""A release pack', '"""A pack')
    (package / "_schemas" / "v1" / "events.schema.json").unlink()
    (package / "_data" / "more.json").write_text("{}")
    (package / "new.py").touch()
    done = run("verify", "installed")
    assert (done.returncode, done.stderr) == (1, "")
    assert sorted(line.removeprefix("  WRONG  files").strip() for line in done.stdout.splitlines()[1:-1]) == [
        "altered: cte_corpus/_data/corpus.json: not the digest in RECORD",
        "altered: cte_corpus/published/pack.py: not the digest in RECORD",
        "extra: cte_corpus/_data/more.json",
        "extra: cte_corpus/new.py",
        "missing: cte_corpus/_schemas/v1/events.schema.json",
    ]
    assert done.stdout.endswith("not what was released: do not use it\n")


def test_without_a_record_of_its_files_nothing_is_verified(run: Run, site: Path) -> None:
    next(site.glob("*.dist-info/RECORD")).unlink()
    done = run("verify", "installed")
    assert done.returncode == 1
    assert "missing: RECORD: the installer wrote no list of files" in done.stdout


def test_what_runs_must_be_what_is_installed(run: Run, site: Path, home: Path, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(site / "cte_corpus", tmp_path / "elsewhere" / "cte_corpus")
    command = [str(python_of(home)), "-m", "cte_corpus", "verify", "installed"]
    environment = os.environ | {"PYTHONPATH": str(elsewhere.parent)}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {elsewhere} is running, but {site}")


def test_the_installed_package_builds_the_same_pack(run: Run, bundled: Pack, tmp_path: Path) -> None:
    done = run("build", "--out", tmp_path / "dist", "--date", DAY)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "dist" / bundled.archive.name).read_bytes() == bundled.archive.read_bytes()

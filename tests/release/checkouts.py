"""Small checkouts with a history: the invented corpus laid out as this repository is, with a first release."""

from __future__ import annotations

import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

from cte_corpus.published import ledger
from cte_corpus.published.ledger import Release
from cte_corpus.release.judge import LEDGER
from cte_corpus.store.digests import root_digest
from cte_corpus.store.layout import SCHEMA_VERSION
from cte_corpus.store.stored import Stored

ROOT = Path(__file__).parent.parent.parent
FIRST = "1.0.0"

_ALONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "nobody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(repo: Path, *arguments: str) -> str:
    """Run git in a checkout, whatever git is set to on this machine."""
    done = subprocess.run(
        ["git", "-C", str(repo), *arguments], env=os.environ | _ALONE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def checkout(repo: Path) -> Path:
    """The corpus as version 1.0.0 in one commit, and its entry in the ledger in the next."""
    shutil.copytree(ROOT / "tests" / "corpora" / "tidewater", repo / "data")
    shutil.copytree(ROOT / "schemas", repo / "schemas")
    (repo / "pyproject.toml").write_text('[project]\nname = "tidewater"\nversion = "0.2.0"\n')
    (repo / "CITATION.cff").write_text(
        'cff-version: 1.2.0\nversion: 0.2.0\ndate-released: "2025-12-31"\ntype: dataset\n'
    )
    (repo / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n")
    (repo / ".gitignore").write_text("dist/\n.*.tmp\n")
    (repo / LEDGER).parent.mkdir(parents=True)
    (repo / LEDGER).write_bytes(b'{\n  "releases": []\n}\n')
    git(repo, "init", "-q", "-b", "main")
    name_version(repo, FIRST, "2026-01-31")
    commit(repo, "Harbour talks")
    (repo / LEDGER).write_bytes(ledger.with_entry(entered(repo), (repo / LEDGER).read_bytes()))
    commit(repo, f"Release {FIRST}")
    return repo


def entered(repo: Path) -> Release:
    """The release of what the checkout holds; its archive is nowhere."""
    schemas = sorted((repo / "schemas").glob("*/*.json"))
    return Release(
        version=FIRST,
        schema_version=SCHEMA_VERSION,
        date="2026-01-31",
        records={"events": 16},
        root_digest=root_digest(Stored(repo / "data")),
        archive=f"tidewater-{FIRST}.tar",
        archive_sha256="0" * 64,
        archive_size=512,
        schemas={f"{path.parent.name}/{path.name}": sha256(path.read_bytes()).hexdigest() for path in schemas},
    )


def name_version(repo: Path, version: str, day: str) -> None:
    """Name a version in every file that does, with an entry in CHANGELOG.md."""
    old = str(Stored(repo / "data").info["version"])
    for name in ("pyproject.toml", "data/corpus.json", "CITATION.cff"):
        path = repo / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, version), encoding="utf-8")
    lines = (repo / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    lines[2] = f'date-released: "{day}"'
    (repo / "CITATION.cff").write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = repo / "CHANGELOG.md"
    section = f"## [Unreleased]\n\n## [{version}] - {day}\n\n- What changed.\n"
    path.write_text(path.read_text(encoding="utf-8").replace("## [Unreleased]\n", section), encoding="utf-8")


def commit(repo: Path, message: str) -> None:
    """Commit all there is."""
    git(repo, "add", "--all")
    git(repo, "commit", "-q", "-m", message)

"""Packs that several tests read; whoever alters one takes a copy."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from cte_corpus.release.build import Pack, build

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-01-31"

CITED = "2024-02-01"
"""The day of the pack that is cited and pushed."""

NO_SANCTIONS = '{\n  "$schema": "https://schemas.example/v1.2/sanctions.schema.json",\n  "records": []\n}\n'


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The pack of the bundled corpus."""
    return build(None, tmp_path_factory.mktemp("bundled"), date=DAY)


@pytest.fixture(scope="session")
def small(tidewater: Path, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The pack of the invented corpus."""
    return build(tidewater, tmp_path_factory.mktemp("small"), date=DAY)


@pytest.fixture(scope="session")
def odd(tidewater: Path, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """A pack with an empty table, tables in several files, and addresses of the corpus."""
    home = tmp_path_factory.mktemp("odd")
    tree = shutil.copytree(tidewater, home / "tree")
    (tree / "documents" / "harbour-talks" / "sanctions.json").write_text(NO_SANCTIONS, encoding="utf-8")
    empty = '"addresses": {"repository": "", "hub": "", "doi": "", "schemas": ""}'
    addresses = {
        "repository": "https://example.org/tidewater",
        "hub": "example/tidewater",
        "doi": "10.5072/tidewater",
        "schemas": "",
    }
    parts = ",\n".join(f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in addresses.items())
    altered(tree / "corpus.json", empty, f'"addresses": {{\n{parts}\n  }}')
    return build(tree, home / "dist", date=DAY, shard_bytes=2000)


@pytest.fixture(scope="session")
def pack(tidewater: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pack of the day `CITED`; its archive lies beside it. Not to be changed."""
    return build(tidewater, tmp_path_factory.mktemp("dist"), date=CITED).folder


@pytest.fixture
def own_pack(pack: Path, tmp_path: Path) -> Path:
    """A copy of the pack, to break."""
    return shutil.copytree(pack, tmp_path / pack.name)


def altered(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")

"""What commands open: the corpus, the texts, and what belongs to Python and its packages."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from cte_corpus.store import layout
from tests.capped import python

AUDIT = """
import json, os, sys

opened = set()

def hook(event, arguments):
    if event in ("open", "os.scandir", "os.listdir") and not isinstance(arguments[0], int):
        opened.add(os.path.abspath(os.fsdecode(arguments[0] or ".")))

sys.addaudithook(hook)
out = sys.argv.pop(1)
from cte_corpus import cli
sys.argv[0] = "cte"
try:
    cli.main()
finally:
    found = sorted(opened)
    with open(out, "w") as file:
        json.dump(found, file)
"""
"""Runs a command, and writes down every file and folder that it opened by its path."""

SYSTEM = ("/dev/null", "/proc/", "/sys/", "/etc/localtime", "/usr/share/zoneinfo/")
"""What the interpreter and its libraries look at of the system: nothing that says what a corpus is."""


def installation() -> list[str]:
    """Where Python, its packages, and this package with its schemas and its corpus lie."""
    here = {sys.prefix, sys.base_prefix, *filter(None, sys.path), str(layout.PACKAGE), str(layout.schemas())}
    here |= {str(layout.data_dir())}
    return [place for name in here if Path(name) != Path.cwd() for place in (name, os.path.realpath(name))]


@pytest.fixture
def trap(tidewater: Path, tmp_path: Path) -> Path:
    """A corpus, texts, and secrets beside them to which links of all kinds lead, and ids that are paths."""
    root = Path(shutil.copytree(tidewater, tmp_path / "corpus"))
    shutil.copytree(tidewater.parent / "tidewater-texts", tmp_path / "texts")
    secrets = tmp_path / "secrets"
    shutil.copytree(root / "documents" / "harbour-talks", secrets / "document")
    shutil.copytree(root / "entities" / "org", secrets / "org")
    (secrets / "text.txt").write_text("A secret.", encoding="utf-8")
    return root


def spring(root: Path) -> None:
    """Let the links out of the corpus stand where data are looked for."""
    secrets = root.parent / "secrets"
    (root / "documents" / "linked").symlink_to(secrets / "document")
    (root / "entities" / "linked").symlink_to(secrets / "org")
    (root / "entities" / "gpe" / "linked.json").symlink_to(secrets / "org" / "grey-lantern.json")
    (root / "linked").symlink_to(secrets)
    events = root / "documents" / "bayan-al-marfa" / "events.json"
    events.unlink()
    events.symlink_to(secrets / "document" / "events.json")
    text = root.parent / "texts" / "harbour-talks.txt"
    text.unlink()
    text.symlink_to(secrets / "text.txt")
    path = root / "documents" / "harbour-talks" / "events.json"
    old = '"event": "bayan-al-marfa:e02"'
    new = '"event": "../../secrets/document:e02"'
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("sprung", [False, True])
@pytest.mark.parametrize(
    "command",
    [
        "check {root} --text {texts}",
        "check {root}/documents/harbour-talks --text {texts}",
        "stats {root}",
        "show org:grey-lantern --corpus {root}",
        "fmt --check {root}",
        "build {root} --out {out} --date 2026-01-01 --text {texts}",
    ],
)
def test_nothing_but_the_corpus_the_texts_and_python(
    command: str, sprung: bool, trap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sprung:
        spring(trap)
    out, listed, space = trap.parent / "out", trap.parent / "opened.json", trap.parent / "space"
    space.mkdir()
    monkeypatch.setenv("TMPDIR", str(space))
    kept = trap.parent / "kept"
    monkeypatch.setenv("CTE_CACHE", str(kept))  # what `cte check` remembers
    line = command.format(root=trap, texts=trap.parent / "texts", out=out)
    done = python(AUDIT, listed, *line.split(), memory=6144)
    assert done.code == (0 if not sprung else 1 if line.split()[0] in ("check", "fmt", "build") else 2), done.err
    opened: list[str] = json.loads(listed.read_text(encoding="utf-8"))
    assert any(name.startswith(f"{trap}/") for name in opened)
    allowed = [str(trap), str(trap.parent / "texts"), str(out), str(space), str(kept), *installation()]
    strangers = {name for name in opened if not any(name == place or name.startswith(f"{place}/") for place in allowed)}
    strangers -= {str(Path.cwd())}  # listed by the interpreter, which looks for modules there
    assert {name for name in strangers if not name.startswith(SYSTEM)} == set()


def test_the_hook_sees_what_is_opened(trap: Path) -> None:
    """A text through a link that stays in its folder is read, and so a secret would be seen."""
    listed = trap.parent / "opened.json"
    python(AUDIT, listed, "check", trap, "--text", trap.parent / "secrets")
    assert f"{trap.parent}/secrets" in listed.read_text(encoding="utf-8")

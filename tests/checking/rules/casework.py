"""Copies of the invented corpus with changes that a case names, and findings as lines of text."""

import shutil
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from cte_corpus.checking.diagnostic import Diagnostic, Location
from cte_corpus.checking.engine import run
from cte_corpus.checking.rewrite import kind_of
from cte_corpus.checking.rules import file
from cte_corpus.release.judge import Source, judge
from cte_corpus.store import canonical
from tests.release import checkouts

HERE = Path(__file__).parent
CORPORA = HERE.parents[1] / "corpora"
CASES = sorted(path for path in (HERE / "cases").iterdir() if path.is_dir())


def corpus(folder: Path) -> Path:
    """A fresh copy of the corpus in a folder, with its texts beside it under `texts`."""
    shutil.copytree(CORPORA / "tidewater", folder / "corpus", dirs_exist_ok=True)
    shutil.copytree(CORPORA / "tidewater-texts", folder / "texts")
    return folder / "corpus"


def findings(change: Path, folder: Path) -> list[Diagnostic]:
    """What is found in a copy with a change; `folder` must be the parent of the working directory."""
    wanted = tomllib.loads(change.read_text(encoding="utf-8"))
    if "release" in wanted:
        return _released(wanted, folder)
    root = corpus(folder)
    text = wanted.pop("text", False)
    apply(root, wanted)
    return run(Path(), text=Path("../texts") if text else None).diagnostics


def _released(wanted: dict[str, Any], folder: Path) -> list[Diagnostic]:
    """What is found in a changed checkout, when a version after its first release is to be released."""
    root = checkouts.checkout(folder / "corpus")
    version, is_committed = wanted.pop("release"), wanted.pop("commit", True)
    if version != checkouts.FIRST:
        checkouts.name_version(root, version, "2026-02-28")
        checkouts.commit(root, f"Version {version}")
    apply(root, wanted)
    if is_committed:
        checkouts.commit(root, "Change")
    return judge(Source(root, root), version, None)[0].diagnostics


def apply(root: Path, change: dict[str, Any]) -> None:
    """Carry out a change on a copy; see cases/README.md."""
    for name in change.pop("delete", ()):
        _place(root, name).unlink()
    for item in change.pop("edit", ()):
        edit(_place(root, item["file"]), item["pointer"], item)
    for item in change.pop("replace", ()):
        path = _place(root, item["file"])
        before = path.read_text(encoding="utf-8")
        assert before.count(item["old"]) == 1, item
        path.write_bytes(before.replace(item["old"], item["new"]).encode())
    for item in change.pop("write", ()):
        data = item["text"].encode() if "text" in item else bytes.fromhex(item["hex"])
        path = _place(root, item["path"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data * item.get("repeat", 1))
    for item in change.pop("link", ()):
        _place(root, item["path"]).symlink_to(item["to"])
    assert not change, f"unknown keys {list(change)}"


def edit(path: Path, pointer: str, item: dict[str, Any]) -> None:
    """Set or delete what a JSON pointer leads to, and write the file canonically; records stay in their order."""
    value = orjson.loads(path.read_bytes())
    holder: Any = value
    *parents, last = pointer.removeprefix("/").split("/")
    for part in parents:
        holder = holder[int(part) if isinstance(holder, list) else part]
    if isinstance(holder, list) and last == "-":
        holder.append(item["value"])
    elif item.get("delete"):
        del holder[int(last) if isinstance(holder, list) else last]
    else:
        holder[int(last) if isinstance(holder, list) else last] = item["value"]
    path.write_bytes(canonical.dumps(value, file.order(kind_of(path))))


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Findings, a line each, with help and related places below them."""
    lines = []
    for item in diagnostics:
        record = f" [{item.location.record}]" if item.location.record else ""
        lines.append(f"{_shown(item.location)}: {item.code} {item.severity} {item.message}{record}")
        lines += [f"    {related.message}: {_shown(related.location)}" for related in item.related]
        if item.help:
            lines.append(f"    help: {item.help}")
    return "".join(f"{line}\n" for line in lines)


def _shown(place: Location) -> str:
    return f"{place.path}:{place.line}:{place.column}" if place.line else place.path


def _place(root: Path, name: str) -> Path:
    return root.parent / name if name.startswith("texts/") else root / name

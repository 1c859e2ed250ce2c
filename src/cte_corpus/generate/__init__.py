"""Files that are generated from the models and the vocabulary: written, and compared with what is committed."""

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Final

from cte_corpus.generate import codebook, drafts, folding, schemas, vocabulary
from cte_corpus.store import files, line_ends

GENERATORS: Final[dict[str, Callable[[], dict[str, bytes]]]] = {
    "schemas": schemas.render,
    "drafts": drafts.render,
    "vocabulary": vocabulary.render,
    "codebook": codebook.render,
    "folding": folding.render,
}
"""Each renders its files: path in the repository, with `/`, to content."""


def render() -> dict[str, bytes]:
    """Every generated file by its path in the repository."""
    return {path: content for generator in GENERATORS.values() for path, content in generator().items()}


def write(root: Path) -> list[str]:
    """Write what differs under `root`; the paths written."""
    rendered = render()
    changed = _drifted(root, rendered)
    for path in changed:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write(target, rendered[path])
    return changed


def check(root: Path) -> list[str]:
    """The paths of the generated files that are missing under `root` or differ from what is rendered now."""
    return _drifted(root, render())


def only_line_ends(root: Path) -> list[str]:
    """The paths of those that differ in nothing but their line ends."""
    rendered = render()
    drifted = _drifted(root, rendered)
    return [path for path in drifted if line_ends.differs_in_these_only(_read(root / path) or b"", rendered[path])]


def diff(root: Path) -> str:
    """A unified diff from the files under `root` to what is rendered now; empty where nothing drifted."""
    rendered = render()
    parts: list[str] = []
    for path in _drifted(root, rendered):
        before = (_read(root / path) or b"").decode("utf-8", "replace").splitlines(keepends=True)
        parts += unified_diff(before, rendered[path].decode().splitlines(keepends=True), path, f"{path} (generated)")
    return "".join(parts)


def _drifted(root: Path, rendered: dict[str, bytes]) -> list[str]:
    return [path for path, content in rendered.items() if _read(root / path) != content]


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None

"""Writing data files canonically: what `cte fmt` and `cte check --fix` share."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cte_corpus.checking.diagnostic import Diagnostic
from cte_corpus.checking.rules import file
from cte_corpus.store import canonical, files, strict
from cte_corpus.store.layout import PARTS


def data_files(root: Path) -> Iterator[tuple[Path, str]]:
    """The data files of a corpus tree or of one document folder, each with its kind."""
    for kind in ("corpus", "retired", *PARTS):
        if (root / f"{kind}.json").is_file():
            yield root / f"{kind}.json", kind
    for path in sorted(root.glob("entities/*/*.json")):
        yield path, "entity"
    for folder in sorted(root.glob("documents/*")):
        yield from data_files(folder)


def kind_of(path: Path) -> str:
    """The kind of a data file by its place."""
    return "entity" if path.resolve().parent.parent.name == "entities" else path.stem


def canonical_form(data: bytes, kind: str) -> bytes:
    """A file as it should be written: NFC, records by id, keys in model order.

    Raises:
        JsonError: it is not strict JSON.
    """
    value = _composed(strict.loads(data))
    if isinstance(value, dict) and isinstance(value.get("records"), list):
        value["records"].sort(key=_by_id)
    return canonical.dumps(value, file.order(kind))


def fix(diagnostics: list[Diagnostic]) -> list[str]:
    """Apply the safe fixes; the paths of the files that changed."""
    paths = {item.location.path for item in diagnostics if item.fix is not None}
    changed = []
    for name in sorted(paths):
        path = Path(name)
        before = path.read_bytes()
        after = canonical_form(before, kind_of(path))
        if after != before:
            files.write(path, after)
            changed.append(name)
    return changed


def _by_id(record: Any) -> tuple[str, int, str]:
    """Ids end in a letter and a number: `e9` comes before `e10`."""
    record_id = str(record.get("id", "")) if isinstance(record, dict) else ""
    head = record_id.rstrip("0123456789")
    return head, int(record_id[len(head) :] or 0), record_id


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(item) for item in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _composed(item) for key, item in value.items()}
    return value

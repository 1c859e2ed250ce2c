"""Writing data files canonically: what `cte fmt` and `cte check --fix` share."""

import unicodedata
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from cte_corpus.checking.diagnostic import Diagnostic
from cte_corpus.checking.rules import file
from cte_corpus.scale.workers import Workers, batches
from cte_corpus.store import bundles, canonical, files, inside, laid_out, layout, strict
from cte_corpus.store.packed import Source

FILES = 100
"""How many files another process gets at a time."""


def data_files(root: Path, failed: bundles.Failed = bundles.raises) -> Iterator[tuple[Source, str]]:
    """The data files of a corpus tree or of one document folder, each with its kind.

    Args:
        root: The folder.
        failed: What is told of each file that cannot be read.

    Raises:
        OSError: a file cannot be read, and `failed` was not given.
    """
    if layout.is_document(root):
        yield from _parts(bundles.document(layout.real(root), failed))
        return
    for kind in ("corpus", "retired"):
        try:
            yield bundles.top(root, f"{kind}.json"), kind
        except FileNotFoundError:
            continue
        except OSError as error:
            failed(error)
    for source in bundles.entities(root, failed):
        yield source, "entity"
    for bundle in bundles.documents(root, failed):
        yield from _parts(bundle)


def _parts(bundle: bundles.Bundle) -> Iterator[tuple[Source, str]]:
    yield from ((source, kind) for kind, source in bundle.sources.items())


def kind_of(path: Path) -> str:
    """The kind of a data file by its place."""
    return "entity" if layout.real(path).parent.parent.name == "entities" else path.stem


def canonical_form(data: bytes, kind: str) -> bytes:
    """A file as it should be written: NFC, records by id, keys in model order, whole numbers without a point.

    Raises:
        JsonError: it is not strict JSON.
    """
    before, order = strict.loads(data), file.order(kind)
    value = _composed(before)
    if isinstance(value, dict) and isinstance(value.get("records"), list):
        value["records"].sort(key=_by_id)
    if value == before and laid_out.is_canonical(data, value, order):
        return data
    return canonical.dumps(value, order)


class Batch(list[tuple[Source, str]]):
    """Files with their kinds, for another process."""

    def __str__(self) -> str:
        return f"{self[0][0].path} to {self[-1][0].path}"


def formed(batch: Batch) -> list[tuple[Source, bytes | strict.JsonError]]:
    """Files with their canonical form, or with what is wrong with them; empty where they are in that form."""
    found: list[tuple[Source, bytes | strict.JsonError]] = []
    for source, kind in batch:
        try:
            after = canonical_form(source.data, kind)
        except strict.JsonError as error:
            found.append((source, error))
        else:
            found.append((source, b"" if after == source.data else after))
    return found


def all_formed(
    root: Path, failed: bundles.Failed, workers: Workers | None = None
) -> Iterator[tuple[Source, bytes | strict.JsonError]]:
    """What `formed` says of the data files of a corpus tree or of one document folder.

    Args:
        root: The folder.
        failed: What is told of each file that cannot be read.
        workers: Other processes that do it.
    """
    each = map(Batch, batches(data_files(root, failed), FILES))
    yield from chain.from_iterable(workers.map(formed, each) if workers else map(formed, each))


def fix(diagnostics: list[Diagnostic]) -> list[str]:
    """Apply the safe fixes; the paths of the files that changed."""
    paths = {item.location.path for item in diagnostics if item.fix is not None}
    changed = []
    for name in sorted(paths):
        path = Path(name)
        end = layout.real(path)  # of a link within the corpus
        before = inside.Folder(end.parent).read(end.name)
        after = canonical_form(before, kind_of(path))
        if after != before:
            files.write(path, after)
            changed.append(name)
    return changed


def _by_id(record: Any) -> tuple[str, int, str, str]:
    """Ids end in a letter and a number, of any length: `e9` comes before `e10`."""
    found = record.get("id") if isinstance(record, dict) else None
    record_id = found if isinstance(found, str) else ""  # a number would change its place with its spelling
    head = record_id.rstrip("0123456789")
    digits = record_id[len(head) :].lstrip("0")
    return head, len(digits), digits, record_id


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(item) for item in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _composed(item) for key, item in value.items()}
    return value

"""The record tables as a release pack has them, in Parquet."""

from __future__ import annotations

from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.store import layout
from cte_corpus.tabular.arrow_schema import record_schemas

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    import pyarrow as pa

    from cte_corpus.corpus.corpus import Corpus


def tables(corpus: Corpus, names: Collection[str]) -> dict[str, pa.Table]:
    """Those of the tables that a pack has; none where what is derived from the records may be another today.

    Raises:
        CteError: a file is damaged.
    """
    import pyarrow as pa

    found: dict[str, list[pa.RecordBatch]] = {}
    for name, batch in pieces(corpus, names):
        found.setdefault(name, []).append(batch)
    return {name: pa.Table.from_batches(batches) for name, batches in found.items()}


def pieces(corpus: Corpus, names: Collection[str]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """The tables piece by piece, as `tables` has them.

    Raises:
        CteError: a file is damaged.
    """
    if corpus.as_of is not None or not layout.is_pack(corpus.path) or not _is_ours(corpus):
        return
    from pyarrow import ArrowException, parquet

    schemas = record_schemas()
    for name in [name for name in schemas if name in names]:
        for path in sorted((corpus.path / "data" / name).glob("*.parquet")):
            try:
                with parquet.ParquetFile(mapped(path)) as file:
                    if file.schema_arrow != schemas[name]:
                        break
                    yield from ((name, batch) for batch in file.iter_batches())
            except (ArrowException, OSError) as error:
                raise CteError(f"{path}: {error}", "`cte verify` says what is damaged in a pack") from error


def mapped(path: Path) -> pa.Buffer:
    """A file mapped into memory; pyarrow itself opens none whose path is not UTF-8.

    Raises:
        OSError: it cannot be read.
    """
    import pyarrow as pa

    with path.open("rb") as file:
        return pa.py_buffer(mmap(file.fileno(), 0, access=ACCESS_READ) if path.stat().st_size else b"")


def _is_ours(corpus: Corpus) -> bool:
    """Whether a pack follows the very schemas and vocabulary of this package."""
    return _contents(corpus.path / "schemas" / layout.schema_dir().name) == _contents(layout.schema_dir())


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}

"""What the descriptions of a release say: gathered once by the build, rendered by one module per standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from cte_corpus.records import CorpusInfo


@dataclass(frozen=True)
class PackFile:
    """A file of a pack."""

    path: str
    """Path inside the pack, with `/`."""

    size: int
    """Bytes."""

    sha256: str
    media_type: str
    table: str = ""
    """The record table that it holds, or a shard of; empty for other files."""

    rows: int = 0


@dataclass(frozen=True)
class Facts:
    """A release as its descriptions see it."""

    info: CorpusInfo
    date: str
    """Day of the release, ISO."""

    counts: dict[str, int]
    """Records by table name."""

    memory: dict[str, int]
    """Bytes of each table in memory (Arrow's `nbytes`), by table name."""

    root_digest: str
    """SHA-256 over the digests of all records, 64 hex digits."""

    languages: tuple[str, ...]
    """BCP 47 tags of the documents' languages, sorted."""

    schemas: dict[str, pa.Schema]
    """Arrow schema of each table."""

    files: tuple[PackFile, ...]
    """Data and schema files, sorted by path; not the descriptions themselves."""

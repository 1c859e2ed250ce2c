"""Where a corpus lies and as of which day it is read; what only some need is imported when it is needed."""

from __future__ import annotations

from pathlib import Path

from cte_corpus.store.layout import data_dir, is_archive


def day(as_of: str) -> str:
    """The day as ISO text.

    Raises:
        CteError: it is none.
    """
    from cte_corpus.corpus import as_of as days

    return days.day(as_of)


def folder(path: str | Path | None, version: str | None) -> Path:
    """Where the corpus lies; what brings a release is imported where one is named."""
    if path is not None and not is_archive(path):
        return Path(path)
    if path is None and version is None:
        return data_dir()
    from cte_corpus.published import versions

    return versions.open_pack(path) if path is not None else versions.locate(str(version))

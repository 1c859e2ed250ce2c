"""What is kept of all documents while they are read a group at a time: rows in a file, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Row(NamedTuple):
    """One row: a kind, what it is kept under, what it is sorted by, and any value that fits into JSON."""

    kind: str
    key: str
    sort: str
    value: Any


class Spool:
    """Rows by kind and key. First all are added, then they are sealed, then they are read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = sqlite3.connect(path)
        self._database.execute("pragma journal_mode = off")
        self._database.execute("pragma synchronous = off")
        self._database.execute("create table if not exists row (kind text, key text, sort text, value blob, part int)")

    def add(self, rows: Iterable[Row], part: int = 0) -> None:
        """Add rows; what is sorted by the same stands in the order of the parts, and then as it was added."""
        packed = ((row.kind, row.key, row.sort, orjson.dumps(row.value), part) for row in rows)
        self._database.executemany("insert into row values (?, ?, ?, ?, ?)", packed)
        self._database.commit()

    def take(self, paths: Iterable[Path]) -> None:
        """Add the rows of other files, which are removed."""
        for path in paths:
            self._database.execute("attach ? as other", (str(path),))
            self._database.execute("insert into row select * from other.row order by rowid")
            self._database.commit()
            self._database.execute("detach other")
            path.unlink()

    def seal(self) -> None:
        """Make the rows quick to find."""
        self._database.execute("create index if not exists place on row (kind, key, sort, part)")
        self._database.commit()

    def values(self, kind: str, key: str | None = None) -> Iterator[Any]:
        """The values of a kind, of one key if given, in their order."""
        where, given = ("kind = ? and key = ?", (kind, key)) if key is not None else ("kind = ?", (kind,))
        order = "sort, part, rowid" if key is not None else "key, sort, part, rowid"
        query = f"select value from row where {where} order by {order}"  # noqa: S608 -- what is given is bound
        for (value,) in self._database.execute(query, given):
            yield orjson.loads(value)

    def value(self, kind: str, key: str) -> Any:
        """The first value of a kind and key; None where there is none."""
        return next(self.values(kind, key), None)

    def counts(self, kind: str) -> dict[str, int]:
        """How many rows there are under each key of a kind."""
        return dict(self._database.execute("select key, count(*) from row where kind = ? group by key", (kind,)))

    def sums(self, kind: str, key: str, most: int) -> list[tuple[str, int]]:
        """The values to sort by under a key with the highest sums of their rows, which are numbers."""
        query = """select sort, sum(cast(value as integer)) from row where kind = ? and key = ?
            group by sort order by 2 desc, 1 limit ?"""
        return list(self._database.execute(query, (kind, key, most)))

    def lines(self, kind: str) -> Iterator[str]:
        """What a kind is sorted by, in order."""
        query = "select sort from row where kind = ? order by sort"
        return (str(line) for (line,) in self._database.execute(query, (kind,)))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

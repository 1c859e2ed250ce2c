"""The parts of a check taken together: the findings of a check of the whole corpus, to the byte.

What spans documents is found by DuckDB over what each says of others, on disk where memory does not hold it. It tells
which documents must be held to others; these alone are judged again, by the rules as ever. So a part can be made again,
or added, in any order, and nothing is ever added up.
"""

from __future__ import annotations

from contextlib import closing
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from cte_corpus.checking import partial
from cte_corpus.checking.piecework import Gathered, Run
from cte_corpus.checking.sealed import is_whole
from cte_corpus.errors import CteError, need
from cte_corpus.store import bundles, packed, pieces
from cte_corpus.store.bundles import Bundle
from cte_corpus.store.collector import resting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cte_corpus.checking.partial import Head, Line
    from cte_corpus.checking.result import Result
    from cte_corpus.store.pieces import Piece

COLUMNS = {
    "number": "BIGINT",
    "id": "VARCHAR",
    "text": "VARCHAR",
    "named": "VARCHAR[]",
    "has": "VARCHAR[]",
    "refs": "JSON[]",
    "pairs": "JSON[]",
}
"""What is read of each document."""

LISTED = 20
"""How many missing shards are named."""

MEMORY = "1GB"
"""How much memory DuckDB takes; what needs more goes to disk."""

TABLES = """
create table documents as select * from read_json({files}, format = 'newline_delimited', columns = {columns})
    where number is not null;
create view has as select id as document, unnest(has) as key from documents where id <> '';
create view refs as select number, ref->>0 as document, ref->>1 as key
    from (select number, unnest(refs) as ref from documents);
create view pairs as select number, p->>0 as own, p->>1 as other, p->>2 as rel, p->>3 as alike,
    p->>4 as first, p->>5 as last
    from (select number, unnest(pairs) as p from documents);
"""

AGAIN = """
select number from documents where id <> '' qualify row_number() over (partition by id order by number) > 1
union select number from documents where id <> '' qualify row_number() over (partition by text order by number) > 1
union select number from refs anti join has using (document, key)
union select p.number from pairs as p anti join pairs as q on q.own = p.other and q.other = p.own and q.rel = p.rel
    and q.alike = p.alike and (q.first = p.first and q.last = p.last or q.first <= p.last and p.first <= q.last)
"""
"""The documents that may have to do with others what they must not: too many, and never too few."""

SEVERAL = """
select number from documents where id <> '' qualify count(*) over (partition by id) > 1
union select number from documents where id <> '' qualify count(*) over (partition by text) > 1
"""
NAMED = "select distinct unnest(named) from documents where id <> ''"


class Across(NamedTuple):
    """What shows when all documents are seen together."""

    again: frozenset[int]
    """The numbers of the documents to be judged again."""

    several: frozenset[int]
    """Those of documents whose id or text others have too."""

    named: frozenset[str]
    """The entities that are named."""


def merge(folders: Sequence[Path], root: Path) -> Result:
    """What a check of the whole corpus finds, by its parts.

    Args:
        folders: Where the parts are.
        root: The corpus.

    Raises:
        CteError: a part is missing or damaged, they do not belong together, or the corpus has changed; or DuckDB is
            not installed.
    """
    need("duckdb", "DuckDB", "sql")
    parts = _parts(folders)
    head = parts[0][1]
    chosen = None if head.select is None else frozenset(head.select)
    text = None if head.text is None else Path(head.text)
    run = Run("", root, text, chosen, frozenset(head.ignore))
    shards: dict[int, list[Piece]] = {number: [] for number in range(1, head.shards + 1)}
    with pieces.pieces(root, lambda error: None, head.shards, least=1) as found:
        for number, piece in partial.cut(found, head.shards):
            shards[number].append(piece)
        if head.around != partial.around_of(run):
            raise CteError("the entities or the rules are not as they were", "check all shards again, then merge")
        for _, one in parts:
            if one.digest != partial.key_of(run, one.around, one.shard, one.shards, shards[one.shard]):
                raise CteError(f"shard {one.shard}/{one.shards} is not as it was", "check it again, then merge")
    with resting(), closing(Merged(run, [path for path, _ in parts])) as merged:
        merged.check(None)
    return merged.result()


class Merged(Gathered):
    """A checker of the parts of a check."""

    def __init__(self, run: Run, files: list[Path]) -> None:
        super().__init__(run.root, run.texts(), run.wanted)
        self._files = files
        self._packed = packed.records(self.root, "documents", lambda error: None)

    def _documents(self, only: Path | None) -> None:
        seen = across(self._files)
        self._seen.referenced.update(seen.named)
        for line in self._sound(chain.from_iterable(partial.read(path, self.root) for path in self._files)):
            if line.number in seen.again:
                self._judge_document(self._bundle(line))
                continue
            if line.number in seen.several:
                self._seen.again(line.outcome.id, line.outcome.text, ())
            self._add(line.outcome)

    def _bundle(self, line: Line) -> Bundle:
        """A document as it lies; of a packed corpus they are asked for in their order."""
        if line.line:
            return Bundle("", {"bundle": next(source for source in self._packed if source.line == line.line)})
        return next(bundles.named(self.root, [line.name], self.unreadable))


def across(files: list[Path]) -> Across:
    """What shows when the documents of all parts are seen together.

    Raises:
        CteError: DuckDB has no room for it.
    """
    import duckdb

    with TemporaryDirectory(prefix="cte-") as folder:
        try:
            with duckdb.connect(f"{folder}/across.duckdb") as database:
                database.execute(f"set memory_limit = '{MEMORY}'")
                listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
                database.execute(TABLES.format(files=f"[{listed}]", columns=COLUMNS))
                again, several, named = (
                    frozenset(value for (value,) in database.execute(query).fetchall())
                    for query in (AGAIN, SEVERAL, NAMED)
                )
        except duckdb.Error as error:
            why = str(error).partition("\n")[0]
            raise CteError(f"the parts cannot be taken together: {why}", "give it more room in TMPDIR") from error
    return Across(again, several, named)


def _parts(folders: Sequence[Path]) -> list[tuple[Path, Head]]:
    """The parts in their order, each once."""
    found: dict[tuple[int, int], tuple[Path, Head]] = {}
    for folder in folders:
        for path in sorted(folder.glob(f"*{partial.ENDS}")):
            head = partial.read_head(path)
            if head is None:
                raise CteError(f"{path} is no part of a check", "delete it, and check its shard again")
            if not is_whole(path):
                raise CteError(f"{path} is damaged", "delete it, and check its shard again")
            first, other = found.setdefault((head.shards, head.shard), (path, head))
            if head.digest != other.digest:
                raise CteError(f"{first} and {path} are of one shard, and differ", "delete the older one")
    heads = [head for _, head in found.values()]
    if not heads:
        raise CteError(
            f"there are no parts in {folders[0]}", "`cte check --shard 1/4 --partial DIR` makes the first of four"
        )
    if len({repr((head.shards, head.around, head.select, head.ignore, head.text)) for head in heads}) > 1:
        raise CteError("these parts are of different checks", "give a folder for each, or delete the older ones")
    missing = [number for number in range(1, heads[0].shards + 1) if (heads[0].shards, number) not in found]
    if missing:
        listed = ", ".join(map(str, missing[:LISTED])) + (" …" if len(missing) > LISTED else "")
        raise CteError(f"of {heads[0].shards:,} shards these are missing: {listed}", "check them, then merge")
    return [found[key] for key in sorted(found)]

"""A part of a check: what came of one shard of a corpus, as a file that `merge` takes together with the others.

A shard is judged from its own documents and what lies around them, so that its part is named by the digest of these.
It is lines of JSON: what it is of, and then one for each document.
"""

import json
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

from cte_corpus.checking.abroad import NOTHING, abroad
from cte_corpus.checking.basis import digest_of, rules
from cte_corpus.checking.diagnose import Placed
from cte_corpus.checking.diagnostic import Location, Related
from cte_corpus.checking.engine import Checker
from cte_corpus.checking.memory import id_of
from cte_corpus.checking.noted import Note
from cte_corpus.checking.outcome import Outcome
from cte_corpus.checking.piecework import Run, Worker
from cte_corpus.checking.rules.doc import Record
from cte_corpus.checking.schema_places import Places
from cte_corpus.checking.sealed import is_whole, sealed
from cte_corpus.errors import CteError
from cte_corpus.scale.progress import doing
from cte_corpus.store import bundles, files, pieces
from cte_corpus.store.collector import resting
from cte_corpus.store.pieces import Piece, Pieces
from cte_corpus.text.suggest import Worked

ENDS = ".partial.jsonl"


class Head(NamedTuple):
    """What a part is of."""

    shard: int
    shards: int
    digest: str
    """Digest of all that it rests on."""

    around: str
    """Digest of what all shards rest on: the rules, the entity registry, the options."""

    select: list[str] | None
    ignore: list[str]
    text: str | None
    documents: int


class Line(NamedTuple):
    """What came of one document, and where it lies."""

    number: int
    """Its place in the corpus: later documents have larger ones."""

    name: str
    """The name of its folder in a tree."""

    line: int
    """The number of its line in a packed file."""

    outcome: Outcome


class Apart(Worker):
    """A worker that looks at no other document; what must be held to others it hands over.

    What lies around the documents is judged too, only to know which slips were met there.
    """

    def prepare(self) -> None:
        """Read what lies around the documents."""
        Checker.prepare(self)
        self.slips = frozenset(self.noted.slips)

    def _entity_registry(self) -> None:
        Checker._entity_registry(self)

    def _judge_entities(self) -> None:
        Checker._judge_entities(self)

    def foreign(self, part: str, document: str) -> dict[str, Record] | None:
        """None: whoever takes all together looks."""
        return None

    def _begin(self) -> None:
        super()._begin()
        self.doc = None


def write(
    root: Path,
    folder: Path,
    shard: int,
    shards: int,
    *,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
    text: Path | None = None,
) -> tuple[Path, bool]:
    """Judge a shard of a corpus, unless it was, and write what came of it.

    Args:
        root: The corpus.
        folder: Where the file goes; it is made.
        shard: Which, from 1.
        shards: Into how many the corpus is cut.
        select: Codes to report; all if None.
        ignore: Codes not to report.
        text: A folder with the source texts.

    Returns:
        The file, and whether it was made now.

    Raises:
        CteError: the folder cannot be written.
    """
    run = Run(token_hex(), root, text, select, ignore)
    unreadable: list[OSError] = []
    with resting(), pieces.pieces(root, unreadable.append, shards, least=1) as found:
        own = [piece for number, piece in cut(found, shards) if number == shard]
        around = around_of(run)
        key = key_of(run, around, shard, shards, own)
        options = (None if select is None else sorted(select), sorted(ignore), None if text is None else str(text))
        head = Head(shard, shards, key, around, *options, sum(len(piece.ids) for piece in own))
        name = f"{shard:05}-of-{shards:05}"
        path = folder / f"{name}.{key[:16]}{ENDS}"
        try:
            if head == read_head(path) and is_whole(path):
                return path, False
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.glob(f"{name}.*"):
                old.unlink()
            with (folder / f"{name}.tmp").open("wb") as file:
                file.writelines(sealed(_lines(run, own, head, unreadable)))
            files.place(Path(file.name), path)
        except OSError as error:
            raise CteError(f"cannot write to {folder}: {error.strerror}") from error
    return path, True


def cut(found: Pieces, shards: int) -> Iterator[tuple[int, Piece]]:
    """The pieces of a corpus, each with the number of its shard, from 1."""
    start = 0
    for piece in found.each:
        yield min(start * shards // max(found.total, 1), shards - 1) + 1, piece
        start += piece.size


def key_of(run: Run, around: str, shard: int, shards: int, own: list[Piece]) -> str:
    """Digest of all that a shard rests on."""
    return digest_of(chain([around.encode(), f"{shard}/{shards}".encode()], _bytes(run, own)))


def _lines(run: Run, own: list[Piece], head: Head, errors: list[OSError]) -> Iterator[str]:
    yield json.dumps({"head": head}) + "\n"
    worker = Apart(run.root, run.texts(), run.wanted)
    worker.prepare()
    number = head.shard << 32
    with doing(sum(piece.size for piece in own), "bytes") as step:
        for piece in own:
            worker.start(worker.slips)
            for outcome in worker.outcomes(pieces.read(run.root, piece, worker.unreadable)):
                number += 1
                yield _encoded(number, worker, outcome)
            step(piece.size)
    if head.shard == head.shards and errors:
        worker.start(worker.slips)
        for error in errors:
            worker.unreadable(error)
        yield from (_encoded(number + 1, worker, outcome) for outcome in worker.outcomes(iter(())))


def around_of(run: Run) -> str:
    """Digest of what all shards of a corpus rest on."""
    return digest_of(_around(run))


def _around(run: Run) -> Iterator[bytes]:
    yield rules().encode()
    yield json.dumps([run.select and sorted(run.select), sorted(run.ignore)]).encode()
    errors: list[Exception] = []
    for name in ("corpus.json", "retired.json"):
        try:
            yield bundles.top(run.root, name).data
        except OSError as error:
            errors.append(error)
    for item in bundles.entities(run.root, errors.append):
        yield from (_inside(item.path, run), item.data)
    yield from (_inside(str(error), run) for error in errors)


def _bytes(run: Run, own: list[Piece]) -> Iterator[bytes]:
    """All that is read of a shard."""
    errors: list[Exception] = []
    texts, places = run.texts(), Places(run.root)
    for piece in own:
        for bundle in pieces.read(run.root, piece, errors.append):
            yield from (_inside(name, run) for name in (*bundle.missing, *bundle.stray))
            for source in bundle.sources.values():
                yield from (_inside(source.path, run), source.data, b"lost" if places.lost(source) else b"")
            try:
                text = texts.of(id_of(bundle)) if texts and bundle.is_whole else None
            except (OSError, CteError) as error:
                errors.append(error)
            else:
                yield from (text.path.rpartition(".")[2].encode(), text.data) if text else (b"",)
    yield from (_inside(str(error), run) for error in errors)


def _inside(said: str, run: Run) -> bytes:
    """A path in the corpus, or what names one: the same wherever the corpus lies."""
    return said.replace(f"{run.root}/", "").encode("utf-8", "surrogateescape")


def read_head(path: Path) -> Head | None:
    """What a file is of; None where it is no part of a check by this version.

    Raises:
        OSError: it is there, and cannot be read.
    """
    try:
        with path.open(encoding="ascii") as file:
            return Head(*json.loads(file.readline())["head"])
    except (FileNotFoundError, ValueError, TypeError, LookupError):
        return None


def read(path: Path, root: Path) -> Iterator[Line]:
    """What came of the documents of a shard, by a file that is whole.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open(encoding="ascii") as file:
        for said in filter(lambda said: "number" in said, map(json.loads, file)):
            notes = [_note(root, *note) for note in said["notes"]]
            broken = {f"{root}/{name}": count for name, count in said["broken"].items()}
            outcome = Outcome(
                said["id"], said["text"], (), said["is_sound"], said["counts"], broken, notes, said["unjudged"]
            )
            yield Line(said["number"], said["name"], said["line"], outcome)


def _encoded(number: int, worker: Apart, outcome: Outcome) -> str:
    """A line of the file, with paths within the corpus."""
    inside = f"{worker.root}/"
    bundle = worker.bundle
    packed = bundle.sources.get("bundle") if bundle else None
    said = {
        "number": number,
        "name": bundle.id if bundle else "",
        "line": packed.line if packed else 0,
        "id": outcome.id,
        "text": outcome.text,
        "named": outcome.named,
        "is_sound": outcome.is_sound,
        "counts": outcome.counts,
        "unjudged": list(outcome.unjudged),
        "broken": {path.removeprefix(inside): count for path, count in outcome.broken.items()},
        "notes": [
            note._replace(path=note.path.removeprefix(inside), items=[_cut(item, inside) for item in note.items])
            for note in outcome.notes
        ],
    }
    return json.dumps(said | (abroad(worker.doc) if worker.doc else NOTHING)._asdict()) + "\n"


def _cut(item: Placed, inside: str) -> Placed:
    """A finding with its paths within the corpus."""
    return _moved(item, lambda path: path.removeprefix(inside))


def _moved(item: Placed, move: Callable[[str], str]) -> Placed:
    def at(where: Location) -> Location:
        return where._replace(path=move(where.path))

    related = tuple(Related(at(where), why) for where, why in item.related)
    return item._replace(location=at(item.location), related=related)


def _note(root: Path, path: str, is_line: bool, items: list[Any], over: dict[str, int]) -> Note:
    def whole(inside: str) -> str:
        return inside if inside.startswith("/") else f"{root}/{inside}"

    return Note(whole(path), is_line, [_moved(_placed(*item), whole) for item in items], over)


def _placed(code: str, location: Any, message: str, help_: str, related: Any, near: Any, slip: str) -> Placed:
    others = tuple(Related(_location(*where), why) for where, why in related)
    return Placed(code, _location(*location), message, help_, others, near and Worked(*near), slip)


def _location(path: str, line: int, column: int, pointer: list[str | int], record: str) -> Location:
    return Location(path, line, column, tuple(pointer), record)

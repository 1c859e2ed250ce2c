"""A check whose documents others judge, in pieces: what they do, and how what they found is taken together.

It finds what a check in one process finds, to the byte, in whatever pieces: a piece is judged by the same code, and
what spans documents is judged where they are taken together, in their order.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from secrets import token_hex
from threading import local
from typing import Any, NamedTuple
from weakref import finalize

from cte_corpus.checking import again, engine
from cte_corpus.checking.again import CheckerAgain
from cte_corpus.checking.engine import Checker, Wanted
from cte_corpus.checking.memory import Memory
from cte_corpus.checking.noted import Noted, is_wanted
from cte_corpus.checking.outcome import Outcome, Recorder
from cte_corpus.checking.result import Result
from cte_corpus.checking.rules.corpus import Seen
from cte_corpus.checking.source_texts import Texts
from cte_corpus.checking.verdicts import Handed, Registry, Verdict
from cte_corpus.scale.progress import doing
from cte_corpus.scale.workers import Workers
from cte_corpus.store import pieces
from cte_corpus.store.bundles import Bundle
from cte_corpus.store.collector import resting
from cte_corpus.store.pieces import Piece, Pieces

PIECES = 8
"""Into how many pieces for each worker a small corpus is cut, so that none has to wait for the others at the end."""


class Run(NamedTuple):
    """What all pieces of a run have in common."""

    name: str
    """Of this run alone: what a worker has read around the documents holds for it, and for no other."""

    root: Path
    text: Path | None
    select: frozenset[str] | None
    ignore: frozenset[str]
    remembers: bool = False
    """Whether verdicts are wanted."""

    registry: Registry | None = None
    """The entity registry, where it was found clean by an earlier check."""

    slips: frozenset[str] = frozenset()
    """The slips that were met around the documents."""

    def texts(self) -> Texts | None:
        """The source texts, where documents are checked with them."""
        return None if self.text is None else Texts(self.text, of_one=False)

    def wanted(self, code: str) -> bool:
        """Whether findings of a code are wanted."""
        return is_wanted(self.select, self.ignore, code)


class Task(NamedTuple):
    """A piece to be judged."""

    run: Run
    piece: Piece
    verdicts: tuple[Verdict, ...] = ()
    """What earlier checks found of its documents."""

    def __str__(self) -> str:
        return str(self.piece)


def run(
    path: str | Path | None = None,
    *,
    workers: Workers | None,
    cache: Path | None = None,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
    text: str | Path | None = None,
) -> Result:
    """Check as `cte_corpus.checking.engine.run` does, and find the same.

    Args:
        path: As there; so are `select`, `ignore` and `text`.
        workers: Who judges the documents; this process alone if None.
        cache: A folder in which to remember what was found clean; None to judge all and remember nothing.

    Raises:
        CteError: as there; or a worker died.
    """
    if workers is None:
        if cache is None:
            return engine.run(path, select=select, ignore=ignore, text=text)
        return again.run(path, cache=cache, select=select, ignore=ignore, text=text)

    def make(root: Path, texts: Texts | None, wanted: Wanted) -> Checker:
        work = Run(token_hex(), root, texts.path if texts else None, select, ignore, cache is not None)
        if cache is None:
            return Gatherer(root, texts, wanted, work=work, workers=workers)
        keeps = select is None and not ignore
        return GathererAgain(root, texts, wanted, cache=cache, keeps=keeps, work=work, workers=workers)

    return engine.run(path, select=select, ignore=ignore, text=text, make=make)


class Gathered(Checker):
    """A checker of what was judged elsewhere."""

    def _add(self, outcome: Outcome) -> None:
        """Add what came of a document."""
        for key, number in zip(self._counts, outcome.counts, strict=True):
            self._counts[key] += number
        self._complete &= outcome.is_sound
        self._broken.update(outcome.broken)
        self._unjudged.update(outcome.unjudged)
        for note in outcome.notes:
            self.noted.replay(note)


class Gatherer(Gathered):
    """A checker of what workers have judged."""

    def __init__(self, *given: Any, work: Run, workers: Workers, **others: Any) -> None:
        super().__init__(*given, **others)
        self._work = work
        self._workers = workers

    def _documents(self, only: Path | None) -> None:
        if only:
            super()._documents(only)
            return
        self._work = self._work._replace(slips=frozenset(self.noted.slips))
        with pieces.pieces(self.root, self.unreadable, PIECES * self._workers.count) as found:
            for outcome, bundle in self._sound(self._outcomes(found)):
                self._take(outcome, bundle)

    def _outcomes(self, found: Pieces) -> Iterator[tuple[Outcome, Callable[[], Bundle]]]:
        """What comes of the documents, each with a function that reads it."""
        given: list[Piece] = []

        def tasks() -> Iterator[Task]:
            for piece in found.each:
                given.append(piece)
                yield self._task(piece)

        with doing(found.total, "bytes") as step:
            for outcomes in self._workers.map(judge, tasks()):
                piece = given.pop(0)
                for number, outcome in enumerate(outcomes):
                    yield outcome, partial(self._again, piece, number)
                step(piece.size)

    def _task(self, piece: Piece) -> Task:
        return Task(self._work, piece)

    def _again(self, piece: Piece, number: int) -> Bundle:
        return next(islice(pieces.read(self.root, piece, self.unreadable), number, None))

    def _take(self, outcome: Outcome, bundle: Callable[[], Bundle]) -> bool:
        """Add what came of a document; False where it must be judged here."""
        if outcome.id and not self._seen.again(outcome.id, outcome.text, outcome.named):
            self._judge_document(bundle())  # only here is known of which it is the second
            return False
        self._add(outcome)
        return True


class GathererAgain(Gatherer, CheckerAgain):
    """One that hands out what is remembered, and remembers what comes back."""

    def _documents(self, only: Path | None) -> None:
        self._work = self._work._replace(registry=self._known and self._known._replace(unnamed=()))  # may be many
        super()._documents(only)

    def _task(self, piece: Piece) -> Task:
        return Task(self._work, piece, self._memory.known(piece.ids))

    def _take(self, outcome: Outcome, bundle: Callable[[], Bundle]) -> bool:
        taken = super()._take(outcome, bundle)
        if taken and outcome.verdict:
            self._memory.keep(outcome.verdict)
            self._recalled += outcome.is_recalled
        return taken


class Worker(Checker):
    """A checker that judges one document after the other, and leaves to others what spans them."""

    def __init__(self, *given: Any, **others: Any) -> None:
        super().__init__(*given, **others)
        finalize(self, self._foreign.close)  # kept from one piece to the next
        self.bundle: Bundle | None = None

    def start(self, slips: frozenset[str]) -> None:
        """Begin a piece."""
        self.recorder = self.noted = Recorder(self.wanted, slips)

    def outcomes(self, bundles: Iterator[Bundle]) -> Iterator[Outcome]:
        """What comes of documents; what cannot be read, and belongs to none, is an outcome of its own."""
        self._begin()
        for self.bundle in bundles:
            self._judge_document(self.bundle)
            yield self._outcome()
            self._begin()
        if self.recorder.notes:
            yield self._outcome()

    def _begin(self) -> None:
        """Begin a document."""
        self.bundle = None
        self._complete = True
        self._seen = Seen()
        self._broken.clear()
        self._unjudged.clear()
        self._counts = dict.fromkeys(self._counts, 0)
        self.recorder.notes = []

    def _outcome(self) -> Outcome:
        text, document = next(iter(self._seen.texts.items()), ("", ""))
        named, counts = sorted(self._seen.referenced), tuple(self._counts.values())
        notes, unjudged = self.recorder.notes, tuple(self._unjudged)
        return Outcome(document, text, named, self._complete, counts, dict(self._broken), notes, unjudged)

    def prepare(self) -> None:
        """Read what lies around the documents; whoever takes all together says what is wrong with it."""
        with self._silence():
            super().prepare()

    def _entity_registry(self) -> None:
        with self._silence():
            super()._entity_registry()

    def _judge_entities(self) -> None:
        pass

    @contextmanager
    def _silence(self) -> Iterator[None]:
        noted, wanted, complete = self.noted, self.wanted, self._complete
        self.noted, self.wanted = Noted(_none), _none
        yield
        self.noted, self.wanted, self._complete = noted, wanted, complete


class WorkerAgain(Worker, CheckerAgain):
    """One with verdicts."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given, cache=Path(), keeps=True)
        self.handed = Handed()

    @cached_property
    def _memory(self) -> Memory:
        return Memory(self.handed, self._foreign, True)

    _tops = Checker._tops  # that they are clean is not handed over

    def _begin(self) -> None:
        super()._begin()
        self.handed.kept, self._recalled = None, 0

    def _outcome(self) -> Outcome:
        return super()._outcome()._replace(verdict=self.handed.kept, is_recalled=self._recalled > 0)


def _none(code: str) -> bool:
    return False


_kept = local()
"""The last worker of each thread, with its run."""


def _worker(work: Run) -> Worker:
    """The worker for a run, with what lies around the documents."""
    if getattr(_kept, "run", None) == work:
        worker: Worker = _kept.worker
        return worker
    kind = WorkerAgain if work.remembers else Worker
    worker = kind(work.root, work.texts(), work.wanted)
    if isinstance(worker, WorkerAgain):
        worker.handed.registry = work.registry
    worker.prepare()
    _kept.run, _kept.worker = work, worker
    return worker


def judge(task: Task) -> list[Outcome]:
    """What comes of the documents of a piece."""
    with resting():
        worker = _worker(task.run)
        worker.start(task.run.slips)
        if isinstance(worker, WorkerAgain):
            worker.handed.known = {verdict.id: verdict for verdict in task.verdicts}
        return list(worker.outcomes(pieces.read(worker.root, task.piece, worker.unreadable)))

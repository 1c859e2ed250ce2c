"""A check whose documents others judge, in pieces: what they do, and how what they found is taken together.

It finds what a check in one process finds, to the byte, in whatever pieces: a piece is judged by the same code, and
what spans documents is judged where they are taken together, in their order.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple
from weakref import finalize

from cte_corpus.checking import engine
from cte_corpus.checking.again import CheckerAgain
from cte_corpus.checking.engine import Checker, Wanted
from cte_corpus.checking.memory import Memory
from cte_corpus.checking.noted import Noted
from cte_corpus.checking.outcome import Outcome, Recorder
from cte_corpus.checking.result import Result
from cte_corpus.checking.rules.corpus import Seen
from cte_corpus.checking.source_texts import Texts
from cte_corpus.checking.verdicts import Handed, Registry, Verdict
from cte_corpus.scale.workers import Workers
from cte_corpus.store import pieces
from cte_corpus.store.bundles import Bundle
from cte_corpus.store.collector import resting
from cte_corpus.store.pieces import Piece

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
    remembers: bool
    """Whether verdicts are wanted."""

    registry: Registry | None = None
    """The entity registry, where it was found clean by an earlier check."""

    slips: frozenset[str] = frozenset()
    """The slips that were met around the documents."""

    def wanted(self, code: str) -> bool:
        """Whether findings of a code are wanted."""
        return (self.select is None or code in self.select) and code not in self.ignore


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
    workers: Workers,
    cache: Path | None = None,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
    text: str | Path | None = None,
) -> Result:
    """Check as `cte_corpus.checking.engine.run` does, and find the same.

    Args:
        path: As there; so are `select`, `ignore` and `text`.
        workers: Who judges the documents.
        cache: A folder in which to remember what was found clean; None to judge all and remember nothing.

    Raises:
        CteError: as there; or a worker died.
    """

    def make(root: Path, texts: Texts | None, wanted: Wanted) -> Checker:
        work = Run(token_hex(), root, texts.path if texts else None, select, ignore, cache is not None)
        if cache is None:
            return Gatherer(root, texts, wanted, work=work, workers=workers)
        keeps = select is None and not ignore
        return GathererAgain(root, texts, wanted, cache=cache, keeps=keeps, work=work, workers=workers)

    return engine.run(path, select=select, ignore=ignore, text=text, make=make)


class Gatherer(Checker):
    """A checker of what workers have judged."""

    def __init__(self, *given: Any, work: Run, workers: Workers, **others: Any) -> None:
        super().__init__(*given, **others)
        self._work = work
        self._workers = workers

    def _documents(self, only: Path | None) -> None:
        if only:
            super()._documents(only)
            return
        self._work = self._work._replace(slips=frozenset(self._noted.slips))
        with pieces.pieces(self.root, self.unreadable, PIECES * self._workers.count) as found:
            for outcome, bundle in self._sound(self._outcomes(found.each)):
                self._take(outcome, bundle)

    def _outcomes(self, found: Iterable[Piece]) -> Iterator[tuple[Outcome, Callable[[], Bundle]]]:
        """What comes of the documents, each with a function that reads it."""
        given: list[Piece] = []

        def tasks() -> Iterator[Task]:
            for piece in found:
                given.append(piece)
                yield self._task(piece)

        for outcomes in self._workers.map(judge, tasks()):
            piece = given.pop(0)
            for number, outcome in enumerate(outcomes):
                yield outcome, partial(self._again, piece, number)

    def _task(self, piece: Piece) -> Task:
        return Task(self._work, piece)

    def _again(self, piece: Piece, number: int) -> Bundle:
        return next(islice(pieces.read(self.root, piece, self.unreadable), number, None))

    def _take(self, outcome: Outcome, bundle: Callable[[], Bundle]) -> bool:
        """Add what came of a document; False where it must be judged here."""
        if outcome.id and not self._seen.again(outcome.id, outcome.text, outcome.named):
            self._judge_document(bundle())  # only here is known of which it is the second
            return False
        for key, number in zip(self._counts, outcome.counts, strict=True):
            self._counts[key] += number
        self._complete &= outcome.is_sound
        self._broken.update(outcome.broken)
        for note in outcome.notes:
            self._noted.replay(note)
        return True


class GathererAgain(Gatherer, CheckerAgain):
    """One that hands out what is remembered, and remembers what comes back."""

    def _documents(self, only: Path | None) -> None:
        self._work = self._work._replace(registry=self._known)
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

    def start(self, task: Task) -> None:
        """Begin a piece."""
        self.recorder = self._noted = Recorder(self.wanted, task.run.slips)

    def outcomes(self, bundles: Iterator[Bundle]) -> Iterator[Outcome]:
        """What comes of documents; what cannot be read, and belongs to none, is an outcome of its own."""
        self._begin()
        for bundle in bundles:
            self._judge_document(bundle)
            yield self._outcome()
            self._begin()
        if self.recorder.notes:
            yield self._outcome()

    def _begin(self) -> None:
        self._complete = True
        self._seen = Seen()
        self._broken.clear()
        self._counts = dict.fromkeys(self._counts, 0)
        self.recorder.notes = []

    def _outcome(self) -> Outcome:
        text, document = next(iter(self._seen.texts.items()), ("", ""))
        named, counts = sorted(self._seen.referenced), tuple(self._counts.values())
        return Outcome(document, text, named, self._complete, counts, dict(self._broken), self.recorder.notes)

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
        noted, wanted, complete = self._noted, self.wanted, self._complete
        self._noted, self.wanted = Noted(_none), _none
        yield
        self._noted, self.wanted, self._complete = noted, wanted, complete


class WorkerAgain(Worker, CheckerAgain):
    """One with verdicts."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given, cache=Path(), keeps=True)
        self.handed = Handed()

    @cached_property
    def _memory(self) -> Memory:
        return Memory(self.handed, self._foreign, True)

    def start(self, task: Task) -> None:
        """Begin a piece."""
        super().start(task)
        self.handed.known = {verdict.id: verdict for verdict in task.verdicts}

    def _begin(self) -> None:
        super()._begin()
        self.handed.kept, self._recalled = None, 0

    def _outcome(self) -> Outcome:
        return super()._outcome()._replace(verdict=self.handed.kept, is_recalled=self._recalled > 0)


def _none(code: str) -> bool:
    return False


@lru_cache(maxsize=1)
def _worker(work: Run) -> Worker:
    """The worker for a run, with what lies around the documents."""
    texts = None if work.text is None else Texts(work.text, of_one=False)
    kind = WorkerAgain if work.remembers else Worker
    worker = kind(work.root, texts, work.wanted)
    if isinstance(worker, WorkerAgain):
        worker.handed.registry = work.registry
    worker.prepare()
    return worker


def judge(task: Task) -> list[Outcome]:
    """What comes of the documents of a piece."""
    with resting():
        worker = _worker(task.run)
        worker.start(task)
        return list(worker.outcomes(pieces.read(worker.root, task.piece, worker.unreadable)))

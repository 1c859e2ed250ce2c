"""Work done by other processes: here, or by any executor of `concurrent.futures`; its results come in order."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.process import BaseProcess

AHEAD = 2
"""Tasks that are given to each worker ahead of the one that it does, so that it need not wait."""

WORKERS = 16
"""How many workers another's executor is taken to have at least."""

T = TypeVar("T")
R = TypeVar("R")


class Workers:
    """Processes that do tasks side by side."""

    def __init__(self, executor: Executor, count: int, called: str) -> None:
        """Take an executor.

        Args:
            executor: Who does the tasks.
            count: How many it does at a time.
            called: What it is called in errors.
        """
        self._executor = executor
        self._called = called
        self.count = count

    def map(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """The results of tasks, in the order of the tasks; a few are given out ahead, and not all at once.

        Args:
            function: What is done; it can be imported where the workers are.
            tasks: What it is done with; `str` of a task says in an error what it held.

        Raises:
            CteError: a worker died, or the executor failed; it says which tasks were lost. What `function` raises is
                raised here.
        """
        given: deque[tuple[T, Future[R]]] = deque()
        try:
            for task in tasks:
                given.append((task, self._submit(function, task)))
                if len(given) > self.count * AHEAD:
                    yield self._result(*given.popleft())
            while given:
                yield self._result(*given.popleft())
        finally:
            for _, future in given:
                future.cancel()

    def _submit(self, function: Callable[[T], R], task: T) -> Future[R]:
        try:
            return self._executor.submit(function, task)
        except BrokenExecutor:
            raise self._lost(task) from None

    def _result(self, task: T, future: Future[R]) -> R:
        try:
            return future.result()
        except BrokenExecutor:
            raise self._lost(task) from None
        except CancelledError:
            raise CteError(f"{self._called} stopped before it was done with {task}", "run it again") from None
        except CteError:
            raise
        except Exception as error:
            raise self._failure(task, error) from error

    def _failure(self, task: object, error: Exception) -> Exception:
        """What is raised where a task has failed, or whoever was to do it."""
        return CteError(f"{self._called} failed on {task}: {type(error).__name__}: {error}", "run it again")

    def _lost(self, task: object) -> CteError:
        return CteError(f"{self._called} lost a worker, at the latest while it held {task}", "run it again")


class _Local(Workers):
    """Processes of this machine."""

    def __init__(self, executor: Executor, count: int, folder: Path) -> None:
        super().__init__(executor, count, "the process")
        self._folder = folder

    def _submit(self, function: Callable[[T], R], task: T) -> Future[R]:
        try:
            return self._executor.submit(_noted, self._folder, function, task)
        except BrokenExecutor:
            raise self._lost(task) from None

    def _failure(self, task: object, error: Exception) -> Exception:
        if isinstance(error, MemoryError):
            return CteError(f"there was not enough memory for {task}", "give fewer --jobs, or more memory")
        return error

    def _lost(self, task: object) -> CteError:
        self._executor.shutdown()  # when all have ended, a note is left of those alone that were killed
        held = sorted(path.read_text() for path in self._folder.iterdir())
        return CteError(
            f"a worker was killed while it held {'; or '.join(held) or task}",
            "mostly memory ran out: give fewer --jobs; nothing was written of what was not done",
        )


def _noted(folder: Path, function: Callable[[T], R], task: T) -> R:
    """Do a task; as long as it is not done, a file of this process says which it is."""
    note = folder / str(os.getpid())
    note.write_text(str(task))
    try:
        return function(task)
    finally:
        note.unlink()


def _begin(folder: Path) -> None:
    """Begin a worker: Ctrl-C is for its parent, whose end is its own; ended by the others it leaves no note."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    def ended(*_: object) -> None:
        (folder / str(os.getpid())).unlink(missing_ok=True)
        os._exit(0)

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            wait([parent.sentinel])
            os._exit(0)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, ended)
    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def workers(jobs: int, named: str | None = None, module: str = __name__) -> Iterator[Workers | None]:
    """Workers, as long as the context: processes of this machine, or an executor that somebody names; None for one.

    Args:
        jobs: How many; of an executor 16 or more.
        module: The module of what they are to do; it is loaded once for all of this machine.
        named: `module:factory`: a function without arguments that gives an executor.

    Raises:
        CteError: there is no such factory, or what it gives is no executor.
    """
    if named is not None:
        executor = _executor(named)
        with executor if isinstance(executor, AbstractContextManager) else nullcontext():
            yield Workers(executor, max(jobs, WORKERS), named)
    elif jobs == 1:
        yield None
    else:
        with _processes(jobs, module) as local:
            yield local


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items that are done together."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


@contextmanager
def _processes(jobs: int, module: str) -> Iterator[Workers]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    way = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(way)
    context.set_forkserver_preload([module])
    before = set(multiprocessing.active_children())
    with TemporaryDirectory(prefix="cte-") as folder:
        executor = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(Path(folder),))
        try:
            yield _Local(executor, jobs, Path(folder))
        except BaseException:
            _end({*multiprocessing.active_children()} - before)
            raise
        finally:
            executor.shutdown(cancel_futures=True)


def _end(processes: Iterable[BaseProcess]) -> None:
    for process in processes:
        process.terminate()


def _executor(named: str) -> Executor:
    """The executor that a factory gives.

    Raises:
        CteError: there is no such factory, or what it gives is no executor.
    """
    module, _, factory = named.partition(":")
    form = "write it as module:function, of a module that can be imported from here"
    sys.path.insert(0, "")  # as `python -c` has it
    try:
        found = getattr(import_module(module), factory)
    except (ImportError, AttributeError, ValueError) as error:
        raise CteError(f"there is no executor {named}: {error}", form) from error
    except Exception as error:  # whatever the module of a user does
        raise CteError(f"{module} cannot be imported: {type(error).__name__}: {error}", form) from error
    finally:
        sys.path.remove("")
    try:
        executor: Executor = found()
    except Exception as error:
        raise CteError(f"{named} gives no executor: {type(error).__name__}: {error}", form) from error
    if not hasattr(executor, "submit"):
        kind = type(executor).__name__
        raise CteError(
            f"{named} gives a {kind}, which is no executor", "it has a `submit`, as concurrent.futures has it"
        )
    return executor

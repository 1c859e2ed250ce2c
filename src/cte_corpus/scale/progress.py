"""How far long work has come: told by what does it, to whoever listens; without a listener it costs nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Step = Callable[[int], None]
"""So much more is done."""

Listener = Callable[[int, str], AbstractContextManager[Step]]
"""What is to be done, 0 where nobody knows how much, and in what unit; for as long as it lasts."""

_listener: Listener | None = None


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell a listener, as long as the context."""
    global _listener
    before, _listener = _listener, listener
    try:
        yield
    finally:
        _listener = before


@contextmanager
def doing(total: int, unit: str) -> Iterator[Step]:
    """Work that is told step by step; what is done within other such work is part of it, and not told.

    Args:
        total: How much there is to do; 0 if nobody knows.
        unit: What it is counted in: `bytes`, or the name of things.
    """
    global _listener
    listener, _listener = _listener, None
    try:
        if listener is None:
            yield _silent
        else:
            with listener(total, unit) as step:
                yield step
    finally:
        _listener = listener


def _silent(done: int) -> None:
    pass

"""Rest for the collector of cycles while records are read: decoded JSON has none, and the search for them is slow."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """Within it nothing looks for cycles; memory is freed as always once nothing refers to it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()

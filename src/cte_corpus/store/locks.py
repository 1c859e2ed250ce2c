"""One process at a time: a lock that the system lifts when its holder dies, and that leaves no file behind."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other process holds the file `lock`, and hold it as long as the context; then it is gone.

    The file of a process that was killed is taken over by the next.

    Raises:
        OSError: the file cannot be made.
    """
    if os.name == "posix":
        handle = _held(lock)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)
            os.close(handle)
    else:
        from filelock import FileLock

        with FileLock(lock):
            yield
        with suppress(OSError):  # another process has opened it, and deletes it after
            lock.unlink()


def _held(lock: Path) -> int:
    """A handle on the locked file of that name: whoever held it before has deleted it when this one gets it."""
    import fcntl

    while True:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if _is(handle, lock):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is(handle: int, lock: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), lock.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False

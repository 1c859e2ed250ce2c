"""What holds from the first moment of a command to its last: streams to write to, and a Ctrl-C that ends it quietly."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

INTERRUPTED = 128 + signal.SIGINT


def open_streams() -> None:
    """Let a command write where standard output or error is closed; nobody reads it.

    The null device takes their places: else a file that is opened later would get the number of a standard stream, and
    whatever writes there would write into the file.
    """
    if sys.stdout is None or sys.stderr is None:
        handle = os.open(os.devnull, os.O_RDWR)
        while handle < 2:
            handle = os.dup(handle)
        if handle > 2:
            os.close(handle)
        sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def interruptible() -> Iterator[None]:
    """Around a command: Ctrl-C ends it with 130 and without a word, whatever it interrupts.

    What runs is stopped by a KeyboardInterrupt, so that it clears away what it has begun; a second Ctrl-C does not
    interrupt that. Some code turns the interrupt into another error: the command ends all the same. In a finalizer it
    would be lost, and compiled modules that are just being loaded do not survive it: there the process ends at once.
    Where the shell has Ctrl-C ignored, it is.
    """
    came = False

    def note(number: int, frame: FrameType | None) -> NoReturn:
        nonlocal came
        came = True
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if _is_importing(frame):
            os._exit(INTERRUPTED)
        raise KeyboardInterrupt

    def unraised(error: "sys.UnraisableHookArgs") -> None:
        if came:
            os._exit(INTERRUPTED)
        sys.__unraisablehook__(error)

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, note)
        sys.unraisablehook = unraised
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is left to do takes no time, and is not to be torn
        if came:
            sys.exit(INTERRUPTED)


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False

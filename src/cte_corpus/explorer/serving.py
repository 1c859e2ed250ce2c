"""Showing a site to this machine alone, and writing it again when what it is made of changes."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

LOOPBACK = "127.0.0.1"

State = dict[str, tuple[int, int]]
"""Files, each with its time and size."""

EVERY = 1.0
"""Seconds between two looks at the files."""


class Handler(SimpleHTTPRequestHandler):
    """Serves files, says nothing of it, and lets no browser keep what may have changed."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".jsonld": "application/ld+json",
    }

    def end_headers(self) -> None:
        """Say that nothing is to be kept."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base
        """Log nothing."""


def server(out: Path, port: int) -> ThreadingHTTPServer:
    """A server of a folder that only this machine reaches.

    Raises:
        CteError: the port is taken.
    """
    try:
        return ThreadingHTTPServer((LOOPBACK, port), partial(Handler, directory=str(out)))
    except OSError as error:
        raise CteError(
            f"port {port} cannot be served: {error.strerror}", "take another with --port; 0 is any free one"
        ) from error


def serve(out: Path, watched: list[Path], port: int, build: Callable[[], None], say: Callable[[str], None]) -> None:
    """Write a site and serve it until interrupted; write it again when a file of what is watched changes.

    Where it cannot be written, as in the middle of an edit, that is said, and the old site stays.

    Raises:
        CteError: the port is taken.
    """
    before = state(watched)
    build()
    with server(out, port) as found:
        Thread(target=found.serve_forever, daemon=True).start()
        say(f"serving: http://{LOOPBACK}:{found.server_address[1]}/ (end with Ctrl+C)")
        try:
            follow(watched, before, build, say, Event())
        finally:
            found.shutdown()


def follow(
    watched: list[Path], before: State, build: Callable[[], None], say: Callable[[str], None], stop: Event
) -> None:
    """Build again when the files are not as before, and after each change, until stopped."""
    while not stop.wait(EVERY):
        now = state(watched)
        if now != before:
            before = now
            try:
                build()
            except CteError as error:
                say(f"not written: {error.message}")


def state(watched: Iterable[Path]) -> State:
    """The files below some folders, each with its time and size."""
    found = {}
    for folder in watched:
        for path in [folder, *folder.rglob("*")]:
            try:
                known = path.stat()
            except OSError:  # gone since it was listed
                continue
            if path.is_file():
                found[str(path)] = (known.st_mtime_ns, known.st_size)
    return found

"""A server of the standard library that runs beside a test, on this machine."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import HTTPServer

S = TypeVar("S", bound="HTTPServer")


@contextmanager
def running(server: S) -> Iterator[S]:
    """A server that answers as long as the context, and has ended when it is left."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

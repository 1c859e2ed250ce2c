"""Servers that run beside a test, on this machine."""

from __future__ import annotations

import socketserver
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from socket import socket

    Talk = Callable[[socket], None]
    """What a server does with a connection, whatever HTTP says."""

S = TypeVar("S", bound=socketserver.BaseServer)


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


class Rude(socketserver.ThreadingTCPServer):
    """Takes a request, whatever it is, and answers as it likes until the client goes away."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, talk: Talk) -> None:
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self.talk = talk
        self.connections = 0

    @property
    def url(self) -> str:
        """Address of the server."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def finish_request(self, request: object, client_address: object) -> None:
        """Answer one connection."""
        self.connections += 1
        connection: socket = request  # type: ignore[assignment]
        with suppress(OSError):
            connection.recv(65536)
            self.talk(connection)

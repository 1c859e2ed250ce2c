"""A file server on this machine that can be told to fail in the ways that servers fail."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import TYPE_CHECKING, Any

from tests.running import running

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


class Server(ThreadingHTTPServer):
    """Serves the files of a folder; each attribute is a way to fail."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.ranges = True
        """Whether a request for a part is answered with the part."""

        self.budget: int | None = None
        """Bytes of bodies to send before a connection is cut; None is no end."""

        self.cuts = 0
        """How often a connection is cut once the budget is spent; then there is no end again. -1 is always."""

        self.flipped: int | None = None
        """Offset of a byte to alter in every file."""

        self.asked: list[str] = []
        """The ranges asked for, in order; an empty string where all was asked for."""

        self.sent = 0
        """Bytes of bodies sent."""

        self.lock = Lock()

    @property
    def url(self) -> str:
        """Address of the folder."""
        return f"http://127.0.0.1:{self.server_port}"

    def allow(self, wanted: int) -> int:
        """How many bytes of a body may be sent."""
        with self.lock:
            granted = wanted if self.budget is None else min(wanted, self.budget)
            if self.budget is not None:
                self.budget -= granted
                self.cuts -= granted < wanted
                if self.cuts == 0:
                    self.budget = None
            self.sent += granted
            return granted

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error here."""


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, body: bool) -> None:
        path = self.server.folder / self.path.lstrip("/")
        if not path.is_file():
            self.send_error(404)
            return
        data = bytearray(path.read_bytes())
        if self.server.flipped is not None:
            data[self.server.flipped] ^= 1
        whole, status = len(data), 200
        asked = self.headers.get("Range", "")
        if asked and self.server.ranges:
            first, _, last = asked.removeprefix("bytes=").partition("-")
            start, end = int(first), min(int(last or whole), whole - 1)
            data, status = data[start : end + 1], 206
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{end}/{whole}")
        self.end_headers()
        if body:
            self.server.asked.append(asked)
            granted = self.server.allow(len(data))
            self.wfile.write(data[:granted])
            if granted < len(data):
                self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


def serving(folder: Path) -> AbstractContextManager[Server]:
    """A server of the files in a folder, as long as the context."""
    return running(Server(folder))

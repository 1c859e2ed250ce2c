"""What lies at an http or https address: with one deadline over connection, header and body, whatever a server does."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Addresses = Callable[[str, int], list[str]]
    """From a host and a port to the IP addresses that may be connected to."""

REDIRECTS = 5

BLOCK = 2**16
"""Bytes read at a time."""

_UNQUOTED = "%/:=&?~#+!$,;'@()*[]"
"""What stays as it is in the path and query of an address."""


class WebError(Exception):
    """An address that cannot be had; the message says why, `url` is where redirections had led."""

    def __init__(self, url: str, reason: str | Exception) -> None:
        self.url = url
        self.is_late = isinstance(reason, TimeoutError)
        super().__init__("it took too long" if self.is_late else str(reason) or type(reason).__name__)


class Deadline:
    """The seconds that are left to wait for a server."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.begin()

    def begin(self) -> None:
        """Give it the whole time again."""
        self._end = time.monotonic() + self.seconds

    def left(self) -> float:
        """Seconds that are left, more than 0.

        Raises:
            TimeoutError: there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass
class Answer:
    """What a server answers, with the body still to come."""

    url: str
    """Where redirections led."""

    status: int
    headers: http.client.HTTPMessage

    size: int | None
    """Bytes of the body, where the server says so."""

    _response: http.client.HTTPResponse

    def blocks(self) -> Iterator[bytes]:
        """The body in pieces as they come.

        Raises:
            WebError: it takes too long, or ends before its size is reached.
        """
        got = 0
        try:
            while block := self._response.read1(BLOCK):
                got += len(block)
                yield block
        except (OSError, http.client.HTTPException) as error:
            raise WebError(self.url, error) from error
        if self.size is not None and got < self.size:
            raise WebError(self.url, f"the end came early, after {got:,} of {self.size:,} bytes")


def resolved(host: str, port: int) -> list[str]:
    """The IP addresses of a host.

    Raises:
        OSError: it has none.
    """
    return [str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@contextmanager
def get(url: str, deadline: Deadline, headers: Mapping[str, str], addresses: Addresses = resolved) -> Iterator[Answer]:
    """Ask for an address, and follow up to 5 redirections; the body can be read as long as the context.

    A connection goes to the very address that `addresses` gave, whatever the name means a moment later.

    Args:
        url: An http or https address.
        deadline: Covers everything but the lookup of names, whose limits are the system's.
        headers: Further lines of the request.
        addresses: Gives the addresses of a host, and may refuse them by an error of its own.

    Raises:
        WebError: it is no such address, nobody answers or not in time, or what answers does not speak HTTP.
    """
    for _ in range(REDIRECTS + 1):
        with _asked(url, deadline, headers, addresses) as answer:
            target = answer.headers.get("Location") if answer.status in (301, 302, 303, 307, 308) else None
            if target is None:
                yield answer
                return
        url = _joined(url, target)
    raise WebError(url, f"more than {REDIRECTS} redirections")


@contextmanager
def _asked(url: str, deadline: Deadline, headers: Mapping[str, str], addresses: Addresses) -> Iterator[Answer]:
    """The answer to one request."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or (443 if parts.scheme == "https" else 80)
        target = quote(f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}", safe=_UNQUOTED)
        if parts.scheme not in ("http", "https") or not host:
            raise ValueError
        found = addresses(host, port)
    except ValueError as error:  # UnicodeError is one
        raise WebError(url, "expected an http or https address") from error
    except OSError as error:
        raise WebError(url, f"no address for {host}: {error}") from error
    with ExitStack() as opened:
        try:
            channel = opened.enter_context(_connected(found, port, deadline))
            if parts.scheme == "https":
                channel.settimeout(deadline.left())
                context = ssl.create_default_context()
                channel = opened.enter_context(context.wrap_socket(channel, server_hostname=host))
            connection = http.client.HTTPConnection(host, port)
            connection.sock = cast("socket.socket", _Timed(channel, deadline))
            connection.request("GET", target, headers={"User-Agent": "cte-corpus", **headers})
            response = connection.getresponse()
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise WebError(url, error) from error
        yield Answer(url, response.status, response.headers, response.length, response)


def _connected(addresses: list[str], port: int, deadline: Deadline) -> socket.socket:
    """A connection to the first address that takes one."""
    refused: OSError = OSError("it has no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=deadline.left())
        except OSError as error:
            refused = error
    raise refused


def _joined(url: str, location: str) -> str:
    """Where a redirection leads. `http.client` reads headers as Latin-1; addresses are UTF-8."""
    try:
        return urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:
        raise WebError(url, f"redirects to what is no address: {location}") from error


class _Timed:
    """A socket as `http.client` uses one, that waits for no part of an answer longer than the deadline has left."""

    def __init__(self, channel: socket.socket, deadline: Deadline) -> None:
        self._channel = channel
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._channel.settimeout(self._deadline.left())
        self._channel.sendall(data)

    def makefile(self, _: str) -> io.BufferedReader:
        return io.BufferedReader(_Stream(self._channel, self._deadline), BLOCK)

    def close(self) -> None:
        """The socket is closed by whoever opened it."""


class _Stream(io.RawIOBase):
    def __init__(self, channel: socket.socket, deadline: Deadline) -> None:
        self._channel = channel
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._channel.settimeout(self._deadline.left())
        return self._channel.recv_into(buffer)

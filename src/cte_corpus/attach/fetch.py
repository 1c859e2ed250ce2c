"""Downloading a page from a public address: http and https only, with limits on time and size."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
from urllib.parse import urljoin, urlsplit

from cte_corpus.errors import CteError

TIMEOUT = 20.0
"""Seconds that a download may take in all."""

LARGEST = 20_000_000
"""Bytes that a page may have."""

REDIRECTS = 5

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?\s*([\w-]+)""", re.IGNORECASE)


def fetch(url: str) -> str:
    """The text at an address.

    Raises:
        CteError: the address is not http or https, or not public; it takes too long, is too large, or does not answer
            with a text.
    """
    deadline = time.monotonic() + TIMEOUT
    for _ in range(REDIRECTS + 1):
        status, headers, body = _get(url, deadline)
        if status in (301, 302, 303, 307, 308) and headers.get("Location"):
            url = urljoin(url, headers["Location"])
            continue
        if status != 200:
            raise CteError(f"{url} answers {status}", "open it in a browser, save the page, and give its path")
        return _decoded(body, headers.get_content_charset())
    raise CteError(f"{url}: more than {REDIRECTS} redirections", "save the page, and give its path")


def public_addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host, all of them public.

    Raises:
        CteError: it has none, or one that is not public, as of this machine or a local network.
    """
    try:
        found = [str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise CteError(f"no address for {host}: {error}", "is this machine online?") from error
    for address in found:
        ip = ipaddress.ip_address(address.partition("%")[0])
        inner = getattr(ip, "ipv4_mapped", None) or ip
        if not inner.is_global or inner.is_multicast:
            raise CteError(f"{host} is {address}, which is not a public address", "only public addresses are fetched")
    return found


def _get(url: str, deadline: float) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request. The connection goes to the very address that was judged, whatever the name means a moment later."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CteError(f"expected an http or https address, got {url}", "save the page, and give its path")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = public_addresses(parts.hostname, port)[0]
    try:
        with socket.create_connection((address, port), timeout=_left(deadline)) as plain:
            raw = plain
            if parts.scheme == "https":
                raw = ssl.create_default_context().wrap_socket(raw, server_hostname=parts.hostname)
            connection = http.client.HTTPConnection(parts.hostname, port)
            connection.sock = raw
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers={"User-Agent": "cte-corpus", "Accept": "text/html, text/plain"})
            response = connection.getresponse()
            return response.status, response.headers, _body(response, raw, url, deadline)
    except (OSError, http.client.HTTPException) as error:
        raise CteError(f"{url}: {error}", "save the page, and give its path") from error


def _body(response: http.client.HTTPResponse, connection: socket.socket, url: str, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        connection.settimeout(_left(deadline))
        part = response.read1(65536)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise CteError(f"{url} is larger than {LARGEST:,} bytes", "save the page, and give its path")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError(f"took more than {TIMEOUT:g} seconds")
    return left


def _decoded(body: bytes, charset: str | None) -> str:
    named = _CHARSET.search(body[:4096])
    for name in (charset, named and named[1].decode("ascii"), "utf-8"):
        try:
            return body.decode(name or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    raise CteError("the page is in no known encoding", "save it as UTF-8, and give its path")

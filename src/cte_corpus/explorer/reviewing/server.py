"""The page of a review and what it asks for, served to this machine alone.

Who does not know the token of the address gets nothing. A page of another origin cannot ask either: `Host` and `Origin`
have to be our own, and what is sent has to be JSON.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.authoring.review import ChangedError
from cte_corpus.errors import CteError
from cte_corpus.explorer.serving import LOOPBACK

if TYPE_CHECKING:
    from cte_corpus.authoring.review import Review

LARGEST = 1_000_000
"""Bytes of the largest request."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            *(f"{kind}-src 'self'" for kind in ("script", "style", "font", "img", "connect")),
            *(f"{kind} 'none'" for kind in ("base-uri", "form-action", "frame-ancestors", "trusted-types")),
            "require-trusted-types-for 'script'",
        )
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

OWN = ("review.html", "review.css", "review.js", "review-text.js", "review-list.js")
SHARED = ("site.css", "theme.js", "points.js", "copy-marks.js", "icon.svg", "IBMPlexSansArabic-Regular.woff2")
"""What the page takes over from the site."""

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}


class Server(ThreadingHTTPServer):
    """Shows one review; `address` opens it."""

    daemon_threads = True

    def __init__(self, review: Review, port: int) -> None:
        """Take a port.

        Raises:
            CteError: it is taken.
        """
        self.review = review
        self.token = secrets.token_urlsafe(24)
        self.lock = Lock()
        static = files("cte_corpus.explorer")
        self.pages = {name: (static / "reviewing" / "static" / name).read_bytes() for name in OWN}
        self.pages |= {name: (static / "static" / name).read_bytes() for name in SHARED}
        try:
            super().__init__((LOOPBACK, port), Handler)
        except OSError as error:
            raise CteError(
                f"port {port} cannot be served: {error.strerror}", "take another with --port; 0 is any free one"
            ) from error
        self.origin = f"http://{LOOPBACK}:{self.server_address[1]}"
        self.address = f"{self.origin}/{self.token}/"


class Handler(BaseHTTPRequestHandler):
    """Answers those who know the token."""

    server: Server
    server_version = "cte"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Give a file of the page, the text or the state."""
        name = self._asked()
        if name is None:
            return
        if name in ("text", "state"):
            review = self.server.review
            self._answer(lambda: {"text": review.coded.text} if name == "text" else review.state())
        elif (name or "review.html") in self.server.pages:
            name = name or "review.html"
            self._send(HTTPStatus.OK, self.server.pages[name], TYPES[name.rpartition(".")[2]])
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such page")

    def do_POST(self) -> None:
        """Do what the page asks to be done, and give the new state."""
        name = self._asked()
        if name is None:
            return
        if self.headers.get("Origin") != self.server.origin:
            self._refuse(HTTPStatus.FORBIDDEN, "another page asks")
            return
        if self.headers.get_content_type() != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "expected JSON")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > LARGEST:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"expected at most {LARGEST:,} bytes")
            return
        try:
            action = orjson.loads(self.rfile.read(int(length)))
        except orjson.JSONDecodeError:
            action = None
        if not isinstance(action, dict) or name not in ("do", "raw"):
            self._refuse(HTTPStatus.BAD_REQUEST, "expected an action")
            return
        review = self.server.review
        self._answer(lambda: review.do(action) if name == "do" else {"raw": review.raw(str(action.get("at")))})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base
        """Log nothing."""

    def _asked(self) -> str | None:
        """What is asked for below the token; None, and refused, where the token or the host is another."""
        first, slash, name = self.path.partition("?")[0].removeprefix("/").partition("/")
        is_host = self.headers.get("Host") == self.server.origin.removeprefix("http://")
        if not (is_host and slash) or not secrets.compare_digest(first.encode(), self.server.token.encode()):
            self.close_connection = True
            self._refuse(HTTPStatus.FORBIDDEN, "open the address that `cte review` printed")
            return None
        return name

    def _answer(self, work: Any) -> None:
        try:
            with self.server.lock:
                found = work()
        except ChangedError as error:
            self._refuse(HTTPStatus.CONFLICT, error.message, error.hint)
        except CteError as error:
            self._refuse(HTTPStatus.UNPROCESSABLE_ENTITY, error.message, error.hint)
        except OSError as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, f"{error.filename}: {error.strerror}", "nothing was saved")
        else:
            self._send(HTTPStatus.OK, orjson.dumps(found), "application/json")

    def _refuse(self, status: HTTPStatus, message: str, hint: str = "") -> None:
        self._send(status, orjson.dumps({"error": message, "hint": hint}), "application/json")

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

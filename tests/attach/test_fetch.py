"""Fetching a page from servers that do as they like: one deadline over all, and an error that says why."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

import pytest

from cte_corpus.attach import fetch
from cte_corpus.errors import CteError
from cte_corpus.store import web
from cte_corpus.text.limits import MAX_PAGE
from tests.running import Rude, running

if TYPE_CHECKING:
    from socket import socket

    from tests.running import Talk

HEAD = b"HTTP/1.1 200 OK\r\n"
real = fetch.public_addresses


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers of this machine may be asked, which are refused otherwise; and they have two seconds."""
    monkeypatch.setattr(fetch, "public_addresses", web.resolved)
    monkeypatch.setattr(fetch, "TIMEOUT", 2.0)


def saying(*parts: bytes) -> Talk:
    """Send these bytes, and close."""
    return lambda connection: connection.sendall(b"".join(parts))


def for_ever(first: bytes, part: bytes, pause: float = 0.0) -> Talk:
    """Send something, and then a part again and again."""

    def talk(connection: socket) -> None:
        connection.sendall(first)
        for _ in count():
            connection.sendall(part)
            wait(connection, pause)

    return talk


def wait(connection: socket, seconds: float) -> None:
    """Send nothing for so long, or until the client goes."""
    connection.settimeout(seconds or None)
    with suppress(TimeoutError):
        if seconds and not connection.recv(1):
            raise ConnectionResetError


def silent(connection: socket) -> None:
    """Send nothing, and wait until the client goes."""
    connection.recv(1)


SLOW = {
    "continue": for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "continue slowly": for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.1),
    "status byte by byte": for_ever(b"HTTP/1.1 200 ", b"O", 0.1),
    "header byte by byte": for_ever(HEAD + b"X: ", b"y", 0.1),
    "chunk line byte by byte": for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0", 0.1),
    "chunk trailer": for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n", 0.01),
    "body byte by byte": for_ever(HEAD + b"Content-Length: 5000\r\n\r\n", b"x", 0.1),
    "silence": silent,
    "silence after the header": for_ever(HEAD + b"\r\n", b"", 9),
}


@pytest.mark.parametrize("how", [*SLOW, "https"])
def test_one_deadline_covers_all_of_an_answer(how: str) -> None:
    with running(Rude(SLOW.get(how, silent))) as server:
        url = f"{server.url}/page".replace("http:", f"{how}:" if how == "https" else "http:")
        begun = time.monotonic()
        with pytest.raises(CteError) as refused:
            fetch.fetch(url)
        assert time.monotonic() - begun < 4
    assert refused.value.message == f"{url}: took more than 2 seconds"


def test_a_chain_of_slow_redirections_has_one_deadline() -> None:
    def talk(connection: socket) -> None:
        wait(connection, 0.6)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n")

    with running(Rude(talk)) as server, pytest.raises(CteError, match="took more than 2 seconds"):
        fetch.fetch(server.url)


def test_a_body_has_a_limit() -> None:
    for head in (HEAD + b"\r\n", HEAD + b"Content-Length: 99999999999\r\n\r\n"):
        too_large = pytest.raises(CteError, match=f"is larger than {MAX_PAGE:,} bytes")
        with running(Rude(for_ever(head, b"x" * 65536))) as server, too_large:
            fetch.fetch(server.url)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (HEAD + b"Content-Length: 5000\r\n\r\nshort", "the end came early, after 5 of 5,000 bytes"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n9\r\nx", "IncompleteRead"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nshort", "IncompleteRead"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nshort", "IncompleteRead|negative|early"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n", "redirects to what is no address: http://\\["),
        (b"HTTP/1.1 302 Found\r\nLocation: http://x:99999/\r\n\r\n", "expected an http or https address"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://x:y/\r\n\r\n", "expected an http or https address"),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://" + b"a" * 64 + b".org/\r\n\r\n",
            "expected an http or https address",
        ),
        (b"HTTP/1.1 302 Found\r\nLocation: http://a..org/\r\n\r\n", "expected an http or https address"),
        (b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n", "expected an http or https address"),
        (b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n", "more than 5 redirections"),
        (b"HTTP/1.1 302 Found\r\n\r\n", "answers 302"),
        (b"HTTP/1.1 404 Not Found\r\n\r\n", "answers 404"),
        (b"HTTP/1.1 999999999999 Odd\r\n\r\n", "."),
        (b"nonsense\r\n\r\n", "."),
        (b"", "Remote end closed|BadStatusLine|."),
        (HEAD + b"X: y\r\n" * 200 + b"\r\n", "got more than 100 headers"),
        (HEAD + b"X: " + b"y" * 70000 + b"\r\n\r\n", "got more than 65536 bytes"),
    ],
)
def test_an_answer_that_is_none_is_an_error_that_says_so(answer: bytes, message: str) -> None:
    with running(Rude(saying(answer))) as server, pytest.raises(CteError, match=message) as refused:
        fetch.fetch(server.url)
    assert server.url in refused.value.message or "redirects" not in message


def test_a_redirection_is_followed_whatever_letters_it_has() -> None:
    asked = []

    class Server(Rude):
        def finish_request(self, request: socket, client_address: object) -> None:  # type: ignore[override]
            asked.append(request.recv(65536).split(b" ")[1])
            if len(asked) == 1:
                request.sendall("HTTP/1.1 301 Moved\r\nLocation: /ميناء?q=ä b\r\n\r\n".encode())
            else:
                request.sendall(HEAD + b"Content-Length: 4\r\n\r\nhere")

    with running(Server(silent)) as server:
        assert fetch.fetch(f"{server.url}/a").text == "here"
    assert asked == [b"/a", b"/%D9%85%D9%8A%D9%86%D8%A7%D8%A1?q=%C3%A4%20b"]


@pytest.mark.parametrize(
    "name", ["undefined", "x\0y", "punycode", "idna", "hex", "rot13", "unicode_escape", "nonsense"]
)
def test_an_encoding_that_is_none_is_passed_over(name: str) -> None:
    body = "<p>ميناء".encode()
    for header, page in (
        (f"Content-Type: text/html; charset={name}\r\n", body),
        (f"Content-Type: text/html; charset*=x''{name}\r\n", body),
        ("", f"<meta charset={name}>".encode() + body),
    ):
        answer = HEAD + header.encode() + f"Content-Length: {len(page)}\r\n\r\n".encode() + page
        with running(Rude(saying(answer))) as server:
            assert fetch.fetch(server.url).text.strip() == "ميناء"


@pytest.mark.parametrize(
    "url",
    [
        "http://[",
        "http://x:99999/",
        f"http://{'a' * 64}.org/",
        "http://a\0b/",
        "http://a b/",
        "http://[::1",
        "//x",
        "x",
    ],
)
def test_an_address_that_is_none_is_an_error(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with pytest.raises(CteError, match=re.escape(f"{url}: expected an http or https address") + "|no address for"):
        fetch.fetch(url)


@pytest.mark.parametrize(
    "host",
    [
        "64:ff9b::7f00:1", "64:ff9b::102:304", "64:ff9b:1::7f00:1", "64:ff9b:1:8000::1", "2002:7f00:1::",
        "2002:102:304::1", "::127.0.0.1", "::1.2.3.4", "fec0::1", "feff::1", "fe80::1%lo", "2001:0:1::1",
        "ff02::1", "fc00::1", "100.64.0.1", "192.0.2.1", "198.18.0.1", "240.0.0.1", "224.0.0.1", "0x7f.1",
        "2130706433", "017700000001",
    ],
)  # fmt: skip
def test_addresses_that_lead_to_others_are_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with pytest.raises(CteError, match="not a public address"):
        fetch.public_addresses(host, 80)


@pytest.mark.parametrize("host", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_public_addresses_are_not_refused(host: str) -> None:
    assert fetch._is_public(host)


@pytest.mark.parametrize(
    "where", ["http://127.0.0.1:9/", "http://[::1]:9/", "http://2130706433/", "//0x7f.1/", "http://10.0.0.8/x"]
)
def test_a_redirection_to_an_address_that_is_not_public_is_refused(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = []

    def first_is_fine(host: str, port: int) -> list[str]:
        judged.append(host)
        return web.resolved(host, port) if len(judged) == 1 else real(host, port)

    monkeypatch.setattr(fetch, "public_addresses", first_is_fine)
    answer = b"HTTP/1.1 302 Found\r\nLocation: " + where.encode() + b"\r\nContent-Length: 0\r\n\r\n"
    with running(Rude(saying(answer))) as server, pytest.raises(CteError, match="which is not a public address"):
        fetch.fetch(server.url)
    assert len(judged) == 2


def test_a_name_is_resolved_once_so_that_it_cannot_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is judged is what is connected to, though the name leads elsewhere a moment later."""
    monkeypatch.setattr(fetch, "public_addresses", real)
    answers = iter(["1.1.1.1", "127.0.0.1"])
    reached = []

    def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], timeout: float) -> socket:
        reached.append(address)
        raise OSError("refused here")

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr("socket.create_connection", connect)
    with pytest.raises(CteError, match="refused here"):
        fetch.fetch("http://turning.example/")
    assert reached == [("1.1.1.1", 80)]

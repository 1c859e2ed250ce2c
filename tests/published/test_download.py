"""Downloading from servers that do as they like: bounded in time and size, and nothing left of what is refused."""

from __future__ import annotations

import os
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.published import download, versions
from tests.attach.test_fetch import HEAD, for_ever, saying, silent
from tests.capped import cte
from tests.running import Rude, running

if TYPE_CHECKING:
    from tests.running import Talk

CLAIMS = b"Content-Length: 50000000000\r\n\r\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache; a server has one second for an answer and for each block."""
    monkeypatch.setenv(versions.CACHE, str(tmp_path / "cache"))
    monkeypatch.setattr(download, "TIMEOUT", 1.0)
    return tmp_path / "cache"


LATE = "the server took more than 1 seconds to answer, or for 262,144 bytes"


@pytest.mark.parametrize(
    ("how", "message"),
    [
        (silent, LATE),
        (for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), LATE),
        (for_ever(HEAD + b"X: ", b"y", 0.1), LATE),
        (for_ever(HEAD + b"Content-Length: 100000\r\n\r\n", b"x", 0.3), LATE),
        (for_ever(HEAD + b"Content-Length: 100000\r\n\r\n", b"", 9), LATE),
        (for_ever(HEAD + CLAIMS, b"x" * 65536), "has 50,000,000,000 bytes; an archive may have 2,000,000,000"),
        (for_ever(HEAD + b"\r\n", b"x" * 65536), "does not say how large it is"),
        (for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nabcde\r\n"), "does not say how large it is"),
        (saying(HEAD + b"Content-Length: 5000\r\n\r\nshort"), "the end came early, after 0 of 5,000 bytes|broke off"),
        (saying(HEAD + b"Content-Length: 5\r\n\r\nshort"), "is no release archive"),
        (saying(b"HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-9/10\r\n\r\nabcdefghij"), "is no release archive"),
        (saying(b"HTTP/1.1 206 Partial\r\nContent-Range: bytes 5-9/10\r\n\r\nabcde"), "the server answers 206"),
        (saying(b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n"), r"redirects to what is no address: http://\["),
        (saying(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"), "expected an http or https address"),
        (saying(b"HTTP/1.1 404 No\r\n\r\n"), r"nothing is there \(404\)"),
        (saying(b"HTTP/1.1 500 No\r\n\r\n"), "the server answers 500"),
        (saying(b""), "."),
        (saying(b"\0" * 70000), "."),
    ],
)  # fmt: skip
def test_a_server_is_bounded_and_what_it_sent_is_gone(how: Talk, message: str, cache: Path) -> None:
    with running(Rude(how)) as server:
        begun = time.monotonic()
        with pytest.raises(CteError, match=message) as refused:
            Corpus(f"{server.url}/x.tar")
        assert time.monotonic() - begun < 5
    assert server.url in refused.value.message
    assert list(cache.iterdir()) == []


def test_a_server_that_sends_a_little_each_time_is_left_after_ten(cache: Path) -> None:
    counted = count(1)

    class Server(Rude):
        def finish_request(self, request: object, client_address: object) -> None:
            sent = next(counted)
            part = f"HTTP/1.1 206 Partial\r\nContent-Range: bytes {sent - 1}-99/100\r\n\r\n"
            self.talk = saying((part if sent > 1 else "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n").encode(), b"x")
            super().finish_request(request, client_address)

    with running(Server(silent)) as server, pytest.raises(CteError, match="broke off after 11 of 100 bytes"):
        Corpus(f"{server.url}/x.tar")
    assert next(counted) == 12
    assert list(cache.iterdir()) == []


def test_no_more_is_written_than_the_ledger_names(tmp_path: Path) -> None:
    part = tmp_path / "x.part"
    endless = for_ever(HEAD + b"\r\n", b"x" * 65536)
    with running(Rude(endless)) as server:
        download.download(server.url, part, 300_000)
    assert part.stat().st_size == 300_000
    other = saying(HEAD + b"Content-Length: 300001\r\n\r\n")
    with running(Rude(other)) as server, pytest.raises(CteError, match="has 300,001 bytes; 300,000 are expected"):
        download.download(server.url, tmp_path / "y.part", 300_000)
    assert not (tmp_path / "y.part").exists()


def test_what_is_no_file_is_not_read(cache: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.tar")
    for name in (tmp_path / "pipe.tar", Path("/dev/zero"), tmp_path):
        with pytest.raises(CteError, match="it is no file"):
            Corpus(f"file://{name}")
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize(
    "address", ["http://[/x.tar", "http://x:99999/x.tar", "http://a..b/x.tar", "nonsense://x/y.tar"]
)
def test_an_address_that_is_none_is_an_error_of_the_command(address: str, cache: Path) -> None:
    done = cte("stats", address, env={versions.CACHE: str(cache)})
    assert done.code == 2
    assert done.err.startswith("error: ")
    assert address in done.err
    assert not cache.exists() or list(cache.iterdir()) == []


def test_an_endless_body_takes_no_memory_and_is_no_finding(cache: Path) -> None:
    endless = for_ever(HEAD + b"\r\n", b"x" * 65536)
    with running(Rude(endless)) as server:
        done = cte("stats", f"{server.url}/x.tar", memory=1024, seconds=20, env={versions.CACHE: str(cache)})
    assert done.code == 2
    assert "does not say how large it is" in done.err
    assert done.peak < 200
    assert list(cache.iterdir()) == []

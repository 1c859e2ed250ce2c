"""Downloading a release archive: over HTTP with limits on time and size, or from whatever else fsspec reads.

What came stays when a connection breaks, so that a break costs what was on its way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.store import web

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = 2**18
"""Bytes that must come in the time of `TIMEOUT`; from elsewhere than a server, bytes asked for at a time."""

TIMEOUT = 30.0
"""Seconds in which a server must answer, and then send each block."""

LARGEST = 2_000_000_000
"""Bytes of the largest archive that is downloaded where the ledger does not say how large it is."""

BREAKS = 10
"""How often a connection that broke is opened again."""

ELSEWHERE = "CTE_RELEASES can name another folder or address that holds the archives"
ANOTHER_WAY = "download it another way, and give the file's path"

_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15})")


class _BrokeOffError(Exception):
    """Why no more comes for now; what came is in the file."""


def download(address: str, part: Path, size: int | None = None) -> None:
    """Write what lies at an address to the file `part`, going on where that file ends.

    Where the connection breaks, it is opened again as long as that brings something, at most 10 times. What came stays
    in `part`. The bytes are not judged here: whoever calls compares their digest.

    Args:
        address: An http or https address, or one of another scheme that fsspec knows.
        part: The file to write; what is in it already is taken for the beginning.
        size: Bytes to expect, and the most that is written; None takes what the server says, up to 2 GB.

    Raises:
        CteError: nothing is there, it is too large, the server does not answer in time or breaks off, or the scheme
            needs a missing package.
    """
    part.parent.mkdir(parents=True, exist_ok=True)
    over_http = address.startswith(("http://", "https://"))
    source = _Server(address, part, size) if over_http else _Elsewhere(address, part, size)
    for _ in range(BREAKS + 1):
        begun, reason = source.length(), "the end came early"
        try:
            source.bring()
        except _BrokeOffError as error:
            reason = str(error)
        if source.is_whole():
            return
        if source.length() <= begun or source.is_late:
            break
    raise _broken(address, reason, source.length(), source.size)


class _Source:
    """What is downloaded, and the file to which it is written."""

    def __init__(self, address: str, part: Path, size: int | None) -> None:
        self.address = address
        self.part = part
        self.size = size
        """Bytes of the whole, once they are known."""

        self.is_late = False
        """Whether it broke off because too little came."""

    def length(self) -> int:
        """Bytes that are there."""
        return self.part.stat().st_size if self.part.exists() else 0

    def is_whole(self) -> bool:
        """Whether as many bytes are there as are expected."""
        return self.size is not None and self.length() >= self.size

    def bring(self) -> None:
        """Write what is missing, as far as it comes.

        Raises:
            _BrokeOffError: more may come when it is asked for again.
        """
        raise NotImplementedError

    def judge(self, size: int | None) -> None:
        """Take the size that a server names, unless it is none, or too large, or not the one that is expected."""
        if size is None and self.size is None:
            raise CteError(f"{self.address} does not say how large it is", ANOTHER_WAY)
        if size is not None and size != (self.size or size):
            raise CteError(f"{self.address} has {size:,} bytes; {self.size:,} are expected", ELSEWHERE)
        if self.size is None and size is not None and size > LARGEST:
            raise CteError(f"{self.address} has {size:,} bytes; an archive may have {LARGEST:,}", ANOTHER_WAY)
        self.size = self.size or size


class _Server(_Source):
    """A file on an HTTP server."""

    def bring(self) -> None:
        deadline = web.Deadline(TIMEOUT)
        begun = self.length()
        if self.is_whole():
            return
        try:
            with web.get(self.address, deadline, {"Range": f"bytes={begun}-"} if begun else {}) as answer:
                self._write(answer, self._start(answer, begun), deadline)
        except web.WebError as error:
            self.is_late = error.is_late
            slow = f"the server took more than {TIMEOUT:g} seconds to answer, or for {BLOCK:,} bytes"
            raise _BrokeOffError(slow if self.is_late else error) from error

    def _start(self, answer: web.Answer, begun: int) -> int:
        """The offset from which on a server sends the file: a server may send the whole instead of a part."""
        found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        if answer.status == 200:
            self.judge(answer.size)
            return 0
        if answer.status == 206 and found and int(found[1]) == begun:
            self.judge(int(found[2]))
            return begun
        reasons = {404: "nothing is there (404)", 416: "the end came early"}
        raise web.WebError(answer.url, reasons.get(answer.status, f"the server answers {answer.status}"))

    def _write(self, answer: web.Answer, at: int, deadline: web.Deadline) -> None:
        due = at + BLOCK
        with self.part.open("ab" if at else "wb") as file:
            for data in answer.blocks():
                file.write(data[: (self.size or 0) - at])
                at += len(data)
                if at >= (self.size or 0):
                    return
                if at >= due:
                    deadline.begin()
                    due = at + BLOCK


class _Elsewhere(_Source):
    """A file in a folder or a store: each of these has limits of its own on time."""

    def bring(self) -> None:
        from fsspec.core import url_to_fs

        try:
            system, path = url_to_fs(self.address)
            facts = system.info(path)
        except Exception as error:  # each scheme has errors of its own
            raise _unreachable(self.address, _reason(error)) from error
        if facts.get("type", "file") != "file":
            raise _unreachable(self.address, "it is no file")
        if self.size is None:
            self.judge(facts.get("size"))
        while not self.is_whole():
            begun = self.length()
            wanted = min(BLOCK, (self.size or 0) - begun)
            try:
                data = system.cat_file(path, start=begun, end=begun + wanted)
            except Exception as error:
                raise _BrokeOffError(_reason(error)) from error
            if not data:
                raise _BrokeOffError("the end came early")
            with self.part.open("ab") as file:
                file.write(data[:wanted])


def _unreachable(address: str, reason: str) -> CteError:
    return CteError(f"cannot get {address}: {reason}", f"is this machine online? {ELSEWHERE}")


def _broken(address: str, reason: str, begun: int, size: int | None) -> CteError:
    if not begun or size is None:
        return _unreachable(address, reason)
    return CteError(
        f"{address} broke off after {begun:,} of {size:,} bytes: {reason}",
        "run it again: a release goes on from there",
    )


def _reason(error: BaseException) -> str:
    """Why, in words. fsspec calls whatever went wrong a missing file, and keeps the reason as the cause."""
    if isinstance(error, FileNotFoundError):
        return _reason(error.__cause__) if error.__cause__ else "nothing is there"
    return str(error) or type(error).__name__

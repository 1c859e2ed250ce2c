"""Downloading a page from a public address: http and https only, with limits on time and size."""

from __future__ import annotations

import codecs
import ipaddress
import re

from cte_corpus.errors import CteError
from cte_corpus.store import web
from cte_corpus.text.limits import MAX_PAGE

TIMEOUT = 20.0
"""Seconds that a download may take in all, redirections among it."""

SAVE = "open it in a browser, save the page, and give its path"

_LEADING_IN = tuple(
    map(ipaddress.ip_network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10"))
)
"""IPv6 addresses that stand for an IPv4 address, of any network, or for this site: IPv4-compatible, NAT64, Teredo, 6to4
and site-local ones."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?\s*([\w-]+)""", re.IGNORECASE)

_ENCODINGS = re.compile(
    r"utf-8|utf-16(-[bl]e)?|iso8859-\d+|cp(125\d|866|874|932|949|950|936)|koi8-[ru]|mac-(cyrillic|roman)"
    r"|gb(2312|k|18030)|big5(hkscs)?|euc_(jp|kr)|iso2022_jp|shift_jis|johab"
)
"""Encodings of pages, as Python names them. It knows others that are none, such as `undefined` and `punycode`."""


def fetch(url: str) -> str:
    """The text at an address.

    Raises:
        CteError: the address is not http or https, or not public; it takes too long, is too large, comes in part, or
            does not answer with a text.
    """
    accepted = {"Accept": "text/html, text/plain"}
    try:
        with web.get(url, web.Deadline(TIMEOUT), accepted, public_addresses) as answer:
            if answer.status != 200:
                raise CteError(f"{answer.url} answers {answer.status}", SAVE)
            return _decoded(_whole(answer), _charset(answer))
    except web.WebError as error:
        why = f"took more than {TIMEOUT:g} seconds" if error.is_late else str(error)
        raise CteError(f"{error.url}: {why}", SAVE) from error


def public_addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host, all of them public.

    Raises:
        CteError: it has none, or one that is not public, as of this machine or a local network.
    """
    try:
        found = web.resolved(host, port)
    except OSError as error:
        raise CteError(f"no address for {host}: {error}", "is this machine online?") from error
    for address in found:
        if not _is_public(address):
            raise CteError(f"{host} is {address}, which is not a public address", "only public addresses are fetched")
    return found


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or ip
    return inner.is_global and not inner.is_multicast and not any(inner in network for network in _LEADING_IN)


def _whole(answer: web.Answer) -> bytes:
    parts: list[bytes] = []
    size = 0
    for block in answer.blocks():
        size += len(block)
        if size > MAX_PAGE:
            raise CteError(f"{answer.url} is larger than {MAX_PAGE:,} bytes", SAVE)
        parts.append(block)
    return b"".join(parts)


def _charset(answer: web.Answer) -> str | None:
    """The encoding that the header names."""
    try:
        return answer.headers.get_content_charset()
    except ValueError:  # a name with a NUL
        return None


def _decoded(body: bytes, charset: str | None) -> str:
    """The text of a page by the encoding that its header names, or it itself, or else UTF-8."""
    named = _CHARSET.search(body[:4096])
    for name in (charset, named and named[1].decode("ascii"), "utf-8"):
        try:
            if name and _ENCODINGS.fullmatch(codecs.lookup(name).name):
                return body.decode(name)
        except (ValueError, LookupError):  # a NUL in the name is a ValueError, as are bytes that do not fit
            continue
    raise CteError("the page is in no known encoding", "save it as UTF-8, and give its path")
